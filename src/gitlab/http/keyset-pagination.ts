import type { CursorPosition } from "../../domain/users/search/user-ordering.ts";
import { badRequest } from "./api-error.ts";
import type { Context } from "./context.ts";
import { linkHeader, urlWith } from "./pagination.ts";

/** The vendor's mark for a cursor that goes on to the next page. */
const NEXT = "n";

/**
 * Where a page begins, as a text that callers pass back without looking into it: the value of the
 * column in order, the id, and which way to go.
 */
export function cursorOf(column: string, { value, id }: CursorPosition): string {
  const place = { ...(column === "id" ? {} : { [column]: value }), id, _kd: NEXT };
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** Refuses what no `cursorOf` of the same order has written. */
export function placeOf(column: string, cursor: string | undefined): CursorPosition | undefined {
  if (cursor === undefined || cursor === "") return undefined;
  const { id, [column]: value } = decoded(cursor);
  if (typeof id !== "number" || !isValue(value)) throw badRequest("cursor is invalid");
  return { id, value };
}

const isValue = (value: unknown): value is CursorPosition["value"] =>
  typeof value === "string" || typeof value === "number";

function decoded(cursor: string): Record<string, unknown> {
  try {
    return (JSON.parse(Buffer.from(cursor, "base64url").toString()) ?? {}) as object as Record<
      string,
      unknown
    >;
  } catch {
    throw badRequest("cursor is invalid");
  }
}

/** The only header of such a page, and none on the last one. */
export function keysetHeaders(context: Context, cursor: string | undefined): string[] {
  const url = cursor === undefined ? undefined : urlWith(context, { cursor });
  return url === undefined ? [] : linkHeader([["next", url]]);
}
