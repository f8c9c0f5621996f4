import { getTableColumns, type SQL, sql } from "../../storage/drizzle.ts";
import type { Engine, Statement } from "../../storage/engine.ts";
import type { Actor } from "../actor.ts";
import type { Store } from "../store.ts";
import type { AuditAction } from "./audit-actions.ts";

/** An action, and the user that it changed. */
export interface AuditEntry {
  readonly action: AuditAction;
  /** The user that was changed, who may be new in this transaction. */
  readonly userId?: number | SQL<number> | undefined;
  /** A part of the user's that it is about. */
  readonly target?: {
    readonly type: string;
    readonly id?: number | SQL<number> | undefined;
    readonly name?: string | SQL<string> | undefined;
  };
  /** Never a secret, and never a link that opens anything. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** Who acted, where that is only known now: a user who has just signed in. */
  readonly actor?: { readonly id: number; readonly username: string } | undefined;
}

/** Statements that write an audit row, so that a request under sudo gets no second one. */
const written = new WeakSet<object>();

/**
 * The statement that writes down what a transaction does; it belongs into that transaction. With
 * `happens` it stands before the change and writes only where the change will find its rows.
 */
export function auditStatement(
  store: Store,
  entry: AuditEntry,
  happens?: { readonly from: Parameters<typeof selectFrom>[1]; readonly where: SQL | undefined },
): Statement {
  const { auditEvents } = store.engine.tables;
  const row = rowOf(store, entry);
  const statement =
    happens === undefined
      ? store.engine.query
          .insert(auditEvents)
          .values({ ...row, details: entry.details ?? null } as typeof auditEvents.$inferInsert)
      : store.engine.query
          .insert(auditEvents)
          .select(selectFrom(store, happens.from, row, happens.where));
  written.add(statement);
  return statement;
}

type Columns = Omit<Store["engine"]["tables"]["auditEvents"]["$inferInsert"], "id">;
type Row = { readonly [Name in keyof Columns]-?: unknown };

function rowOf(store: Store, { action, userId, target, details, actor }: AuditEntry): Row {
  const { users } = store.engine.tables;
  const by = store.actor ?? {};
  const who = actor ?? by;
  return {
    actorId: who.id ?? null,
    actorUsername: who.username ?? null,
    onBehalfOfId: by.onBehalfOf?.id ?? null,
    onBehalfOfUsername: by.onBehalfOf?.username ?? null,
    userId: userId ?? null,
    username:
      userId === undefined ? null : sql`(select username from ${users} where id = ${userId})`,
    action,
    targetType: target?.type ?? null,
    targetId: target?.id ?? null,
    targetName: target?.name ?? null,
    details: details === undefined ? null : JSON.stringify(details),
    via: by.via ?? null,
    ipAddress: by.address ?? null,
    tokenId: by.tokenId ?? null,
    requestId: by.requestId ?? null,
    createdAt: store.clock(),
  };
}

/** The row as a query that finds it as often as the condition finds rows. */
function selectFrom(
  { engine }: Store,
  from: Engine["tables"][keyof Engine["tables"]],
  row: Row,
  where: SQL | undefined,
) {
  const { auditEvents } = engine.tables;
  const values = { id: engine.sql.newAuditEvent(), ...row };
  // In the order of the table, which the builder compares them with.
  const columns = Object.entries(getTableColumns(auditEvents)).map(([name, column]) => {
    return [name, sql`${values[name as keyof Row]}`.as(column.name)];
  });
  return engine.query
    .select(Object.fromEntries(columns))
    .from(from as typeof auditEvents)
    .where(where) as never;
}

/** Writes down what changes no other row. */
export async function recordAudit(store: Store, entry: AuditEntry): Promise<void> {
  await store.engine.transaction(auditStatement(store, entry));
}

/**
 * The store as a request sees it whose changes are put down to an actor. Where the actor stands in
 * for a user, every transaction leaves a row, also one of a rule that writes none by itself.
 */
export function actingStore(store: Store, actor: Actor): Store {
  const acting: Store = { ...store, actor };
  if (actor.onBehalfOf === undefined) return acting;
  const { engine } = store;
  const transaction = (...statements: Statement[]) => {
    const isWritten = statements.some((statement) => written.has(statement));
    return engine.transaction(...statements, ...(isWritten ? [] : [standInStatement(acting)]));
  };
  return { ...acting, engine: Object.assign(Object.create(engine), engine, { transaction }) };
}

const standInStatement = (store: Store): Statement =>
  auditStatement(store, {
    action: "user.stand_in",
    userId: store.actor?.onBehalfOf?.id,
    details: { operation: store.actor?.operation },
  });

/** How often the same reading by the same token for the same user is written down again. */
const READ_NOTED_EVERY_MS = 10 * 60 * 1000;

/** Writes down that an administrator reads as a user; the same operation once in ten minutes. */
export async function recordImpersonation(store: Store): Promise<void> {
  const { tokenId, onBehalfOf, operation } = store.actor ?? {};
  const key = `${tokenId} ${onBehalfOf?.id} ${operation}`;
  const now = store.clock();
  const last = store.standIns.get(key);
  if (last !== undefined && now - last < READ_NOTED_EVERY_MS) return;
  await store.engine.transaction(standInStatement(store));
  store.standIns.set(key, now);
}
