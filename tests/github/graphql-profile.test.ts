import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { invalidate } from "../../src/domain/invalidation.ts";
import { add as addKey } from "../../src/domain/keys/ssh-keys.ts";
import { addSocialAccounts } from "../../src/domain/profile/social-accounts.ts";
import type { User } from "../../src/domain/user.ts";
import { changeProfile } from "../../src/domain/users/users.ts";
import { sshKey } from "../auth-matrix/cast.ts";
import { client, type World, world } from "../support/server.ts";

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { type?: string; path?: string[]; message: string }[];
}

describe("GraphQL's profile fields, search and status", () => {
  let server: World;
  let mona: User;
  let now = Date.UTC(2026, 0, 15, 12);
  let ask: (query: string, variables?: object) => Promise<Answer>;

  beforeAll(async () => {
    server = await world({ clock: () => now });
    mona = await server.user("mona", { name: "Mona Lisa" });
    await server.user("monarch");
    await changeProfile(server.store, mona.id, { bio: "a <b>", organization: "GitHub & co" });
    await addKey(server.store, mona.id, { title: "laptop", key: sshKey(1) });
    await addSocialAccounts(server.store, mona.id, [
      "https://twitter.com/mona",
      "https://mona.example.test/",
    ]);
    const token = await server.token(mona, "user");
    ask = async (query, variables = {}) =>
      (
        await client({ url: `${server.url}/api` }, token)
          .post("/graphql")
          .send({ query, variables })
          .expect(200)
      ).body;
  });
  afterAll(() => server.close());

  it("has what a user has without repositories", async () => {
    const { data, errors } = await ask(`{ user(login: "mona") {
      repositories(first: 1) { totalCount nodes { name } } starredRepositories { totalCount }
      gists { totalCount } watching { totalCount } repositoriesContributedTo { totalCount }
      organizations(first: 1) { totalCount } organization(login: "x") { login }
      bioHTML companyHTML pronouns
    } }`);
    expect(errors).toBeUndefined();
    expect(data?.user).toEqual({
      repositories: { totalCount: 0, nodes: [] },
      starredRepositories: { totalCount: 0 },
      gists: { totalCount: 0 },
      watching: { totalCount: 0 },
      repositoriesContributedTo: { totalCount: 0 },
      organizations: { totalCount: 0 },
      organization: null,
      bioHTML: "<div>a &lt;b&gt;</div>",
      companyHTML: "<div>GitHub &amp; co</div>",
      pronouns: null,
    });
  });

  it("counts repositories and gists elsewhere, private ones for their owner alone", async () => {
    const { store } = server;
    const { users } = store.engine.tables;
    const numbers = { publicRepos: 3, ownedPrivateRepos: 5, publicGists: 2, privateGists: 7 };
    await store.engine.transaction(store.engine.query.update(users).set(numbers));
    invalidate.everything(store);
    const { data } = await ask(`{ viewer { ...counts } user(login: "monarch") { ...counts } }
      fragment counts on User { repositories { totalCount } gists { totalCount } }`);
    expect(data).toEqual({
      viewer: { repositories: { totalCount: 8 }, gists: { totalCount: 9 } },
      user: { repositories: { totalCount: 3 }, gists: { totalCount: 2 } },
    });
  });

  it("has social accounts and public keys as connections", async () => {
    const { data } = await ask(`{ viewer {
      socialAccounts(first: 1) { totalCount nodes { provider displayName url } pageInfo { hasNextPage endCursor } }
      publicKeys(first: 5) { totalCount nodes { key fingerprint isReadOnly accessedAt } }
    } }`);
    expect(data).toMatchObject({
      viewer: {
        socialAccounts: {
          totalCount: 2,
          nodes: [{ provider: "TWITTER", displayName: "mona", url: "https://twitter.com/mona" }],
          pageInfo: { hasNextPage: true },
        },
        publicKeys: { totalCount: 1, nodes: [{ key: sshKey(1), accessedAt: null }] },
      },
    });
    const { viewer } = data as { viewer: { socialAccounts: { pageInfo: { endCursor: string } } } };
    const query = `query($after: String) { viewer { socialAccounts(first: 5, after: $after) { nodes { provider } } } }`;
    const after = viewer.socialAccounts.pageInfo.endCursor;
    const next = await ask(query, { after });
    expect(next.data).toEqual({ viewer: { socialAccounts: { nodes: [{ provider: "GENERIC" }] } } });
  });

  it("searches users, page by page, and finds nothing of other types", async () => {
    const query = `query($after: String) { search(type: USER, query: "mona", first: 1, after: $after) {
      userCount repositoryCount nodes { ... on User { login } } edges { node { ... on User { login } } }
      pageInfo { hasNextPage hasPreviousPage endCursor }
    } }`;
    const { data } = await ask(query);
    expect(data?.search).toMatchObject({
      userCount: 2,
      repositoryCount: 0,
      nodes: [{ login: "mona" }],
      edges: [{ node: { login: "mona" } }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const found = data as { search: { pageInfo: { endCursor: string } } };
    const { endCursor: after } = found.search.pageInfo;
    expect((await ask(query, { after })).data?.search).toMatchObject({
      nodes: [{ login: "monarch" }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    const other = await ask(
      '{ search(type: REPOSITORY, query: "mona", first: 1) { repositoryCount nodes { __typename } } }',
    );
    expect(other).toEqual({ data: { search: { repositoryCount: 0, nodes: [] } } });
  });

  it("lists the users of the instance", async () => {
    const { data } = await ask(
      "{ users(first: 1) { totalCount nodes { login } pageInfo { hasNextPage } } }",
    );
    expect(data).toEqual({
      users: { totalCount: 2, nodes: [{ login: "mona" }], pageInfo: { hasNextPage: true } },
    });
    const last = await ask("{ users(last: 1) { nodes { login } pageInfo { hasPreviousPage } } }");
    expect(last.data).toEqual({
      users: { nodes: [{ login: "monarch" }], pageInfo: { hasPreviousPage: true } },
    });
  });

  it("finds no organization", async () => {
    const { data, errors } = await ask('{ organization(login: "github") { login } }');
    expect(data).toEqual({ organization: null });
    expect(errors).toMatchObject([
      {
        type: "NOT_FOUND",
        path: ["organization"],
        message: "Could not resolve to an Organization with the login of 'github'.",
      },
    ]);
  });

  describe("changeUserStatus", () => {
    const change = (input: string) =>
      ask(`mutation { changeUserStatus(input: { ${input} }) { clientMutationId status {
        emoji message indicatesLimitedAvailability expiresAt createdAt updatedAt organization { login }
      } } }`);

    it("refuses an emoji that is none, a long message and an organization", async () => {
      for (const input of ['emoji: ":nope:"', `message: "${"x".repeat(81)}"`]) {
        expect((await change(input)).errors).toMatchObject([{ type: "UNPROCESSABLE" }]);
      }
      expect((await change('organizationId: "x"')).errors).toMatchObject([{ type: "NOT_FOUND" }]);
    });

    it("sets the status, replaces all of it, and takes it away", async () => {
      const first = await change(
        'clientMutationId: "1", emoji: ":tada:", message: "out", limitedAvailability: true, expiresAt: "2026-01-16T12:00:00Z"',
      );
      expect(first.data?.changeUserStatus).toEqual({
        clientMutationId: "1",
        status: {
          emoji: ":tada:",
          message: "out",
          indicatesLimitedAvailability: true,
          expiresAt: "2026-01-16T12:00:00Z",
          createdAt: "2026-01-15T12:00:00Z",
          updatedAt: "2026-01-15T12:00:00Z",
          organization: null,
        },
      });
      now += 60_000;
      const second = await change('message: "in"');
      expect(second.data?.changeUserStatus).toMatchObject({
        status: { message: "in", indicatesLimitedAvailability: false, expiresAt: null },
      });
      const { data } = await change("");
      expect(data).toEqual({ changeUserStatus: { clientMutationId: null, status: null } });
    });
  });
});
