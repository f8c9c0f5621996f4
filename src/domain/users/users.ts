import { asc, count, eq, gt, sql } from "../../storage/drizzle.ts";
import { notFound } from "../errors.ts";
import { invalidateUser, type Store } from "../store.ts";

const { placeholder } = sql;

/** A user's whole row. */
export type User = Store["engine"]["tables"]["users"]["$inferSelect"];

/** What a list needs to know about the user whose list it is. */
export type ListOwner = Pick<User, "id" | "followers" | "following" | "state" | "type">;

/** What a user looks like in a list. */
export type Listed = Pick<
  User,
  "id" | "username" | "name" | "state" | "type" | "admin" | "lockedAt" | "avatar"
>;

/** What people say about themselves. */
export type Profile = Partial<
  Pick<
    User,
    | "name"
    | "bio"
    | "location"
    | "organization"
    | "websiteUrl"
    | "twitter"
    | "hireable"
    | "publicEmail"
  >
>;

/** Only listed users are seen in lists and counted by counters. */
export const isVisible = ({ state, type }: Pick<User, "state" | "type">) =>
  state === "active" && type === "human";

/** The id behind a username, in any case. Throws `not-found`. */
export async function idOf(store: Store, username: string): Promise<number> {
  const key = username.toLowerCase();
  const known = store.ids.get(key);
  if (known !== undefined) return known;
  const { users } = store.engine.tables;
  const row = await store.engine
    .prepared("id of username", (query) =>
      query
        .select({ id: users.id })
        .from(users)
        .where(eq(sql`lower(${users.username})`, placeholder("key"))),
    )
    .get({ key });
  if (row === undefined) throw notFound("user");
  store.ids.set(key, row.id);
  return row.id;
}

/** The whole row. Throws `not-found`. */
export async function getUserById(store: Store, id: number): Promise<User> {
  const user = await store.caches.row(store, id, () => rowOf(store).get({ id }));
  if (user === undefined) throw notFound("user");
  return user;
}

function rowOf({ engine }: Store) {
  const { users } = engine.tables;
  return engine.prepared("user by id", (query) =>
    query
      .select(engine.sql.user)
      .from(users)
      .where(eq(users.id, placeholder("id"))),
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
    .prepared("standing", (query) =>
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

/** The users of a page, in no particular order; ids that are nobody's are left out. */
export function listedByIds(store: Store, ids: readonly number[]): Promise<Listed[]> {
  const { users } = store.engine.tables;
  return store.engine
    .prepared("listed by ids", (query) =>
      query
        .select(listedColumns(store))
        .from(users)
        .where(store.engine.sql.among(users.id, placeholder("ids"))),
    )
    .all({ ids: store.engine.sql.idList(ids) });
}

/** The whole rows of a page, in the order of the ids; ids that are nobody's are left out. */
export async function manyById(store: Store, ids: readonly number[]): Promise<User[]> {
  const { users } = store.engine.tables;
  const rows = await store.engine
    .prepared("users by ids", (query) =>
      query
        .select(store.engine.sql.user)
        .from(users)
        .where(store.engine.sql.among(users.id, placeholder("ids"))),
    )
    .all({ ids: store.engine.sql.idList(ids) });
  const byNumber = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byNumber.get(id) ?? []);
}

/** The ids that come after one, ascending. */
export async function idsAfter(store: Store, since: number, limit: number): Promise<number[]> {
  const { users } = store.engine.tables;
  const rows = await store.engine
    .prepared("users since", (query) =>
      query
        .select({ id: users.id })
        .from(users)
        .where(gt(users.id, placeholder("since")))
        .orderBy(asc(users.id))
        .limit(placeholder("limit")),
    )
    .all({ since, limit });
  return rows.map(({ id }) => id);
}

/** Changes what a user says about themself, and returns the new row. */
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
  invalidateUser(store, id);
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
