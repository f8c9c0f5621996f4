// Ways in which express-openapi-validator 5.6 surprises those who trust it, numbered as they were
// found; each test holds that we are not surprised. The ones that would let a caller in come first.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { User } from "../../src/domain/user.ts";
import type { Dialect } from "../../src/http/dialect.ts";
import { Routes } from "../../src/http/path-router.ts";
import { createDialectServer } from "../../src/http/request-pipeline.ts";
import { UnavailableError } from "../../src/storage/errors.ts";
import { withBrokenEngine } from "../support/break-engine.ts";
import { client, type World, world } from "../support/server.ts";
import { KeptConnections } from "./kept-connections.ts";
import {
  type Document,
  documents,
  operationsOf,
  ours,
  rawDialect,
  serve,
  stock,
} from "./raw-dialect.ts";
import { isRefusal, secretIn, type Wanted } from "./wire.ts";

const connections = new KeptConnections();
const closing: { close(): unknown }[] = [];

let here: World;
let mona: User;
let token: string;

beforeAll(async () => {
  here = await world();
  mona = await here.user("mona");
  token = await here.token(mona, "user", "api");
});
afterAll(async () => {
  connections.destroy();
  for (const each of closing) await each.close();
  await here.close();
});

const anyone = () => client(here);
const as = () => client(here, token);

const responses = { default: { description: "" } };
const KEY = { type: "apiKey", in: "header", name: "x-key" };

/** A small document, with what a test wants in it. */
function documentOf(operation: object, more: object = {}): Document {
  return {
    openapi: "3.0.3",
    info: { title: "small", version: "1" },
    servers: [{ url: "/" }],
    components: { securitySchemes: { key: KEY } },
    paths: {
      "/thing": { get: { operationId: "thing", security: [{ key: [] }], responses, ...operation } },
    },
    ...more,
  } as unknown as Document;
}

async function served(document: Document, more: Partial<Dialect> = {}) {
  const server = await serve(await ours(document, more));
  closing.push(server);
  return (wanted: Partial<Wanted> = {}) =>
    connections.ask(server.url, { method: "GET", path: "/thing", ...wanted });
}

