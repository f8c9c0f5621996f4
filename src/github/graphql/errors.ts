import { GraphQLError, Kind, print } from "graphql";
import { MalformedTextError } from "../../storage/errors.ts";
import type { Context } from "../http/context.ts";

/** The words that the vendor has for what goes wrong. */
type ErrorType =
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

/** An error as GitHub writes it. Faults of the server are logged and not shown. */
export function shapeOf(
  error: GraphQLError,
  { settings, requestId }: Context,
  variables: Readonly<Record<string, unknown>>,
): ErrorShape {
  const { extensions, path, locations } = error;
  const where = {
    ...(path === undefined ? {} : { path: [...path] }),
    ...(locations === undefined ? {} : { locations: [...locations] }),
  };
  if (typeof extensions.type === "string") {
    return { type: extensions.type, ...where, message: error.message };
  }
  if (error.originalError instanceof MalformedTextError) {
    return { type: "UNPROCESSABLE", ...where, message: error.message };
  }
  if (isOurFault(error)) {
    settings.log.error({ err: error.originalError ?? error, id: requestId });
    const message =
      "Something went wrong while executing your query. " +
      `Please include \`${requestId}\` when reporting this issue.`;
    return { ...where, message };
  }
  const variable = variableRefusal(error, variables);
  if (variable !== undefined) return { ...variable, ...where, message: variable.message };
  // The library adds this for an HTTP server of its own.
  const { http: _, ...known } = extensions;
  const { path: place, ...rest } = where;
  return {
    ...(place === undefined ? {} : { path: place }),
    ...(isVendorsCode(known.code) ? { extensions: known } : {}),
    ...rest,
    message: error.message,
  };
}

/** The vendor's codes are words such as `undefinedField`; those of libraries are all capitals. */
const isVendorsCode = (code: unknown): boolean => typeof code === "string" && /^[a-z]/.test(code);

/** A value of a variable that does not fit its type, as GitHub says it. */
function variableRefusal(
  { message, nodes }: GraphQLError,
  variables: Readonly<Record<string, unknown>>,
): Pick<ErrorShape, "extensions" | "message"> | undefined {
  const node = nodes?.[0];
  if (node?.kind !== Kind.VARIABLE_DEFINITION || !message.startsWith("Variable ")) return undefined;
  const [name, type] = [node.variable.name.value, print(node.type)];
  const value = variables[name] ?? null;
  const explanation =
    value === null
      ? "Expected value to not be null"
      : `Could not coerce value ${JSON.stringify(value)} to ${type.replace(/!$/, "")}`;
  return {
    message: `Variable $${name} of type ${type} was provided invalid value`,
    extensions: { value, problems: [{ path: [], explanation }] },
  };
}

/** Whether an error is a fault of ours, which the caller must not see. */
const isOurFault = ({ originalError }: GraphQLError): boolean =>
  originalError !== undefined && !(originalError instanceof GraphQLError);
