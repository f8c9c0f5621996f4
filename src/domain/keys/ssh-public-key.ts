import { createHash, createPublicKey } from "node:crypto";

interface SshPublicKey {
  type: string;
  /** The key itself, in base64. */
  blob: string;
  /** What stands behind the key; empty when nothing does. */
  comment: string;
  bits: number;
  /** `SHA256:…`, as ssh-keygen prints it. */
  fingerprintSha256: string;
  /** Sixteen pairs of digits with colons, without the `MD5:` that ssh-keygen puts before them. */
  fingerprintMd5: string;
}

const MAX_LINE_LENGTH = 16_384;
const MAX_PARTS = 5;
/** FIPS 186-3, section 4.2: the sizes of the two primes. */
const DSA_BITS = new Map([
  [1024, 160],
  [2048, 256],
  [3072, 256],
]);
const RSA_BITS = { least: 1024, most: 16_384 };
const MAX_EXPONENT_BYTES = 9;
const MAX_APPLICATION_BYTES = 255;
const ED25519_BYTES = 32;
/** Control characters and line separators, which no key may have; a tab is allowed. */
const CONTROL = /[^\P{Cc}\t]|[\p{Zl}\p{Zp}]/u;
/** Options before the type, as authorized_keys has them, do not fit; nor does any other format. */
const LINE = /^([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+(.*))?$/s;

type Part = Buffer | undefined;

/** By type: how many parts follow the type's name, and the size that they make, if they are a key. */
const TYPES = new Map<string, [parts: number, bits: (...parts: Part[]) => number | undefined]>([
  ["ssh-rsa", [2, rsaBits]],
  ["ssh-dss", [4, dsaBits]],
  ["ssh-ed25519", [1, ed25519Bits]],
  ["ecdsa-sha2-nistp256", [2, pointBits("nistp256", "P-256", 256)]],
  ["ecdsa-sha2-nistp384", [2, pointBits("nistp384", "P-384", 384)]],
  ["ecdsa-sha2-nistp521", [2, pointBits("nistp521", "P-521", 521)]],
  ["sk-ssh-ed25519@openssh.com", [2, ofDevice(1, ed25519Bits)]],
  ["sk-ecdsa-sha2-nistp256@openssh.com", [3, ofDevice(2, pointBits("nistp256", "P-256", 256))]],
]);

/**
 * Reads one line of an OpenSSH public key file. Undefined for what is not exactly one key of a
 * type that is safe to use, to the last byte; a key has only one spelling. DSA (`ssh-dss`) is no
 * longer safe, and is read where `dsa` asks for it.
 */
export function parseSshPublicKey(
  text: string,
  { dsa = false }: { dsa?: boolean | undefined } = {},
): SshPublicKey | undefined {
  if (text.length > MAX_LINE_LENGTH) return undefined;
  // Files end in a line break, and clients send them whole.
  const line = text.trim();
  if (CONTROL.test(line)) return undefined;
  const [, type = "", base64 = "", comment = ""] = LINE.exec(line) ?? [];
  const blob = Buffer.from(base64, "base64");
  if (blob.toString("base64") !== base64) return undefined;
  const bits = type === "ssh-dss" && !dsa ? undefined : bitsOf(type, blob);
  if (bits === undefined) return undefined;
  const sha256 = createHash("sha256").update(blob).digest("base64").replaceAll("=", "");
  const md5 = createHash("md5").update(blob).digest("hex").match(/../g) ?? [];
  return {
    type,
    blob: base64,
    comment,
    bits,
    fingerprintSha256: `SHA256:${sha256}`,
    fingerprintMd5: md5.join(":"),
  };
}

function bitsOf(type: string, blob: Buffer): number | undefined {
  const known = TYPES.get(type);
  const [name, ...parts] = partsOf(blob) ?? [];
  // A blob may name another type than the line does; OpenSSH believes the blob.
  if (known === undefined || name?.toString("latin1") !== type) return undefined;
  const [count, bits] = known;
  return parts.length === count ? bits(...parts) : undefined;
}

/** Cuts a blob into its parts, each behind its length; undefined unless they fill it (RFC 4251). */
function partsOf(blob: Buffer): Buffer[] | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; at < blob.length; ) {
    if (parts.length === MAX_PARTS || blob.length - at < 4) return undefined;
    const start = at + 4;
    at = start + blob.readUInt32BE(at);
    if (at > blob.length) return undefined;
    parts.push(blob.subarray(start, at));
  }
  return parts;
}

/** A number above zero, written with no more bytes than it needs. */
function isPositive(number: Buffer): boolean {
  const [first = 0x80, second = 0] = number;
  return first < 0x80 && (first !== 0 || second >= 0x80);
}

function rsaBits(exponent: Part, modulus: Part): number | undefined {
  if (exponent === undefined || modulus === undefined) return undefined;
  if (!isPositive(exponent) || !isPositive(modulus)) return undefined;
  const odd = [exponent, modulus].every((number) => (number.at(-1) ?? 0) % 2 === 1);
  const one = exponent.length === 1 && exponent[0] === 1;
  if (!odd || one || exponent.length > MAX_EXPONENT_BYTES) return undefined;
  if (modulus.length < RSA_BITS.least / 8) return undefined;
  const bits = modulus.length * 8 - Math.clz32(modulus.readUInt32BE());
  return bits >= RSA_BITS.least && bits <= RSA_BITS.most ? bits : undefined;
}

const bitLength = (number: Buffer): number =>
  BigInt(`0x${number.toString("hex")}`).toString(2).length;

function dsaBits(p: Part, q: Part, g: Part, y: Part): number | undefined {
  const parts = [p, q, g, y];
  if (!parts.every((part) => part !== undefined && isPositive(part))) return undefined;
  const [prime, order, ...others] = parts.map((part) => BigInt(`0x${part?.toString("hex")}`));
  if (prime === undefined || order === undefined || (prime & order & 1n) === 0n) return undefined;
  // A generator and a public number lie between one and the prime.
  if (others.some((number) => number <= 1n || number >= prime)) return undefined;
  const bits = bitLength(p as Buffer);
  return DSA_BITS.get(bits) === bitLength(q as Buffer) ? bits : undefined;
}

function ed25519Bits(key: Part): number | undefined {
  return key?.length === ED25519_BYTES ? 256 : undefined;
}

function pointBits(curve: string, crv: string, bits: number) {
  const size = Math.ceil(bits / 8);
  return (name: Part, point: Part): number | undefined => {
    if (name?.toString("latin1") !== curve || point === undefined) return undefined;
    // Only the uncompressed form, which all of OpenSSH's own keys have.
    if (point.length !== 1 + 2 * size || point[0] !== 4) return undefined;
    const x = point.subarray(1, 1 + size).toString("base64url");
    const y = point.subarray(1 + size).toString("base64url");
    return isOnCurve(crv, x, y) ? bits : undefined;
  };
}

function isOnCurve(crv: string, x: string, y: string): boolean {
  try {
    createPublicKey({ key: { kty: "EC", crv, x, y }, format: "jwk" });
    return true;
  } catch {
    return false;
  }
}

/** A key inside a FIDO device: another key, and then the application that it was made for. */
function ofDevice(count: number, bits: (...parts: Part[]) => number | undefined) {
  return (...parts: Part[]): number | undefined => {
    const application = parts[count]?.toString("latin1") ?? "";
    const sound = application.length <= MAX_APPLICATION_BYTES && /^[!-~]+$/.test(application);
    return sound ? bits(...parts.slice(0, count)) : undefined;
  };
}
