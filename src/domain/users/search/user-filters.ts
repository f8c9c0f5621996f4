import { and, eq, inArray, not, type SQL, sql } from "../../../storage/drizzle.ts";
import { identityKeys } from "../../profile/identities.ts";
import type { Store } from "../../store.ts";
import { containsTerm } from "./substring-match.ts";

/** Which users a list is to have; a filter that is not given leaves no user out. */
export interface UserFilters {
  username?: string | undefined;
  /** Anywhere in the name or the username, or the whole of the public address, in any case. */
  containing?: string | undefined;
  /** Anywhere in the primary address, too; for administrators alone, as it is private. */
  inPrivateEmail?: boolean | undefined;
  /** The ids that `containing` finds, where they were looked up already because they are few. */
  found?: readonly number[] | undefined;
  /** Leaves out users that an administrator or a directory has blocked or banned. */
  withoutShutOut?: boolean | undefined;
  active?: boolean | undefined;
  excludeActive?: boolean | undefined;
  blocked?: boolean | undefined;
  /** Exactly this state; GitLab's administration has a tab for each. */
  state?: "banned" | "deactivated" | "blocked_pending_approval" | undefined;
  external?: boolean | undefined;
  excludeExternal?: boolean | undefined;
  humans?: boolean | undefined;
  excludeHumans?: boolean | undefined;
  excludeInternal?: boolean | undefined;
  withoutProjectBots?: boolean | undefined;
  admins?: boolean | undefined;
  twoFactor?: boolean | undefined;
  withoutProjects?: boolean | undefined;
  withoutLdap?: boolean | undefined;
  /** Milliseconds since 1970, as is the next; both belong to the time that they bound. */
  createdAfter?: number | undefined;
  createdBefore?: number | undefined;
  identity?: { provider: string; externUid: string } | undefined;
  /** The uid that an identity provider knows the user by. */
  scimUid?: string | undefined;
  samlProviderId?: number | undefined;
  auditors?: boolean | undefined;
  publicEmail?: string | undefined;
  /** Leaves out every user: for a filter that no user can meet. */
  none?: boolean | undefined;
  customAttributes?: Readonly<Record<string, string>> | undefined;
}

/** Whether the filters ask other tables than that of the users. */
export const needsOtherTables = (filters: UserFilters): boolean =>
  filters.containing !== undefined ||
  filters.identity !== undefined ||
  filters.scimUid !== undefined ||
  filters.samlProviderId !== undefined ||
  filters.customAttributes !== undefined ||
  filters.withoutProjects === true ||
  filters.withoutLdap === true;

interface Rare {
  /** The one filter that is meant. */
  readonly filters: UserFilters;
  /** The filter as a look-up in an index, for filters that leave few users. */
  readonly condition: SQL;
}

/**
 * The filters that may leave a few users only, and have an index of them. To read users in their
 * order until enough have come is best for a filter that leaves many, and takes for ever for these.
 */
export function selectiveFilters({ engine }: Store, filters: UserFilters): Rare[] {
  const { users } = engine.tables;
  const among = (condition: SQL) =>
    sql`${users.id} in (select id from ${users} where ${condition})`;
  return [
    ...(filters.twoFactor === true
      ? [{ filters: { twoFactor: true }, condition: among(sql`${users.otpEnabledAt} is not null`) }]
      : []),
    ...(filters.excludeHumans === true
      ? [{ filters: { excludeHumans: true }, condition: among(sql`${users.type} <> 'human'`) }]
      : []),
  ];
}

/** The filters as one condition on `users`; undefined where no filter is set. */
export function conditionOf(store: Store, filters: UserFilters): SQL | undefined {
  const { users } = store.engine.tables;
  const { username, publicEmail, createdAfter, createdBefore } = filters;
  return and(
    filters.none === true ? sql`false` : undefined,
    publicEmail === undefined ? undefined : hasPublicEmail(store, publicEmail),
    username === undefined ? undefined : eq(sql`lower(${users.username})`, username.toLowerCase()),
    ...standingConditions(store, filters),
    ...elsewhereConditions(store, filters),
    ...identityConditions(store, filters),
    createdAfter === undefined ? undefined : sql`${users.createdAt} >= ${createdAfter}`,
    createdBefore === undefined ? undefined : sql`${users.createdAt} <= ${createdBefore}`,
  );
}

