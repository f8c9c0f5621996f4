import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { start } from "followd";

let server;

beforeAll(async () => {
  server = await start({ settings: { githubVersion: "3.16.0" } });
});
beforeEach(() => server.reset());
afterAll(() => server.stop());

test.each([1, 2])("has a user who is new (%i)", async () => {
  expect((await fetch(`${server.url}/api/v3/users/mona`)).status).toBe(404);
  const headers = { authorization: `Bearer ${await server.tokenFor("octocat")}` };
  const answer = await fetch(`${server.url}/api/v3/user`, { headers });
  expect(answer.headers.get("x-github-enterprise-version")).toBe("3.16.0");
  expect(await answer.json()).toMatchObject({ login: "octocat", followers: 3 });
});

test("lets things go wrong", async () => {
  const fault = { kind: "unavailable", operation: "users/get-by-username", times: 1 };
  await fetch(`${server.url}/-/dev/faults`, { method: "POST", body: JSON.stringify(fault) });
  const status = async () => (await fetch(`${server.url}/api/v3/users/octocat`)).status;
  expect([await status(), await status()]).toEqual([503, 200]);
});
