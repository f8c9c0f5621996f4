import { describe, expect, it } from "@jest/globals";
import { client } from "../support/server.ts";
import { bases, refusal, stage } from "../support/stage.ts";

// The words: docs.github.com/rest/authentication/authenticating-to-the-rest-api, failed login limit
const BAD = refusal(401, "Bad credentials");
const LOCKED = refusal(403, "Maximum number of login attempts exceeded. Please try again later.");
const MINUTE = 60_000;

describe.each(bases)("bad credentials below %j", (base) => {
  let now = Date.parse("2026-01-01T00:00:00Z");
  const clock = () => now;
  const here = stage(base, {
    clock,
    config: { badCredentialsLimit: 3, trustedProxies: ["loopback"], rateLimit: 5000 },
  });
  const from = (address: string, token: string) =>
    client({ url: here.api }, token).set("X-Forwarded-For", address);

  it("shut out every token from that address for the rest of the minute, good ones too", async () => {
    const alice = await here.world.token(await here.user("alice"), "user");
    for (let tries = 0; tries < 3; tries += 1) {
      await from("192.0.2.1", alice).get("/user").expect(200);
      await from("192.0.2.1", `nobodys${tries}`).get("/user").expect(401, BAD);
    }
    for (const token of [alice, "nobodys"]) {
      const { headers } = await from("192.0.2.1", token).get("/user").expect(403, LOCKED);
      expect(headers).not.toHaveProperty("x-ratelimit-used");
    }
    const graphql = client(here.world, alice).set("X-Forwarded-For", "192.0.2.1");
    const query = { query: "{viewer{login}}" };
    await graphql.post("/api/graphql").send(query).expect(403, LOCKED);

    await from("192.0.2.2", alice).get("/user").expect(200);
    await client({ url: here.api })
      .set("X-Forwarded-For", "192.0.2.1")
      .get("/users/alice")
      .expect(200);

    now += MINUTE - 1;
    await from("192.0.2.1", alice).get("/user").expect(403, LOCKED);
    now += 1;
    await from("192.0.2.1", alice).get("/user").expect(200);
    await from("192.0.2.1", "nobodys").get("/user").expect(401, BAD);
  });

  it("hide no more than they did: where there is nothing, there is nothing", async () => {
    for (let tries = 0; tries < 4; tries += 1) await from("192.0.2.3", "nobodys").get("/user");
    await from("192.0.2.3", "nobodys").get("/nowhere").expect(404);
  });
});

describe("bad credentials, as the server is delivered", () => {
  const here = stage();

  it("shut out no caller", async () => {
    const alice = await here.as(await here.user("alice"), "user");
    for (let tries = 0; tries < 30; tries += 1) {
      await client({ url: here.api }, "nobodys").get("/user").expect(401, BAD);
    }
    await alice.get("/user").expect(200);
  });
});
