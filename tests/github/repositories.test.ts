import { describe, expect, it } from "@jest/globals";
import { bases, notFound, refusal, stage } from "../support/stage.ts";

const OF_USER = [
  ["GET /users/{username}/repos", "repos/repos#list-repositories-for-a-user"],
  ["GET /users/{username}/orgs", "orgs/orgs#list-organizations-for-a-user"],
  ["GET /users/{username}/gists", "gists/gists#list-gists-for-a-user"],
  ["GET /users/{username}/starred", "activity/starring#list-repositories-starred-by-a-user"],
  ["GET /users/{username}/subscriptions", "activity/watching#list-repositories-watched-by-a-user"],
  ["GET /users/{username}/events", "activity/events#list-events-for-the-authenticated-user"],
  ["GET /users/{username}/events/public", "activity/events#list-public-events-for-a-user"],
  [
    "GET /users/{username}/received_events",
    "activity/events#list-events-received-by-the-authenticated-user",
  ],
  [
    "GET /users/{username}/received_events/public",
    "activity/events#list-public-events-received-by-a-user",
  ],
] as const;

const OF_VIEWER = [
  ["GET /user/repos", "repos/repos#list-repositories-for-the-authenticated-user"],
  ["GET /user/orgs", "orgs/orgs#list-organizations-for-the-authenticated-user"],
  ["GET /user/starred", "activity/starring#list-repositories-starred-by-the-authenticated-user"],
  [
    "GET /user/subscriptions",
    "activity/watching#list-repositories-watched-by-the-authenticated-user",
  ],
  ["GET /gists", "gists/gists#list-gists-for-the-authenticated-user"],
] as const;

describe.each(bases)("lists of what followd keeps none of, below %j", (base) => {
  const server = stage(base);

  it.each(OF_USER)("%s is empty, and a 404 for an unknown user", async (operation, page) => {
    const path = operation.replace("GET ", "");
    await server.user("alice");
    await server.anyone.get(path.replace("{username}", "alice")).expect(200, []);
    await server.anyone.get(path.replace("{username}", "missing")).expect(404, notFound(page));
  });

  it.each(OF_VIEWER)("%s is empty, and needs a token", async (operation, page) => {
    const path = operation.replace("GET ", "");
    const alice = await server.as(await server.user("alice"), "user");
    await server.anyone.get(path).expect(401, refusal(401, "Requires authentication", page));
    await alice.get(path).expect(200, []);
  });

  it("GET /user/orgs needs a scope", async () => {
    const alice = await server.as(await server.user("alice"), "repo");
    await alice.get("/user/orgs").expect(404);
  });

  it("answers every link of a user", async () => {
    await server.user("alice");
    const { body } = await server.anyone.get("/users/alice").expect(200);
    const links = Object.entries(body as Record<string, string>).filter(
      ([name]) => name.endsWith("_url") && !/^(?:html|avatar|gravatar)/.test(name),
    );
    expect(links).toHaveLength(9);
    for (const [, url] of [...links, ["url", body.url]]) {
      const path = String(url).slice(server.api.length).replace(/\{.*$/, "");
      await server.anyone.get(path).expect(200);
    }
  });
});
