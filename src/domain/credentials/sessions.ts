import { and, asc, eq, lte, ne, sql } from "../../storage/drizzle.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { notFound } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";
import { accountObstacle } from "../users/access.ts";
import { getUserById } from "../users/users.ts";
import { signInStatements } from "./sign-in-statements.ts";
import { signStatement, verifyStatement } from "./signed-statements.ts";

const { placeholder } = sql;

const DAY_MS = 24 * 60 * 60 * 1000;
/** A session ends so long after it was last used. */
const IDLE_MS = 14 * DAY_MS;
/** A use is written down at most so often. */
const SEEN_EVERY_MS = 10 * 60 * 1000;
const MAX_USER_AGENT_LENGTH = 255;

export type Session = Store["engine"]["tables"]["sessions"]["$inferSelect"];

/** Where a browser signs in from. */
interface SignInSource {
  readonly ip: string | undefined;
  readonly userAgent: string | undefined;
}

/**
 * Signs a user in: a session with its text, and one more in `sign_in_count` and its siblings. The
 * caller has checked the password and the second factor.
 */
export async function openSession(
  store: Store,
  user: Pick<User, "id" | "username">,
  { ip, userAgent }: SignInSource,
): Promise<{ session: Session; text: string }> {
  const { sessions } = store.engine.tables;
  const now = store.clock();
  const jti = store.random.bytes(15).toString("base64url");
  const [[session]] = await store.engine.transaction(
    store.engine.query
      .insert(sessions)
      .values({
        ...{ jti, userId: user.id, ip: ip ?? null, createdAt: now, lastSeenAt: now },
        userAgent: userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
        expiresAt: now + IDLE_MS,
      })
      .returning(),
    ...signInStatements(store, user, ip),
    store.engine.query.delete(sessions).where(lte(sessions.expiresAt, now)),
  );
  invalidate.userChanged(store, user.id);
  if (session === undefined) throw notFound("session");
  const text = signStatement(store, "session", { sub: String(user.id), jti });
  return { session, text };
}

/** The session and the user behind a cookie; undefined for one that does not count any more. */
export async function authenticateSession(
  store: Store,
  text: string,
): Promise<{ session: Session; user: User } | undefined> {
  const claims = verifyStatement(store, "session", text);
  if (claims?.jti === undefined) return undefined;
  const session = await byJti(store).get({ jti: claims.jti });
  const now = store.clock();
  if (session === undefined || session.expiresAt <= now) return undefined;
  if (String(session.userId) !== claims.sub) return undefined;
  const user = await getUserById(store, session.userId).catch(() => undefined);
  if (user === undefined || user.type !== "human") return undefined;
  if (accountObstacle(store, user) !== undefined) return undefined;
  if (now - session.lastSeenAt >= SEEN_EVERY_MS) await noteUse(store, session, now);
  return { session, user };
}

const byJti = ({ engine }: Store) =>
  engine.prepared("session", (query) =>
    query
      .select()
      .from(engine.tables.sessions)
      .where(eq(engine.tables.sessions.jti, placeholder("jti"))),
  );

async function noteUse({ engine }: Store, session: Session, now: number): Promise<void> {
  const { sessions } = engine.tables;
  const seen = engine.query
    .update(sessions)
    .set({ lastSeenAt: now, expiresAt: now + IDLE_MS })
    .where(eq(sessions.id, session.id));
  // A page is shown all the same while another process holds the lock.
  await engine.tryWrite(seen).catch(() => undefined);
}

/** A user's sessions that count, oldest first. */
export function listSessions({ engine, clock }: Store, userId: number): Promise<Session[]> {
  const { sessions } = engine.tables;
  return engine.query
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), sql`${sessions.expiresAt} > ${clock()}`))
    .orderBy(asc(sessions.id));
}

/** Ends one of a user's sessions; one that has ended already changes nothing. */
export async function endSession(store: Store, userId: number, id: number): Promise<void> {
  const { sessions } = store.engine.tables;
  const where = and(eq(sessions.id, id), eq(sessions.userId, userId));
  await store.engine.transaction(
    auditStatement(
      store,
      { action: "session.revoke", userId, target: { type: "Session", id } },
      { from: sessions, where },
    ),
    store.engine.query.delete(sessions).where(where),
  );
}

/** Ends all of a user's sessions, or all but one. */
export async function endSessions(store: Store, userId: number, except?: number): Promise<void> {
  const { sessions } = store.engine.tables;
  const where = othersOf(store, userId, except);
  await store.engine.transaction(
    auditStatement(
      store,
      { action: "session.revoke", userId, target: { type: "Session", id: sql`${sessions.id}` } },
      { from: sessions, where },
    ),
    deleteSessionsStatement(store, userId, except),
  );
}

/** A statement that ends sessions, for the transaction of their cause: a block, another password. */
export function deleteSessionsStatement(store: Store, userId: number, except?: number) {
  const { sessions } = store.engine.tables;
  return store.engine.query.delete(sessions).where(othersOf(store, userId, except));
}

function othersOf({ engine }: Store, userId: number, except: number | undefined) {
  const { sessions } = engine.tables;
  const mine = eq(sessions.userId, userId);
  return except === undefined ? mine : and(mine, ne(sessions.id, except));
}
