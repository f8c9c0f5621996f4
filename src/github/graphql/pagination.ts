import type { CursorQuery } from "../../domain/follows/follow-lists.ts";
import { failure } from "./errors.ts";

const MAX_PAGE_SIZE = 100;

/** The arguments that every connection takes. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** Which part of a connection the arguments ask for. Throws in the vendor's words. */
export function toCursorQuery(name: string, given: PageArguments): CursorQuery {
  const { first, last, after, before } = given;
  if (isGiven(first) && isGiven(last)) {
    const problem = `Passing both \`first\` and \`last\` to paginate the \`${name}\` connection`;
    throw failure("UNPROCESSABLE", `${problem} is not supported.`);
  }
  const [order, size] = isGiven(last) ? (["last", last] as const) : (["first", first] as const);
  if (!isGiven(size)) {
    const problem = "You must provide a `first` or `last` value to properly paginate the";
    throw failure("MISSING_PAGINATION_BOUNDARIES", `${problem} \`${name}\` connection.`);
  }
  if (size < 0) {
    const problem = `\`${order}\` on the \`${name}\` connection cannot be less than zero.`;
    throw failure("UNPROCESSABLE", problem);
  }
  if (size > MAX_PAGE_SIZE) {
    const asked = `Requesting ${size} records on the \`${name}\` connection`;
    const problem = `${asked} exceeds the \`${order}\` limit of ${MAX_PAGE_SIZE} records.`;
    throw failure("EXCESSIVE_PAGINATION", problem);
  }
  return { order, size, after: keyOf(after), before: keyOf(before) };
}

const isGiven = (value: number | null | undefined): value is number =>
  value !== undefined && value !== null;

/** The cursor of an edge; opaque to clients. */
export const cursorOf = (key: number): string => Buffer.from(`cursor:v2:${key}`).toString("base64");

function keyOf(cursor: string | null | undefined): number | undefined {
  if (cursor === undefined || cursor === null) return undefined;
  const [, digits] = /^cursor:v2:(\d{1,15})$/.exec(Buffer.from(cursor, "base64").toString()) ?? [];
  if (digits !== undefined) return Number(digits);
  const problem = `\`${cursor}\` does not appear to be a valid cursor.`;
  throw failure("INVALID_CURSOR_ARGUMENTS", problem);
}
