import { Agent } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { MAX_NAME_LENGTH, MAX_TEXT_LENGTH } from "../../src/http/request-bounds.ts";
import { type World, world } from "../support/server.ts";
import { ask } from "./wire.ts";

let here: World;
let agent: Agent;
let admin: string;
beforeAll(async () => {
  here = await world({ config: { lookupLimit: 0 } });
  agent = new Agent({ keepAlive: true });
  const root = await here.user("root", { admin: true });
  admin = await here.token(root, "api", "sudo", "user", "admin:public_key", "site_admin");
});
afterAll(async () => {
  agent.destroy();
  await here.close();
});

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data; boundary=b0undary";
const LIMIT = "total number of query parameters exceeds limit (1000)";
const FORMAT = "query params contains invalid format or byte sequence";

const sent = (method: string, path: string, body?: string, type?: string, headers = {}) =>
  ask(here.url, agent, {
    method,
    path,
    body,
    headers: type === undefined ? headers : { ...headers, "content-type": type },
  });
const numbered = (count: number, name: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => name(at));
const object = (names: readonly string[], value: unknown = 1) =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, value])));
const form = (names: readonly string[]) => names.map((name) => `${name}=1`).join("&");
const multipart = (names: readonly string[], line = "\r\n") =>
  `${names
    .flatMap((name) => [
      "--b0undary",
      `Content-Disposition: form-data; name="${name}"`,
      "",
      "1",
      "",
    ])
    .join(line)}--b0undary--${line}`;

const longName = "n".repeat(MAX_NAME_LENGTH + 1);
const longText = "t".repeat(MAX_TEXT_LENGTH + 1);
const brackets = numbered(1001, (at) => `a[k${at}]`);
const plain = numbered(1001, (at) => `k${at}`);
const items = JSON.stringify({ x: Array(1001).fill(1) });

/** What is refused to every caller, before any credential is looked at, in all that GitLab reads. */
const GITLAB: [what: string, body: string, type: string, status: number, error: string][] = [
  ["members of JSON", object(plain), JSON_TYPE, 400, LIMIT],
  ["names in brackets in JSON", object(brackets), JSON_TYPE, 400, LIMIT],
  ["items of a list in JSON", items, JSON_TYPE, 400, LIMIT],
  ["a long name in JSON", object([longName]), JSON_TYPE, 400, FORMAT],
  ["a long text in JSON", object(["x"], longText), JSON_TYPE, 400, FORMAT],
  ["fields of a form", form(plain), FORM_TYPE, 400, LIMIT],
  ["names in brackets in a form", form(brackets), FORM_TYPE, 400, LIMIT],
  ["a long name in a form", form([longName]), FORM_TYPE, 400, FORMAT],
  [
    "levels of a form's names",
    `a${"[b]".repeat(40)}=1`,
    FORM_TYPE,
    400,
    "query params are recursively nested over the specified limit (32)",
  ],
  ["fields of a multipart form", multipart(plain), MULTIPART, 400, "400 Bad request"],
  ["the same with bare line feeds", multipart(plain, "\n"), MULTIPART, 400, LIMIT],
  ["a sparse list", multipart(["x[50000000]"]), MULTIPART, 400, "400 Bad request"],
  [
    "levels of a multipart form",
    multipart(["a[b][c][d][e][f][g]"]),
    MULTIPART,
    400,
    "400 Bad request",
  ],
];

/** GitLab's third version has the same address as GitHub's dialect; a credential tells them apart. */
const UNKNOWN = { "PRIVATE-TOKEN": "unknown" };

