import { and, eq, inArray, type SQL } from "../../storage/drizzle.ts";
import { DuplicateKeyError } from "../../storage/errors.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { DomainError, notFound } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import { normalizeDistinguishedName } from "./distinguished-name.ts";

type Identity = Store["engine"]["tables"]["identities"]["$inferSelect"];

/** An account elsewhere that signs in as a user here. */
export interface NewIdentity {
  readonly provider: string;
  readonly externUid: string;
  /** The provider of a group's SAML that it belongs to; undefined leaves it as it is. */
  readonly samlProviderId?: number | null | undefined;
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

/** The uid as it is stored: distinguished names of LDAP servers have one spelling. */
export const normalizeUid = ({
  provider,
  externUid,
}: Pick<NewIdentity, "provider" | "externUid">) =>
  provider.startsWith("ldap") ? normalizeDistinguishedName(externUid) : externUid;

/**
 * The keys that an identity may be stored under, the one of new rows first. Rows of older versions
 * have the uid as it was given, with the letters of ASCII alone in lower case.
 */
export function identityKeys(identity: Pick<NewIdentity, "provider" | "externUid">): string[] {
  const { externUid } = identity;
  const old = externUid.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return [...new Set([normalizeUid(identity).toLowerCase(), old])];
}

/** The user who has an identity; the case of its uid makes no difference. */
export async function findIdentityOwner(
  store: Store,
  identity: NewIdentity,
): Promise<number | undefined> {
  const { identities } = store.engine.tables;
  const [row] = await store.engine.query
    .select({ userId: identities.userId })
    .from(identities)
    .where(
      and(
        eq(identities.provider, identity.provider),
        inArray(identities.externUidKey, identityKeys(identity)),
      ),
    );
  return row?.userId;
}

/** The statement that gives a user an identity, in place of theirs with the same provider. */
export function upsertIdentityStatement(
  store: Store,
  userId: number | SQL<number>,
  identity: NewIdentity,
) {
  const { identities } = store.engine.tables;
  const row = {
    externUid: normalizeUid(identity),
    externUidKey: identityKeys(identity)[0],
    ...(identity.samlProviderId === undefined ? {} : { samlProviderId: identity.samlProviderId }),
    updatedAt: store.clock(),
  };
  return store.engine.query
    .insert(identities)
    .values({ userId, provider: identity.provider, ...row })
    .onConflictDoUpdate({ target: [identities.userId, identities.provider], set: row });
}

/** The provider under which a directory's entries are kept, as GitLab calls its first LDAP server. */
const LDAP = "ldapmain";

/** Maps a user to an entry of a directory, and returns its name. Throws `conflict` for another user's. */
export async function setLdapDn(store: Store, userId: number, dn: string): Promise<string> {
  const identity = { provider: LDAP, externUid: dn };
  const holder = await findIdentityOwner(store, identity);
  if (holder !== undefined && holder !== userId) {
    throw new DomainError("conflict", "taken", "ldap_dn");
  }
  try {
    await store.engine.transaction(
      upsertIdentityStatement(store, userId, identity),
      auditStatement(store, {
        action: "user.set_identity",
        userId,
        target: { type: "Identity", name: LDAP },
        details: { extern_uid: dn },
      }),
    );
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    throw new DomainError("conflict", "taken", "ldap_dn");
  }
  invalidate.userChanged(store, userId);
  return (await withProvider(store, userId, LDAP)).externUid;
}

/** Takes an identity away. Throws `not-found`. */
export async function remove(store: Store, userId: number, provider: string): Promise<void> {
  const { identities } = store.engine.tables;
  const [, rows] = await store.engine.transaction(
    auditStatement(
      store,
      { action: "user.remove_identity", userId, target: { type: "Identity", name: provider } },
      { from: identities, where: theOne(store, userId, provider) },
    ),
    store.engine.query
      .delete(identities)
      .where(theOne(store, userId, provider))
      .returning({ userId: identities.userId }),
  );
  if (rows.length === 0) throw notFound("identity");
  invalidate.userChanged(store, userId);
}
