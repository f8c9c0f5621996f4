import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { start } from "followd";

let server;
let token;

before(async () => {
  server = await start();
  token = await server.tokenFor("octocat", ["user"]);
});
beforeEach(() => server.reset());
after(() => server.stop());

const follow = (name, method) =>
  fetch(`${server.url}/api/v3/user/following/${name}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });

for (const time of [1, 2]) {
  void test(`follows anew (${time})`, async () => {
    assert.equal((await follow("hubot", "GET")).status, 404);
    assert.equal((await follow("hubot", "PUT")).status, 204);
    assert.equal((await follow("hubot", "GET")).status, 204);
  });
}
