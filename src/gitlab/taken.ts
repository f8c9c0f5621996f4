import { holderOf as holderOfEmail } from "../people/emails.ts";
import { PeopleError } from "../people/errors.ts";
import { holderOf as holderOfIdentity, type NewIdentity } from "../people/identities.ts";
import type { People } from "../people/people.ts";
import { holderOf as holderOfUsername } from "../people/usernames.ts";
import type { Values } from "./validation.ts";
import { TAKEN } from "./wire/models.ts";
import { decided, type FieldMessages, invalid } from "./wire/refusal.ts";

const conflict = (what: string) => decided(409, `${what} has already been taken`);

/**
 * Refuses what somebody else has, or says which field it is in. GitLab answers 409 for an address
 * that counts, then for a username, and judges the rest together (users.rb, `conflict!`).
 */
export async function checkTaken(
  people: People,
  { email, username }: Values,
  identity: NewIdentity | undefined,
  own?: number,
): Promise<FieldMessages> {
  const address = email === undefined ? undefined : await holderOfEmail(people, email);
  const foreign = address !== undefined && address.userId !== own;
  if (foreign && (address.primary || address.confirmedAt !== null)) throw conflict("Email");
  const holder = username === undefined ? undefined : await holderOfUsername(people, username);
  if (holder !== undefined && holder !== own) throw conflict("Username");
  const elsewhere = identity && (await holderOfIdentity(people, identity));
  return {
    email: foreign ? TAKEN : [],
    "identities.extern_uid": elsewhere === undefined || elsewhere === own ? [] : TAKEN,
  };
}

/** The same, for what somebody else took in the very moment. */
export function tellTaken(error: unknown): never {
  if (!(error instanceof PeopleError && error.kind === "conflict")) throw error;
  if (error.field === "identity") throw invalid({ "identities.extern_uid": TAKEN });
  throw conflict(error.field === "username" ? "Username" : "Email");
}
