import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { KeptConnections } from "./kept-connections.ts";
import { type Document, documents, operationsOf, ours, serve, stock } from "./raw-dialect.ts";
import type { Wanted } from "./wire.ts";

/** Where we answer otherwise than the validator by itself, and why. */
const DIFFERENCES = {
  "a method that the path has not": {
    why: "GitHub answers 404 and never 405, which makes clients try again",
    stock: [405],
    ours: [404],
  },
  "HEAD of what has a GET": {
    why: "every GET answers HEAD",
    stock: [405],
    ours: [200, 400, 401],
  },
  "a slash at the end": {
    why: "GitHub answers 404",
    stock: [200, 400, 401],
    ours: [404],
  },
  "another case": {
    why: "GitHub answers 404; the case of names in a path is another matter",
    stock: [200, 400, 401],
    ours: [404],
  },
  "a broken escape": {
    why: "a name that no user can have is not there; ours fails its pattern, or is looked up",
    stock: [400],
    ours: [200, 400],
  },
  "a type that the body has not": {
    why: "GitHub reads every body as JSON",
    stock: [415],
    ours: [200, 400],
  },
  "no body where one is needed": {
    why: "GitHub names the members that are missing; so none is an empty object",
    stock: [400, 415],
    ours: [200, 400],
  },
  "no body and no type where one may be": {
    why: "the validator looks for a type that was not sent; GitLab names the members that are missing",
    stock: [200, 415],
    ours: [200, 400],
  },
  "a body that can't be read, without a credential": {
    why: "we find out who calls before we read what they send",
    stock: [400],
    ours: [401],
  },
} as const;
type Difference = keyof typeof DIFFERENCES;

interface Case extends Wanted {
  differs?: Difference;
}

const ALL_SCOPES = { "x-scopes": "" };
const JSON_TYPE = { "content-type": "application/json" };

const NAMES = ["mona", "1", "a-b_c.d", "%6dona"];
const NO_NAMES = [
  "a%20b",
  "%00",
  "a%2Fb",
  "%C3%A9",
  "a".repeat(256),
  "0x1",
  "-1",
  "%ED%9F%BF",
  "a@b",
  "a:b",
];
const QUERIES = [
  "page=1",
  "page=abc&per_page=",
  "page=1&page=2",
  "page=a:b/c?d@e+f",
  "since=2026-01-01T00:00:00Z",
  "unknown=1&other",
  "page=%00",
  "page[]=1",
  "page[a]=1",
  "s=&size=x",
  "callback=f",
  "__proto__=1",
  "&&=",
];
const BODIES: unknown[] = [
  {},
  [],
  null,
  "x",
  1,
  true,
  { x: 1 },
  { login: "mona" },
  { login: 1 },
  { login: "" },
  { login: "\0" },
  { login: "\ud800" },
  { login: "x".repeat(300) },
  { email: null },
  { emails: ["a@b.test"] },
  ["a@b.test"],
  "a@b.test",
  { emails: [] },
  { emails: "a" },
  [1],
  { visibility: "public" },
  { visibility: "all" },
  { key: "ssh-ed25519 A", title: null },
  { key: 1 },
  { scopes: ["user"] },
  { scopes: ["User!"] },
  { scopes: "user" },
  { reason: "x" },
  { reason: 1 },
  { name: null, hireable: "yes" },
  { hireable: true },
  { suspended: "true" },
  { __proto__: { a: 1 } },
  { login: "a", extra: { deep: [1] } },
];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

const filled = (path: string, value = "1") => path.replace(/\{\w+\}/g, value);
const hasParameter = (path: string) => path.includes("{");