/** The empty text is the public address of no user; without the second part no index is used. */
function hasPublicEmail({ engine }: Store, address: string): SQL | undefined {
  const { publicEmail } = engine.tables.users;
  const same = eq(sql`lower(${publicEmail})`, address.toLowerCase());
  return and(same, sql`${publicEmail} <> ''`);
}

/**
 * Values stand in the text, since partial indexes are only used for what they are known to hold.
 * `unindexed` keeps an engine from reading nearly all users through an index, to sort them afterwards.
 */
function standingConditions({ engine }: Store, filters: UserFilters): (SQL | undefined)[] {
  const { state, type, external, admin, auditor, otpEnabledAt } = engine.tables.users;
  const { isTrue, isFalse, unindexed } = engine.sql;
  const when = (value: boolean | undefined, condition: SQL) =>
    value === true ? condition : undefined;
  const inactive = sql`'blocked', 'ldap_blocked', 'banned', 'deactivated', 'blocked_pending_approval'`;
  return [
    when(filters.withoutShutOut, sql`${state} not in ('blocked', 'ldap_blocked', 'banned')`),
    when(filters.active, sql`${unindexed(state)} = 'active' and ${type} <> 'internal'`),
    when(filters.excludeActive, sql`${state} in (${inactive})`),
    when(filters.blocked, sql`${state} in ('blocked', 'ldap_blocked')`),
    when(filters.external, isTrue(external)),
    when(filters.excludeExternal, isFalse(external)),
    when(filters.humans, sql`${unindexed(type)} = 'human'`),
    when(filters.excludeHumans, sql`${type} <> 'human'`),
    when(filters.excludeInternal, sql`${type} <> 'internal'`),
    when(filters.withoutProjectBots, sql`${type} <> 'project_bot'`),
    when(filters.admins, isTrue(admin)),
    when(filters.auditors, isTrue(auditor)),
    when(filters.twoFactor, sql`${otpEnabledAt} is not null`),
    when(filters.twoFactor === false, sql`${otpEnabledAt} is null`),
    filters.state === undefined ? undefined : sql`${state} = ${sql.raw(`'${filters.state}'`)}`,
  ];
}

/** The users with an identity that fits; undefined where no filter asks for one. */
function identityConditions(store: Store, filters: UserFilters): (SQL | undefined)[] {
  const { users, identities, scimIdentities } = store.engine.tables;
  const { identity, samlProviderId, scimUid } = filters;
  const owners = (condition: SQL | undefined) =>
    inArray(
      users.id,
      store.engine.query.select({ id: identities.userId }).from(identities).where(condition),
    );
  return [
    identity &&
      owners(
        and(
          eq(identities.provider, identity.provider),
          inArray(identities.externUidKey, identityKeys(identity)),
        ),
      ),
    samlProviderId === undefined
      ? undefined
      : owners(eq(identities.samlProviderId, samlProviderId)),
    scimUid === undefined
      ? undefined
      : inArray(
          users.id,
          store.engine.query
            .select({ id: scimIdentities.userId })
            .from(scimIdentities)
            .where(eq(scimIdentities.externUid, scimUid)),
        ),
  ];
}

function elsewhereConditions(store: Store, filters: UserFilters): SQL[] {
  const { users, identities, memberships, userCounts, customAttributes } = store.engine.tables;
  const conditions = Object.entries(filters.customAttributes ?? {}).map(
    ([key, value]) => sql`${users.id} in (select user_id from ${customAttributes}
      where key = ${key} and value = ${value})`,
  );
  if (filters.found !== undefined) {
    const { among, idList } = store.engine.sql;
    conditions.push(among(users.id, idList(filters.found)));
  } else if (filters.containing !== undefined) {
    conditions.push(containsTerm(store, filters.containing, filters.inPrivateEmail === true));
  }
  if (filters.withoutProjects === true) {
    const inProjects = sql`${users.id} in (select user_id from ${memberships}
      where source_type = 'Project')`;
    const counted = sql`${users.id} in (select user_id from ${userCounts} where projects > 0)`;
    conditions.push(not(inProjects), not(counted));
  }
  if (filters.withoutLdap === true) {
    conditions.push(
      not(
        sql`${users.id} in (select user_id from ${identities} where lower(provider) like 'ldap%')`,
      ),
    );
  }
  return conditions;
}
