import type { Key, SignaturePacket, Subkey } from "openpgp";

/** The properties of an OpenPGP key or subkey. Times are milliseconds since 1970. */
export interface GpgKeyPart {
  /** Sixteen hexadecimal digits, upper case. */
  readonly keyId: string;
  /** The packet of the key alone, in base64. */
  readonly publicKey: string;
  readonly canSign: boolean;
  readonly canEncryptComms: boolean;
  readonly canEncryptStorage: boolean;
  readonly canCertify: boolean;
  readonly expiresAt: number | null;
  readonly isRevoked: boolean;
}

interface GpgKeyDetails extends GpgKeyPart {
  /** Addresses of its user ids. */
  readonly emails: readonly string[];
  readonly subkeys: readonly GpgKeyPart[];
}

/** The flags of RFC 9580, section 5.2.3.29. */
const FLAGS = { certify: 0x01, sign: 0x02, encryptComms: 0x04, encryptStorage: 0x08 } as const;

/**
 * Reads a stored key without checking its signatures: it belongs to its owner, who can only
 * misdescribe it to themself, and a check takes ten times as long as the rest.
 */
export async function readGpgKeyDetails(armored: string): Promise<GpgKeyDetails> {
  const { readKey, PacketList } = await import("openpgp");
  const key = await readKey({ armoredKey: armored });

  function toPart(part: Key | Subkey, signatures: readonly SignaturePacket[]): GpgKeyPart {
    const packets = new PacketList();
    packets.push(part.keyPacket);
    const last = signatures.toSorted((a, b) => timeOf(b) - timeOf(a))[0];
    const flags = last?.keyFlags?.[0] ?? 0;
    const seconds = last?.keyExpirationTime ?? 0;
    const created = part.keyPacket.created.getTime();
    return {
      keyId: part.getKeyID().toHex().toUpperCase(),
      publicKey: Buffer.from(packets.write()).toString("base64"),
      canSign: (flags & FLAGS.sign) !== 0,
      canEncryptComms: (flags & FLAGS.encryptComms) !== 0,
      canEncryptStorage: (flags & FLAGS.encryptStorage) !== 0,
      canCertify: (flags & FLAGS.certify) !== 0,
      expiresAt: seconds === 0 ? null : created + seconds * 1000,
      isRevoked: part.revocationSignatures.length > 0,
    };
  }

  const certifications = key.users.flatMap(({ selfCertifications }) => selfCertifications);
  return {
    ...toPart(key, certifications),
    emails: key.users.flatMap(({ userID }) => userID?.email || []),
    subkeys: key.subkeys.map((subkey) => toPart(subkey, subkey.bindingSignatures)),
  };
}

const timeOf = ({ created }: SignaturePacket): number => created?.getTime() ?? 0;