describe.each([
  ["GET", "/api/v4/users?username=root", {}],
  ["GET", "/api/v4/users/1/events", {}],
  ["POST", "/users/1/follow", {}],
  ["PUT", "/api/v4/user/status", {}],
  ["GET", "/api/v3/user", UNKNOWN],
  ["POST", "/api/v3/user/keys", UNKNOWN],
])("%s %s", (method, path, headers) => {
  it.each(GITLAB)("refuses %s", async (_, body, type, status, error) => {
    const answer = await sent(method, path, body, type, headers);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { error }]);
  });

  it("refuses a large body, and goes on with the connection", async () => {
    for (const type of [JSON_TYPE, FORM_TYPE, MULTIPART]) {
      const answer = await sent(method, path, "x".repeat(600_000), type, headers);
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        413,
        { message: "413 Request Entity Too Large" },
      ]);
    }
  });
});

describe("a query", () => {
  it.each([
    ["/api/v4/users?username=root&", { error: FORMAT }],
    ["/api/v3/user?private_token=x&", { error: FORMAT }],
    ["/api/v3/users/root?", { message: "Bad Request", status: "400" }],
    ["/users/root?", { message: "Bad Request", status: "400" }],
    ["/-/health?", { error: "400 Bad Request" }],
  ])("with a name that is too long is refused, at %s", async (path, body) => {
    const answer = await sent("GET", `${path}${longName}=1`);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([400, expect.objectContaining(body)]);
  });

  it("with more parameters than Rack takes is refused", async () => {
    const answer = await sent("GET", `/api/v4/users?${"a&".repeat(4097)}`);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      400,
      { error: "total number of query parameters exceeds limit (4096)" },
    ]);
  });

  it("with as many as Rack takes is read to its end", async () => {
    const answer = await sent("GET", `/api/v4/users?${"a&".repeat(4095)}username=root`);
    expect(JSON.parse(answer.text)).toHaveLength(1);
  });
});

describe("GitHub's dialect refuses a body", () => {
  const asAdmin = (method: string, path: string, body: string) =>
    sent(method, path, body, JSON_TYPE, { authorization: `token ${admin}` });

  it.each([
    ["with too many members", object(plain)],
    ["with a list that is too long", JSON.stringify({ emails: Array(1001).fill("a@b.test") })],
    ["with too long a name", object([longName])],
    ["with too long a text", object(["x"], longText)],
  ])("%s", async (_, body) => {
    for (const [method, path] of [
      ["PATCH", "/user"],
      ["POST", "/api/v3/user/emails"],
      ["POST", "/admin/users"],
      ["POST", "/api/graphql"],
    ] as const) {
      const answer = await asAdmin(method, path, body);
      expect([answer.status, JSON.parse(answer.text).message]).toEqual([400, "Bad Request"]);
    }
  });
});

describe("values that are not what their type says", () => {
  it.each(["contributed_projects", "projects", "starred_projects"])(
    "are refused where %s has a list",
    async (list) => {
      for (const body of [{ topic: { a: 1 } }, { topic: 5 }, { topic: true }]) {
        const path = `/api/v4/users/1/${list}`;
        const answer = await sent("GET", path, JSON.stringify(body), JSON_TYPE);
        expect(answer.status).toBeLessThan(500);
      }
    },
  );

  it("are refused as GitLab refuses them", async () => {
    const answer = await sent("GET", "/api/v4/users/1/projects?topic[a]=1");
    expect([answer.status, JSON.parse(answer.text)]).toEqual([400, { error: "topic is invalid" }]);
  });

  it("dates are refused without being read to their end", async () => {
    for (const date of [`2024-01-01Ty${" ".repeat(32_000)}Z`, `2024-01-01T${"+".repeat(9000)}`]) {
      const answer = await sent(
        "GET",
        "/api/v4/users/1/events",
        object(["before"], date),
        JSON_TYPE,
      );
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        400,
        { error: "before is invalid" },
      ]);
    }
  });

  it("are told of once for each name", async () => {
    const wrong = Object.fromEntries(numbered(900, (at) => `k${at}`).map((name) => [name, {}]));
    const body = JSON.stringify({ custom_attributes: wrong });
    const answer = await sent("GET", "/api/v4/users?username=root", body, JSON_TYPE);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      400,
      { error: "custom_attributes is invalid" },
    ]);
  });
});
