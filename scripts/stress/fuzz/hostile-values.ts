import type { Random } from "./random.ts";

/** What people put where a name or a number belongs, as it stands in an address. */
export const NASTY = [
  "", "0", "-1", "1", "2", "9".repeat(30), "1e999", "NaN", "null", "true", "[]", "{}", "mona", "hubot",
  "MONA", "%00", "%2F", "%2e%2e%2f", "%", "%zz", "%ED%A0%80", "..", ".", "__proto__", "constructor",
  "'--", "%27%20or%201=1", "a".repeat(300), "%F0%9F%90%99", "x%0d%0ay:z", "mona;x", "$ref", "*",
] as const; // biome-ignore format: a list of words

const TEXTS = [
  ...NASTY, "\0", "\ud800", "\r\nX: y", "<script>", "\u2028", "🐙", "a@b.test", "@", "user",
  "ssh-ed25519 AAAA", "x".repeat(5000),
]; // biome-ignore format: a list of words
const NUMBERS = [0, -1, 1e308, 1.5, Number.MAX_SAFE_INTEGER, 2 ** 31, -(2 ** 63)];
const MEMBERS = ["name", "emails", "login", "key", "__proto__", "scopes", "x", "toString"];
const DEEPEST = 4;

/** Any JSON value, with a liking for what goes wrong. */
export function nastyValue(random: Random, depth = 0): unknown {
  const kind = random.below(depth >= DEEPEST ? 4 : 6);
  if (kind < 2) return random.pick(TEXTS);
  if (kind === 2) return random.pick(NUMBERS);
  if (kind === 3) return random.pick([null, true, false]);
  const parts = Array.from({ length: random.below(4) }, () => nastyValue(random, depth + 1));
  if (kind === 4) return parts;
  return Object.fromEntries(parts.map((part) => [random.pick(MEMBERS), part]));
}
