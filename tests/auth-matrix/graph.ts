import type { Caller } from "./callers.ts";
import type { Request, Table } from "./row.ts";

interface Row extends Request {
  /** Every caller who is not refused, or administrators whose token may read users. */
  readonly opens: "all" | "administrators";
}

/** Scopes and permissions with which a token reads users as its owner (openapi/graph.yaml). */
const READS_USERS = ["read:user", "user", "read_user", "read_api", "api"];
const READS_FOLLOWERS = ["followers:read", "followers:write"];

const open = (path: Request["path"] = {}): Row => ({ opens: "all", path });
const hidden = (path: NonNullable<Request["path"]>): Row => ({ opens: "administrators", path });
const PRIVATE = { username: "petra" };

function expected({ opens }: Row, caller: Caller): number {
  const { standing, admin, scopes, permissions } = caller;
  if (standing === "refused") return 401;
  if (standing === "shut out") return 403;
  if (opens === "all") return 200;
  const reads =
    permissions === undefined
      ? READS_USERS.some((scope) => scopes.has(scope))
      : READS_FOLLOWERS.some((word) => permissions.has(word));
  return standing === "let in" && admin && reads ? 200 : 404;
}

export const table: Table<Row> = {
  prefix: "",
  show: (text) => ({ authorization: `Bearer ${text}` }),
  rows: {
    neighbourhood: open(),
    "neighbourhood: private": hidden(PRIVATE),
    "neighbourhood: blocked": hidden({ username: "blake" }),
    "neighbourhood: banned": hidden({ username: "bane" }),
    "neighbourhood: pending": hidden({ username: "penny" }),
    mutuals: open(),
    "mutuals: private": hidden(PRIVATE),
    nonMutuals: open(),
    "nonMutuals: private": hidden(PRIVATE),
    suggestions: open(),
    "suggestions: private": hidden(PRIVATE),
    common: open(),
    "common: private": hidden(PRIVATE),
    "common: with a private one": hidden({ target_user: "petra" }),
    path: open(),
    "path: private": hidden(PRIVATE),
    "path: to a private one": hidden({ target_user: "petra" }),
  },
  expected,
  // There is no sudo here, and its header means nothing.
  runsFor: ({ standing, who }) => (standing === "let in" ? who : undefined),
  tells: new Set(),
  adminsSeeAll: false,
  // What an answer says of a user's place in the graph.
  shows: ["depth", "ties"],
};
