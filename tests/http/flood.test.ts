import { Agent, type OutgoingHttpHeaders } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import fc from "fast-check";
import { document as github } from "../../src/generated/github-document.ts";
import { document as gitlab } from "../../src/generated/gitlab-v4-document.ts";
import { document as instance } from "../../src/generated/instance-document.ts";
import { type World, world } from "../support/server.ts";
import { ask, isRefusal, secretIn, type Wanted } from "./wire.ts";

/** As many as a minute of patience allows; more by `FLOOD=100000`. */
const REQUESTS = Number(process.env.FLOOD ?? 20_000);
const AT_ONCE = 16;
const BATCH = 500;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

interface Wish extends Wanted {
  headers: OutgoingHttpHeaders;
  /** Which of the credentials. */
  as: number;
}

const NASTY = [
  "", "0", "-1", "1", "2", "9".repeat(30), "1e999", "NaN", "null", "true", "[]", "{}", "mona", "hubot",
  "MONA", "%00", "%2F", "%2e%2e%2f", "%", "%zz", "%ED%A0%80", "..", ".", "__proto__", "constructor",
  "'--", "%27%20or%201=1", "a".repeat(300), "%F0%9F%90%99", "x%0d%0ay:z", "mona;x", "$ref", "*",
] as const; // biome-ignore format: a list of words
const TEXTS = [
  ...NASTY, "\0", "\ud800", "\r\nX: y", "<script>", "\u2028", "🐙", "a@b.test", "@", "user",
  "ssh-ed25519 AAAA", "x".repeat(5000),
]; // biome-ignore format: a list of words

const nasty = fc.constantFrom(...NASTY);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(...TEXTS),
    fc.constantFrom(null, true, 0, -1, 1e308, Number.MAX_SAFE_INTEGER),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom("name", "emails", "login", "key", "__proto__", "scopes", "x"),
      tie("value"),
    ),
  ),
})).value;

const operations = [github, gitlab, instance].flatMap((document) =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item ?? {}).map((method) => ({ method: method.toUpperCase(), path })),
  ),
);
const PARAMETERS = [
  "page",
  "per_page",
  "since",
  "s",
  "size",
  "callback",
  "x",
  "__proto__",
  "page[]",
  "a[b]",
];
const query = fc
  .array(fc.tuple(fc.constantFrom(...PARAMETERS), nasty), { maxLength: 3 })
  .map((pairs) => (pairs.length === 0 ? "" : `?${pairs.map((pair) => pair.join("=")).join("&")}`));
const target = fc
  .tuple(
    fc.constantFrom(...operations),
    fc.constantFrom("", "/api/v3", "/api/v4"),
    fc.array(nasty, { minLength: 3, maxLength: 3 }),
    query,
  )
  .map(([{ method, path }, prefix, values, rest]) => {
    let place = 0;
    const filled = path.replace(/\{\w+\}/g, () => values[place++ % values.length] as string);
    return { method, path: prefix + filled + rest };
  });
const body = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: value.map((each) => Buffer.from(JSON.stringify(each))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("{", "[", '{"name":', "]", '{"a":1}}')
      .map((text) => Buffer.from(text)),
  },
);
const printable = fc.stringMatching(/^[!-~]{1,40}$/);
const headers = fc.record(
  {
    "content-type": fc.oneof(
      printable,
      fc.constantFrom("application/json", "text/plain", "multipart/form-data"),
    ),
    accept: fc.oneof(printable, fc.constantFrom("*/*", "application/json", "text/html", "")),
    "if-none-match": fc.oneof(printable, fc.constant("*")),
    "if-modified-since": printable,
    "x-github-api-version": fc.constantFrom("2022-11-28", "1999-01-01", "x"),
    "x-forwarded-host": printable,
    host: fc.oneof(printable, fc.constantFrom("h", "h:80", "[::1]")),
    "content-encoding": fc.constantFrom("gzip", "br", "identity", "x"),
  },
  { requiredKeys: [] },
);
const METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PURGE"];
const wanted: fc.Arbitrary<Wish> = fc
  .tuple(target, headers, body, fc.nat(4), fc.option(fc.constantFrom(...METHODS), { freq: 8 }))
  .map(([{ method, path }, some, sent, as, other]) => ({
    method: other ?? method,
    path: path.replace(/[^!-~]/g, ""),
    headers: { ...some } as OutgoingHttpHeaders,
    body: sent,
    as,
  }));

let here: World;
let credentials: (string | undefined)[];
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
  here = await world({ config: { accessLog: false } });
  const mona = await here.user("mona", { admin: true });
  await here.user("hubot");
  const [all, none] = [
    await here.token(mona, "user", "admin:public_key", "site_admin", "api"),
    await here.token(mona),
  ];
  credentials = [undefined, `token ${all}`, `Bearer ${none}`, "token garbage", `token ${all}`];
});
afterAll(async () => {
  agent.destroy();
  // What the vendor's description says of answers is held elsewhere.
  here.violations.length = 0;
  await here.close();
});

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** What is wrong with an answer, if anything is. */
async function complaint(wish: Wanted): Promise<string | undefined> {
  const { status, type, text } = await ask(here.url, agent, wish);
  const about = `${wish.method} ${wish.path} ${JSON.stringify(wish.headers)} ${String(wish.body)}: ${status} ${text}`;
  if (status >= 500 && !text.includes("db_check")) return about;
  // Elsewhere the dialect depends on the request.
  const fits = wish.path.startsWith("/api/v3") ? isRefusal(text, status) : isJson(text);
  const refusal = status >= 400 && type.startsWith("application/json") && wish.method !== "HEAD";
  if (refusal && !fits) return about;
  return status >= 400 && secretIn(text) !== undefined ? about : undefined;
}

async function flood(count: number, seed: number): Promise<string[]> {
  const complaints: string[] = [];
  for (let done = 0; done < count; done += BATCH) {
    const wishes = fc.sample(wanted, { numRuns: Math.min(BATCH, count - done), seed: seed + done });
    const one = async () => {
      for (let wish = wishes.pop(); wish !== undefined; wish = wishes.pop()) {
        const authorization = credentials[wish.as];
        if (authorization !== undefined) wish.headers.authorization = authorization;
        const found = await complaint(wish);
        if (found !== undefined) complaints.push(found);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }
  return complaints;
}

function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

it(`${REQUESTS} bad requests are all answered, tell nothing and leave nothing behind`, async () => {
  const quarter = Math.ceil(REQUESTS / 4);
  const complaints = await flood(quarter, 1);
  const before = heapUsed();
  complaints.push(...(await flood(REQUESTS - quarter, 1_000_000)));
  here.log.length = 0;
  here.violations.length = 0;
  const grown = heapUsed() - before;
  expect(complaints.slice(0, 5)).toEqual([]);
  expect(grown).toBeLessThan(8 * 2 ** 20);
  const { status } = await ask(here.url, agent, { method: "GET", path: "/api/v3/meta" });
  expect(status).toBe(200);
}, 300_000);
