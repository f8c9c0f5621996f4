import { fixedError } from "./api-error.ts";
import type { Context } from "./context.ts";

/**
 * Refuses to delete what has changed since the time that the caller names in If-Unmodified-Since.
 * HTTP's dates have no milliseconds, so a change within the named second is none. A header that
 * can't be read counts as none, as RFC 9110 (section 13.1.4) and the vendor have it.
 */
export function checkUnmodifiedSince({ exchange: { req } }: Context, updatedAt: number): void {
  const since = Date.parse(req.get("if-unmodified-since") ?? "");
  const changed = updatedAt - (updatedAt % 1000);
  if (changed > since) throw fixedError(412, "412 Precondition Failed");
}
