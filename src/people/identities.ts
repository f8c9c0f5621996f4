import { and, eq, type SQL } from "../storage/drizzle.ts";
import { notFound } from "./errors.ts";
import { changedProfile, type People } from "./people.ts";

export type Identity = People["db"]["tables"]["identities"]["$inferSelect"];

/** An account elsewhere that signs in as a user here. */
export interface NewIdentity {
  readonly provider: string;
  readonly externUid: string;
}

const theOne = ({ db }: People, userId: number, provider: string) => {
  const { identities } = db.tables;
  return and(eq(identities.userId, userId), eq(identities.provider, provider));
};

/** A user's identity with a provider. Throws `not-found`. */
export async function withProvider(
  people: People,
  userId: number,
  provider: string,
): Promise<Identity> {
  const [row] = await people.db.query
    .select()
    .from(people.db.tables.identities)
    .where(theOne(people, userId, provider));
  if (row === undefined) throw notFound("identity");
  return row;
}

/** Whose account elsewhere it is. */
export async function holderOf(
  people: People,
  { provider, externUid }: NewIdentity,
): Promise<number | undefined> {
  const { identities } = people.db.tables;
  const [row] = await people.db.query
    .select({ userId: identities.userId })
    .from(identities)
    .where(and(eq(identities.provider, provider), eq(identities.externUid, externUid)));
  return row?.userId;
}

/** Gives a user an identity, in place of the one that they have with the same provider. */
export function storing(people: People, userId: number | SQL<number>, identity: NewIdentity) {
  const { identities } = people.db.tables;
  const row = { externUid: identity.externUid, updatedAt: people.clock() };
  return people.db.query
    .insert(identities)
    .values({ userId, provider: identity.provider, ...row })
    .onConflictDoUpdate({ target: [identities.userId, identities.provider], set: row });
}

/** Takes an identity away. Throws `not-found`. */
export async function remove(people: People, userId: number, provider: string): Promise<void> {
  const { identities } = people.db.tables;
  const [rows] = await people.db.write(
    people.db.query
      .delete(identities)
      .where(theOne(people, userId, provider))
      .returning({ userId: identities.userId }),
  );
  if (rows.length === 0) throw notFound("identity");
  changedProfile(people, userId);
}
