import request from "supertest";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import type { User } from "../../src/domain/user.ts";
import { byUsername, getUserById } from "../../src/domain/users/users.ts";
import { eq } from "../../src/storage/drizzle.ts";
import type { WorldOptions } from "../support/server.ts";
import { stage as anyStage } from "../support/stage.ts";

export const BASE = "/api/v4";

/** The keys of a list's rows, where the rest of GitLab's answers add to them. */
export const BASIC = ["id", "username", "name", "state", "locked", "avatar_url", "web_url"];

/** The usernames of a list. */
export const usernames = ({ body }: { body: unknown }) =>
  (body as { username: string }[]).map(({ username }) => username);

export const ids = ({ body }: { body: unknown }) => (body as { id: number }[]).map(({ id }) => id);

/** One server for the tests of a describe block, which is emptied before each of them. */
export function stage(options: WorldOptions = {}) {
  const here = anyStage(BASE, options);
  const client = (token: string) => request.agent(here.api).set("PRIVATE-TOKEN", token);
  const as = async (user: User, ...scopes: string[]) =>
    client(await here.world.token(user, ...(scopes.length === 0 ? ["api"] : scopes)));
  return {
    get store() {
      return here.store;
    },
    /** What every link begins with. */
    get api() {
      return here.api;
    },
    get origin() {
      return here.world.url;
    },
    /** Letters that the operator has to hand over. */
    get letters() {
      return here.world.letters;
    },
    get log() {
      return here.world.log;
    },
    /** A caller without a credential. */
    get anyone() {
      return request.agent(here.api);
    },
    user: (...user: Parameters<typeof here.user>) => here.user(...user),
    named: (username: string) => byUsername(here.store, username),
    token: (user: User, ...scopes: string[]) => here.world.token(user, ...scopes),
    /** Another kind of token, or one with more to it. */
    issue: (wanted: tokens.NewToken) => tokens.issue(here.store, wanted),
    client,
    /** A caller with a token, of scope `api` if none is named. */
    as,
    /** Changes a user's row behind the program's back, and returns it. */
    async change({ id }: Pick<User, "id">, values: Partial<User>): Promise<User> {
      const { engine } = here.store;
      await engine.transaction(
        engine.query.update(engine.tables.users).set(values).where(eq(engine.tables.users.id, id)),
      );
      invalidate.everything(here.store);
      return getUserById(here.store, id);
    },
    fans: (...fans: Parameters<typeof here.fans>) => here.fans(...fans),
    /** The users of the contract, by their roles, and a client of each with a token. */
    async cast() {
      const adminUser = await here.user("root", { admin: true });
      const ordinaryUser = await here.user("una");
      const otherUser = await here.user("vera");
      const privateUser = await this.change(await here.user("petra"), { privateProfile: true });
      const clients = {
        asAdmin: await as(adminUser, "api", "sudo"),
        asUser: await as(ordinaryUser),
        asOther: await as(otherUser),
        asPrivate: await as(privateUser),
      };
      return { adminUser, ordinaryUser, otherUser, privateUser, ...clients };
    },
  };
}
