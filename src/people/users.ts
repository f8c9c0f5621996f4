import { asc, count, eq, gt, sql } from "../storage/drizzle.ts";
import { notFound } from "./errors.ts";
import { changedProfile, type People } from "./people.ts";

const { placeholder } = sql;

/** A user's whole row. */
export type User = People["db"]["tables"]["users"]["$inferSelect"];

/** What a list needs to know about the user whose list it is. */
export type Standing = Pick<User, "id" | "followers" | "following" | "state" | "type">;

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
export const isListed = ({ state, type }: Pick<User, "state" | "type">) =>
  state === "active" && type === "human";

/** The id behind a username, in any case. Throws `not-found`. */
export async function idOf(people: People, username: string): Promise<number> {
  const key = username.toLowerCase();
  const known = people.ids.get(key);
  if (known !== undefined) return known;
  const { users } = people.db.tables;
  const row = await people.db
    .prepared("id of username", (query) =>
      query
        .select({ id: users.id })
        .from(users)
        .where(eq(sql`lower(${users.username})`, placeholder("key"))),
    )
    .get({ key });
  if (row === undefined) throw notFound("user");
  people.ids.set(key, row.id);
  return row.id;
}

/** The whole row. Throws `not-found`. */
export async function byId(people: People, id: number): Promise<User> {
  const user = await people.caches.row(people, id, () => rowOf(people).get({ id }));
  if (user === undefined) throw notFound("user");
  return user;
}

function rowOf({ db }: People) {
  const { users } = db.tables;
  return db.prepared("user by id", (query) =>
    query
      .select()
      .from(users)
      .where(eq(users.id, placeholder("id"))),
  );
}

/** The whole row of a username in any case. Throws `not-found`. */
export const byUsername = async (people: People, username: string): Promise<User> =>
  byId(people, await idOf(people, username));

/** The whole row of an id, where the text is digits alone, else of a username. Throws `not-found`. */
export const byIdOrUsername = (people: People, text: string): Promise<User> =>
  /^\d{1,15}$/.test(text) ? byId(people, Number(text)) : byUsername(people, text);

/** The little of a row that lists need. Throws `not-found`. */
export async function standing(people: People, id: number): Promise<Standing> {
  const { users } = people.db.tables;
  const row = await people.db
    .prepared("standing", (query) =>
      query
        .select({
          id: users.id,
          followers: users.followers,
          following: users.following,
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

const listedColumns = ({ db: { tables } }: People) => ({
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
export function listedByIds(people: People, ids: readonly number[]): Promise<Listed[]> {
  const { users } = people.db.tables;
  return people.db
    .prepared("listed by ids", (query) =>
      query
        .select(listedColumns(people))
        .from(users)
        .where(sql`${users.id} in (select value from json_each(${placeholder("ids")}))`),
    )
    .all({ ids: JSON.stringify(ids) });
}

/** The whole rows of a page, in the order of the ids; ids that are nobody's are left out. */
export async function manyById(people: People, ids: readonly number[]): Promise<User[]> {
  const { users } = people.db.tables;
  const rows = await people.db
    .prepared("users by ids", (query) =>
      query
        .select()
        .from(users)
        .where(sql`${users.id} in (select value from json_each(${placeholder("ids")}))`),
    )
    .all({ ids: JSON.stringify(ids) });
  const byNumber = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byNumber.get(id) ?? []);
}

/** The ids that come after one, ascending. */
export async function idsAfter(people: People, since: number, limit: number): Promise<number[]> {
  const { users } = people.db.tables;
  const rows = await people.db
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
export async function changeProfile(people: People, id: number, profile: Profile): Promise<User> {
  const { users } = people.db.tables;
  const change = { ...profile, updatedAt: people.clock() };
  const [[row]] = await people.db.write(
    people.db.query.update(users).set(change).where(eq(users.id, id)).returning(),
  );
  if (row === undefined) throw notFound("user");
  changedProfile(people, id);
  return row;
}

/** How many users there are, and how many of them are administrators or suspended. */
export async function stats(people: People) {
  const { users } = people.db.tables;
  const [row] = await people.db.query
    .select({
      total: count(),
      admins: sql<number>`count(*) filter (where ${users.admin} = 1)`,
      suspended: sql<number>`count(*) filter (where ${users.state} = 'blocked')`,
    })
    .from(users);
  return row ?? { total: 0, admins: 0, suspended: 0 };
}
