import { setImmediate as pause } from "node:timers/promises";
import { and, desc, gt, gte, lte, max, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";
import type { ListItem } from "../user.ts";
import { listedByIds } from "../users/users.ts";

const DAY_SECONDS = 24 * 60 * 60;
const CHART_DAYS = 30;
const TOP_USERS = 10;
/** Users whose follows are read at a time; other requests run in between. */
const USERS_PER_QUERY = 5000;
const MAX_AGE_MS = 10 * 60 * 1000;
const MIN_AGE_MS = 15 * 1000;

export interface DashboardFigures {
  /** The first of the days, in milliseconds since 1970. */
  readonly from: number;
  /** New users and new follows, a number a day. */
  readonly users: readonly number[];
  readonly follows: readonly number[];
  readonly mostFollowed: readonly (ListItem & { followers: number })[];
  readonly countedAt: number;
}

interface CachedFigures {
  figures: DashboardFigures | undefined;
  counting: Promise<DashboardFigures> | undefined;
  milliseconds: number;
}

const figuresByStore = new WeakMap<Store, CachedFigures>();

/**
 * What the dashboard plots. No index has the days, so all follows are read, piece by piece: a large
 * graph's figures are up to ten minutes old, and undefined while they are counted for the first time.
 */
export async function dashboardFigures(store: Store): Promise<DashboardFigures | undefined> {
  const mine = figuresByStore.get(store) ?? {
    figures: undefined,
    counting: undefined,
    milliseconds: 0,
  };
  figuresByStore.set(store, mine);
  const age = store.clock() - (mine.figures?.countedAt ?? Number.NEGATIVE_INFINITY);
  const isCheap = mine.milliseconds < 100;
  if (mine.figures !== undefined && age >= 0 && age < (isCheap ? MIN_AGE_MS : MAX_AGE_MS)) {
    return mine.figures;
  }
  mine.counting ??= count(store, mine).finally(() => {
    mine.counting = undefined;
  });
  mine.counting.catch(() => undefined);
  if (mine.figures !== undefined && !isCheap) return mine.figures;
  return Promise.race([mine.counting, waited(store)]);
}

/** So many turns of the event loop are waited for figures; a small graph's are there by then. */
async function waited(_store: Store): Promise<undefined> {
  for (let turn = 0; turn < 50; turn += 1) await pause();
  return undefined;
}

async function count(store: Store, mine: CachedFigures): Promise<DashboardFigures> {
  const started = performance.now();
  const { engine, clock } = store;
  const { users, follows } = engine.tables;
  const now = clock();
  const first = Math.floor(now / 1000 / DAY_SECONDS) - CHART_DAYS + 1;
  const from = first * DAY_SECONDS;
  const usersByDay = await engine.slowQuery
    .select({
      day: sql<number>`${users.createdAt} / ${sql.raw(String(DAY_SECONDS * 1000))}`.as("day"),
      count: sql<number>`count(*)`,
    })
    .from(users)
    .where(gte(users.createdAt, from * 1000))
    .groupBy(sql`day`);
  const followsByDay = new Map<number, number>();
  const [{ last } = { last: 0 }] = await engine.slowQuery
    .select({ last: max(users.id) })
    .from(users);
  for (let after = 0; after < Number(last ?? 0); after += USERS_PER_QUERY) {
    const rows = await engine.slowQuery
      .select({
        day: sql<number>`${follows.createdAt} / ${sql.raw(String(DAY_SECONDS))}`.as("day"),
        count: sql<number>`count(*)`,
      })
      .from(follows)
      .where(
        and(
          gt(follows.followerId, after),
          lte(follows.followerId, after + USERS_PER_QUERY),
          gte(follows.createdAt, from),
        ),
      )
      .groupBy(sql`day`);
    for (const { day, count: some } of rows) {
      followsByDay.set(Number(day), (followsByDay.get(Number(day)) ?? 0) + Number(some));
    }
    await pause();
  }
  const perDay = (counts: ReadonlyMap<number, number>) =>
    Array.from({ length: CHART_DAYS }, (_, place) => counts.get(first + place) ?? 0);
  const figures = {
    from: from * 1000,
    users: perDay(new Map(usersByDay.map(({ day, count: some }) => [Number(day), Number(some)]))),
    follows: perDay(followsByDay),
    mostFollowed: await mostFollowed(store),
    countedAt: now,
  };
  mine.figures = figures;
  mine.milliseconds = performance.now() - started;
  return figures;
}

async function mostFollowed(store: Store): Promise<DashboardFigures["mostFollowed"]> {
  const { users } = store.engine.tables;
  const followers = sql<number>`${store.engine.sql.user.followers}`;
  const rows = await store.engine.slowQuery
    .select({ id: users.id, followers: followers.as("followers") })
    .from(users)
    .orderBy(desc(followers), users.id)
    .limit(TOP_USERS);
  const listed = await listedByIds(
    store,
    rows.map(({ id }) => id),
  );
  const byId = new Map(listed.map((row) => [row.id, row]));
  return rows.flatMap(({ id, followers: number }) => {
    const row = byId.get(id);
    return row === undefined || Number(number) === 0 ? [] : [{ ...row, followers: Number(number) }];
  });
}
