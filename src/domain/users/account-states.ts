import { and, eq, sql } from "../../storage/drizzle.ts";
import type { AuditAction } from "../activity/audit-actions.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { endCredentialsStatements } from "../credentials/end-credentials.ts";
import { notFound } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";
import { GUARDS, type Outcome, type State, TRANSITIONS, type Transition } from "./state-machine.ts";
import { getUserById } from "./users.ts";

/** Which attribute remembers who made a call. */
const NOTED: Partial<Record<Transition, string>> = { block: "blocked_by", unblock: "unblocked_by" };

/** GitHub's words for the two states that it knows. */
const SUSPENSIONS: Partial<Record<State, AuditAction>> = {
  active: "user.unsuspend",
  blocked: "user.suspend",
};

/** Carries out what an administrator asks for, if the user's state allows it. */
export async function apply(
  store: Store,
  actor: Pick<User, "id" | "username">,
  user: User,
  call: Transition,
): Promise<Outcome> {
  const cell = TRANSITIONS[user.state][call];
  if (typeof cell === "string" || "refused" in cell) return cell;
  const now = store.clock();
  const [obstacle] = GUARDS[call]?.find(([, stands]) => stands(user, actor, now)) ?? [];
  if (obstacle !== undefined) return { refused: obstacle };
  const changed =
    cell.to === "removed"
      ? await removeFrom(store, user)
      : await setState(store, user.id, cell.to, { from: user.state, by: [actor, call] });
  // A concurrent call won: this one is judged by the state that it left.
  return changed ? "done" : apply(store, actor, await getUserById(store, user.id), call);
}

interface StateChange {
  /** The state to leave; any without it. */
  from?: State;
  reason?: string | undefined;
  by?: readonly [actor: Pick<User, "id" | "username">, call: Transition];
}

/**
 * Puts a user into a state: triggers take their follows out of sight or back, and what GitHub calls
 * suspended is exactly `blocked`. Says whether the user was there and in the state to leave.
 */
export async function setState(
  store: Store,
  id: number,
  state: State,
  { from, reason, by }: StateChange = {},
): Promise<boolean> {
  const { users } = store.engine.tables;
  const now = store.clock();
  const blocked = state === "blocked";
  const where = and(eq(users.id, id), from === undefined ? undefined : eq(users.state, from));
  const update = store.engine.query
    .update(users)
    .set({
      state,
      suspendedAt: blocked ? now : null,
      suspendedReason: blocked ? (reason ?? null) : null,
      updatedAt: now,
    })
    .where(where)
    .returning({ id: users.id });
  const note = by === undefined ? undefined : noteOf(store, id, now, ...by);
  // A block ends the sessions of browsers; lifting it does not bring them back.
  const ended = state === "active" ? [] : endCredentialsStatements(store, id, "state");
  const details = { to: state, ...(reason === undefined ? {} : { reason }) };
  const action = by === undefined ? SUSPENSIONS[state] : (`user.${by[1]}` as const);
  const [, rows] = await store.engine.transaction(
    auditStatement(
      store,
      { action: action ?? "user.state", userId: id, details },
      { from: users, where },
    ),
    update,
    ...(note === undefined ? [] : [note]),
    ...ended,
  );
  if (rows.length > 0) invalidate.everything(store);
  return rows.length > 0;
}

/** Remembers who did it, as GitLab does: `root/1+2024-05-31 08:00:00 UTC`. */
function noteOf(
  store: Store,
  id: number,
  now: number,
  actor: Pick<User, "id" | "username">,
  call: Transition,
) {
  const key = NOTED[call];
  if (key === undefined) return undefined;
  const { customAttributes, users } = store.engine.tables;
  const time = `${new Date(now).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const value = `${actor.username}/${actor.id}+${time}`;
  // Only where the user is there, and this very change was made.
  const noted = store.engine.query
    .select({
      userId: users.id,
      key: sql<string>`${key}`.as("key"),
      value: sql<string>`${value}`.as("value"),
    })
    .from(users)
    .where(and(eq(users.id, id), eq(users.updatedAt, now)));
  return store.engine.query
    .insert(customAttributes)
    .select(noted)
    .onConflictDoUpdate({
      target: [customAttributes.userId, customAttributes.key],
      set: { value },
    });
}

async function removeFrom(store: Store, { id, state }: User): Promise<boolean> {
  const { users } = store.engine.tables;
  const where = and(eq(users.id, id), eq(users.state, state));
  const [, rows] = await store.engine.transaction(
    auditStatement(store, { action: "user.reject", userId: id }, { from: users, where }),
    store.engine.query.delete(users).where(where).returning({ id: users.id }),
  );
  if (rows.length > 0) invalidate.everything(store);
  return rows.length > 0;
}

/** Blocks a user and hides them in every list; their follows stay and come back with the account. */
export async function suspend(store: Store, id: number, reason?: string): Promise<void> {
  if (!(await setState(store, id, "blocked", { reason }))) throw notFound("user");
}

/** Undoes a suspension, and every other state that keeps a user out. */
export async function unsuspend(store: Store, id: number): Promise<void> {
  if (!(await setState(store, id, "active"))) throw notFound("user");
}
