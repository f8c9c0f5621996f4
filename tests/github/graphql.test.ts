import { describe, expect, it } from "@jest/globals";
import * as blocks from "../../src/domain/follows/blocks.ts";
import { setStatus } from "../../src/domain/profile/statuses.ts";
import type { User } from "../../src/domain/user.ts";
import { changeProfile } from "../../src/domain/users/users.ts";
import { withBrokenEngine } from "../support/break-engine.ts";
import { client } from "../support/server.ts";
import { stage } from "../support/stage.ts";

type Caller = ReturnType<typeof client>;
interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: its shape is what each test is about
  data?: any;
  errors?: { type?: string; message: string; path?: unknown[]; locations?: unknown[] }[];
}

const DOCS = "https://docs.github.com/enterprise-server@3.15/graphql/guides";
const legacyId = ({ id }: User) => Buffer.from(`04:User${id}`).toString("base64");

/** Asks, and returns the body of an answer that has to be a 200. */
async function ask(caller: Caller, query: string, variables?: object): Promise<Answer> {
  const { body } = await caller.post("/graphql").send({ query, variables }).expect(200);
  return body as Answer;
}

/** The one error of an answer. */
async function errorOf(caller: Caller, query: string, variables?: object) {
  const { errors = [] } = await ask(caller, query, variables);
  expect(errors).toHaveLength(1);
  return errors[0];
}

