import type { Caller } from "./callers.ts";
import { sshKey } from "./cast.ts";
import type { Request, Table } from "./row.ts";

/** The same words open the same things as in the fourth version. */
const READ = ["api", "read_api", "read_user", "user"];
const WRITE = ["api"];

interface Row extends Request {
  readonly scopes: readonly string[] | "no credential";
  readonly user: number;
  readonly admin: number;
}

const own = (scopes: Row["scopes"], ok: number, more: Request = {}): Row => ({
  ...{ scopes, user: ok, admin: ok },
  ...more,
});
const admin = (scopes: Row["scopes"], ok: number, more: Request = {}): Row => ({
  ...{ scopes, user: 403, admin: ok },
  ...more,
});
const ssh = { body: { title: "new", key: sshKey(200) } };
const email = { body: { email: "new@fresh.test" } };
const vera = (thing: "sshKey" | "email"): Request => ({
  path: { id: ({ cast }) => cast.things.vera[thing] },
});
const newUser = {
  body: { email: "new@fresh.test", name: "New", username: "new", password: "tr0mbone quay" },
};

const rows: Record<string, Row> = {
  // Signing in is anonymous, even with a credential; no user here has this password.
  createSession: own("no credential", 401, { body: { login: "una", password: "none" } }),
  getCurrentUser: own(READ, 200),
  listUsers: own(READ, 200),
  getUser: own(READ, 200),
  "getUser: private": own(READ, 200, { path: { id: ({ cast }) => cast.ids.petra } }),
  createUser: admin(WRITE, 201, newUser),
  updateUser: admin(WRITE, 200, { body: { bio: "new" } }),
  "updateUser: oneself": admin(WRITE, 200, {
    ...{ path: { id: ({ cast, who }) => cast.ids[who] }, body: { admin: true } },
  }),
  deleteUser: admin(WRITE, 200),
  blockUser: admin(WRITE, 200),
  unblockUser: admin(WRITE, 200),
  listUserEvents: own(READ, 200),

  listCurrentUserEmails: own(READ, 200),
  getCurrentUserEmail: own(READ, 200),
  "getCurrentUserEmail: another's": own(READ, 404, vera("email")),
  addCurrentUserEmail: own(WRITE, 201, email),
  deleteCurrentUserEmail: own(WRITE, 200),
  listUserEmails: admin(READ, 200),
  addUserEmail: admin(WRITE, 201, email),
  deleteUserEmail: admin(WRITE, 200),

  listCurrentUserKeys: own(READ, 200),
  getCurrentUserKey: own(READ, 200),
  "getCurrentUserKey: another's": own(READ, 404, vera("sshKey")),
  addCurrentUserKey: own(WRITE, 201, ssh),
  // Deleting what is not one's own is deleting nothing, which succeeds.
  "deleteCurrentUserKey: another's": own(WRITE, 200, vera("sshKey")),
  deleteCurrentUserKey: own(WRITE, 200),
  // Public in the fourth version, but not here.
  listUserKeys: admin(READ, 200),
  addUserKey: admin(WRITE, 201, ssh),
  deleteUserKey: admin(WRITE, 200),
};

const WHOM = { una: "una", vera: "vera", ROOT: "root", ada: "ada" } as const;

/** The one asked for, by name or by number. */
function target({ sudo = "" }: Caller) {
  if (sudo in WHOM) return WHOM[sudo as keyof typeof WHOM];
  return /^\d{1,3}$/.test(sudo) ? "una" : undefined;
}

function expected({ scopes, user, admin: ok }: Row, caller: Caller): number {
  if (scopes === "no credential") return user;
  // Callers are not told what is wrong with their token or their account.
  if (caller.standing !== "let in") return 401;
  const { sudo, admin: isAdmin } = caller;
  if (sudo !== undefined) {
    // An administrator, with the token that comes with their password, for a user who is there.
    if (!isAdmin || caller.isPrivate !== true) return 403;
    const whom = target(caller);
    if (whom === undefined) return 404;
    return whom === "root" || whom === "ada" ? ok : user;
  }
  const all = isAdmin && caller.scopes.has("site_admin");
  if (!all && !scopes.some((scope) => caller.scopes.has(scope))) return 403;
  return isAdmin ? ok : user;
}

export const table: Table<Row> = {
  // Below the same prefix GitHub's dialect would answer a caller without a credential of GitLab's.
  config: { githubV3: false },
  prefix: "/api/v3",
  show: (text) => ({ "private-token": text }),
  rows,
  expected,
  runsFor: (caller) => {
    if (caller.standing !== "let in") return undefined;
    return caller.sudo === undefined ? caller.who : (target(caller) ?? caller.who);
  },
  tells: new Set(["getCurrentUser", "createSession"]),
  adminsSeeAll: true,
  // As GitLab was then: everybody is told who administers, and the sudoer the other's token.
  shows: ["is_admin", "private_token"],
};
