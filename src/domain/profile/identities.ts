import { and, eq, type SQL } from "../../storage/drizzle.ts";
import { notFound } from "../errors.ts";
import { invalidateUser, type Store } from "../store.ts";

export type Identity = Store["engine"]["tables"]["identities"]["$inferSelect"];

/** An account elsewhere that signs in as a user here. */
export interface NewIdentity {
  readonly provider: string;
  readonly externUid: string;
}

const theOne = ({ engine }: Store, userId: number, provider: string) => {
  const { identities } = engine.tables;
  return and(eq(identities.userId, userId), eq(identities.provider, provider));
};

/** A user's identity with a provider. Throws `not-found`. */
export async function withProvider(
  store: Store,
  userId: number,
  provider: string,
): Promise<Identity> {
  const [row] = await store.engine.query
    .select()
    .from(store.engine.tables.identities)
    .where(theOne(store, userId, provider));
  if (row === undefined) throw notFound("identity");
  return row;
}

/** Whose account elsewhere it is. */
export async function holderOf(
  store: Store,
  { provider, externUid }: NewIdentity,
): Promise<number | undefined> {
  const { identities } = store.engine.tables;
  const [row] = await store.engine.query
    .select({ userId: identities.userId })
    .from(identities)
    .where(and(eq(identities.provider, provider), eq(identities.externUid, externUid)));
  return row?.userId;
}

/** Gives a user an identity, in place of the one that they have with the same provider. */
export function storing(store: Store, userId: number | SQL<number>, identity: NewIdentity) {
  const { identities } = store.engine.tables;
  const row = { externUid: identity.externUid, updatedAt: store.clock() };
  return store.engine.query
    .insert(identities)
    .values({ userId, provider: identity.provider, ...row })
    .onConflictDoUpdate({ target: [identities.userId, identities.provider], set: row });
}

/** Takes an identity away. Throws `not-found`. */
export async function remove(store: Store, userId: number, provider: string): Promise<void> {
  const { identities } = store.engine.tables;
  const [rows] = await store.engine.transaction(
    store.engine.query
      .delete(identities)
      .where(theOne(store, userId, provider))
      .returning({ userId: identities.userId }),
  );
  if (rows.length === 0) throw notFound("identity");
  invalidateUser(store, userId);
}
