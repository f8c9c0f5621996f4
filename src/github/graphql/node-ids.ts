import { nodeId } from "../presenters/user.ts";

const LARGEST_BYTE = 0xff;
const LARGEST_SHORT = 0xffff;
const LARGEST_WORD = 0xffff_ffff;
/** Numbers below this are a byte of their own in MessagePack. */
const SMALL = 0x80;

function packed(id: number): Buffer {
  if (id < SMALL) return Buffer.of(id);
  if (id <= LARGEST_BYTE) return Buffer.of(0xcc, id);
  const [tag, size] = id <= LARGEST_SHORT ? [0xcd, 2] : id <= LARGEST_WORD ? [0xce, 4] : [0xcf, 8];
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(id, Math.max(0, size - 6), Math.min(size, 6));
  return Buffer.concat([Buffer.of(tag), bytes]);
}

/** The newer generation: `U_`, and MessagePack of `[0, id]` as URL-safe base64. */
const nextId = (id: number): string =>
  `U_${Buffer.concat([Buffer.of(0x92, 0), packed(id)]).toString("base64url")}`;

/** The global node id of a user, in either of the vendor's generations. */
export const globalId = (id: number, generation: "legacy" | "next"): string =>
  generation === "next" ? nextId(id) : nodeId(id);

/** The user whom a global id names, whichever its generation; undefined for any other thing. */
export function userIdOf(global: string): number | undefined {
  const id = global.startsWith("U_") ? fromNext(global.slice(2)) : fromLegacy(global);
  return id !== undefined && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

function fromLegacy(global: string): number | undefined {
  const [, digits] = /^04:User(\d{1,15})$/.exec(Buffer.from(global, "base64").toString()) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function fromNext(text: string): number | undefined {
  const bytes = Buffer.from(text, "base64url");
  const [array, zero, tag = 0] = bytes;
  if (array !== 0x92 || zero !== 0) return undefined;
  if (tag < SMALL) return bytes.length === 3 ? tag : undefined;
  const size = SIZES.get(tag);
  if (size === undefined || bytes.length !== 3 + size) return undefined;
  return Number(BigInt(`0x${bytes.toString("hex", 3)}`));
}

/** How many bytes follow the tags of MessagePack's unsigned numbers. */
const SIZES: ReadonlyMap<number, number> = new Map([
  [0xcc, 1],
  [0xcd, 2],
  [0xce, 4],
  [0xcf, 8],
]);
