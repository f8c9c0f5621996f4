import { and, asc, eq, inArray, type SQL, sql } from "../../storage/drizzle.ts";
import { notFound } from "../errors.ts";
import { filterFollowed } from "../follows/relationships.ts";
import type { Store } from "../store.ts";
import type { ListItem, User } from "../user.ts";
import { listedByIds } from "./users.ts";

const { placeholder } = sql;

/** What other tables know about a user and long answers show beside the row. */
export interface UserAssociations {
  /** The primary address; empty for a user who was imported without one. */
  readonly email: string;
  readonly identities: readonly {
    provider: string;
    externUid: string;
    samlProviderId: number | null;
  }[];
  readonly createdBy: ListItem | undefined;
  /** Whether `viewer` follows the user. */
  readonly isFollowed: boolean;
}

type Owner = Pick<User, "id" | "createdById">;

/** The facts about each of a page of users by id, with one query for each kind of fact. */
export async function getAssociations(
  store: Store,
  users: readonly Owner[],
  viewer: number | undefined,
): Promise<ReadonlyMap<number, UserAssociations>> {
  const userIds = users.map(({ id }) => id);
  const ids = store.engine.sql.idList(userIds);
  const makers = new Set(users.flatMap(({ createdById }) => createdById ?? []));
  const addresses = await primaryEmails(store).all({ ids });
  const identities = await identitiesOf(store).all({ ids });
  const creators = makers.size === 0 ? [] : await listedByIds(store, [...makers]);
  const emailBy = new Map(addresses.map(({ userId, email }) => [userId, email]));
  const identitiesBy = Map.groupBy(identities, ({ userId }) => userId);
  const creatorBy = new Map(creators.map((user) => [user.id, user]));
  const followed = viewer === undefined ? undefined : await filterFollowed(store, viewer, userIds);
  return new Map(
    users.map(({ id, createdById }) => [
      id,
      {
        email: emailBy.get(id) ?? "",
        identities: identitiesBy.get(id) ?? [],
        createdBy: createdById === null ? undefined : creatorBy.get(createdById),
        isFollowed: followed?.has(id) === true,
      },
    ]),
  );
}

/** The SCIM identities of a page of users, by user id. */
export async function listScimIdentities({ engine }: Store, ids: readonly number[]) {
  const { scimIdentities } = engine.tables;
  const rows = await engine.query
    .select()
    .from(scimIdentities)
    .where(inArray(scimIdentities.userId, [...ids]))
    .orderBy(asc(scimIdentities.id));
  return Map.groupBy(rows, ({ userId }) => userId);
}

/** Facts by the row they stand beside; a row that has changed since is another one. */
const ofRows = new WeakMap<User, { creator: number; facts: UserAssociations }>();

/** The facts about a user, as that user sees them. */
export async function getOwnAssociations(store: Store, user: User): Promise<UserAssociations> {
  const creator = user.createdById === null ? 0 : store.profileVersions.of(user.createdById);
  const cached = ofRows.get(user);
  if (cached?.creator === creator) return cached.facts;
  const facts = (await getAssociations(store, [user], undefined)).get(user.id);
  if (facts === undefined) throw notFound("user");
  ofRows.set(user, { creator, facts });
  return facts;
}

const among = ({ engine }: Store, column: unknown): SQL =>
  engine.sql.among(column, placeholder("ids"));

function primaryEmails(store: Store) {
  const { engine } = store;
  const { emails } = engine.tables;
  return engine.prepared("primary emails of users", (query) =>
    query
      .select({ userId: emails.userId, email: emails.email })
      .from(emails)
      .where(and(among(store, emails.userId), engine.sql.isTrue(emails.primary))),
  );
}

function identitiesOf(store: Store) {
  const { engine } = store;
  const { identities } = engine.tables;
  return engine.prepared("identities of users", (query) =>
    query
      .select({
        userId: identities.userId,
        provider: identities.provider,
        externUid: identities.externUid,
        samlProviderId: identities.samlProviderId,
      })
      .from(identities)
      .where(among(store, identities.userId))
      .orderBy(asc(identities.userId), asc(identities.provider)),
  );
}

/** What administrators noted about a page of users, by user id. */
export async function listNotes(store: Store, ids: readonly number[]) {
  const { engine } = store;
  const { customAttributes } = engine.tables;
  const rows = await engine
    .prepared("custom attributes of users", (query) =>
      query
        .select()
        .from(customAttributes)
        .where(among(store, customAttributes.userId))
        .orderBy(asc(customAttributes.userId), asc(customAttributes.key)),
    )
    .all({ ids: engine.sql.idList(ids) });
  return Map.groupBy(rows, ({ userId }) => userId);
}

/** The highest access level that a user has in anything; 0 for a member of nothing. */
export async function highestRole({ engine }: Store, userId: number): Promise<number> {
  const { memberships } = engine.tables;
  const [row] = await engine.query
    .select({ level: sql<number>`coalesce(max(${memberships.accessLevel}), 0)` })
    .from(memberships)
    .where(eq(memberships.userId, userId));
  return row?.level ?? 0;
}
