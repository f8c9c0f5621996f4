import { start } from "followd";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

let server;
let token;

beforeAll(async () => {
  server = await start({ seed: { users: ["ann", "bob"], follows: [["ann", "bob"]] } });
  token = await server.tokenFor("ann");
});
beforeEach(() => server.reset());
afterAll(() => server.stop());

const unfollow = (id) =>
  fetch(`${server.url}/api/v4/users/${id}/unfollow`, {
    method: "POST",
    headers: { "private-token": token },
  });

test.each([1, 2])("unfollows anew (%i)", async () => {
  expect((await unfollow(2)).status).toBe(201);
  expect((await unfollow(2)).status).toBe(304);
});
