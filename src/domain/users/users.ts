import type { LinkBase } from "../../cache/response-cache.ts";
import { and, asc, count, desc, eq, gt, inArray, lt, not, sql } from "../../storage/drizzle.ts";
import { notFound, undefinedIfMissing } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import type { ListItem, ListOwner, Profile, User } from "../user.ts";
import { clearExpiredLock } from "./account-lock.ts";

const { placeholder } = sql;

/** The user with this public address, in any case; undefined where there is none. */
export async function findUserByPublicEmail(
  store: Store,
  address: string,
): Promise<User | undefined> {
  const { users } = store.engine.tables;
  const [row] = await store.engine.query
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(sql`lower(${users.publicEmail})`, address.toLowerCase()),
        sql`${users.publicEmail} <> ''`,
      ),
    )
    .orderBy(asc(users.id))
    .limit(1);
  return row && getUserById(store, row.id);
}

/** The id behind a username, in any case. Throws `not-found`. */
export async function idOf(store: Store, username: string): Promise<number> {
  const key = username.toLowerCase();
  const known = store.ids.get(key);
  if (known !== undefined) return known;
  const { users } = store.engine.tables;
  const { latest } = store.profileVersions;
  const row = await store.engine
    .prepared("id of username", (query) =>
      query
        .select({ id: users.id })
        .from(users)
        .where(eq(sql`lower(${users.username})`, placeholder("key"))),
    )
    .get({ key });
  if (row === undefined) throw notFound("user");
  if (store.profileVersions.latest === latest) store.ids.set(key, row.id);
  return row.id;
}

/**
 * The whole row, of which counters and activity may be old where nodes share a database: for what
 * goes by the rest of it. Throws `not-found`.
 */
export async function getKnownUser(store: Store, id: number): Promise<User> {
  if (store.engine.changes.catchUp === undefined) return getUserById(store, id);
  const version = store.profileVersions.of(id);
  const user = await store.userRows.get(id, version, () => rowOf(store).get({ id }));
  if (user === undefined) throw notFound("user");
  return user;
}

/** The whole row. Throws `not-found`. */
export async function getUserById(store: Store, id: number): Promise<User> {
  const read = () => rowOf(store).get({ id });
  const user = await (canKeepRows(store)
    ? store.userRows.get(id, versionOfRow(store, id), read)
    : read());
  if (user === undefined) throw notFound("user");
  return user;
}

/** Whether rows may be cached: other nodes move the counters in them without a notice. */
const canKeepRows = ({ engine }: Store): boolean => engine.changes.catchUp === undefined;

/** Moves with anything in a row: both only grow, so their sum stays the same only while both do. */
const versionOfRow = ({ profileVersions, followVersions }: Store, id: number): number =>
  profileVersions.of(id) + followVersions.of(id);

function rowOf({ engine }: Store) {
  const { users } = engine.tables;
  return engine.prepared(
    "user by id",
    (query) =>
      query
        .select(engine.sql.user)
        .from(users)
        .where(eq(users.id, placeholder("id"))),
    { gather: true },
  );
}

/** The whole row of a username in any case. Throws `not-found`. */
export const byUsername = async (store: Store, username: string): Promise<User> =>
  getUserById(store, await idOf(store, username));

/** The whole row of an id, where the text is digits alone, else of a username. Throws `not-found`. */
export const byIdOrUsername = (store: Store, text: string): Promise<User> =>
  /^\d{1,15}$/.test(text) ? getUserById(store, Number(text)) : byUsername(store, text);

/** The little of a row that lists need. Throws `not-found`. */
export async function getListOwner(store: Store, id: number): Promise<ListOwner> {
  const { users } = store.engine.tables;
  const row = await store.engine
    .prepared(
      "standing",
      (query) =>
        query
          .select({
            id: users.id,
            followers: store.engine.sql.user.followers,
            following: store.engine.sql.user.following,
            state: users.state,
            type: users.type,
          })
          .from(users)
          .where(eq(users.id, placeholder("id"))),
      { gather: true },
    )
    .get({ id });
  if (row === undefined) throw notFound("user");
  return row;
}

const listedColumns = ({ engine: { tables } }: Store) => ({
  id: tables.users.id,
  username: tables.users.username,
  name: tables.users.name,
  state: tables.users.state,
  type: tables.users.type,
  admin: tables.users.admin,
  lockedAt: tables.users.lockedAt,
  avatar: tables.users.avatar,
});

/** The users of a page, in no particular order; unknown ids are left out. */
export async function listedByIds(store: Store, ids: readonly number[]): Promise<ListItem[]> {
  const { users } = store.engine.tables;
  const rows = await store.engine
    .prepared("listed by ids", (query) =>
      query
        .select(listedColumns(store))
        .from(users)
        .where(store.engine.sql.among(users.id, placeholder("ids"))),
    )
    .all({ ids: store.engine.sql.idList(ids) });
  return rows.map((row) => clearExpiredLock(store, row));
}

