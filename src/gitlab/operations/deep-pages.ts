import { badRequest } from "../http/api-error.ts";
import type { Page } from "../http/pagination.ts";

/** Rows that page numbers may pass; cursors go further. */
const MAX_OFFSET = 50_000;

/** Refuses a page by its number that is too far inside a list of these. */
export function requireShallow({ number, size }: Page, type: "User" | "AuditEvent"): void {
  if (number * size <= MAX_OFFSET) return;
  throw badRequest(
    `Offset pagination has a maximum allowed offset of ${MAX_OFFSET} for requests that return objects ` +
      `of type ${type}. Remaining records can be retrieved using keyset pagination.`,
    405,
  );
}

/** What GitLab says where an order has no cursors. */
export const noKeyset = () =>
  badRequest("Keyset pagination is not yet available for this type of request", 405);
