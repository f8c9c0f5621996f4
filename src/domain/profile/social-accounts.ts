import { and, asc, eq, inArray } from "../../storage/drizzle.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { DomainError, notFound } from "../errors.ts";
import type { Store } from "../store.ts";

export type SocialAccount = Store["engine"]["tables"]["socialAccounts"]["$inferSelect"];

/** GitHub's profile settings have fields for four. */
export const MAX_SOCIAL_ACCOUNTS = 4;
const MAX_URL_LENGTH = 2048;

/** A user's accounts on other sites, in the order in which they were added. */
export function listSocialAccounts({ engine }: Store, userId: number): Promise<SocialAccount[]> {
  const { socialAccounts } = engine.tables;
  return engine.query
    .select()
    .from(socialAccounts)
    .where(eq(socialAccounts.userId, userId))
    .orderBy(asc(socialAccounts.id));
}

/** Whether a text is the full address of a profile on the web. */
function isAccountUrl(text: string): boolean {
  if (text.length > MAX_URL_LENGTH || /\s/.test(text)) return false;
  const url = URL.parse(text);
  if (url === null || url.hostname === "") return false;
  return url.protocol === "https:" || url.protocol === "http:";
}

/**
 * Adds accounts to a profile, all or none, and returns the new rows; those that it has already stay
 * as they are. Throws `invalid` for a text that is no address, or for more than a profile may have.
 */
export async function addSocialAccounts(
  store: Store,
  userId: number,
  urls: readonly string[],
): Promise<SocialAccount[]> {
  const { socialAccounts } = store.engine.tables;
  if (!urls.every(isAccountUrl)) throw new DomainError("invalid", "url", "account_urls");
  const existing = new Set((await listSocialAccounts(store, userId)).map(({ url }) => url));
  const added = [...new Set(urls)].filter((url) => !existing.has(url));
  if (existing.size + added.length > MAX_SOCIAL_ACCOUNTS) {
    throw new DomainError("invalid", "too many", "account_urls");
  }
  if (added.length === 0) return [];
  const [rows] = await store.engine.transaction(
    store.engine.query
      .insert(socialAccounts)
      .values(added.map((url) => ({ userId, url })))
      .onConflictDoNothing()
      .returning(),
    ...added.map((url) => accountStatement(store, "social_account.create", userId, url)),
  );
  return rows;
}

/** Deletes accounts from a profile, all or none. Throws `not-found` for one that it does not have. */
export async function deleteSocialAccounts(
  store: Store,
  userId: number,
  urls: readonly string[],
): Promise<void> {
  const { socialAccounts } = store.engine.tables;
  const requestedUrls = new Set(urls);
  const doomed = (await listSocialAccounts(store, userId)).filter(({ url }) =>
    requestedUrls.has(url),
  );
  if (doomed.length < requestedUrls.size) throw notFound("social account");
  const ids = doomed.map(({ id }) => id);
  await store.engine.transaction(
    store.engine.query
      .delete(socialAccounts)
      .where(and(eq(socialAccounts.userId, userId), inArray(socialAccounts.id, ids))),
    ...[...requestedUrls].map((url) =>
      accountStatement(store, "social_account.delete", userId, url),
    ),
  );
}

const accountStatement = (
  store: Store,
  action: "social_account.create" | "social_account.delete",
  userId: number,
  name: string,
) => auditStatement(store, { action, userId, target: { type: "SocialAccount", name } });