/** Why a dialect can't be spoken. */
const refusal = async (document: Document, more: Partial<Dialect> = {}): Promise<string> => {
  try {
    await createDialectServer({ ...rawDialect(document), ...more });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was spoken");
};

describe("E1: what states no security is open to everybody", () => {
  it("so an operation that does not state it is not served", async () => {
    expect(await refusal(documentOf({ security: undefined }))).toMatch(
      "GET /thing does not state its security",
    );
  });

  it("nor one that states an empty list", async () => {
    expect(await refusal(documentOf({ security: [] }))).toMatch(
      "GET /thing does not state its security",
    );
  });

  it("nor one that relies on the document for it", async () => {
    const document = documentOf({ security: undefined }, { security: [{ key: [] }] });
    expect(await refusal(document)).toMatch("GET /thing does not state its security");
  });

  it.each([
    ["no schemes", { components: {} }, "raw has no securitySchemes"],
    ["no components", { components: undefined }, "raw has no securitySchemes"],
    [
      "no such scheme",
      { components: { securitySchemes: { other: KEY } } },
      "GET /thing: there is no scheme key",
    ],
  ])("nor one whose document has %s", async (_, more, reason) => {
    const security = { key: () => true };
    expect(await refusal(documentOf({}, more), { security })).toMatch(reason);
  });

  it("and one that is open to everybody says so", async () => {
    const thing = await served(documentOf({ security: [{}] }));
    expect((await thing()).status).toBe(200);
  });
});

describe("E2: a scheme without a handler would let every caller in", () => {
  it("so it is not served", async () => {
    expect(await refusal(documentOf({}), { security: {} })).toMatch("no handler checks key");
  });

  it("nor is a scheme with the name of something that every object has", async () => {
    const components = { securitySchemes: { constructor: KEY } };
    const document = documentOf({ security: [{ constructor: [] }] }, { components });
    expect(await refusal(document, { security: {} })).toMatch("no handler checks constructor");
  });

  it("keeps out the caller whose credential is refused", async () => {
    for (const verdict of [false, undefined, null, 0, "yes", 1, {}] as never[]) {
      const thing = await served(documentOf({}), { security: { key: () => verdict } });
      expect((await thing({ headers: { "x-key": "k" } })).status).toBe(401);
    }
  });
});

describe("E3: all alternatives are asked, even after one said yes", () => {
  it("so who calls is found out once, before them, and they only look", async () => {
    const seen: string[] = [];
    const judge = (name: string) => () => {
      seen.push(name);
      return name === "first";
    };
    const components = { securitySchemes: { first: KEY, second: KEY } };
    const document = documentOf({ security: [{ first: [] }, { second: [] }] }, { components });
    const thing = await served(document, {
      security: { first: judge("first"), second: judge("second") },
      authenticate: async () => void seen.push("admit"),
    });
    expect((await thing({ headers: { "x-key": "k" } })).status).toBe(200);
    expect(seen).toEqual(["admit", "first"]);
  });

  it("and one of several requirements is not enough for their alternative", async () => {
    const components = { securitySchemes: { first: KEY, second: KEY } };
    const document = documentOf({ security: [{ first: [], second: [] }] }, { components });
    const thing = await served(document, { security: { first: () => true, second: () => false } });
    expect((await thing({ headers: { "x-key": "k" } })).status).toBe(401);
  });
});

describe("E4: any error that a security handler throws becomes a 401 with its message", () => {
  it("so its message reaches no caller", async () => {
    const { store } = here;
    await as().get("/user").expect(200);
    const known = store.credentials.get(token);
    let asked = 0;
    const scopes = () => {
      asked += 1;
      if (asked === 1) throw new Error("the secret of /etc/passwd");
      return new Set();
    };
    store.credentials.set(
      token,
      Object.defineProperty({ ...known }, "scopes", { get: scopes }) as never,
    );
    const { status, text } = await as().get("/user");
    store.credentials.clear();
    expect(asked).toBeGreaterThan(0);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(isRefusal(text, status)).toBe(true);
    expect(text).not.toContain("secret");
  });

  it("so an outage while the caller is looked up is no bad login", async () => {
    const { engine, credentials } = here.store;
    credentials.clear();
    const prepared = () => {
      throw new UnavailableError("disk I/O error");
    };
    const { status, text } = await withBrokenEngine(engine, { prepared }, () => as().get("/user"));
    expect(status).toBe(503);
    expect(secretIn(text)).toBeUndefined();
  });
});

describe("E5: bearer schemes are found anywhere in a header, and `token x` is not", () => {
  it.each(["token", "Token", "bearer", "Bearer", "BEARER"])("so we read `%s x`", async (scheme) => {
    await anyone().get("/user").set("Authorization", `${scheme} ${token}`).expect(200);
  });

  it.each(["notbearer", "Bearer:", "Bearer,", "Digest bearer", "x token", "tokenbearer", ""])(
    "and `%s x` is no credential",
    async (scheme) => {
      await anyone().get("/user").set("Authorization", `${scheme} ${token}`).expect(401);
    },
  );

  it.each(["_ bearer", "a, bearer", "bearer bearer"])("nor is `x %s`", async (more) => {
    await anyone().get("/user").set("Authorization", `token ${token} ${more}`).expect(401);
  });
});

interface PathParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: { readonly type: string; readonly pattern?: string; readonly enum?: string[] };
}

