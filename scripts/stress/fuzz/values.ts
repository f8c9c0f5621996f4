import { type Document, resolved, type Schema } from "./documents.ts";
import { nastyValue } from "./hostile-values.ts";
import type { Random } from "./random.ts";

const NAMES = ["mona", "hubot", ...Array(4).fill(["octocat", "lee", "Octocat"]).flat(), "missing"];
const SCOPES = ["user", "api", "read_user", "read_api", "sudo", "repo", "user:follow", "gist"];
const DATES = ["2026-01-01", "2030-12-31", "2026-01-15T12:00:00Z", "1999-1-1"];
const TEXTS = ["", "a", "word", "two words", "Zoë 🐙", "<b>&amp;", "x".repeat(255), "O'Hara"];

/** A name that few have had before. */
const freshName = (random: Random) => `u${random.below(1e6)}`;

/** What a member of this name is likely to be given, where there is such a thing. */
const HINTS: Readonly<Record<string, (random: Random) => unknown>> = {
  login: freshName,
  username: (random) => (random.chance(0.5) ? freshName(random) : random.pick(NAMES)),
  email: (random) => `${freshName(random)}@example.test`,
  emails: (random) => [`${freshName(random)}@example.test`],
  target_user: (random) => random.pick(NAMES),
  id: (random) => random.below(40),
  user_id: (random) => random.below(40),
  account_id: (random) => random.below(40),
  sudo: (random) => random.pick([...NAMES, "1", "2"]),
  scopes: (random) => [random.pick(SCOPES), random.pick(SCOPES)],
  key: sshKey,
  // Long ones are hashed, which takes longer than all the rest of such a request.
  password: (random) => random.pick(["short", "short", "password", "x", "", "tr0mbone quay"]),
  page: (random) => random.pick([1, 2, 3, 100, 0]),
  per_page: (random) => random.pick([1, 2, 30, 100, 0]),
  since: (random) => random.below(50),
  token: (random) => random.printable(20).replace(/\W/g, "a"),
  expires_at: (random) => random.pick(DATES),
  fingerprint: () => "SHA256:nUhzNyftwADy8AH3wFY31tAKs7HufskYTte2aXo/lCg",
};

/** An Ed25519 key; no check asks whether its point is on the curve. */
function sshKey(random: Random): string {
  const point = Buffer.alloc(32, random.below(256));
  point.writeUInt32BE(random.below(2 ** 32));
  const parts = [Buffer.from("ssh-ed25519"), point];
  const blob = parts.flatMap((part) => [Buffer.from([0, 0, 0, part.length]), part]);
  return `ssh-ed25519 ${Buffer.concat(blob).toString("base64")}`;
}

/** A value that the schema allows, or comes near to allowing. `name` is the member it is for. */
export function valueFor(
  document: Document,
  schema: Schema,
  random: Random,
  name = "",
  depth = 0,
): unknown {
  const { type, enum: allowed, items, nullable, ...rest } = resolved(document, schema);
  if (depth > 6) return null;
  if (nullable && random.chance(0.1)) return null;
  if (allowed !== undefined) return random.pick(allowed);
  const choice = rest.oneOf ?? rest.anyOf;
  if (choice !== undefined) return valueFor(document, random.pick(choice), random, name, depth + 1);
  const hint = HINTS[name];
  if (hint !== undefined && random.chance(0.9)) return hint(random);
  switch (type ?? "any") {
    case "integer":
      return random.below(Math.min(rest.maximum ?? 50, 1000) + 1);
    case "number":
      return random.next() * 100;
    case "boolean":
      return random.chance(0.5);
    case "array":
      return Array.from({ length: random.below(3) }, () =>
        valueFor(document, items ?? {}, random, "", depth + 1),
      );
    case "string":
      return /date/.test(rest.format ?? "") ? random.pick(DATES) : random.pick(TEXTS);
    case "object":
      return objectFor(document, rest, random, depth);
    default:
      return rest.allOf === undefined
        ? nastyValue(random, 3)
        : Object.assign(
            {},
            ...rest.allOf.map((each) => valueFor(document, each, random, name, depth + 1)),
          );
  }
}

function objectFor(document: Document, schema: Schema, random: Random, depth: number): object {
  const { properties = {}, required = [] } = schema;
  const chosen = Object.entries(properties).filter(
    ([name]) => required.includes(name) || random.chance(0.25),
  );
  return Object.fromEntries(
    chosen.map(([name, each]) => [name, valueFor(document, each, random, name, depth + 1)]),
  );
}

/** The same, as it stands in an address. */
export function textFor(...wanted: Parameters<typeof valueFor>): string {
  const value = valueFor(...wanted);
  const text = typeof value === "string" ? value : JSON.stringify(value ?? "");
  return encodeURIComponent(text.toWellFormed());
}
