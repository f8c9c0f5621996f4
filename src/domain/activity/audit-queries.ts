import {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  not,
  or,
  type SQL,
  sql,
} from "../../storage/drizzle.ts";
import { countUpTo } from "../count-cap.ts";
import type { Store } from "../store.ts";

export type AuditRow = Store["engine"]["tables"]["auditEvents"]["$inferSelect"];

/** What an entry has to have, or not to have: one of the values, in a column or in any of three. */
export interface AuditCondition {
  readonly of: "action" | "category" | "actor" | "user" | "address" | "word" | "nothing";
  /** Names without regard to case. */
  readonly values: readonly string[];
  readonly isExcluded: boolean;
}

/** Selects entries of the audit log. */
export interface AuditFilter {
  /** The actor, or the user that was changed. */
  readonly userId?: number | undefined;
  /** How the action begins. */
  readonly action?: string | undefined;
  /** Milliseconds since 1970, both included. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** What it is about: a user by id, any user, or no user but the instance itself. */
  readonly about?: number | "users" | "instance" | undefined;
  /** All have to hold. */
  readonly conditions?: readonly AuditCondition[] | undefined;
}

/** A part of the log, in one order. */
interface AuditPage {
  readonly isDescending: boolean;
  readonly limit: number;
  readonly offset?: number | undefined;
  /** The id that the part begins behind. */
  readonly after?: number | undefined;
  /** The id that the part ends in front of: its last entries are given, not its first. */
  readonly before?: number | undefined;
}

function conditionOf(store: Store, filter: AuditFilter): SQL | undefined {
  const { auditEvents: events } = store.engine.tables;
  const { userId, action, since, until, about, conditions = [] } = filter;
  return and(
    userId === undefined ? undefined : or(eq(events.userId, userId), eq(events.actorId, userId)),
    action === undefined ? undefined : like(events.action, `${withoutWildcards(action)}%`),
    since === undefined ? undefined : gte(events.createdAt, since),
    until === undefined ? undefined : lte(events.createdAt, until),
    about === undefined
      ? undefined
      : about === "users"
        ? isNotNull(events.userId)
        : about === "instance"
          ? isNull(events.userId)
          : eq(events.userId, about),
    ...conditions.map((condition) => searchCondition(store, condition)),
  );
}

const withoutWildcards = (text: string): string => text.replace(/[\\%_]/g, "");

function searchCondition(store: Store, { of, values, isExcluded }: AuditCondition): SQL {
  const { auditEvents: events } = store.engine.tables;
  const lower = values.map((value) => value.toLowerCase());
  const isOneOf = (column: unknown) => inArray(sql`lower(${column})`, lower);
  const found = {
    action: () => isOneOf(events.action),
    category: () =>
      or(isOneOf(events.action), ...lower.map((name) => beginsWith(events.action, `${name}.`))),
    actor: () => isOneOf(events.actorUsername),
    user: () => isOneOf(events.username),
    address: () => isOneOf(events.ipAddress),
    word: () => or(isOneOf(events.action), isOneOf(events.actorUsername), isOneOf(events.username)),
    nothing: () => sql`false`,
  }[of]();
  // An entry without the value is none that has it: three-valued logic would leave it out of both.
  const isFound = sql`coalesce(${found}, false)`;
  return isExcluded ? not(isFound) : isFound;
}

const beginsWith = (column: unknown, text: string): SQL =>
  sql`substr(${column}, 1, ${text.length}) = ${text}`;

/** Entries in one order of their ids, which is the order in which they came. */
export async function listAuditPage(
  store: Store,
  filter: AuditFilter,
  { isDescending, limit, offset = 0, after, before }: AuditPage,
): Promise<AuditRow[]> {
  const { auditEvents: events } = store.engine.tables;
  const [behind, ahead] = isDescending ? [lt, gt] : [gt, lt];
  // The last ones before an entry are the first ones of the other order.
  const isBackwards = before !== undefined && after === undefined;
  const rows: AuditRow[] = await store.engine.query
    .select()
    .from(events)
    .where(
      and(
        conditionOf(store, filter),
        after === undefined ? undefined : behind(events.id, after),
        before === undefined ? undefined : ahead(events.id, before),
      ),
    )
    .orderBy(isDescending === isBackwards ? asc(events.id) : desc(events.id))
    .limit(limit)
    .offset(offset);
  return isBackwards ? rows.reverse() : rows;
}

/** How many entries there are, counted up to a number. */
export function countAuditEvents(store: Store, filter: AuditFilter, most: number): Promise<number> {
  const { query, tables } = store.engine;
  return countUpTo(query, sql`${tables.auditEvents}`, conditionOf(store, filter), most);
}

/** An entry by its number. */
export async function findAuditEvent(store: Store, id: number): Promise<AuditRow | undefined> {
  const { auditEvents: events } = store.engine.tables;
  const [row] = await store.engine.query.select().from(events).where(eq(events.id, id));
  return row;
}

/** Entries that are deleted at once, so that no write waits long for it. */
const PURGED_PER_TRANSACTION = 1000;

/** Deletes entries that are older than a time in milliseconds since 1970; says how many. */
export async function purgeAuditEvents(store: Store, before: number): Promise<number> {
  const { auditEvents: events } = store.engine.tables;
  const old = store.engine.query
    .select({ id: events.id })
    .from(events)
    .where(lt(events.createdAt, before))
    .orderBy(asc(events.createdAt), asc(events.id))
    .limit(PURGED_PER_TRANSACTION);
  for (let purged = 0; ; ) {
    const [rows] = await store.engine.transaction(
      store.engine.query.delete(events).where(inArray(events.id, old)).returning({ id: events.id }),
    );
    purged += rows.length;
    if (rows.length < PURGED_PER_TRANSACTION) return purged;
  }
}
