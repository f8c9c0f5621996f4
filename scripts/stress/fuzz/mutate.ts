import type { OutgoingHttpHeaders } from "node:http";
import { NASTY, nastyValue } from "./hostile-values.ts";
import type { Random } from "./random.ts";

export const JSON_TYPE = "application/json";
export const METHODS = [
  "GET",
  "HEAD",
  "OPTIONS",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "TRACE",
  "PURGE",
];
const PARAMETERS = [
  "page",
  "per_page",
  "since",
  "s",
  "callback",
  "x",
  "__proto__",
  "page[]",
  "a[b]",
];

export function spoiltPath(random: Random, path: string): string {
  const segments = path.split("/");
  segments[1 + random.below(segments.length - 1)] = random.pick(NASTY);
  return segments.join("/");
}

export function nastyQuery(random: Random): string {
  return `${random.pick(PARAMETERS)}=${random.pick(NASTY)}`;
}

export function spoiltBody(random: Random, body: Buffer | string | undefined): Buffer | string {
  const text = String(body ?? "{}");
  if (random.chance(0.3)) return text.slice(0, random.below(text.length));
  if (random.chance(0.3)) return random.bytes(200);
  return JSON.stringify(nastyValue(random));
}

/** A member more, or one with another value. */
export function withMember(random: Random, body: Buffer | string | undefined): string {
  let value: unknown;
  try {
    value = JSON.parse(String(body ?? "{}"));
  } catch {
    value = {};
  }
  const known = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const name = random.pick([...known, "admin", "id", "__proto__", "state"]);
  return JSON.stringify({ ...(value as object), [name]: nastyValue(random) });
}

export function spoiltCredential(random: Random): OutgoingHttpHeaders {
  return random.pick<OutgoingHttpHeaders>([
    { authorization: "token garbage" },
    { authorization: random.printable(40) },
    { authorization: "Basic OjpjOg==" },
    { "private-token": random.printable(40) },
    { "private-token": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0." },
    { sudo: random.pick(["", "1", "missing", "🐙".toWellFormed().slice(2), "x".repeat(300)]) },
  ]);
}

export function nastyHeaders(random: Random): OutgoingHttpHeaders {
  const some: OutgoingHttpHeaders = {
    accept: random.pick(["*/*", JSON_TYPE, "text/html", "", random.printable(40)]),
    "if-none-match": random.pick(["*", '"x"', random.printable(40)]),
    "if-modified-since": random.printable(40),
    "x-github-api-version": random.pick(["2022-11-28", "1999-01-01", "x"]),
    "x-forwarded-host": random.printable(40),
    "x-forwarded-proto": random.pick(["https", "x", ""]),
    host: random.pick(["h", "h:80", "[::1]", random.printable(40)]),
    "content-encoding": random.pick(["gzip", "br", "identity", "x"]),
    "if-unmodified-since": random.printable(20),
    origin: random.printable(40),
    "access-control-request-method": random.pick(METHODS),
    "user-agent": random.pick(["curl/8", "Mozilla/5.0 Firefox/1", random.printable(40)]),
  };
  return Object.fromEntries(Object.entries(some).filter(() => random.chance(0.25)));
}