describe.each(["", "/api"])("POST /graphql at %j", (base) => {
  const here = stage(base);
  const rest = (token: string) => client({ url: here.world.url + (base && "/api/v3") }, token);

  describe("POST /graphql", () => {
    it("94: answers who is asking, and refuses a request without a token", async () => {
      const query = "query UserCurrent{viewer{login}}";
      const refused = await here.anyone.post("/graphql").send({ query }).expect(401);
      expect(refused.body).toEqual({
        message: "Requires authentication",
        documentation_url: `${DOCS}/forming-calls-with-graphql`,
        status: "401",
      });
      const wrong = await here.anyone
        .post("/graphql")
        .set("Authorization", "token no")
        .send({ query });
      expect([wrong.status, wrong.body.message]).toEqual([401, "Bad credentials"]);
      const plain = await here.anyone
        .post("/graphql")
        .set("Authorization", "ghp_x")
        .send({ query });
      expect([plain.status, plain.body.message]).toEqual([401, "Requires authentication"]);
      const alice = await here.as(await here.user("alice"));
      expect(await ask(alice, query)).toEqual({ data: { viewer: { login: "alice" } } });
    });

    it("95: follows and unfollows in the graph that REST shows", async () => {
      const [alice, bob] = [await here.user("alice"), await here.user("bob")];
      const token = await here.world.token(alice, "user:follow");
      const caller = client({ url: here.api }, token);
      const follows = async () => (await rest(token).get("/user/following/bob")).status === 204;
      const change = (name: string) => `mutation($id: ID!) {
        ${name}(input: { userId: $id, clientMutationId: "once more" }) {
          clientMutationId user { login viewerIsFollowing followers { totalCount } }
        }
      }`;
      for (const count of [1, 1]) {
        expect(await ask(caller, change("followUser"), { id: legacyId(bob) })).toEqual({
          data: {
            followUser: {
              clientMutationId: "once more",
              user: { login: "bob", viewerIsFollowing: true, followers: { totalCount: count } },
            },
          },
        });
        expect(await follows()).toBe(true);
      }
      expect(await ask(caller, change("unfollowUser"), { id: legacyId(bob) })).toMatchObject({
        data: {
          unfollowUser: { user: { viewerIsFollowing: false, followers: { totalCount: 0 } } },
        },
      });
      expect(await follows()).toBe(false);

      const can = '{ viewer { viewerCanFollow } user(login: "bob") { viewerCanFollow } }';
      expect(await ask(caller, can)).toEqual({
        data: { viewer: { viewerCanFollow: false }, user: { viewerCanFollow: true } },
      });
      await blocks.block(here.store, bob.id, alice.id);
      expect(await ask(caller, can)).toMatchObject({ data: { user: { viewerCanFollow: false } } });
      // Nothing comes of it, as with REST.
      await ask(caller, change("followUser"), { id: legacyId(bob) });
      await ask(caller, change("followUser"), { id: legacyId(alice) });
      expect((await here.named("alice")).following).toBe(0);
    });
  });

  it("is not spoken with other methods, nor below the REST API", async () => {
    const alice = await here.as(await here.user("alice"));
    for (const method of ["get", "put", "delete"] as const) {
      const { body } = await alice[method]("/graphql").expect(404);
      expect(body).toMatchObject({ message: "Not Found", status: "404" });
    }
    const token = await here.world.token(await here.named("alice"));
    const wrong = client({ url: `${here.world.url}/api/v3` }, token);
    await wrong.post("/graphql").send({ query: "{viewer{login}}" }).expect(404);
    await client({ url: here.world.url }, token).get("/api/user").expect(404);
  });

  it("has the vendor's headers", async () => {
    const alice = await here.as(await here.user("alice"), "repo", "user");
    const { headers } = await alice.post("/graphql").send({ query: "{viewer{login}}" });
    expect(headers).toMatchObject({
      "x-oauth-scopes": "repo, user",
      "x-accepted-oauth-scopes": "repo",
      "x-github-media-type": "github.v4; format=json",
      "cache-control": "no-cache",
      "content-type": "application/json; charset=utf-8",
    });
    const fine = await here.asFineGrained(await here.named("alice"), "followers:read");
    const answer = await fine.post("/graphql").send({ query: "{viewer{login}}" }).expect(200);
    expect(answer.headers).not.toHaveProperty("x-oauth-scopes");
    expect(answer.headers).not.toHaveProperty("x-accepted-oauth-scopes");
  });

  describe("what can't be carried out", () => {
    it("is no JSON, or no object", async () => {
      const alice = await here.as(await here.user("alice"));
      const broken = await alice.post("/graphql").type("json").send("{bad").expect(400);
      expect(broken.body).toMatchObject({ message: "Problems parsing JSON", status: "400" });
      const list = await alice.post("/graphql").type("json").send("[]").expect(400);
      expect(list.body).toMatchObject({ message: "Body should be a JSON object" });
      await alice
        .post("/graphql")
        .send({ query: `{ # ${"x".repeat(110_000)}\n}` })
        .expect(413);
    });

    it.each([[{}], [{ query: 7 }], [{ query: "" }], [{ variables: {} }]])(
      "has no query: %j",
      async (body) => {
        const alice = await here.as(await here.user("alice"));
        const answer = await alice.post("/graphql").send(body).expect(200);
        const message = "A query attribute must be specified and must be a string.";
        expect(answer.body).toEqual({ errors: [{ message }] });
      },
    );

    it.each([
      ["{", 'Expected NAME, actual: (none) ("") at [1, 1]'],
      ["{ viewer { loginn } }", "Field 'loginn' doesn't exist on type 'User'"],
      ["{ repository { id } }", "Field 'repository' doesn't exist on type 'Query'"],
      ["subscription { viewer { login } }", expect.stringMatching(/subscription/i)],
      [
        "query A { meta { __typename } } query B { meta { __typename } }",
        expect.stringContaining("operation"),
      ],
      ["query($l: String!) { user(login: $l) { login } }", expect.stringContaining("$l")],
      ["{ viewer { ...A } } fragment A on User { ...A }", expect.stringContaining("A")],
    ])("says what is wrong with %s", async (query, message) => {
      const alice = await here.as(await here.user("alice"));
      const body = await ask(alice, query);
      expect(body).not.toHaveProperty("data");
      expect(body.errors?.[0]).toMatchObject({ message });
      expect(JSON.stringify(body)).not.toMatch(/node_modules|stack|at .*\(/);
    });

    it("names no user", async () => {
      const alice = await here.as(await here.user("alice"), "user");
      expect(await ask(alice, '{ user(login: "missing") { login } viewer { login } }')).toEqual({
        data: { user: null, viewer: { login: "alice" } },
        errors: [
          {
            type: "NOT_FOUND",
            path: ["user"],
            locations: [{ line: 1, column: 3 }],
            message: "Could not resolve to a User with the login of 'missing'.",
          },
        ],
      });
      for (const id of ["", "MDQ6VXNlcjk5OTk5", "U_kgDOBhOcFw", "MDQ6UmVwbzE=", "U_x", "1"]) {
        expect(
          await errorOf(alice, "query($id: ID!) { node(id: $id) { id } }", { id }),
        ).toMatchObject({
          type: "NOT_FOUND",
          path: ["node"],
          message: `Could not resolve to a node with the global id of '${id}'`,
        });
        const follow = "mutation($id: ID!) { followUser(input: { userId: $id }) { user { id } } }";
        expect(await errorOf(alice, follow, { id })).toMatchObject({
          type: "NOT_FOUND",
          path: ["followUser"],
        });
      }
    });

    it("is to follow a user who is suspended", async () => {
      const bob = await here.user("bob", { state: "blocked" });
      const alice = await here.as(await here.user("alice"), "user");
      const follow = "mutation($id: ID!) { followUser(input: { userId: $id }) { user { id } } }";
      expect(await errorOf(alice, follow, { id: legacyId(bob) })).toMatchObject({
        type: "NOT_FOUND",
      });
    });

    it("is what the token's scopes do not reach, and nothing of it is done", async () => {
      const bob = await here.user("bob");
      const alice = await here.user("alice");
      const caller = await here.as(alice, "repo", "gist");
      const mutation = `mutation { followUser(input: { userId: "${legacyId(bob)}" }) { user { id } } }`;
      const lacking = (field: string, needed: string) => ({
        type: "INSUFFICIENT_SCOPES",
        locations: [expect.anything()],
        message:
          "Your token has not been granted the required scopes to execute this query. " +
          `The '${field}' field requires one of the following scopes: [${needed}], but your token ` +
          "has only been granted the: ['gist', 'repo'] scopes. Please modify your token's scopes " +
          `at: ${here.world.url}/settings/tokens.`,
      });
      expect(await ask(caller, mutation)).toEqual({
        errors: [lacking("followUser", "'user:follow'")],
      });
      expect(
        await ask(
          caller,
          '{ user(login: "bob") { ...Contact } } fragment Contact on User { email }',
        ),
      ).toEqual({
        errors: [lacking("email", "'user:email', 'read:user'")],
      });
      expect((await here.named("alice")).following).toBe(0);
      const reader = await here.as(alice, "read:user");
      expect(await ask(reader, '{ user(login: "bob") { email } }')).toEqual({
        data: { user: { email: "" } },
      });
    });

    it("is what a fine-grained token is not for", async () => {
      const bob = await here.user("bob");
      const alice = await here.user("alice");
      const mutation = `mutation { followUser(input: { userId: "${legacyId(bob)}" }) { user { id } } }`;
      const reader = await here.asFineGrained(alice, "followers:read");
      expect(await errorOf(reader, mutation)).toEqual({
        type: "FORBIDDEN",
        path: ["followUser"],
        locations: [{ line: 1, column: 12 }],
        message: "Resource not accessible by personal access token",
      });
      expect((await here.named("alice")).following).toBe(0);
      const writer = await here.asFineGrained(alice, "followers:write");
      expect(await ask(writer, mutation)).not.toHaveProperty("errors");
      expect((await here.named("alice")).following).toBe(1);
    });
  });

  describe("a user", () => {
    it("is shown with all that is known", async () => {
      const alice = await here.user("alice");
      const bob = await here.user("bob", { admin: true });
      const profile = { name: "Bob", bio: "Builds", organization: "ACME", location: "Here" };
      await changeProfile(here.store, bob.id, {
        ...profile,
        websiteUrl: "https://bob.test",
        twitter: "bob",
        publicEmail: "bob@example.test",
      });
      await setStatus(here.store, bob.id, {
        emoji: "coffee",
        message: "out",
        availability: "busy",
      });
      const caller = await here.as(alice, "read:user");
      const { data } = await ask(
        caller,
        `{ user(login: "BOB") {
          __typename id databaseId login name email bio company location websiteUrl twitterUsername
          avatarUrl small: avatarUrl(size: 40) url resourcePath createdAt updatedAt isSiteAdmin
          isViewer isFollowingViewer viewerIsFollowing viewerCanFollow isHireable
          status { emoji message indicatesLimitedAvailability expiresAt user { login } }
          organizations(first: 100) { totalCount nodes { login } }
        } }`,
      );
      const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      const { url } = here.world;
      expect(data?.user).toEqual({
        ...{ __typename: "User", id: legacyId(bob), databaseId: bob.id, login: "bob", name: "Bob" },
        ...{ email: "bob@example.test", bio: "Builds", company: "ACME", location: "Here" },
        ...{ websiteUrl: "https://bob.test", twitterUsername: "bob" },
        ...{ avatarUrl: `${url}/avatars/u/${bob.id}?`, small: `${url}/avatars/u/${bob.id}?s=40` },
        ...{ url: `${url}/bob`, resourcePath: "/bob", createdAt: time, updatedAt: time },
        ...{ isSiteAdmin: true, isViewer: false, isFollowingViewer: false, isHireable: false },
        ...{ viewerIsFollowing: false, viewerCanFollow: true },
        status: {
          ...{ emoji: ":coffee:", message: "out", indicatesLimitedAvailability: true },
          ...{ expiresAt: null, user: { login: "bob" } },
        },
        organizations: { totalCount: 0, nodes: [] },
      });
    });

    it("is null where nothing is known", async () => {
      const alice = await here.as(await here.user("alice"), "user");
      const fields =
        "name email bio company location websiteUrl twitterUsername status { message }";
      const { data } = await ask(alice, `{ viewer { ${fields} isViewer } rateLimit { cost } }`);
      const nothing = { name: null, bio: null, company: null, location: null, status: null };
      expect(data).toEqual({
        viewer: { ...nothing, email: "", websiteUrl: null, twitterUsername: null, isViewer: true },
        rateLimit: null,
      });
    });

    it("is found by ids of both generations, and shown with either", async () => {
      const bob = await here.user("bob");
      const alice = await here.as(await here.user("alice"));
      const query = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on User { login } } }";
      const shown = async (ids: string[], next: "0" | "1" = "0") => {
        const sent = alice.post("/graphql").set("X-Github-Next-Global-ID", next);
        const { body } = await sent.send({ query, variables: { ids } }).expect(200);
        return body as Answer;
      };
      const { data } = await shown([legacyId(bob)], "1");
      const [{ id: next }] = data.nodes as [{ id: string }];
      expect(next).toMatch(/^U_/);
      // MessagePack's array of zero and the number.
      expect([...Buffer.from(next.slice(2), "base64url")].slice(0, 2)).toEqual([0x92, 0]);
      const wide = `U_${Buffer.from([0x92, 0, 0xce, 0, 0, 0, bob.id]).toString("base64url")}`;
      const bare = legacyId(bob).replace(/=+$/, "");
      const found = await shown([next, wide, bare, legacyId(bob), "nothing"]);
      const same = { id: legacyId(bob), login: "bob" };
      expect(found.data).toEqual({ nodes: [same, same, same, same, null] });
      expect(found.errors).toMatchObject([{ type: "NOT_FOUND", path: ["nodes", 4] }]);
      const many = await shown(Array.from({ length: 101 }, () => next));
      expect(many).toMatchObject({
        data: null,
        errors: [
          {
            type: "ARGUMENT_LIMIT",
            message: "You may not provide more than 100 node ids; you provided 101.",
          },
        ],
      });
    });

    it("tells both directions of each follow, for everybody in a list", async () => {
      const [alice, bob, carol] = [
        await here.user("alice"),
        await here.user("bob"),
        await here.user("carol"),
      ];
      const caller = await here.as(alice, "user");
      const follow = "mutation($id: ID!) { followUser(input: { userId: $id }) { user { id } } }";
      await ask(caller, follow, { id: legacyId(bob) });
      await ask(caller, follow, { id: legacyId(carol) });
      await ask(await here.as(carol, "user"), follow, { id: legacyId(alice) });
      const fields = "login viewerIsFollowing isFollowingViewer";
      const { data } = await ask(
        caller,
        `{ viewer { following(first: 9) { nodes { ${fields} } } followers(last: 9) { nodes { ${fields} } } } }`,
      );
      const shown = (login: string, back: boolean) => ({
        login,
        viewerIsFollowing: true,
        isFollowingViewer: back,
      });
      expect(data).toEqual({
        viewer: {
          following: { nodes: [shown("carol", true), shown("bob", false)] },
          followers: { nodes: [shown("carol", true)] },
        },
      });
    });
  });

  describe("a connection", () => {
    const query = `query($first: Int, $last: Int, $after: String, $before: String) {
      user(login: "bob") {
        followers(first: $first, last: $last, after: $after, before: $before) {
          totalCount
          nodes { login }
          edges { cursor node { login } }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
      }
    }`;
    interface Page {
      totalCount: number;
      nodes: { login: string }[];
      edges: { cursor: string; node: { login: string } }[];
      pageInfo: {
        hasNextPage: boolean;
        hasPreviousPage: boolean;
        startCursor: string;
        endCursor: string;
      };
    }
    const page = async (caller: Caller, variables: object) => {
      const { data, errors } = await ask(caller, query, variables);
      expect(errors).toBeUndefined();
      return (data.user as { followers: Page }).followers;
    };

    it.each([
      [
        {},
        "MISSING_PAGINATION_BOUNDARIES",
        "You must provide a `first` or `last` value to properly paginate the `followers` connection.",
      ],
      [
        { first: 101 },
        "EXCESSIVE_PAGINATION",
        "Requesting 101 records on the `followers` connection exceeds the `first` limit of 100 records.",
      ],
      [
        { last: 500 },
        "EXCESSIVE_PAGINATION",
        "Requesting 500 records on the `followers` connection exceeds the `last` limit of 100 records.",
      ],
      [
        { first: -1 },
        "UNPROCESSABLE",
        "`first` on the `followers` connection cannot be less than zero.",
      ],
      [
        { first: 1, last: 1 },
        "UNPROCESSABLE",
        "Passing both `first` and `last` to paginate the `followers` connection is not supported.",
      ],
      [
        { first: 1, after: "x" },
        "INVALID_CURSOR_ARGUMENTS",
        "`x` does not appear to be a valid cursor.",
      ],
      [
        { last: 1, before: "" },
        "INVALID_CURSOR_ARGUMENTS",
        "`` does not appear to be a valid cursor.",
      ],
    ])("can't be had with %j", async (variables, type, message) => {
      await here.user("bob");
      const alice = await here.as(await here.user("alice"));
      expect(await ask(alice, query, variables)).toEqual({
        data: { user: null },
        errors: [
          { type, path: ["user", "followers"], locations: [{ line: 3, column: 9 }], message },
        ],
      });
    });

    it("needs no page for its number alone", async () => {
      await here.fans(await here.user("bob"), 3);
      const alice = await here.as(await here.user("alice"));
      const short = '{ user(login: "bob") { followers { totalCount } } }';
      expect(await ask(alice, short)).toEqual({ data: { user: { followers: { totalCount: 3 } } } });
      expect(await page(alice, { first: 0 })).toMatchObject({
        ...{ totalCount: 3, nodes: [], edges: [] },
        pageInfo: { hasNextPage: true, startCursor: null, endCursor: null },
      });
    });

    it("is read forwards and backwards, once each, the newest follow first", async () => {
      const names = (await here.fans(await here.user("bob"), 25)).toReversed();
      const alice = await here.as(await here.user("alice"));
      const forwards: string[] = [];
      let after: string | undefined;
      for (
        let at = await page(alice, { first: 10 });
        ;
        at = await page(alice, { first: 10, after })
      ) {
        forwards.push(...at.nodes.map(({ login }) => login));
        expect(at.edges.map(({ node }) => node)).toEqual(at.nodes);
        expect(at.pageInfo.hasPreviousPage).toBe(after !== undefined);
        expect(at.pageInfo.startCursor).toBe(at.edges[0]?.cursor);
        after = at.pageInfo.endCursor;
        if (!at.pageInfo.hasNextPage) break;
      }
      expect(forwards).toEqual(names);
      const last = await page(alice, { last: 10 });
      expect(last.nodes.map(({ login }) => login)).toEqual(names.slice(15));
      expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
      const before = last.pageInfo.startCursor;
      const earlier = await page(alice, { last: 20, before });
      expect(earlier.nodes.map(({ login }) => login)).toEqual(names.slice(0, 15));
      expect(earlier.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
      const within = await page(alice, { first: 3, after: earlier.pageInfo.startCursor, before });
      expect(within.nodes.map(({ login }) => login)).toEqual(names.slice(1, 4));
    });

    it("goes on where it was when a user leaves or comes", async () => {
      const bob = await here.user("bob");
      const names = (await here.fans(bob, 6)).toReversed();
      const alice = await here.as(await here.user("alice"));
      const first = await page(alice, { first: 3 });
      const leaver = await here.as(await here.named(names[3] ?? ""), "user");
      await ask(
        leaver,
        `mutation { unfollowUser(input: { userId: "${legacyId(bob)}" }) { user { id } } }`,
      );
      await here.fans(bob, 1, "late");
      const rest = await page(alice, { first: 10, after: first.pageInfo.endCursor });
      expect(rest.nodes.map(({ login }) => login)).toEqual(names.slice(4));
      expect(rest.totalCount).toBe(6);
    });

    it("shows no suspended user, and both ends of nested lists", async () => {
      const bob = await here.user("bob");
      await here.fans(bob, 3);
      const gone = await here.named("fan1");
      const { suspend } = await import("../../src/domain/users/account-states.ts");
      await suspend(here.store, gone.id);
      const alice = await here.as(await here.user("alice"));
      const nested = `{ user(login: "bob") { followers(first: 9) { totalCount nodes {
        login following(first: 9) { nodes { login followers { totalCount } } } } } } }`;
      const following = { nodes: [{ login: "bob", followers: { totalCount: 2 } }] };
      expect(await ask(alice, nested)).toEqual({
        data: {
          user: {
            followers: {
              totalCount: 2,
              nodes: [
                { login: "fan2", following },
                { login: "fan0", following },
              ],
            },
          },
        },
      });
    });
  });

  describe("a query that asks for too much", () => {
    const nested = (...sizes: number[]) => {
      const open = sizes.map((size) => `followers(first: ${size}) { nodes {`).join(" ");
      return `{ viewer { ${open} login ${"} }".repeat(sizes.length)} } }`;
    };

    it("is refused by the number of nodes", async () => {
      const alice = await here.as(await here.user("alice"));
      expect(await errorOf(alice, nested(100, 100, 50))).toEqual({
        type: "MAX_NODE_LIMIT_EXCEEDED",
        message:
          "By the time this query traverses to the followers connection, it is requesting up to " +
          "510,100 possible nodes which exceeds the maximum limit of 500,000.",
      });
      expect(await ask(alice, nested(100, 100, 40))).not.toHaveProperty("errors");
    });

    it("is refused by the number of nodes that variables and fragments bring", async () => {
      const alice = await here.as(await here.user("alice"));
      const query = `query($n: Int = 100) { viewer { followers(first: $n) { ...More } } }
        fragment More on FollowerConnection { nodes { followers(last: $n) { nodes {
          following(first: $n) { nodes { login } } } } } }`;
      expect(await errorOf(alice, query)).toMatchObject({ type: "MAX_NODE_LIMIT_EXCEEDED" });
      expect(await ask(alice, query, { n: 10 })).not.toHaveProperty("errors");
    });

    it("is refused by its depth, and by how much it says", async () => {
      const alice = await here.as(await here.user("alice"));
      expect(await errorOf(alice, nested(...Array.from({ length: 13 }, () => 1)))).toMatchObject({
        message: "Query has depth of 28, which exceeds max depth of 25",
      });
      const aliases = Array.from({ length: 1200 }, (_, at) => `a${at}: viewer { login }`);
      expect(await errorOf(alice, `{ ${aliases.join(" ")} }`)).toMatchObject({
        message: "Query has complexity of 2400, which exceeds max complexity of 1000",
      });
      const bomb = Array.from(
        { length: 30 },
        (_, at) => `fragment F${at} on User { ...F${at + 1} ...F${at + 1} }`,
      );
      const query = `{ viewer { ...F0 } } ${bomb.join(" ")} fragment F30 on User { login }`;
      expect(await errorOf(alice, query)).toMatchObject({
        message: expect.stringMatching(/^Query has complexity of \d+, which exceeds/),
      });
      const tokens = `{ viewer { ${"login ".repeat(10_001)} } }`;
      expect(await errorOf(alice, tokens)).toMatchObject({
        message: expect.stringContaining("tokens"),
      });
    });

    it("is refused by how much it would answer", async () => {
      const alice = await here.as(await here.user("alice"));
      const names = Array.from({ length: 400 }, (_, at) => `n${at}: name`).join(" ");
      const query = `{ viewer { followers(first: 100) { nodes { followers(first: 100) { nodes { ${names} } } } } } }`;
      expect(await errorOf(alice, query)).toEqual({
        type: "RESOURCE_LIMITS_EXCEEDED",
        message: "Resource limits for this query exceeded.",
      });
    });
  });

  it("says what it is to every caller, as far as gh asks", async () => {
    const alice = await here.as(await here.user("alice"));
    const query = `{ Issue: __type(name: "Issue") { fields(includeDeprecated: true) { name } }
      User: __type(name: "User") { fields { name } } __schema { mutationType { name } } }`;
    const { data } = await ask(alice, query);
    expect(data).toMatchObject({ Issue: null, __schema: { mutationType: { name: "Mutation" } } });
    const { fields } = data.User as { fields: { name: string }[] };
    expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(["followers", "login"]));
    const { getIntrospectionQuery } = await import("graphql");
    expect(await ask(alice, getIntrospectionQuery())).not.toHaveProperty("errors");
  });
});

