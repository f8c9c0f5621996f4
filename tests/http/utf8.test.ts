import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type World, world } from "../support/server.ts";

let server: World;
let token: string;
beforeAll(async () => {
  server = await world();
  const root = await server.user("root-admin", { admin: true });
  token = await server.token(root, "api", "user", "sudo", "site_admin");
});
afterAll(() => server.close());

const LATIN1 = Buffer.from("B\xf6b", "latin1");
const UTF8 = Buffer.from("Böb");

/** Sends bytes as they are, which clients of a higher level would not. */
async function send(method: string, path: string, type?: string, body?: Buffer) {
  const headers = {
    "user-agent": "test",
    authorization: `Bearer ${token}`,
    ...(type === undefined ? {} : { "content-type": type }),
    ...(body === undefined ? {} : { "content-length": body.length }),
  };
  const answer = await new Promise<{ status: number | undefined; body: string }>(
    (resolve, reject) => {
      const req = request(server.url + path, { method, headers }, (res) => {
        text(res).then((all) => resolve({ status: res.statusCode, body: all }), reject);
      });
      req.on("error", reject);
      req.end(body);
    },
  );
  return { status: answer.status, body: answer.body };
}

const around = (before: string, bytes: Buffer, after: string) =>
  Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);
const json = (member: string) => (bytes: Buffer) => around(`{"${member}":"`, bytes, '"}');
const form = (member: string) => (bytes: Buffer) => around(`${member}=`, bytes, "");
const parts = (bytes: Buffer) =>
  around('--x\r\nContent-Disposition: form-data; name="message"\r\n\r\n', bytes, "\r\n--x--\r\n");
const bareParts = (bytes: Buffer) =>
  around('--x\nContent-Disposition: form-data; name="message"\n\n', bytes, "\n--x--\n");
const query = (bytes: Buffer) =>
  around('{"query":"{viewer{login}}","operationName":"', bytes, '"}');

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data; boundary=x";

describe("bytes of a body that are not UTF-8", () => {
  it.each<[string, string, string, string, (bytes: Buffer) => Buffer, RegExp]>([
    ["GitHub's JSON", "PATCH", "/api/v3/user", JSON_TYPE, json("name"), /Problems parsing JSON/],
    ["GraphQL", "POST", "/api/graphql", JSON_TYPE, query, /Problems parsing JSON/],
    ["GitLab's JSON", "PUT", "/api/v4/user/status", JSON_TYPE, json("message"), /does not match/],
    ["GitLab's forms", "PUT", "/api/v4/user/status", FORM_TYPE, form("message"), /does not match/],
    ["GitLab's forms with files", "PUT", "/api/v4/user/status", MULTIPART, parts, /does not match/],
    ["forms with bare lines", "PUT", "/api/v4/user/status", MULTIPART, bareParts, /does not match/],
    ["v3's JSON", "PUT", "/api/v3/users/1", JSON_TYPE, json("bio"), /./],
  ])("are refused in %s", async (_, method, path, type, bodyOf, told) => {
    const refused = await send(method, path, type, bodyOf(LATIN1));
    expect(refused).toEqual({ status: 400, body: expect.stringMatching(told) });
    expect((await send(method, path, type, bodyOf(UTF8))).status).toBe(200);
  });

  it("are refused in forms that write them with a percent sign", async () => {
    const body = (value: string) => Buffer.from(`message=${value}`);
    const path = "/api/v4/user/status";
    expect((await send("PUT", path, FORM_TYPE, body("B%F6b"))).status).toBe(400);
    expect((await send("PUT", path, FORM_TYPE, body("100%25 B%C3%B6b"))).status).toBe(200);
  });

  it("are refused as half of a surrogate pair, and taken as a text that has but its signs", async () => {
    const path = "/api/v4/user/status";
    const body = (value: string) => Buffer.from(`{"message":"${value}"}`);
    expect((await send("PUT", path, JSON_TYPE, body("\\ud83d"))).status).toBe(400);
    expect(
      (await send("PATCH", "/api/v3/user", JSON_TYPE, json("name")(Buffer.from("\\udc00")))).status,
    ).toBe(400);
    expect((await send("PUT", path, JSON_TYPE, body("\\ud83d\\ude00"))).status).toBe(200);
    expect((await send("PUT", path, JSON_TYPE, body("\\\\ud83d"))).status).toBe(200);
  });
});

describe("bytes of a query that are not UTF-8", () => {
  it.each([
    ["GitHub", "/api/v3/users?since=%F6"],
    ["GitLab", "/api/v4/users?search=B%F6b"],
    ["GitLab v3", "/api/v3/users?search=B%F6b&private_token=x"],
    ["the instance", "/-/health?x=%ff"],
  ])("are refused by %s", async (_, path) => {
    expect((await send("GET", path)).status).toBe(400);
  });

  it("are no fault where they are UTF-8, or no bytes at all", async () => {
    expect((await send("GET", "/api/v4/users?search=B%C3%B6b")).status).toBe(200);
    expect((await send("GET", "/api/v4/users?search=100%")).status).toBe(200);
  });
});
