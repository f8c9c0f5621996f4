import { DomainError } from "../../domain/errors.ts";
import { findEmail as holderOfEmail, isEmailClaimed } from "../../domain/profile/emails.ts";
import { findIdentityOwner, type NewIdentity } from "../../domain/profile/identities.ts";
import type { Store } from "../../domain/store.ts";
import { findUserIdByUsername } from "../../domain/users/users.ts";
import type { Values } from "../../domain/users/validate-user.ts";
import { type FieldMessages, fixedError, invalid } from "../http/api-error.ts";
import { TAKEN_MESSAGES } from "../http/model-errors.ts";

const conflict = (what: string) => fixedError(409, `${what} has already been taken`);

/**
 * Refuses what another user has, or says which field it is in. GitLab answers 409 for an address
 * that counts, then for a username, and judges the rest together (users.rb, `conflict!`). An
 * administrator who vouches for an address takes it from a user who merely claims it.
 */
export async function checkUnique(
  store: Store,
  { email, username }: Values,
  identity: NewIdentity | undefined,
  { own, vouched }: { own?: number; vouched: boolean },
): Promise<FieldMessages> {
  // Read in the other order than judged: what another request commits in between is seen by all reads
  // that come after, so that two equal requests at once never get what neither gets alone.
  const claimed = !vouched && email !== undefined && (await isEmailClaimed(store, email, own));
  const elsewhere = identity && (await findIdentityOwner(store, identity));
  const holder = username === undefined ? undefined : await findUserIdByUsername(store, username);
  const address = email === undefined ? undefined : await holderOfEmail(store, email);
  if (address !== undefined && address.userId !== own) throw conflict("Email");
  if (holder !== undefined && holder !== own) throw conflict("Username");
  return {
    email: claimed ? TAKEN_MESSAGES : [],
    "identities.extern_uid": elsewhere === undefined || elsewhere === own ? [] : TAKEN_MESSAGES,
  };
}

/** The same error for a conflict that only the database sees (a lost race). */
export function toUniquenessError(error: unknown): never {
  if (!(error instanceof DomainError && error.kind === "conflict")) throw error;
  if (error.field === "identity") throw invalid({ "identities.extern_uid": TAKEN_MESSAGES });
  throw conflict(error.field === "username" ? "Username" : "Email");
}
