import { openSession } from "../../../src/domain/credentials/sessions.ts";
import * as tokens from "../../../src/domain/credentials/tokens.ts";
import { invalidate } from "../../../src/domain/invalidation.ts";
import type { Store } from "../../../src/domain/store.ts";
import type { User } from "../../../src/domain/user.ts";
import * as accounts from "../../../src/domain/users/accounts.ts";
import { byUsername } from "../../../src/domain/users/users.ts";
import { eq } from "../../../src/storage/drizzle.ts";
import type { Credentials } from "./requests.ts";

/** Makes sure that the callers exist and are active: a request may have deleted or blocked them. */
export async function renew(store: Store): Promise<Credentials> {
  const mona = await present(store, "mona", true);
  const hubot = await present(store, "hubot", false);
  await present(store, "octocat", false);
  await present(store, "lee", false);
  const token = async ({ id: userId }: User, ...scopes: string[]) =>
    (await tokens.issue(store, { userId, name: "fuzz", scopes }))[0];
  const all = ["user", "admin:public_key", "repo", "api"];
  return {
    admin: await token(mona, ...all, "site_admin", "sudo"),
    user: await token(hubot, ...all),
    reader: await token(hubot, "read_user"),
    session: (await openSession(store, mona, { ip: undefined, userAgent: "fuzz" })).text,
  };
}

async function present(store: Store, username: string, admin: boolean): Promise<User> {
  const found = await byUsername(store, username).catch(() => undefined);
  // Another user may have taken the address.
  const user = found ?? (await accounts.createAccount(store, { username }));
  const { users } = store.engine.tables;
  const well = { state: "active", type: "human", admin } as const;
  await store.engine.transaction(
    store.engine.query.update(users).set(well).where(eq(users.id, user.id)),
  );
  invalidate.userChanged(store, user.id);
  return { ...user, ...well };
}
