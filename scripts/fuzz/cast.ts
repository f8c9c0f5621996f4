import * as accounts from "../../src/people/accounts.ts";
import { changedProfile, type People } from "../../src/people/people.ts";
import * as tokens from "../../src/people/tokens.ts";
import { byUsername, type User } from "../../src/people/users.ts";
import { eq } from "../../src/storage/drizzle.ts";
import type { Credentials } from "./wishes.ts";

/** Sees to it that those are there, and well, who ask: somebody may have deleted or blocked them. */
export async function renew(people: People): Promise<Credentials> {
  const mona = await present(people, "mona", true);
  const hubot = await present(people, "hubot", false);
  await present(people, "octocat", false);
  await present(people, "lee", false);
  const token = async ({ id: userId }: User, ...scopes: string[]) =>
    (await tokens.issue(people, { userId, name: "fuzz", scopes }))[0];
  const all = ["user", "admin:public_key", "repo", "api"];
  return {
    admin: await token(mona, ...all, "site_admin", "sudo"),
    user: await token(hubot, ...all),
    reader: await token(hubot, "read_user"),
  };
}

async function present(people: People, username: string, admin: boolean): Promise<User> {
  const found = await byUsername(people, username).catch(() => undefined);
  // Somebody else may have taken the address.
  const user = found ?? (await accounts.create(people, { username }));
  const { users } = people.db.tables;
  const well = { state: "active", type: "human", admin } as const;
  await people.db.write(people.db.query.update(users).set(well).where(eq(users.id, user.id)));
  changedProfile(people, user.id);
  return { ...user, ...well };
}
