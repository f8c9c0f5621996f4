import { afterAll, describe, expect, it } from "@jest/globals";
import { KeptConnections } from "../http/kept-connections.ts";
import type { Name } from "./cast.ts";
import { wantedOf } from "./requests.ts";
import { type Reviewed, reviewed, type Scene, scene } from "./scene.ts";

/**
 * Every operation that changes something, asked for by who may: it leaves a row in the audit log, or
 * stands here with its reason. `dev` is not among the documents, as a server for tests keeps no log
 * of its controls.
 */
const WITHOUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  github: {
    "users/follow": "what users do to their own follows is no act on an account",
    "users/unfollow": "the same",
    "users/block": "the same of blocks",
    "users/unblock": "the same",
    "users/update-authenticated": "the user's own profile; another's is user.update",
    graphql: "a query; mutations are follows and statuses of one's own",
    "enterprise-admin/sync-ldap-mapping-for-user": "nothing is synchronized",
  },
  "gitlab-v4": {
    followUser: "what users do to their own follows is no act on an account",
    unfollowUser: "the same",
    setUserStatus: "the user's own status",
    updateUserStatus: "the same",
    updateUserPreferences: "the user's own preferences",
    setUserAvatar: "the user's own picture; another's is user.update",
  },
  "gitlab-v3": {},
  instance: {},
};

/** Whom the matrix's own target would leave as they are. */
const CHANGED: Readonly<Record<string, Name>> = {
  "gitlab-v4 activateUser": "dina",
  "gitlab-v3 unblockUser": "blake",
};

/** What no row of the matrix brings about; tests/domain/audit-log.test.ts does. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  github: [],
  "gitlab-v4": ["revokeUserSupportPin", "updateServiceAccount"],
  "gitlab-v3": ["createSession"],
  instance: [],
};

const all = new Map<string, Reviewed>();
for (const name of Object.keys(WITHOUT)) all.set(name, await reviewed(name));

const connections = new KeptConnections();
afterAll(() => connections.destroy());

const countIn = ({ here: { store } }: Scene): Promise<number> =>
  store.engine.query.$count(store.engine.tables.auditEvents);

describe.each([...all.keys()])("%s", (name) => {
  const { table, operations, rows, operationOf } = all.get(name) as Reviewed;
  const made = scene({ ...table.config, ...table.versions?.at(-1) });

  it("leaves a row for every change but those that have a reason not to", async () => {
    const { here, store, all: callers, kept } = made;
    const askers = ["administrator, everything", "everything"].flatMap((wanted) =>
      callers.filter((caller) => caller.name === wanted),
    );
    const [noted, silent] = [new Set<string>(), new Set<string>()];
    for (const [label, row] of rows) {
      const operation = operationOf(label);
      if (operation.method === "GET") continue;
      for (const caller of askers) {
        await kept.restore();
        const before = await countIn(made);
        const target = CHANGED[`${name} ${operation.id}`];
        const path =
          target === undefined ? row.path : { id: store.ids[target], uid: store.ids[target] };
        const asked = { ...row, ...(path === undefined ? {} : { path }) };
        const wanted = await wantedOf(table, asked, operation, caller, store);
        const { status } = await connections.ask(here.url, wanted);
        if (status >= 300) continue;
        ((await countIn(made)) > before ? noted : silent).add(operation.id);
      }
    }
    await kept.restore();
    for (const id of noted) silent.delete(id);
    const ids = operations.filter(({ method }) => method !== "GET").map(({ id }) => id);
    const never = ids.filter((id) => !noted.has(id) && !silent.has(id));
    expect([...silent].sort()).toEqual(Object.keys(WITHOUT[name] ?? {}).sort());
    expect(never.sort()).toEqual([...(ELSEWHERE[name] ?? [])].sort());
  });
});