describe("GraphQL with limits", () => {
  const here = stage("", { config: { rateLimit: 120, rateLimitWrites: 2 } });

  it("counts by itself, by what a query may cost, and refuses above that", async () => {
    const alice = await here.as(await here.user("alice"), "user");
    const query = `{ rateLimit { limit cost remaining used nodeCount resetAt }
      viewer { followers(first: 100) { nodes { followers(first: 100) { nodes {
        followers(first: 4) { nodes { login } } } } } } } }`;
    const { body, headers } = await alice.post("/graphql").send({ query }).expect(200);
    // A list, a hundred, and a hundred times a hundred have to be read.
    expect(body.data.rateLimit).toEqual({
      ...{ limit: 120, cost: 101, remaining: 19, used: 101, nodeCount: 50_100 },
      resetAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(headers).toMatchObject({
      "x-ratelimit-resource": "graphql",
      "x-ratelimit-remaining": "19",
    });
    const refused = await alice.post("/graphql").send({ query }).expect(403);
    expect(refused.body.message).toMatch(/^API rate limit exceeded for user ID \d+\./);
    const { body: rest } = await alice.get("/rate_limit").expect(200);
    expect(rest.resources).toMatchObject({ graphql: { used: 120 }, core: { used: 0 } });
  });

  it("slows down who changes too much, and not who asks", async () => {
    const bob = await here.user("bob");
    const alice = await here.as(await here.user("alice"), "user");
    const follow = `mutation { followUser(input: { userId: "${legacyId(bob)}" }) { user { id } } }`;
    for (const query of ["{viewer{login}}", "{viewer{login}}", "{viewer{login}}", follow, follow]) {
      await alice.post("/graphql").send({ query }).expect(200);
    }
    const slowed = await alice.post("/graphql").send({ query: follow }).expect(403);
    expect(slowed.body.message).toContain("secondary rate limit");
    expect(slowed.headers).toHaveProperty("retry-after");
    const { body, headers } = await alice.get("/rate_limit").expect(200);
    expect(body.resources).toMatchObject({ graphql: { used: 6 }, core: { used: 0 } });
    expect(headers).toHaveProperty("x-ratelimit-resource", "core");
  });
});

describe("GraphQL when the database fails", () => {
  const here = stage("");

  it("tells the log what happened, and the caller how to ask about it", async () => {
    const alice = await here.as(await here.user("alice"));
    await ask(alice, "{ viewer { login } }");
    const prepared = () => {
      throw new TypeError("a secret of ours");
    };
    const query = '{ user(login: "x") { login } }';
    const { body } = await withBrokenEngine(here.store.engine, { prepared }, () =>
      alice.post("/graphql").send({ query }),
    );
    expect(body.errors[0].message).toMatch(
      /^Something went wrong while executing your query\. Please include `[\w-]+` when/,
    );
    expect(JSON.stringify(body)).not.toContain("secret");
    expect(here.world.log.join()).toContain("a secret of ours");
  });
});
