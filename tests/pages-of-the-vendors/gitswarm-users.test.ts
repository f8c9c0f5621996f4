import { describe, expect, it } from "@jest/globals";
import { page } from "./page.ts";

const PUSH = {
  before: "50d4420237a9de7be1304607147aec22e4a14af7",
  after: "c5feabde2d8cd023215af4d2ceeb7a64839fc428",
  ref: "refs/heads/master",
  user_id: 1,
  user_name: "Dmitriy Zaporozhets",
  repository: {
    name: "gitlabhq",
    url: "git@dev.gitlab.org:gitlab/gitlabhq.git",
    description: "GitLab: self hosted Git management software.",
    homepage: "https://dev.gitlab.org/gitlab/gitlabhq",
  },
  commits: [
    {
      id: "c5feabde2d8cd023215af4d2ceeb7a64839fc428",
      message: "Add simple search to projects in public area",
      timestamp: "2013-05-13T18:18:08+00:00",
      url: "https://dev.gitlab.org/gitlab/gitlabhq/commit/c5feabde2d8cd023215af4d2ceeb7a64839fc428",
      author: { name: "Dmitriy Zaporozhets", email: "dmitriy.zaporozhets@gmail.com" },
    },
  ],
  total_commits_count: 1,
};

/** https://www.perforce.com/manuals/gitswarm/api/users.html */
describe("GitSwarm's page of users", () => {
  const on = page(
    {
      users: [
        {
          ...{ id: 1, username: "john_smith", name: "John Smith", email: "john@example.com" },
          created_at: "2012-05-23T08:00:58Z",
          confirmed_at: "2012-05-23T09:05:22Z",
          last_sign_in_at: "2012-06-01T11:41:01Z",
          current_sign_in_at: "2012-06-02T06:36:55Z",
          ...{ theme_id: 1, color_scheme_id: 2, projects_limit: 100, two_factor_enabled: true },
          identities: [
            { provider: "github", extern_uid: "2435223452345" },
            { provider: "bitbucket", extern_uid: "john.smith" },
          ],
        },
        { id: 2, username: "jack_smith", name: "Jack Smith", state: "blocked" },
        { id: 3, username: "root", name: "Dmitriy Zaporozhets", admin: true },
        { id: 4, username: "ldap", state: "ldap_blocked" },
      ],
      events: [
        {
          ...{ title: null, project_id: 15, action_name: "pushed", target_id: null },
          ...{ target_type: null, author_username: "root", data: PUSH, target_title: null },
          created_at: "2013-05-13T18:18:09Z",
        },
        {
          ...{ title: null, project_id: 15, action_name: "closed", target_id: 830 },
          ...{ target_type: "Issue", author_username: "root", data: null },
          target_title: "Public project search field",
          created_at: "2013-05-13T17:00:00Z",
        },
      ],
    },
    "2016-10-01T00:00:00Z",
  );

  it("GET /users/:id shows an administrator the page's user", async () => {
    expect((await on.gitlab("GET /api/v3/users/1", "root")).body).toMatchObject({
      ...{ id: 1, username: "john_smith", email: "john@example.com", name: "John Smith" },
      ...{ state: "active", is_admin: false, created_at: "2012-05-23T08:00:58.000Z" },
      last_sign_in_at: "2012-06-01T11:41:01.000Z",
      confirmed_at: "2012-05-23T09:05:22.000Z",
      ...{ theme_id: 1, color_scheme_id: 2, projects_limit: 100 },
      current_sign_in_at: "2012-06-02T06:36:55.000Z",
      identities: expect.arrayContaining([
        expect.objectContaining({ provider: "github", extern_uid: "2435223452345" }),
      ]),
      ...{ can_create_group: true, can_create_project: true, two_factor_enabled: true },
      external: false,
    });
  });

  it("GET /users/:id/events shows a push as it was imported, whole", async () => {
    const { body } = await on.gitlab("GET /api/v3/users/3/events", "root");
    expect(body).toMatchObject([
      { title: null, project_id: 15, action_name: "pushed", target_id: null, data: PUSH },
      { action_name: "closed", target_id: 830, target_title: "Public project search field" },
    ]);
    const { body: now } = await on.gitlab("GET /api/v4/users/3/events", "root");
    expect((now as object[])[0]).toMatchObject({
      push_data: {
        ...{ commit_count: 1, action: "pushed", ref_type: "branch", ref: "master" },
        ...{ commit_from: PUSH.before, commit_to: PUSH.after },
        commit_title: "Add simple search to projects in public area",
      },
    });
  });

  it.each<[string, number, unknown]>([
    ["PUT /api/v3/users/1/block", 200, true],
    ["PUT /api/v3/users/2/unblock", 200, true],
    ["PUT /api/v3/users/4/block", 403, expect.anything()],
    ["PUT /api/v3/users/4/unblock", 403, expect.anything()],
    ["PUT /api/v3/users/99/block", 404, expect.anything()],
  ])("%s is %i", async (request, status, body) => {
    expect(await on.gitlab(request, "root")).toEqual({ status, body });
  });

  it("GET /users?blocked=true finds the blocked", async () => {
    const { body } = await on.gitlab("GET /api/v3/users?blocked=true", "root");
    expect(body).toEqual(
      expect.arrayContaining([expect.objectContaining({ username: "jack_smith" })]),
    );
  });
});
