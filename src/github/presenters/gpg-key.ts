import { type GpgKeyPart, readGpgKeyDetails } from "../../domain/keys/gpg-key-details.ts";
import type { GpgKey } from "../../domain/keys/gpg-keys.ts";
import * as emails from "../../domain/profile/emails.ts";
import type { Store } from "../../domain/store.ts";
import type { components } from "../../generated/github-types.ts";
import { timestamp } from "./user.ts";

type Schemas = components["schemas"];

/** GitHub numbers subkeys with keys in one sequence; here each key has this many numbers of its own. */
const SUBKEY_IDS = 1000;

/** A GPG key as its owner and everyone else see it. */
export async function presentGpgKey(store: Store, row: GpgKey): Promise<Schemas["gpg-key"]> {
  const { id, name, key, createdAt, userId } = row;
  const details = await readGpgKeyDetails(key);
  const confirmed = new Set(
    (await emails.listByUser(store, userId))
      .filter(({ confirmedAt }) => confirmedAt !== null)
      .map(({ email }) => email.toLowerCase()),
  );
  return {
    id,
    name,
    primary_key_id: null,
    ...presentPart(
      details,
      createdAt,
      details.emails.map((email) => ({ email, verified: confirmed.has(email.toLowerCase()) })),
      details.subkeys.map((subkey, index) => ({
        id: id * SUBKEY_IDS + index,
        name: null,
        primary_key_id: id,
        ...presentPart(subkey, createdAt, [], []),
        raw_key: null,
      })),
    ),
    raw_key: key,
  };
}

/** The members that keys and subkeys share, in the order of the vendor's examples. */
function presentPart<Subkey>(
  part: GpgKeyPart,
  createdAt: number,
  addresses: { email: string; verified: boolean }[],
  subkeys: Subkey[],
) {
  return {
    key_id: part.keyId,
    public_key: part.publicKey,
    emails: addresses,
    subkeys,
    can_sign: part.canSign,
    can_encrypt_comms: part.canEncryptComms,
    can_encrypt_storage: part.canEncryptStorage,
    can_certify: part.canCertify,
    created_at: timestamp(createdAt),
    expires_at: part.expiresAt === null ? null : timestamp(part.expiresAt),
    revoked: part.isRevoked,
  };
}