/** The texts of the users of a page, in the order of the ids, rendered where they are stale. */
export const renderUsers = (
  store: Store,
  base: LinkBase,
  ids: readonly number[],
  render: (user: ListItem, base: LinkBase) => string,
): Promise<string[]> =>
  store.responses.texts(base, ids, {
    versionOf: (id) => store.profileVersions.of(id),
    load: (missing) => listedByIds(store, missing),
    render,
    // A lock ends without a change that would make its text stale.
    isLasting: ({ lockedAt }) => lockedAt === null,
  });

/** The whole rows of a page, in the order of the ids; unknown ids are left out. */
export async function manyById(store: Store, ids: readonly number[]): Promise<User[]> {
  const rows = await (canKeepRows(store)
    ? store.userRows.getMany(ids, {
        versionOf: (id) => versionOfRow(store, id),
        keyOf: ({ id }) => id,
        load: (missing) => rowsOf(store, missing),
      })
    : rowsOf(store, ids));
  const byNumber = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byNumber.get(id) ?? []);
}

function rowsOf({ engine }: Store, ids: readonly number[]): Promise<User[]> {
  const { users } = engine.tables;
  return engine
    .prepared("users by ids", (query) =>
      query
        .select(engine.sql.user)
        .from(users)
        .where(engine.sql.among(users.id, placeholder("ids"))),
    )
    .all({ ids: engine.sql.idList(ids) });
}

/** States that lists of users leave out, but for administrators. */
const SHUT_OUT = ["blocked", "ldap_blocked", "banned", "blocked_pending_approval"] as const;

/** The ids that come after one, ascending; `openOnly` leaves out accounts that are closed. */
export async function idsAfter(
  store: Store,
  since: number,
  limit: number,
  openOnly = false,
): Promise<number[]> {
  const { users } = store.engine.tables;
  const isOpen = openOnly ? not(inArray(users.state, SHUT_OUT)) : undefined;
  const rows = await store.engine
    .prepared(openOnly ? "open users since" : "users since", (query) =>
      query
        .select({ id: users.id })
        .from(users)
        .where(and(gt(users.id, placeholder("since")), isOpen))
        .orderBy(asc(users.id))
        .limit(placeholder("limit")),
    )
    .all({ since, limit });
  return rows.map(({ id }) => id);
}

/** Up to `size` ids from either end, between two of them, ascending, and how many users there are. */
export async function listUserIdsByCursor(
  { engine }: Store,
  {
    order,
    size,
    after = 0,
    before = Number.MAX_SAFE_INTEGER,
  }: {
    order: "first" | "last";
    size: number;
    after?: number | undefined;
    before?: number | undefined;
  },
): Promise<{ ids: number[]; total: number; hasNext: boolean; hasPrevious: boolean }> {
  const { users } = engine.tables;
  const rows = await engine.query
    .select({ id: users.id })
    .from(users)
    .where(and(gt(users.id, after), lt(users.id, before)))
    .orderBy(order === "first" ? asc(users.id) : desc(users.id))
    .limit(size + 1);
  const ids = rows.slice(0, size).map(({ id }) => id);
  const more = rows.length > size;
  return {
    ids: order === "first" ? ids : ids.reverse(),
    total: await engine.query.$count(users),
    hasNext: order === "first" ? more : before !== Number.MAX_SAFE_INTEGER,
    hasPrevious: order === "last" ? more : after > 0,
  };
}

/** Changes a profile, and returns the new row. */
export async function changeProfile(store: Store, id: number, profile: Profile): Promise<User> {
  const { users } = store.engine.tables;
  const change = { ...profile, updatedAt: store.clock() };
  const [[row]] = await store.engine.transaction(
    store.engine.query
      .update(users)
      .set(change)
      .where(eq(users.id, id))
      .returning(store.engine.sql.user),
  );
  if (row === undefined) throw notFound("user");
  invalidate.userChanged(store, id);
  return row;
}

/** How many users there are, and how many of them are administrators or suspended. */
export async function stats(store: Store) {
  const { users } = store.engine.tables;
  const [row] = await store.engine.query
    .select({
      total: count(),
      admins: sql<number>`count(*) filter (where ${store.engine.sql.isTrue(users.admin)})`,
      suspended: sql<number>`count(*) filter (where ${users.state} = 'blocked')`,
    })
    .from(users);
  return row ?? { total: 0, admins: 0, suspended: 0 };
}

/** The id behind a username, in any case; undefined where there is none. */
export const findUserIdByUsername = (store: Store, username: string): Promise<number | undefined> =>
  undefinedIfMissing(idOf(store, username));

/** The whole row of a username in any case; undefined where there is none. */
export const findUserByUsername = (store: Store, username: string): Promise<User | undefined> =>
  undefinedIfMissing(byUsername(store, username));
