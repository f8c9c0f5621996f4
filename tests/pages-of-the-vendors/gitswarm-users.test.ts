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

  const basic = (id: number, username: string, name: string, state = "active") => ({
    ...{ id, username, name, state },
    avatar_url: expect.stringMatching(/^http/),
    web_url: `${on.url}/${username}`,
  });

  it("GET /users shows a user six members of each, blocked ones too", async () => {
    const { status, body } = await on.gitlab("GET /api/v3/users", "john_smith");
    expect(status).toBe(200);
    expect(body).toEqual(
      expect.arrayContaining([
        basic(1, "john_smith", "John Smith"),
        basic(2, "jack_smith", "Jack Smith", "blocked"),
      ]),
    );
  });

  it.each(["username=jack_smith", "search=jack"])("GET /users?%s finds one", async (query) => {
    expect(await on.gitlab(`GET /api/v3/users?${query}`, "john_smith")).toEqual({
      status: 200,
      body: [basic(2, "jack_smith", "Jack Smith", "blocked")],
    });
  });

  it("GET /users/:id shows a user the profile, whose texts are null until they are set", async () => {
    expect(await on.gitlab("GET /api/v3/users/1", "john_smith")).toEqual({
      status: 200,
      body: {
        ...basic(1, "john_smith", "John Smith"),
        ...{ created_at: "2012-05-23T08:00:58.000Z", is_admin: false },
        ...{ bio: null, location: null, skype: null, linkedin: null, twitter: null },
        ...{ website_url: null, organization: null },
      },
    });
  });

  it("GET /user shows one's own", async () => {
    const { body } = await on.gitlab("GET /api/v3/user", "john_smith");
    expect(body).toMatchObject({
      ...{ id: 1, username: "john_smith", email: "john@example.com", bio: null },
      ...{ theme_id: 1, color_scheme_id: 2, projects_limit: 100, two_factor_enabled: true },
      current_sign_in_at: "2012-06-02T06:36:55.000Z",
    });
  });

  it("POST, PUT and DELETE /users make, change and delete one", async () => {
    const wanted = { email: "new@example.com", username: "new", name: "New" };
    const password = "correct-horse-battery-9";
    const made = await on.gitlab("POST /api/v3/users", "root", { ...wanted, password });
    expect(made).toMatchObject({ status: 201, body: wanted });
    const { id } = made.body as { id: number };
    const bio = { bio: "New here" };
    expect(await on.gitlab(`PUT /api/v3/users/${id}`, "root", bio)).toMatchObject({
      ...{ status: 200, body: bio },
    });
    expect((await on.gitlab(`DELETE /api/v3/users/${id}`, "root")).status).toBe(200);
    expect((await on.gitlab(`GET /api/v3/users/${id}`, "root")).status).toBe(404);
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

const KEY =
  "ssh-rsa AAAAB3NzaC1yc2EAAAABJQAAAIEAiPWx6WM4lhHNedGfBpPJNPpZ7yKu+dnn1SJejgt4596k6YjzGGphH2TUxwKzxcKDKKezwkpfnxPkSMkuEspGRt/aZZ9wa++Oi7Qkr8prgHc4soW6NUlfDzpvZK2H5E7eQaSeP3SAwGmQKUFHCddNaP0L+hM7zhFNzjFvpaMgJw0=";
/** The page shows the same key twice, which the vendor refuses: here is another one. */
const OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIeDV7Bj0xUQ1Fh8YbMSzWYNTLKJUuJ5mF3N9eUjHcKb";
const ADDED =
  "ssh-dss AAAAB3NzaC1kc3MAAACBAMLrhYgI3atfrSD6KDas1b/3n6R/HP+bLaHHX6oh+L1vg31mdUqK0Ac/NjZoQunavoyzqdPYhFz9zzOezCrZKjuJDS3NRK9rspvjgM0xYR4d47oNZbdZbwkI4cTv/gcMlquRy0OvpfIvJtjtaJWMwTLtM5VhRusRuUlpH99UUVeXAAAAFQCVyX+92hBEjInEKL0v13c/egDCTQAAAIEAvFdWGq0ccOPbw4f/F8LpZqvWDydAcpXHV3thwb7WkFfppvm4SZte0zds1FJ+Hr8Xzzc5zMHe6J4Nlay/rP4ewmIW7iFKNBEYb/yWa+ceLrs+TfR672TaAgO6o7iSRofEq5YLdwgrwkMmIawa21FrZ2D9SPao/IwvENzk/xcHu7YAAACAQFXQH6HQnxOrw4dqf0NqeKy1tfIPxYYUZhPJfo9O0AmBW2S36pD2l14kS89fvz6Y1g8gN/FwFnRncMzlLY/hX70FSc/3hKBSbH6C6j8hwlgFKfizav21eS358JJz93leOakJZnGb8XlWvz1UJbwCsnR2VEY8Dz90uIk1l/UqHkA= loic@call";
const CREATED = "2014-08-01T14:47:39.080Z";
const TAKEN = ["has already been taken"];

describe("GitSwarm's page of keys and addresses", () => {
  const on = page(
    {
      users: [
        {
          ...{ id: 1, username: "john_smith" },
          ssh_keys: [
            { id: 1, title: "Public key", key: KEY, created_at: CREATED },
            { id: 3, title: "Another Public key", key: OTHER, created_at: CREATED },
          ],
          emails: [
            { id: 2, email: "john@example.com", primary: true },
            { id: 1, email: "email@example.com" },
            { id: 3, email: "email2@example.com" },
          ],
        },
        { id: 3, username: "root", admin: true },
      ],
    },
    "2015-01-21T17:44:33.512Z",
  );
  const first = { id: 1, title: "Public key", key: KEY, created_at: CREATED };
  const other = { id: 3, title: "Another Public key", key: OTHER, created_at: CREATED };
  const emails = [
    { id: 1, email: "email@example.com" },
    { id: 3, email: "email2@example.com" },
  ];

  it.each<[string, string, unknown]>([
    ["GET /api/v3/user/keys", "john_smith", [first, other]],
    ["GET /api/v3/users/1/keys", "root", [first, other]],
    ["GET /api/v3/user/keys/1", "john_smith", first],
    ["GET /api/v3/user/emails", "john_smith", emails],
    ["GET /api/v3/users/1/emails", "root", emails],
    ["GET /api/v3/user/emails/1", "john_smith", emails[0]],
  ])("%s by %s", async (request, username, body) => {
    expect(await on.gitlab(request, username)).toEqual({ status: 200, body });
  });

  it.each([
    ["POST /api/v3/user/keys", "john_smith"],
    ["POST /api/v3/users/1/keys", "root"],
  ])("%s adds the page's key, once", async (request, username) => {
    const sent = () => new URLSearchParams({ title: "ABC", key: ADDED });
    const created_at = "2015-01-21T17:44:33.512Z";
    expect(await on.gitlab(request, username, sent())).toEqual({
      status: 201,
      body: { created_at, key: ADDED, title: "ABC", id: 4 },
    });
    const again = await on.gitlab(request, username, sent());
    const message = { fingerprint: TAKEN, key: TAKEN };
    expect(again).toEqual({ status: 400, body: { message } });
  });

  it.each([
    ["POST /api/v3/user/emails", "john_smith"],
    ["POST /api/v3/users/1/emails", "root"],
  ])("%s adds an address, once", async (request, username) => {
    const sent = () => new URLSearchParams({ email: "email4@example.com" });
    expect(await on.gitlab(request, username, sent())).toEqual({
      status: 201,
      body: { id: expect.any(Number), email: "email4@example.com" },
    });
    const again = await on.gitlab(request, username, sent());
    expect(again).toMatchObject({ status: 400, body: { message: { email: TAKEN } } });
  });

  it.each<[string, string, number]>([
    ["DELETE /api/v3/user/keys/1", "john_smith", 200],
    ["DELETE /api/v3/user/emails/3", "john_smith", 200],
    ["DELETE /api/v3/users/1/keys/1", "root", 404],
    ["DELETE /api/v3/users/1/emails/3", "root", 404],
  ])("%s by %s is 200, and then %i", async (request, username, again) => {
    expect((await on.gitlab(request, username)).status).toBe(200);
    expect((await on.gitlab(request, username)).status).toBe(again);
  });
});
