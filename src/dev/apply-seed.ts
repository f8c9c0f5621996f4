import { invalidate } from "../domain/invalidation.ts";
import type { Store } from "../domain/store.ts";
import { EventImport } from "../import/load-events.ts";
import { loadStagedFollows } from "../import/load-follows.ts";
import { StagedFollows } from "../import/staged-follows.ts";
import { UserImport } from "../import/users/load-users.ts";
import { SeedError } from "./seed-error.ts";
import { type CreatedToken, issueToken } from "./seed-tokens.ts";
import type { Seed } from "./seed-types.ts";

type Path = SeedError["path"];

/** Makes what the seed says, in its order, and returns the tokens. Throws SeedError. */
export async function applySeed(store: Store, seed: Seed): Promise<CreatedToken[]> {
  const { users = [], follows = [], tokens = [], events = [] } = seed;
  await addUsers(store, users);
  await addFollows(store, follows);
  await nameSources(store, seed);
  await addEvents(store, events);
  const given: CreatedToken[] = [];
  for (const [place, token] of tokens.entries()) {
    const one = typeof token === "string" ? { username: token } : token;
    given.push(await issueToken(store, one, ["tokens", place]));
  }
  return given;
}

async function addUsers(store: Store, users: NonNullable<Seed["users"]>): Promise<void> {
  const reject = (place: number, problem: string, path: Path) => {
    throw new SeedError(["users", place, ...path], problem);
  };
  const loading = await UserImport.open(store, { reject, onlyNew: true });
  try {
    for (const [place, user] of users.entries()) await loading.take(place, withAddress(user));
    await loading.finish();
  } finally {
    await loading.close();
  }
}

/** Clients that ask for an address get one, unless a seed says that there is none. */
function withAddress(user: unknown): unknown {
  const one = typeof user === "string" ? { username: user } : user;
  if (typeof one !== "object" || one === null || "email" in one || "emails" in one) return one;
  const { username } = one as { username?: unknown };
  if (typeof username !== "string") return one;
  // A dot at either end, or two in a row, make a username but no address (RFC 5321, 4.1.2).
  const local = username.replace(/\.+/g, ".").replace(/^\.|\.$/g, "") || "user";
  return { ...one, email: `${local}@example.com` };
}

/** Changes members of a user who is there; follows and blocks are added. Throws SeedError. */
export async function changeUser(store: Store, username: string, members: object): Promise<void> {
  if ("id" in members) throw new SeedError(["id"], "The id of a user who is there stays.");
  const changing = await UserImport.open(store, {
    update: true,
    reject: (_, problem, path) => {
      throw new SeedError(path, problem);
    },
  });
  try {
    await changing.take(0, members, username);
    await changing.finish();
  } finally {
    await changing.close();
  }
}

/** Makes a user, with any member that a seed takes. Throws SeedError. */
export const addUser = (store: Store, user: object): Promise<void> =>
  addUsers(store, [user as NonNullable<Seed["users"]>[number]]);

async function addFollows(store: Store, follows: NonNullable<Seed["follows"]>): Promise<void> {
  if (follows.length === 0) return;
  await store.engine.bulk(async (bulk) => {
    const users = await bulk.usersNamed(follows.flat());
    const staged = new StagedFollows();
    const valueIn = (place: number, end: 0 | 1) => {
      const name = follows[place]?.[end] ?? "";
      if (users[2 * place + end] === undefined) {
        throw new SeedError(["follows", place, end], `There is no user “${name}”.`);
      }
      const bytes = Buffer.from(name.toLowerCase());
      return staged.value(bytes, 0, bytes.length, 0);
    };
    for (const place of follows.keys()) {
      const from = valueIn(place, 0);
      staged.add(from, valueIn(place, 1));
    }
    await loadStagedFollows(bulk, staged, { now: store.clock() });
  });
  invalidate.everything(store);
}

/** Names groups and projects. Throws SeedError. */
export async function nameSources(
  store: Store,
  { groups = [], projects = [] }: Pick<Seed, "groups" | "projects">,
): Promise<void> {
  const all = [
    ...groups.map((one, place) => ({ type: "Namespace" as const, one, path: ["groups", place] })),
    ...projects.map((one, place) => ({ type: "Project" as const, one, path: ["projects", place] })),
  ];
  if (all.length === 0) return;
  await store.engine.bulk((bulk) =>
    bulk.writeUsers({ count: 0, onlyAdds: false }, async (writer) => {
      for (const { type, one, path } of all) {
        const { id, name } = one;
        if (!Number.isSafeInteger(id) || id < 1 || typeof name !== "string") {
          throw new SeedError(path, "here belongs an id and a name: { id: 1, name: g }.");
        }
        await writer.nameSource(type, id, name);
      }
    }),
  );
}

/** Writes contributions as GitLab's API shows them; their authors are there. Throws SeedError. */
export async function addEvents(
  store: Store,
  events: readonly object[],
  path: Path = ["events"],
): Promise<number> {
  if (events.length === 0) return 0;
  const loading = await EventImport.open(store, {
    open: true,
    reject: (place, problem) => {
      throw new SeedError([...path, place], problem);
    },
  });
  try {
    for (const [place, event] of events.entries()) loading.take(place, JSON.stringify(event));
    const { added } = await loading.finish();
    invalidate.everything(store);
    return added;
  } finally {
    await loading.close();
  }
}