function casesOf(document: Document): Case[] {
  const operations = operationsOf(document);
  const scopes = [
    ...new Set(
      operations.flatMap(({ security = [] }) =>
        security.flatMap((each) => Object.values(each).flat()),
      ),
    ),
  ];
  const known = { "x-scopes": scopes.join(" ") };
  const cases: Case[] = [];
  for (const operation of operations) {
    const { method, path, requestBody, security = [] } = operation;
    const to = filled(path);
    const body = requestBody === undefined ? undefined : "{}";
    const headers = { ...known, ...(body === undefined ? {} : JSON_TYPE) };
    const add = (more: Partial<Case>) => cases.push({ method, path: to, headers, body, ...more });

    // Who may.
    add({});
    add({ headers: body === undefined ? {} : JSON_TYPE });
    add({ headers: { ...headers, ...ALL_SCOPES } });
    for (const scope of scopes) add({ headers: { ...headers, "x-scopes": scope } });
    // Where.
    if (path !== "/") {
      add({ path: `${to}/`, differs: "a slash at the end" });
      add({ path: `/${to}` });
      add({ path: to.replace(/\/(?=[^/]*$)/, "//") });
      if (/[a-z]/.test(to)) add({ path: to.toUpperCase(), differs: "another case" });
      add({ path: to.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`) });
    }
    add({ path: `${to}/nowhere/at/all` });
    if (hasParameter(path)) {
      for (const value of [...NAMES, ...NO_NAMES]) add({ path: filled(path, value) });
      for (const value of ["%", "%zz", "%E0%A4%A"]) {
        add({ path: filled(path, value), differs: "a broken escape" });
      }
    }
    // What.
    for (const query of QUERIES) add({ path: `${to}?${query}` });
    if (requestBody === undefined) {
      add({ headers: { ...headers, "content-type": "text/plain;charset=UTF-8" } });
      add({ headers: { ...headers, ...JSON_TYPE }, body: "{}" });
      continue;
    }
    for (const each of BODIES) add({ body: JSON.stringify(each) });
    for (const each of ["{", "nope", "[1,]"]) {
      add({ body: each });
      const isOpen = security.some((alternative) => Object.keys(alternative).length === 0);
      if (!isOpen)
        add({
          body: each,
          headers: JSON_TYPE,
          differs: "a body that can't be read, without a credential",
        });
    }
    add({ headers: { ...headers, "content-type": "application/json; charset=utf-8" } });
    for (const type of ["text/plain", "multipart/form-data", "application/xml"]) {
      if (type in (requestBody.content ?? {})) continue;
      const other = { ...known, "content-type": `${type}; boundary=x` };
      add({ headers: other, differs: "a type that the body has not" });
    }
    const differs =
      requestBody.required === true
        ? "no body where one is needed"
        : "no body and no type where one may be";
    add({ headers: known, body: undefined, differs });
  }
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS.filter((each) => !(each.toLowerCase() in item))) {
      const differs =
        method === "HEAD" && "get" in item
          ? "HEAD of what has a GET"
          : "a method that the path has not";
      cases.push({ method, path: filled(path), headers: known, differs });
    }
  }
  for (const path of ["/nowhere", "/user/1/2/3", "/users/mona/nowhere", "/%2F", "/users%2Fmona"]) {
    cases.push({ method: "GET", path });
  }
  if ("/" in document.paths)
    cases.push({ method: "GET", path: "//", differs: "a slash at the end" });
  return cases;
}

const connections = new KeptConnections();
afterAll(() => connections.destroy());

/** The status, and everything that was said; where nothing was found the two put it differently. */
async function told(url: string, wanted: Wanted): Promise<{ status: number; said: unknown }> {
  const { status, text } = await connections.ask(url, wanted);
  return { status, said: status === 404 ? undefined : text === "" ? "" : JSON.parse(text) };
}

/** Milliseconds; GitLab's document alone makes some ten thousand requests. */
const seenAnywhere = new Set<Difference | undefined>();

describe.each(documents)(
  "the document of %s beside the validator by itself",
  (_, document, requests, validation) => {
    const servers: Awaited<ReturnType<typeof serve>>[] = [];
    const disagreements: unknown[] = [];
    const seen = new Map<Difference | undefined, number>();

    beforeAll(async () => {
      const own = await serve(await ours(requests, validation === undefined ? {} : { validation }));
      const theirs = await serve(...stock(document, validation));
      servers.push(own, theirs);
      await Promise.all(
        inGroups(casesOf(document)).map(async (group) => {
          for (const each of group) await compare(own.url, theirs.url, each);
        }),
      );
    });
    afterAll(() => Promise.all(servers.map((each) => each.close())));

    async function compare(
      own: string,
      theirs: string,
      { differs, ...wanted }: Case,
    ): Promise<void> {
      const [mine, stocks] = await Promise.all([told(own, wanted), told(theirs, wanted)]);
      seen.set(differs, (seen.get(differs) ?? 0) + 1);
      seenAnywhere.add(differs);
      if (!agree(differs, mine, stocks)) disagreements.push({ differs, wanted, mine, stocks });
    }

    type Told = Awaited<ReturnType<typeof told>>;
    function agree(differs: Difference | undefined, mine: Told, stocks: Told): boolean {
      if (differs === undefined) return JSON.stringify(mine) === JSON.stringify(stocks);
      const allowed: { stock: readonly number[]; ours: readonly number[] } = DIFFERENCES[differs];
      return allowed.ours.includes(mine.status) && allowed.stock.includes(stocks.status);
    }

    it("agrees with it, but for what is listed", () => {
      expect(disagreements.slice(0, 10)).toEqual([]);
    });

    it("was asked for every operation", () => {
      expect(seen.get(undefined)).toBeGreaterThan(operationsOf(document).length * 10);
    });
  },
);

describe("all documents", () => {
  it("were asked for everything that is listed", () => {
    const listed = Object.keys(DIFFERENCES) as Difference[];
    expect(listed.filter((each) => !seenAnywhere.has(each))).toEqual([]);
  });
});

/** As many lists as there are connections. */
function inGroups<T>(all: readonly T[]): T[][] {
  const groups: T[][] = Array.from({ length: 8 }, () => []);
  for (const [place, each] of all.entries()) groups[place % 8]?.push(each);
  return groups;
}
