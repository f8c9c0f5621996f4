import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import * as follows from "../../src/domain/follows/follows.ts";
import { changeProfile } from "../../src/domain/users/users.ts";
import { eq } from "../../src/storage/drizzle.ts";
import { client, type World, world } from "../support/server.ts";
import { DOCS, logins } from "../support/stage.ts";

const PAGE = "search/search#search-users";
const DAY = 86_400_000;

/** Who can be found: in the order in which they joined, a day apart, with their profiles. */
const PEOPLE: Record<string, { name?: string; location?: string; publicEmail?: string }> = {
  tom: { name: "Tom Preston", location: "San Francisco" },
  tommy: { name: "Grace Hopper", location: "New York" },
  mona: { name: "Tom Sawyer", location: "Berlin", publicEmail: "mona@octo.example" },
  hubot: { name: "Hubot", location: "San Diego" },
  "100_percent": { name: "Ada %" },
};

describe("GET /search/users", () => {
  let server: World;
  let now = Date.UTC(2026, 0, 1, 12);
  let search: (query: string) => ReturnType<ReturnType<typeof client>["get"]>;

  beforeAll(async () => {
    server = await world({ clock: () => now });
    const ids: Record<string, number> = {};
    for (const [username, profile] of Object.entries(PEOPLE)) {
      const { id } = await server.user(username);
      await changeProfile(server.store, id, profile);
      ids[username] = id;
      now += DAY;
    }
    await server.user("tom-suspended", { state: "blocked" });
    const { store } = server;
    const { users } = store.engine.tables;
    await store.engine.transaction(
      store.engine.query
        .update(users)
        .set({ publicRepos: 50 })
        .where(eq(users.id, ids.mona ?? 0)),
    );
    for (const fan of ["tom", "mona", "hubot"])
      await follows.follow(store, ids[fan] ?? 0, ids.tommy ?? 0);
    await follows.follow(store, ids.tommy ?? 0, ids.mona ?? 0);
    const anonymous = client({ url: `${server.url}/api/v3` });
    search = (query) => anonymous.get(`/search/users?${query}`);
  });
  afterAll(() => server.close());

  const found = async (q: string, more = "") =>
    (await search(`q=${encodeURIComponent(q)}${more}`).expect(200)).body.items.map(
      ({ login }: { login: string }) => login,
    );

  it.each(["", "q=", "q=%20", "sort=followers"])("refuses %j, which has no text", async (query) => {
    await search(query).expect(422, {
      message: "Validation Failed",
      errors: [{ resource: "Search", field: "q", code: "missing" }],
      documentation_url: `${DOCS}/${PAGE}`,
      status: "422",
    });
  });

  it.each(["x".repeat(257), "followers:many", "created:yesterday", "created:2026-13-01"])(
    "refuses %j",
    async (text) => {
      const { body } = await search(`q=${encodeURIComponent(text)}`).expect(422);
      expect(body.errors).toMatchObject([{ resource: "Search", field: "q", code: "invalid" }]);
    },
  );

  it("refuses pages beyond the first 1,000 results", async () => {
    await search("q=tom&page=34").expect(200);
    const { body } = await search("q=tom&page=35").expect(422);
    expect(body.message).toBe("Only the first 1000 search results are available");
  });

  it("finds a word in login and name, the login itself first, never a suspended user", async () => {
    const { body, headers } = await search("q=tom").expect(200);
    expect(body).toMatchObject({ total_count: 3, incomplete_results: false });
    expect(logins({ body: body.items })).toEqual(["tom", "tommy", "mona"]);
    expect(headers["cache-control"]).toBe("no-cache");
    expect(headers["x-github-media-type"]).toBe("github.v3; format=json");
  });

  it("writes each user as lists do, with a score", async () => {
    const { body, text } = await search("q=user:hubot").expect(200);
    expect(text).toContain('"score":1.0}');
    const { score, ...user } = body.items[0];
    const [listed] = (await search("q=hubot").expect(200)).body.items;
    expect(listed).toEqual({ ...user, score });
    expect(user.url).toBe(`${server.url}/api/v3/users/hubot`);
  });

  it.each([
    ["tom in:login", ["tom", "tommy"]],
    ["tom in:name", ["tom", "mona"]],
    ["octo in:email", ["mona"]],
    ["mona@octo.example", ["mona"]],
    ["mona@example.test", []],
    ["to", ["tommy", "tom", "mona"]],
    ["TOM Preston", ["tom"]],
    ['"Tom Preston"', ["tom"]],
    ["%", ["100_percent"]],
    ["0_p", ["100_percent"]],
    ["tom -location:berlin", ["tom", "tommy"]],
    ["tom NOT sawyer", ["tom", "tommy"]],
    ["location:san", ["tom", "hubot"]],
    ['location:"san francisco"', ["tom"]],
    ['fullname:"grace hopper"', ["tommy"]],
    ["user:TOM user:mona", ["mona", "tom"]],
    ["type:user followers:>0", ["tommy", "mona"]],
    ["type:org", []],
    ["followers:3", ["tommy"]],
    ["followers:1..2", ["mona"]],
    ["followers:>=1", ["tommy", "mona"]],
    ["following:0 in:login", ["100_percent"]],
    ["repos:0 tom in:login", ["tom", "tommy"]],
    ["repos:>42", ["mona"]],
    ["repos:1..42", []],
    ["-repos:0", ["mona"]],
    ["language:go", []],
    ["created:2026-01-01", ["tom"]],
    ["created:<2026-01-03", ["tommy", "tom"]],
    ["created:>2026-01-04", ["100_percent"]],
    ["created:2026-01-03..2026-01-04", ["mona", "hubot"]],
    ["created:2026-01-05T00:00:00Z..*", ["100_percent"]],
    ["unknown:thing", []],
  ])("finds for %j %j", async (text, expected) => {
    expect(await found(text)).toEqual(expected);
  });

  it("sorts by followers, by repositories and by the time of joining, either way", async () => {
    expect(await found("type:user", "&sort=followers&per_page=2")).toEqual(["tommy", "mona"]);
    expect(await found("type:user", "&sort=followers&order=asc&per_page=1")).toEqual(["tom"]);
    expect((await found("type:user", "&sort=repositories"))[0]).toBe("mona");
    expect((await found("type:user", "&sort=joined"))[0]).toBe("100_percent");
    expect((await found("type:user", "&sort=joined&order=asc"))[0]).toBe("tom");
  });

  it("pages by Link", async () => {
    const { headers, body } = await search("q=tom&per_page=2").expect(200);
    expect(body.items).toHaveLength(2);
    const url = `${server.url}/api/v3/search/users?q=tom&per_page=2&page=2`;
    expect(headers.link).toBe(`<${url}>; rel="next", <${url}>; rel="last"`);
  });

  it("says where the words are to callers who ask by media type", async () => {
    const asked = search("q=tom+in:login,name").set(
      "Accept",
      "application/vnd.github.text-match+json",
    );
    const { body, headers } = await asked.expect(200);
    expect(headers["x-github-media-type"]).toBe("github.v3; param=text-match; format=json");
    expect(body.items[0].text_matches).toEqual([
      {
        object_url: `${server.url}/api/v3/users/tom`,
        object_type: "User",
        property: "login",
        fragment: "tom",
        matches: [{ text: "tom", indices: [0, 3] }],
      },
      {
        object_url: `${server.url}/api/v3/users/tom`,
        object_type: "User",
        property: "name",
        fragment: "Tom Preston",
        matches: [{ text: "Tom", indices: [0, 3] }],
      },
    ]);
  });
});
