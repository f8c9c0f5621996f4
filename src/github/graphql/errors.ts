import { GraphQLError } from "graphql";
import type { Context } from "../http/context.ts";

/** The words that the vendor has for what goes wrong. */
export type ErrorType =
  | "ARGUMENT_LIMIT"
  | "EXCESSIVE_PAGINATION"
  | "FORBIDDEN"
  | "INSUFFICIENT_SCOPES"
  | "INVALID_CURSOR_ARGUMENTS"
  | "MAX_NODE_LIMIT_EXCEEDED"
  | "MISSING_PAGINATION_BOUNDARIES"
  | "NOT_FOUND"
  | "RESOURCE_LIMITS_EXCEEDED"
  | "UNPROCESSABLE";

/** An error of the vendor's; where it is thrown by a field, that field is null. */
export const failure = (type: ErrorType, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { type } });

/** One line of `errors`. */
export interface ErrorShape {
  type?: string;
  /** What validation knows beside. */
  extensions?: Record<string, unknown>;
  path?: (string | number)[];
  locations?: { line: number; column: number }[];
  message: string;
}

/** An error as the vendor writes it. What is our own fault is told to the log alone. */
export function shapeOf(error: GraphQLError, { settings, requestId }: Context): ErrorShape {
  const { extensions, path, locations } = error;
  const where = {
    ...(path === undefined ? {} : { path: [...path] }),
    ...(locations === undefined ? {} : { locations: [...locations] }),
  };
  if (typeof extensions.type === "string") {
    return { type: extensions.type, ...where, message: error.message };
  }
  if (isOurFault(error)) {
    settings.log.error({ err: error.originalError ?? error, id: requestId });
    const message =
      "Something went wrong while executing your query. " +
      `Please include \`${requestId}\` when reporting this issue.`;
    return { ...where, message };
  }
  const { code } = extensions;
  return {
    ...(typeof code === "string" ? { extensions: { ...extensions } } : {}),
    ...where,
    message: error.message,
  };
}

/** Whether something was thrown that nobody meant the caller to see. */
const isOurFault = ({ originalError }: GraphQLError): boolean =>
  originalError !== undefined && !(originalError instanceof GraphQLError);
