import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach } from "@jest/globals";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import * as follows from "../../src/domain/follows/follows.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import type { User } from "../../src/domain/user.ts";
import { byUsername, idOf } from "../../src/domain/users/users.ts";
import type { Engine } from "../../src/storage/engine.ts";
import { client, type World, type WorldOptions, world } from "./server.ts";

/** Both forms of the API's address. */
export const bases = ["", "/api/v3"];

export const DOCS = "https://docs.github.com/enterprise-server@3.15/rest";

/** The body of an error; `page` is where it sends its reader, the whole API without it. */
export function refusal(status: number, message: string, page?: string) {
  const documentation_url = page === undefined ? DOCS : `${DOCS}/${page}`;
  return { message, documentation_url, status: String(status) };
}
export const notFound = (page?: string) => refusal(404, "Not Found", page);

/**
 * One server for the tests of a describe block, which is emptied before each of them. At the bare
 * root it speaks GitHub's dialect alone; tests/http/dialect-router.test.ts has both there.
 */
export function stage(base = "", options: WorldOptions = {}) {
  let here: World;
  beforeAll(async () => {
    const config = { gitlabRoot: base !== "", ...options.config };
    here = await world({ ...options, config });
  });
  beforeEach(async () => {
    await empty(here.store.engine);
    invalidate.everything(here.store);
  });
  afterEach(() => here.check());
  afterAll(() => here.close());
  const as = (token: string) => client({ url: here.url + base }, token);
  return {
    get world() {
      return here;
    },
    get store() {
      return here.store;
    },
    /** What every address in an answer begins with. */
    get api() {
      return here.url + base;
    },
    /** A caller without a credential. */
    get anyone() {
      return client({ url: this.api });
    },
    user: (...user: Parameters<World["user"]>) => here.user(...user),
    named: (username: string) => byUsername(here.store, username),
    as: async (user: User, ...scopes: string[]) => as(await here.token(user, ...scopes)),
    /** With a fine-grained token. */
    asFineGrained: async ({ id: userId }: User, ...permissions: string[]) => {
      const token = { userId, name: "test", scopes: [], permissions };
      return as((await tokens.issue(here.store, token))[0]);
    },
    /** Makes so many new users follow one, in order, and returns their names. */
    async fans({ id }: User, count: number, name = "fan"): Promise<string[]> {
      const { engine, clock } = here.store;
      const names = Array.from({ length: count }, (_, place) => `${name}${place}`);
      await engine.bulk((bulk) => bulk.addUsers(names, clock()));
      // One after the other: the order of follows that overlap is the database's to choose.
      for (const fan of names) await follows.follow(here.store, await idOf(here.store, fan), id);
      return names;
    },
    /** Sends exactly these lines, with an empty one behind them, and returns the whole answer. */
    async raw(...lines: string[]): Promise<string> {
      const { hostname, port } = new URL(here.url);
      const socket = connect(Number(port), hostname).setEncoding("utf8");
      socket.write([...lines, "Connection: close", "", ""].join("\r\n"));
      return (await socket.toArray()).join("");
    },
  };
}

/** Deletes all users and what belongs to them. It is prepared once, as that alone takes 1 ms with all triggers. */
async function empty(engine: Engine): Promise<void> {
  const { users } = engine.tables;
  const deletion = engine.prepared("stage/empty", (query) =>
    query.delete(users).returning({ id: users.id }),
  );
  await engine.transaction(deletion.with({}));
}

/** The logins of a list. */
export const logins = ({ body }: { body: unknown }) =>
  (body as { login: string }[]).map(({ login }) => login);
