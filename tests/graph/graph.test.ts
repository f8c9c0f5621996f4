import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Ajv } from "ajv";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import { follow } from "../../src/domain/follows/follows.ts";
import * as states from "../../src/domain/users/account-states.ts";
import { updateAccount } from "../../src/domain/users/accounts.ts";
import { document } from "../../src/generated/graph-document.ts";
import { type World, world } from "../support/server.ts";

let here: World;
const ids = new Map<string, number>();
const id = (name: string) => ids.get(name) ?? 0;
const secrets = new Map<string, string>();

/** ann and bob follow each other; pam's profile is private, rex is blocked, wim waits. */
const FOLLOWS = [
  ...["ann bob", "bob ann", "ann cat", "bob cat", "cat dan", "bob dan", "dan eve"],
  ...["ann pam", "pam eve", "ann rex", "rex eve", "ann wim", "cat pam"],
];

beforeAll(async () => {
  here = await world();
  for (const name of ["ann", "bob", "cat", "dan", "eve", "pam", "rex", "wim", "root2", "lone"]) {
    ids.set(name, (await here.user(name, { admin: name === "root2" })).id);
  }
  for (const pair of FOLLOWS) {
    const [from = "", to = ""] = pair.split(" ");
    await follow(here.store, id(from), id(to));
  }
  for (const name of ["ann", "pam", "rex", "root2"]) {
    const [text] = await tokens.issue(here.store, {
      ...{ userId: id(name), name: "graph", scopes: ["read:user"] },
    });
    secrets.set(name, text);
  }
  await updateAccount(here.store, id("pam"), { privateProfile: true });
  await states.suspend(here.store, id("rex"));
  await updateAccount(here.store, id("wim"), { state: "blocked_pending_approval" });
});
afterAll(() => here.close());

const schemas = new Ajv({ strict: false }).addSchema({
  $id: "graph",
  components: JSON.parse(JSON.stringify(document.components)) as object,
});

type Headers = Record<string, string>;
async function ask(path: string, headers: Headers = {}, url = here.url) {
  const answer = await fetch(`${url}/-/graph/${path}`, { headers });
  const body = (await answer.json()) as Record<string, never>;
  return { status: answer.status, body, headers: answer.headers };
}
const bearer = (name: string): Headers => ({ authorization: `Bearer ${secrets.get(name)}` });
const names = (users: unknown) =>
  (users as { username: string }[]).map(({ username }) => username).sort();

describe("what is refused", () => {
  it.each([
    ["no-such-name/mutuals", 404, "There is no such user."],
    ["pam/neighbourhood", 404, "There is no such user."],
    ["rex/neighbourhood", 404, "There is no such user."],
    ["wim/mutuals", 404, "There is no such user."],
    ["ann/path/pam", 404, "There is no such user."],
    ["ann/common/rex", 404, "There is no such user."],
    ["an%20n/mutuals", 404, "There is no such user."],
    [`${"a".repeat(300)}/mutuals`, 404, "There is no such user."],
    ["ann/neighbourhood?depth=3", 400, "depth must be equal to one of the allowed values: 1, 2"],
    ["ann/neighbourhood?limit=0", 400, "limit must be >= 1"],
    ["ann/neighbourhood?limit=2001", 400, "limit must be <= 2000"],
    ["ann/neighbourhood?limit=many", 400, "limit must be integer"],
    ["ann/mutuals?after=-1", 400, "after must be >= 0"],
    [
      "ann/common/bob?end=both",
      400,
      "end must be equal to one of the allowed values: following, followers",
    ],
    [`ann/mutuals?${"x".repeat(300)}=1`, 400, "This query can't be read."],
    ["ann/mutuals?x=%ff", 400, "This query can't be read."],
  ])("%s gets %d, and one line that says why", async (path, status, error) => {
    const answer = await ask(path);
    expect([answer.status, answer.body]).toEqual([status, { error }]);
    expect(answer.headers.get("x-followd-dialect")).toBe("graph");
  });

  it("is an unknown token, and that of a closed account", async () => {
    const unknown = await ask("ann/mutuals", { authorization: "Bearer ghp_nothing" });
    expect([unknown.status, unknown.body]).toEqual([401, { error: "This token is unknown." }]);
    expect(unknown.headers.get("www-authenticate")).toBe('Bearer realm="followd"');
    expect((await ask("ann/mutuals", { "private-token": "x" })).status).toBe(401);
    const closed = await ask("ann/mutuals", bearer("rex"));
    expect([closed.status, closed.body]).toEqual([403, { error: "This account is blocked." }]);
  });

  it("takes no cookie", async () => {
    const cookie = `followd_session=${secrets.get("root2")}`;
    expect((await ask("pam/mutuals", { cookie })).status).toBe(404);
  });
});