describe.each(documents)("the document of %s", (_, document, requests) => {
  const operations = operationsOf(document);
  const text = JSON.stringify(document);

  it("states the security of each operation, and so does what is served of it (E1)", () => {
    const stated = (each: Document) =>
      operationsOf(each).map(({ operationId, security }) => [operationId, security]);
    expect(stated(requests)).toEqual(stated(document));
    for (const { security = [] } of operations) expect(security.length).toBeGreaterThan(0);
    const schemes = document.components?.securitySchemes ?? {};
    expect(Object.keys(requests.components?.securitySchemes ?? {})).toEqual(Object.keys(schemes));
  });

  it("reads no cookies, whose absence would be told as a fault of ours (E6)", () => {
    expect(text).not.toContain('"in":"cookie"');
  });

  it("has no bearer scheme (E5)", () => {
    expect(text).not.toContain('"scheme":"bearer"');
  });

  it("lets every text in a query have any character (E10)", () => {
    const parameters = [...text.matchAll(/\{"name":"[^"]+","in":"query"[^}]*/g)].map(
      ([each]) => each,
    );
    for (const parameter of parameters) expect(parameter).toContain('"allowReserved":true');
  });

  it("takes no files (E12, E13)", () => {
    expect(text).not.toContain("multipart/");
  });

  it("has an answer for everything (E14)", () => {
    for (const operation of operations) {
      expect(operation).toHaveProperty("responses.default");
    }
  });

  it("has no discriminator, which reads bodies that are not there (E17)", () => {
    expect(text).not.toContain("discriminator");
  });

  it("has a pattern or a list for every text in a path, or takes a number (E19)", () => {
    const names = operations.flatMap(({ path }) => path.match(/(?<=\{)\w+/g) ?? []);
    const parameters: PathParameter[] = [];
    JSON.parse(text, (_, value: PathParameter | null) => {
      if (value?.in === "path") parameters.push(value);
      return value;
    });
    for (const name of new Set(names)) {
      const found = parameters.filter((each) => each.name === name && each.required);
      expect([name, found.length > 0]).toEqual([name, true]);
      for (const { schema } of found) {
        expect([name, schema.pattern ?? schema.enum ?? schema.type]).not.toEqual([name, "string"]);
      }
    }
  });

  it("has a handler for each operation before the first request (E15)", async () => {
    const server = await createDialectServer(rawDialect(requests));
    expect(server.operations.map(({ id }) => id).sort()).toEqual(
      operations.map(({ operationId }) => operationId).sort(),
    );
  });
});

describe("E7: every spelling of Content-Type makes new checks, which are kept for ever", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heapUsed = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };

  /** Checks are compiled by `new Function`. */
  async function functionsMadeBy(work: () => Promise<unknown>): Promise<number> {
    let made = 0;
    const { Function: original } = globalThis;
    const construct = (target: typeof Function, args: string[]) => {
      made += 1;
      return Reflect.construct(target, args) as object;
    };
    globalThis.Function = new Proxy(original, { construct });
    try {
      await work();
    } finally {
      globalThis.Function = original;
    }
    return made;
  }

  const REQUESTS: Wanted[] = [
    { method: "GET", path: "/-/health" },
    { method: "GET", path: "/api/v4/users/1/followers" },
    { method: "POST", path: "/api/v4/users/1/follow", body: "{}" },
    { method: "POST", path: "/api/v4/users/1/follow", body: "--1--\r\n" },
    { method: "GET", path: "/api/v3/users/mona" },
    { method: "PUT", path: "/api/v3/user/following/mona" },
    { method: "PATCH", path: "/api/v3/user", body: "{}" },
    { method: "POST", path: "/api/v3/user/emails", body: "{}" },
  ];
  const types = [
    (n: number) => `a/x${n}`,
    (n: number) => `application/json; x=${n}`,
    (n: number) => `application/json; charset=${n}`,
    (n: number) => `multipart/form-data; boundary=${n}; a=${n}`,
    (n: number) => `multipart/form-data; a=${n}; boundary=1`,
    (n: number) => `application/x-www-form-urlencoded; a=${n}`,
    (n: number) => `${"x".repeat(n % 500)}/${n};;;=${n}`,
  ];

  async function sendAll(from: number, count: number): Promise<void> {
    let next = from;
    const one = async () => {
      for (let n = next++; n < from + count; n = next++) {
        const wanted = REQUESTS[n % REQUESTS.length] as Wanted;
        const type = types[n % types.length]?.(n);
        const headers = { authorization: `token ${token}`, "content-type": type };
        const { status } = await connections.ask(here.url, { ...wanted, headers });
        if (status >= 500) throw new Error(`${wanted.path} with ${type}: ${status}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, one));
    here.log.length = 0;
  }

  it("the validator by itself compiles anew for each of ten spellings", async () => {
    const [[, document] = []] = documents;
    const server = await serve(...stock(document as Document));
    closing.push(server);
    const headers = (n: number) => ({ "content-type": `application/json; x=${n}` });
    const send = (n: number) =>
      connections.ask(server.url, { method: "GET", path: "/users/mona", headers: headers(n) });
    await send(0);
    const made = await functionsMadeBy(async () => {
      for (let n = 1; n <= 10; n += 1) await send(n);
    });
    expect(made).toBeGreaterThanOrEqual(10);
  });

  it("5,000 spellings compile nothing in our server and leave nothing behind", async () => {
    expect(await functionsMadeBy(() => sendAll(0, 1000))).toBeGreaterThan(0);
    const before = heapUsed();
    expect(await functionsMadeBy(() => sendAll(1000, 4000))).toBe(0);
    expect(heapUsed() - before).toBeLessThan(5 * 2 ** 20);
  });

  it("500 spellings of paths, queries and other headers compile nothing either", async () => {
    const odd = (n: number): Wanted => ({
      method: "GET",
      path: `/api/v3/users/u${n}?x${n}=${n}`,
      headers: { accept: `a/x${n}`, cookie: `a${n}=b`, "x-key": `${n}`, origin: `http://${n}` },
    });
    await connections.ask(here.url, odd(0));
    const made = await functionsMadeBy(async () => {
      for (let n = 0; n < 500; n += 1) await connections.ask(here.url, odd(n));
    });
    expect(made).toBe(0);
  });
});

