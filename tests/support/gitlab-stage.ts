import request from "supertest";
import { privateTokenOf } from "../../src/domain/credentials/private-tokens.ts";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import type { User } from "../../src/domain/user.ts";
import { byUsername, getUserById } from "../../src/domain/users/users.ts";
import { eq } from "../../src/storage/drizzle.ts";
import type { WorldOptions } from "./server.ts";
import { stage } from "./stage.ts";

/**
 * One server for the tests of a describe block, which is emptied before each of them, and callers
 * in the manner of GitLab. `base` is the version's prefix, `/api/v4` or `/api/v3`.
 */
export function gitlabStage(base: string, options: WorldOptions = {}) {
  const here = stage(base, options);
  const client = (token: string) => request.agent(here.api).set("PRIVATE-TOKEN", token);
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
    fans: (...fans: Parameters<typeof here.fans>) => here.fans(...fans),
    token: (user: User, ...scopes: string[]) => here.world.token(user, ...scopes),
    /** Another kind of token, or one with more to it. */
    issue: (wanted: tokens.NewToken) => tokens.issue(here.store, wanted),
    client,
    /** A caller with an access token, of scope `api` if none is named. */
    as: async (user: User, ...scopes: string[]) =>
      client(await here.world.token(user, ...(scopes.length === 0 ? ["api"] : scopes))),
    /** A caller with the private token that v3 gives for a password. */
    privately: async ({ id }: User) => client(await privateTokenOf(here.store, id)),
    /** Changes a user's row behind the program's back, and returns it. */
    async change({ id }: Pick<User, "id">, values: Partial<User>): Promise<User> {
      const { engine } = here.store;
      await engine.transaction(
        engine.query.update(engine.tables.users).set(values).where(eq(engine.tables.users.id, id)),
      );
      invalidate.everything(here.store);
      return getUserById(here.store, id);
    },
  };
}

/** The usernames of a list. */
export const usernames = ({ body }: { body: unknown }) =>
  (body as { username: string }[]).map(({ username }) => username);
