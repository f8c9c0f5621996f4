import { argon2, pbkdf2, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);
const stretch = promisify(pbkdf2);

/** A cost above these would let one stored hash hold up every sign-in. */
const MAX_ARGON2_KIB = 2 ** 20;
const MAX_ARGON2_PASSES = 20;
const MAX_ARGON2_LANES = 16;
const MAX_BCRYPT_COST = 15;
const MAX_PBKDF2_ROUNDS = 2_000_000;

const ARGON2ID =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]{11,86})\$([\w+/]{16,86})$/;
const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
/** As GitLab has written them since 15.2, and passlib: base64 with `.` for `+`, unpadded. */
const PBKDF2 = /^\$pbkdf2-sha512\$([1-9]\d{0,7})\$([\w./]{11,86})\$([\w./]{86})$/;

/** Whether a text is a stored password that `isPassword` can check, at a cost that is bearable. */
export function isPasswordHash(text: string): boolean {
  const [, memory, passes, lanes] = (ARGON2ID.exec(text) ?? []).map(Number);
  if (memory !== undefined && passes !== undefined && lanes !== undefined) {
    const least = passes >= 1 && lanes >= 1 && memory >= 8 * lanes;
    const bearable = memory <= MAX_ARGON2_KIB && passes <= MAX_ARGON2_PASSES;
    return least && bearable && lanes <= MAX_ARGON2_LANES;
  }
  const [, cost] = BCRYPT.exec(text) ?? [];
  if (cost !== undefined) return Number(cost) >= 4 && Number(cost) <= MAX_BCRYPT_COST;
  const [, rounds] = PBKDF2.exec(text) ?? [];
  return rounds !== undefined && Number(rounds) <= MAX_PBKDF2_ROUNDS;
}

/** Whether a password is the one behind a stored hash; false for a hash of another kind. */
export async function fitsPasswordHash(password: string, stored: string): Promise<boolean> {
  if (!isPasswordHash(stored)) return false;
  if (BCRYPT.test(stored)) return fitsBcrypt(password, stored);
  return PBKDF2.test(stored) ? fitsPbkdf2(password, stored) : fitsArgon2(password, stored);
}

async function fitsArgon2(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt = "", tag = ""] = ARGON2ID.exec(stored) ?? [];
  const expected = Buffer.from(tag, "base64");
  const hash = await derive("argon2id", {
    message: Buffer.from(password.normalize("NFC")),
    nonce: Buffer.from(salt, "base64"),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return timingSafeEqual(hash, expected);
}

/** bcrypt reads the first 72 bytes of a password; the package does so too. */
async function fitsBcrypt(password: string, stored: string): Promise<boolean> {
  // Few servers ever import such hashes.
  const { compare } = await import("bcryptjs");
  return compare(password, stored);
}

async function fitsPbkdf2(password: string, stored: string): Promise<boolean> {
  const [, rounds, salt = "", tag = ""] = PBKDF2.exec(stored) ?? [];
  const expected = bytesOf(tag);
  const hash = await stretch(password, bytesOf(salt), Number(rounds), expected.length, "sha512");
  return timingSafeEqual(hash, expected);
}

const bytesOf = (text: string): Buffer => Buffer.from(text.replaceAll(".", "+"), "base64");