describe("E8: finding a route costs a pattern for each path of the document", () => {
  /** How often a map is asked while something is done. */
  function lookups(work: () => void): number {
    const own = Object.getOwnPropertyDescriptor(Map.prototype, "get") as PropertyDescriptor;
    let asked = 0;
    const value = function counted(this: Map<unknown, unknown>, key: unknown): unknown {
      asked += 1;
      return (own.value as (key: unknown) => unknown).call(this, key);
    };
    Object.defineProperty(Map.prototype, "get", { ...own, value });
    try {
      work();
    } finally {
      Object.defineProperty(Map.prototype, "get", own);
    }
    return asked;
  }

  it("our routes ask as many maps among 10,000 paths as among one", () => {
    const withPaths = (count: number) => {
      const routes = new Routes<string>();
      for (let n = 0; n < count; n += 1) routes.add("GET", `/a${n}/{id}/b${n}`, String(n));
      routes.add("GET", "/users/{username}/following/{target}", "found");
      return () => expect(routes.find("GET", "/users/a/following/b")?.target).toBe("found");
    };
    const few = lookups(withPaths(1));
    expect(few).toBeLessThan(10);
    expect(lookups(withPaths(10_000))).toBe(few);
  });
});

describe("E9: HEAD and OPTIONS are methods that are not allowed", () => {
  it.each(["/api/v3/users/mona", "/api/v3/users/mona/followers", "/api/v3/meta", "/users/missing"])(
    "so HEAD of %s is what GET would be, without its body",
    async (path) => {
      const [head, get] = [await anyone().head(path), await anyone().get(path)];
      const { date: _a, "x-github-request-id": _b, ...shown } = head.headers;
      const { date: _c, "x-github-request-id": _d, ...wanted } = get.headers;
      expect(head.status).toBe(get.status);
      expect(shown).toEqual(wanted);
      expect(head.text).toBeUndefined();
    },
  );

  it("and OPTIONS is answered as browsers need it", async () => {
    const { headers } = await anyone().options("/api/v3/user/following/mona").expect(204);
    expect(headers["access-control-allow-methods"]).toContain("PUT");
  });
});

