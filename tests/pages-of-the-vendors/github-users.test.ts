import { describe, expect, it } from "@jest/globals";
import { page } from "./page.ts";

const FANS = Array.from({ length: 20 }, (_, number) => `fan-${number}`);
const PROFILE = {
  ...{ name: "monalisa octocat", company: "GitHub", blog: "https://github.com/blog" },
  ...{ location: "San Francisco", hireable: false, bio: "There once was..." },
  ...{ twitter_username: "monatheoctocat", created_at: "2008-01-14T04:33:35Z" },
  ...{ public_repos: 2, public_gists: 1 },
};
const NUMBERS = {
  ...{ private_gists: 81, total_private_repos: 100, owned_private_repos: 100 },
  ...{ disk_usage: 10_000, collaborators: 8 },
  plan: { name: "Medium", space: 400, private_repos: 20, collaborators: 0 },
};

/** https://docs.github.com/en/enterprise-server@3.15/rest/users/users */
describe("GitHub's page of users", () => {
  const { plan, ...numbers } = NUMBERS;
  const { company, blog, twitter_username, ...profile } = PROFILE;
  const on = page(
    {
      users: [
        {
          ...{ id: 1, username: "octocat", email: "octocat@github.com" },
          ...{ public_email: "octocat@github.com", two_factor_enabled: true },
          ...{ organization: company, website_url: blog, twitter: twitter_username },
          ...{ ...profile, ...numbers, github_plan: plan },
        },
        ...FANS,
        { username: "root", admin: true },
      ],
      follows: FANS.map((fan) => [fan, "octocat"] as const),
    },
    "2024-11-21T00:00:00Z",
  );

  /** The page's example; its host is the caller's own server. */
  const octocat = () => {
    const url = `${on.url}/api/v3/users/octocat`;
    return {
      ...{ login: "octocat", id: 1, node_id: "MDQ6VXNlcjE=", gravatar_id: "", url },
      ...{ html_url: `${on.url}/octocat`, followers_url: `${url}/followers` },
      ...{ following_url: `${url}/following{/other_user}`, gists_url: `${url}/gists{/gist_id}` },
      ...{ starred_url: `${url}/starred{/owner}{/repo}`, repos_url: `${url}/repos` },
      ...{ subscriptions_url: `${url}/subscriptions`, organizations_url: `${url}/orgs` },
      ...{ events_url: `${url}/events{/privacy}`, received_events_url: `${url}/received_events` },
      ...{ type: "User", site_admin: false, email: "octocat@github.com" },
      ...{ ...PROFILE, followers: 20, following: 0 },
    };
  };

  it("GET /user shows the private user, with plan and numbers", async () => {
    const { status, body } = await on.github("GET /api/v3/user", "octocat");
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...octocat(), ...NUMBERS, two_factor_authentication: true });
  });

  it("GET /users/:username shows others the public numbers alone", async () => {
    const { body } = await on.github("GET /api/v3/users/octocat", "fan-1");
    expect(body).toMatchObject(octocat());
    for (const name of Object.keys(NUMBERS)) expect(body).not.toHaveProperty(name);
  });

  it("PATCH /user changes the profile, and leaves the numbers", async () => {
    const sent = { blog: "https://github.com/blog", name: "monalisa octocat", hireable: true };
    const { status, body } = await on.github("PATCH /api/v3/user", "octocat", sent);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...octocat(), ...NUMBERS, ...sent });
  });

  it("GET /users lists them by id, from the one that since names", async () => {
    const { body } = await on.github("GET /api/v3/users?per_page=1", "root");
    expect(body).toMatchObject([{ login: "octocat", id: 1, type: "User", site_admin: false }]);
    const { body: after } = await on.github("GET /api/v3/users?since=1&per_page=1", "root");
    expect(after).toMatchObject([{ login: "fan-0" }]);
  });
});
