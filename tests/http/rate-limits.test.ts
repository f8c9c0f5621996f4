import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { client } from "../support/server.ts";
import { stage } from "../support/stage.ts";

type Here = ReturnType<typeof stage>;
const BAD_TOKEN = "nobodys-token-that-is-long-enough";

/** The same list by each dialect. */
const listOf = (id: number, username: string) => [
  `/api/v4/users/${id}/followers`,
  `/api/v3/users/${username}/followers`,
];

/** With a token as both vendors take it. */
const at = (here: Here, token?: string) => {
  const caller = client({ url: here.world.url });
  return token === undefined ? caller : caller.set("Authorization", `Bearer ${token}`);
};

/** GitLab's answer in front of everything (docs.gitlab.com, user and IP rate limits). */
function expectThrottle(
  { text, headers }: { text: string; headers: Record<string, string> },
  name: string,
) {
  expect(text).toBe("Retry later\n");
  expect(headers["content-type"]).toMatch(/^text\/plain/);
  expect(headers).toMatchObject({ "ratelimit-name": name, "ratelimit-remaining": "0" });
  expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  for (const each of ["limit", "observed", "reset", "resettime"]) {
    expect(headers).toHaveProperty(`ratelimit-${each}`);
  }
}

describe("limits of requests to pages", () => {
  const here = stage("/api/v3", { config: { rateLimit: 4, rateLimitAnonymous: 3 } });

  it("count the pages too, which show the same, and not their scripts and styles", async () => {
    await here.user("bob");
    const page = () => request(here.world.url).get("/bob").set("Accept", "text/html");
    const { text } = await page().expect(200);
    const [, script = ""] = /src="([^"]+app\.js)"/.exec(text) ?? [];
    for (let each = 0; each < 5; each += 1) {
      await request(here.world.url).get(script).expect(200);
    }
    await page().expect(200);
    await at(here).get("/api/v3/users/bob").expect(200);
    const refused = await page().expect(429);
    expect(refused.text).toContain("You have made very many requests.");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    await at(here).get("/api/v3/users/bob").expect(403);
  });
});

describe("limits of requests", () => {
  const here = stage("/api/v3", { config: { rateLimit: 4, rateLimitAnonymous: 3 } });

  it("are one for all dialects with a token, and each refuses in its vendor's words", async () => {
    const bob = await here.user("bob");
    const token = await here.world.token(await here.user("alice"), "user", "api");
    const [v4 = "", v3 = ""] = listOf(bob.id, "bob");
    const as = at(here, token);
    for (const path of [v4, v3, v4, v3]) await as.get(path).expect(200);
    expectThrottle(await as.get(v4).expect(429), "throttle_authenticated_api");
    expectThrottle(
      await at(here).get("/api/v3/user").set("PRIVATE-TOKEN", token).expect(429),
      "throttle_authenticated_api",
    );
    const { body } = await as.get(v3).expect(403);
    expect(body.message).toMatch(/^API rate limit exceeded for user ID/);
  });

  it("are one for all dialects by address, paths that lead nowhere among them", async () => {
    const bob = await here.user("bob");
    const [v4 = "", v3 = ""] = listOf(bob.id, "bob");
    await at(here).get("/api/v4/users?username=bob").expect(200);
    await at(here).get("/api/v4/nowhere").expect(404);
    await at(here).get(v3).expect(200);
    await at(here).get(v3).expect(403);
    for (const path of ["/api/v4/users?username=bob", "/api/v4/nowhere", v4]) {
      expectThrottle(await at(here).get(path).expect(429), "throttle_unauthenticated_api");
    }
  });

  it("count made-up tokens, in all dialects together, and let good ones pass", async () => {
    const token = await here.world.token(await here.user("carol"), "user", "api");
    const bad = at(here, BAD_TOKEN);
    await bad.get("/api/v4/user").expect(401);
    await bad.get("/api/v3/nowhere").expect(404);
    await bad.get("/api/v3/user").expect(401);
    const { body } = await bad.get("/api/v3/user").expect(403);
    expect(body.message).toMatch(/^API rate limit exceeded for 127\.0\.0\.1\./);
    await bad.get("/api/v3/nowhere").expect(403);
    for (const path of ["/api/v4/user", "/api/v4/nowhere"]) {
      expectThrottle(await bad.get(path).expect(429), "throttle_unauthenticated_api");
    }
    await at(here, token).get("/api/v4/user").expect(200);
  });
});

describe("limits of writes", () => {
  const here = stage("/api/v3", { config: { rateLimit: 5000, rateLimitWrites: 2 } });

  it("are one for all dialects", async () => {
    const bob = await here.user("bob");
    const token = await here.world.token(await here.user("alice"), "user", "api");
    const as = at(here, token);
    await as.post(`/api/v4/users/${bob.id}/follow`).expect(201);
    await as.delete("/api/v3/user/following/bob").expect(204);
    const refused = await as.post(`/api/v4/users/${bob.id}/follow`).expect(429);
    expectThrottle(refused, "throttle_authenticated_api");
    expect(refused.headers["ratelimit-limit"]).toBe("2");
    await as.put("/api/v3/user/following/bob").expect(403);
    await as.get("/api/v4/user").expect(200);
    await as.get("/api/v3/user/following/bob").expect(404);
  });

  it("count a mutation of GraphQL by its fields", async () => {
    const bob = await here.user("bob");
    const token = await here.world.token(await here.user("dora"), "user", "api");
    const follow = (name: string) =>
      `${name}: followUser(input: {userId: "${Buffer.from(`04:User${bob.id}`).toString("base64")}"}) { clientMutationId }`;
    const query = `mutation { ${["a", "b", "c"].map(follow).join(" ")} }`;
    const { status, body } = await at(here, token).post("/api/graphql").send({ query });
    expect([status, body.message]).toEqual([403, expect.stringContaining("secondary rate limit")]);
    await at(here, token).get("/api/v3/user/following/bob").expect(404);
  });
});

describe("bad credentials", () => {
  const here = stage("/api/v3", { config: { badCredentialsLimit: 3 } });

  it("are counted for all dialects together, and shut out good ones in each", async () => {
    const token = await here.world.token(await here.user("alice"), "user", "api");
    const bad = at(here, BAD_TOKEN);
    await bad.get("/api/v4/user").expect(401);
    await bad.get("/api/v3/user").expect(401);
    await at(here).get("/api/v3/user").set("PRIVATE-TOKEN", BAD_TOKEN).expect(401);
    const as = at(here, token);
    expectThrottle(await as.get("/api/v4/user").expect(429), "throttle_unauthenticated_api");
    const { body } = await as.get("/api/v3/user").expect(403);
    expect(body.message).toMatch(/^Maximum number of login attempts exceeded/);
    await at(here).get("/api/v4/users?username=alice").expect(200);
  });
});
