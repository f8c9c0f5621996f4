import { describe, expect, it } from "@jest/globals";
import { page } from "./page.ts";

/** https://docs.github.com/en/enterprise-server@3.15/rest/users/followers */
describe("GitHub's page of followers", () => {
  const on = page(
    {
      users: [
        { id: 1, username: "octocat", name: "monalisa octocat" },
        { id: 2, username: "USERNAME" },
        { id: 3, username: "TARGET_USER" },
      ],
      follows: [
        ["octocat", "USERNAME"],
        ["USERNAME", "octocat"],
        ["USERNAME", "TARGET_USER"],
      ],
    },
    "2022-11-28T00:00:00Z",
  );

  const octocat = () => ({
    login: "octocat",
    id: 1,
    node_id: "MDQ6VXNlcjE=",
    avatar_url: expect.stringMatching(/^http/),
    gravatar_id: "",
    url: `${on.url}/api/v3/users/octocat`,
    html_url: `${on.url}/octocat`,
    followers_url: `${on.url}/api/v3/users/octocat/followers`,
    following_url: `${on.url}/api/v3/users/octocat/following{/other_user}`,
    gists_url: `${on.url}/api/v3/users/octocat/gists{/gist_id}`,
    starred_url: `${on.url}/api/v3/users/octocat/starred{/owner}{/repo}`,
    subscriptions_url: `${on.url}/api/v3/users/octocat/subscriptions`,
    organizations_url: `${on.url}/api/v3/users/octocat/orgs`,
    repos_url: `${on.url}/api/v3/users/octocat/repos`,
    events_url: `${on.url}/api/v3/users/octocat/events{/privacy}`,
    received_events_url: `${on.url}/api/v3/users/octocat/received_events`,
    type: "User",
    user_view_type: "public",
    site_admin: false,
  });

  it.each([
    ["GET /api/v3/user/followers", "USERNAME"],
    ["GET /api/v3/user/following", "USERNAME"],
    ["GET /api/v3/users/USERNAME/followers", undefined],
    ["GET /api/v3/users/USERNAME/following", undefined],
  ])("%s lists the octocat", async (request, username) => {
    const { status, body } = await on.github(request, username);
    expect(status).toBe(200);
    expect((body as object[])[0]).toMatchObject(octocat());
  });

  it.each([
    ["GET /api/v3/user/following/octocat", 204],
    ["PUT /api/v3/user/following/octocat", 204],
    ["DELETE /api/v3/user/following/octocat", 204],
    ["GET /api/v3/users/USERNAME/following/TARGET_USER", 204],
    ["GET /api/v3/users/TARGET_USER/following/USERNAME", 404],
  ])("%s is %i", async (request, status) => {
    expect((await on.github(request, "USERNAME")).status).toBe(status);
  });

  it.each([
    "GET /api/v3/user/followers",
    "GET /api/v3/user/following/octocat",
    "PUT /api/v3/user/following/octocat",
    "DELETE /api/v3/user/following/octocat",
  ])("%s is 401 without a token", async (request) => {
    expect((await on.github(request)).status).toBe(401);
  });
});