describe("E10: a query with a colon in it is refused", () => {
  it.each(["since=2026-01-01T00:00:00Z", "per_page=a/b@c+d:e?f[g]"])(
    "so we allow them: %s",
    async (query) => {
      await anyone().get(`/api/v3/users?${query}`).expect(200);
    },
  );
});

describe("E11: a query with an unknown name is refused", () => {
  it("so we allow it, as the vendor does", async () => {
    await anyone().get("/api/v3/users/mona/followers?sort=name&nonsense").expect(200, []);
  });
});

describe("E12, E13: uploads fail with 500, and have no limits", () => {
  const part = (size: number) =>
    `--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n${"y".repeat(size)}`;

  it.each([
    ["cut off", part(10), 400],
    ["without a part", "--x--\r\n", 400],
    ["with a broken part", "--x\r\nnonsense\r\n\r\n--x--", 400],
    ["that are large", part(200 * 1024), 413],
  ])("so forms %s are bodies like any other", async (_, body, status) => {
    const answer = await as()
      .post("/api/v3/user/emails")
      .set("Content-Type", "multipart/form-data; boundary=x")
      .send(body);
    expect(answer.status).toBe(status);
    expect(isRefusal(answer.text, status)).toBe(true);
  });
});

describe("E15: a document that does not fit its handlers shows on the first request", () => {
  it("so a missing handler keeps it from being served", async () => {
    expect(await refusal(documentOf({}), { handlers: {} })).toMatch("GET /thing has no handler");
  });

  it("and a spare one too", async () => {
    const handlers = { thing: () => undefined, other: () => undefined };
    expect(await refusal(documentOf({}), { handlers })).toMatch("has no operation other");
  });

  it("and the first requests, come together, are answered like any other", async () => {
    const thing = await served(documentOf({ security: [{}] }));
    const answers = await Promise.all([thing(), thing(), thing({ path: "/none" }), thing()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200]);
  });
});

describe("E16: handlers are kept for all validators of a process together", () => {
  it("so two dialects may have operations of the same name", async () => {
    const document = documentOf({ security: [{}] });
    const saying = (word: string) => ({ handlers: { thing: () => ({ status: 200, body: word }) } });
    const [one, two] = [
      await served(document, saying("one")),
      await served(document, saying("two")),
    ];
    expect((await one()).text).toBe('"one"');
    expect((await two()).text).toBe('"two"');
    expect((await one()).text).toBe('"one"');
  });
});

describe("E18: names in a query reach the validator's own", () => {
  it.each([
    "_openapi=1",
    "_openapi[schema][security]=",
    "openapi=1&pathParams[username]=hubot",
    "__proto__[polluted]=1",
    "__proto__=1",
    "constructor[prototype][polluted]=1",
    "hasOwnProperty=1&toString=2&valueOf=3",
  ])("so ?%s changes nothing", async (query) => {
    const { body } = await anyone().get(`/api/v3/users/mona?${query}`).expect(200);
    expect(body.login).toBe("mona");
    await anyone().get(`/api/v3/user?${query}`).expect(401);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("E19: case and a last slash do not count, and any character passes", () => {
  it.each([
    "/api/v3/users/mona/",
    "/api/v3/Users/mona",
    "/api/v3/users/mona%00",
    "/api/v3/users/mo%2Fna",
    "/api/v3/users/%ED%A0%80",
    "/api/v3/users/%F0%9F%90%99",
  ])("so %s is not there", async (path) => {
    await anyone().get(path).expect(404);
  });

  it.each([
    ["\0", 422],
    ["\ud800", 400],
    ["a\udc00b", 400],
  ])("and %j is no name", async (name, status) => {
    await as().patch("/api/v3/user").send({ name }).expect(status);
  });
});
