import { describe, expect, it } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { bases, stage } from "../support/stage.ts";

interface Viewer {
  viewer: { login: string; following: { totalCount: number; nodes: { login: string }[] } };
}

describe.each(bases)("Octokit's GraphQL at %j", (base) => {
  const here = stage(base);

  const log = { debug() {}, info() {}, warn() {}, error() {} };

  async function octokit(...scopes: string[]) {
    const auth = await here.world.token(await here.named("alice"), ...scopes);
    return new Octokit({ auth, log, baseUrl: here.api });
  }

  it("follows with REST's node ids, and reads what it did", async () => {
    await here.user("alice");
    await here.user("bob");
    const { graphql, rest } = await octokit("user");
    const { data: bob } = await rest.users.getByUsername({ username: "bob" });
    const change = `mutation($input: FollowUserInput!) {
      followUser(input: $input) { user { viewerIsFollowing } }
    }`;
    expect(await graphql(change, { input: { userId: bob.node_id } })).toEqual({
      followUser: { user: { viewerIsFollowing: true } },
    });
    const query =
      "query($n: Int!) { viewer { login following(first: $n) { totalCount nodes { login } } } }";
    expect(await graphql<Viewer>(query, { n: 10 })).toEqual({
      viewer: { login: "alice", following: { totalCount: 1, nodes: [{ login: "bob" }] } },
    });
    expect(
      (await rest.users.checkPersonIsFollowedByAuthenticated({ username: "bob" })).status,
    ).toBe(204);
  });

  it("throws what went wrong, with its type and what there is beside", async () => {
    await here.user("alice");
    const { graphql } = await octokit("user");
    const query = 'query { viewer { login } user(login: "missing") { login } }';
    await expect(graphql(query)).rejects.toMatchObject({
      name: "GraphqlResponseError",
      errors: [{ type: "NOT_FOUND", path: ["user"] }],
      data: { viewer: { login: "alice" }, user: null },
    });
    const anyone = new Octokit({ log, baseUrl: here.api });
    await expect(anyone.graphql("{ viewer { login } }")).rejects.toMatchObject({ status: 401 });
  });
});
