import { sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

/** How many users each tab of the administration has. */
export interface UserCounts {
  readonly active: number;
  readonly admins: number;
  readonly withTwoFactor: number;
  readonly withoutTwoFactor: number;
  readonly external: number;
  readonly blocked: number;
  readonly banned: number;
  readonly pending: number;
  readonly deactivated: number;
  readonly bots: number;
  readonly total: number;
}

const MAX_AGE_MS = 10_000;
const countsByStore = new WeakMap<Store, { at: number; version: number; counts: UserCounts }>();

/** The counts, from indexes alone, and for ten seconds at most from memory while users change. */
export async function countUsers(store: Store): Promise<UserCounts> {
  const version = store.userListVersions.latest;
  const now = store.clock();
  const known = countsByStore.get(store);
  const isFresh = known !== undefined && now - known.at < MAX_AGE_MS && now >= known.at;
  if (
    known !== undefined &&
    (known.version === version || (isFresh && known.counts.total > 50_000))
  )
    return known.counts;
  const counts = await readCounts(store);
  countsByStore.set(store, { at: now, version, counts });
  return counts;
}

const FOLLOWS_MAX_AGE_MS = 5 * 60 * 1000;
const followsByStore = new WeakMap<Store, { at: number; count: number }>();

/** How many follows there are; up to five minutes old, as a large graph takes a moment to count. */
export async function countFollows(store: Store): Promise<number> {
  const now = store.clock();
  const known = followsByStore.get(store);
  const age = now - (known?.at ?? Number.NEGATIVE_INFINITY);
  const isFresh =
    age >= 0 && age < (known !== undefined && known.count > 100_000 ? FOLLOWS_MAX_AGE_MS : 0);
  if (known !== undefined && isFresh) return known.count;
  const count = await store.engine.slowQuery.$count(store.engine.tables.follows);
  followsByStore.set(store, { at: now, count });
  return count;
}

async function readCounts({ engine }: Store): Promise<UserCounts> {
  const { users } = engine.tables;
  const states = await engine.slowQuery
    .select({ state: users.state, type: users.type, count: sql<number>`count(*)` })
    .from(users)
    .groupBy(users.state, users.type);
  const sum = (fits: (row: (typeof states)[number]) => boolean) =>
    states.filter(fits).reduce((total, { count }) => total + Number(count), 0);
  const total = sum(() => true);
  const withTwoFactor = await engine.slowQuery.$count(
    users,
    sql`${users.otpEnabledAt} is not null`,
  );
  return {
    total,
    withTwoFactor,
    withoutTwoFactor: total - withTwoFactor,
    active: sum(({ state, type }) => state === "active" && type !== "internal"),
    admins: await engine.slowQuery.$count(users, engine.sql.isTrue(users.admin)),
    external: await engine.slowQuery.$count(users, engine.sql.isTrue(users.external)),
    blocked: sum(({ state }) => state === "blocked" || state === "ldap_blocked"),
    banned: sum(({ state }) => state === "banned"),
    pending: sum(({ state }) => state === "blocked_pending_approval"),
    deactivated: sum(({ state }) => state === "deactivated"),
    bots: sum(({ type }) => type !== "human"),
  };
}