describe("the neighbourhood of a user", () => {
  it("has those around them, without private, blocked and waiting users", async () => {
    const { status, body } = await ask("ANN/neighbourhood");
    expect(status).toBe(200);
    expect(body.center).toEqual({
      ...{ id: id("ann"), username: "ann", name: expect.any(String) },
      ...{ followers: 1, following: 3 },
    });
    expect(names(body.nodes)).toEqual(["ann", "bob", "cat"]);
    expect(body.edges).toHaveLength(3);
    expect(body.edges).toContainEqual({ source: id("ann"), target: id("bob"), mutual: true });
    expect(body.edges).toContainEqual({ source: id("ann"), target: id("cat"), mutual: false });
    expect(body.edges).toContainEqual({ source: id("bob"), target: id("cat"), mutual: false });
    expect(body.truncated).toBe(false);
  });

  it("goes on to depth 2, and no further than its limit", async () => {
    expect(names((await ask("ann/neighbourhood?depth=2")).body.nodes)).toEqual([
      ...["ann", "bob", "cat", "dan"],
    ]);
    const { body } = await ask("ann/neighbourhood?limit=1");
    expect(body.nodes).toHaveLength(2);
    expect(body.truncated).toBe(true);
  });
});

describe("lists", () => {
  it.each([
    ["ann/mutuals", ["bob"]],
    ["ann/non-mutuals", ["cat"]],
    ["ann/common/bob", ["cat"]],
    ["cat/common/dan?end=followers", ["bob"]],
    ["lone/mutuals", []],
  ])("%s are %j", async (path, wanted) => {
    const { status, body } = await ask(path);
    expect([status, names(body.users), body.next]).toEqual([200, wanted, null]);
  });

  it("go on where the part before ended", async () => {
    const { body } = await ask(`ann/mutuals?after=${id("bob")}`);
    expect(body).toEqual({ users: [], next: null });
  });

  it("of people to follow are ranked by ties", async () => {
    const { body } = await ask("ann/suggestions");
    expect(body.users).toEqual([
      {
        ...{ id: id("dan"), username: "dan", name: expect.any(String), ties: 2 },
        ...{ followers: 2, following: 1 },
      },
    ]);
  });
});

describe("the shortest path", () => {
  it.each([
    ["ann/path/ann", ["ann"]],
    ["ann/path/bob", ["ann", "bob"]],
    ["cat/path/eve", ["cat", "dan", "eve"]],
  ])("%s goes over %j", async (path, wanted) => {
    const { body } = await ask(path);
    const told = (body.path as unknown as { username: string }[]).map(({ username }) => username);
    expect([told, body.is_bounded]).toEqual([wanted, false]);
  });

  it("is null where there is none", async () => {
    expect((await ask("eve/path/ann")).body).toEqual({ path: null, is_bounded: false });
  });
});

describe("what a token opens", () => {
  it("is the own private profile, in any manner in which a token is shown", async () => {
    const text = secrets.get("pam") ?? "";
    for (const headers of [
      { authorization: `Bearer ${text}` },
      { authorization: `token ${text}` },
      { authorization: `Basic ${Buffer.from(`pam:${text}`).toString("base64")}` },
      { authorization: `Basic ${Buffer.from(`${text}:`).toString("base64")}` },
      { "private-token": text },
    ] as Headers[]) {
      const { status, body } = await ask("pam/neighbourhood", headers);
      expect([status, body.nodes?.[0]]).toEqual([200, expect.objectContaining({ depth: 0 })]);
    }
    expect((await ask("pam/neighbourhood", bearer("ann"))).status).toBe(404);
  });

  it("is every user for administrators", async () => {
    for (const name of ["pam", "rex", "wim"]) {
      expect((await ask(`${name}/neighbourhood`, bearer("root2"))).status).toBe(200);
    }
  });
});

describe("answers", () => {
  it.each([
    ["ann/neighbourhood?depth=2", "neighbourhood"],
    ["ann/mutuals", "page"],
    ["ann/suggestions", "suggestions"],
    ["ann/path/dan", "path"],
    ["eve/path/ann", "path"],
  ])("%s has the members of the document, and no other", async (path, schema) => {
    const { body } = await ask(path, bearer("root2"));
    const fits = schemas.getSchema(`graph#/components/schemas/${schema}`);
    expect([fits?.(body), fits?.errors]).toEqual([true, null]);
  });
});

describe("a server with limits", () => {
  it("counts these requests with all others", async () => {
    const limited = await world({ config: { rateLimit: 100, rateLimitAnonymous: 2 } });
    await limited.user("ann");
    await fetch(`${limited.url}/users/ann`);
    expect((await ask("ann/mutuals", {}, limited.url)).status).toBe(200);
    const third = await ask("ann/mutuals", {}, limited.url);
    await limited.close();
    expect([third.status, third.body]).toEqual([
      429,
      { error: expect.stringContaining("Too many") },
    ]);
    expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("asks for a token in private mode", async () => {
    const shut = await world({ config: { privateMode: true } });
    await shut.user("ann");
    const refused = await ask("ann/mutuals", {}, shut.url);
    await shut.close();
    expect([refused.status, refused.body]).toEqual([
      401,
      { error: "This server asks for a token." },
    ]);
  });
});
