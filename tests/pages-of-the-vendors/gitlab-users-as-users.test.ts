import { describe, expect, it } from "@jest/globals";
import { page } from "./page.ts";

const JOHN = {
  ...{ id: 1, username: "john_smith", name: "John Smith", email: "john@example.com" },
  ...{ created_at: "2012-05-23T08:00:58Z", confirmed_at: "2012-05-23T09:05:22Z" },
  ...{ public_email: "john@example.com", job_title: "Operations Specialist" },
  ...{ pronouns: "he/him", timezone: "America/Los_Angeles" },
  ...{ last_sign_in_at: "2012-06-01T11:41:01Z", current_sign_in_at: "2012-06-02T06:36:55Z" },
  ...{ current_sign_in_ip: "196.165.1.102", last_sign_in_ip: "172.127.2.22" },
  ...{ last_activity_on: "2012-05-23", theme_id: 1, color_scheme_id: 2, projects_limit: 100 },
  identities: [
    { provider: "github", extern_uid: "2435223452345" },
    { provider: "bitbucket", extern_uid: "john.smith" },
    { provider: "google_oauth2", extern_uid: "8776128412476123468721346" },
  ],
  ...{ two_factor_enabled: true, external: false, private_profile: false },
  ...{ commit_email: "john-codes@example.com", note: "DMCA Request", created_by: "root" },
};

/** What the pages show of john_smith to everyone, and then to those who are signed in. */
const BASIC = {
  ...{ id: 1, username: "john_smith", name: "John Smith", state: "active", locked: false },
  avatar_url: expect.stringMatching(/^http/),
  web_url: expect.stringMatching(/\/john_smith$/),
};
const PROFILE = {
  ...BASIC,
  created_at: "2012-05-23T08:00:58.000Z",
  ...{ bio: "", location: "", skype: "", linkedin: "", twitter: "", discord: "" },
  ...{ website_url: "", organization: "", public_email: "john@example.com" },
  ...{ job_title: "Operations Specialist", pronouns: "he/him", bot: false },
  work_information: "Operations Specialist",
  ...{ followers: 1, following: 1, local_time: "3:38 PM" },
};
const OWN = {
  ...PROFILE,
  last_sign_in_at: "2012-06-01T11:41:01.000Z",
  confirmed_at: "2012-05-23T09:05:22.000Z",
  // The caller's own request is an activity of the day.
  last_activity_on: "2024-05-16",
  email: "john@example.com",
  ...{ theme_id: 1, color_scheme_id: 2, projects_limit: 100 },
  current_sign_in_at: "2012-06-02T06:36:55.000Z",
  identities: expect.arrayContaining(JOHN.identities),
  ...{ can_create_group: true, can_create_project: true, two_factor_enabled: true },
  ...{ external: false, private_profile: false, commit_email: "john-codes@example.com" },
};

const USERS = [
  JOHN,
  { id: 2, username: "jack_smith", name: "Jack Smith", state: "blocked" },
  { id: 3, username: "caller", name: "Caller" },
  { id: 25, username: "root", admin: true },
] as const;
const FOLLOWS = [
  ["caller", "john_smith"],
  ["john_smith", "caller"],
] as const;

/** https://docs.gitlab.com/17.6/ee/api/users.html */
describe("GitLab's page of users, asked as a user", () => {
  const on = page({ users: USERS, follows: FOLLOWS }, "2024-05-16T22:38:00Z");

  it("GET /users shows seven members of each user, and no blocked one", async () => {
    const { body } = await on.gitlab("GET /api/v4/users", "caller");
    expect((body as object[]).at(-1)).toEqual(BASIC);
    expect((body as { id: number }[]).map(({ id }) => id)).toEqual([25, 3, 1]);
  });

  it.each([
    ["username=john_smith"],
    ["search=john@example.com"],
    ["search=john"],
    ["active=true&search=John Smith"],
  ])("GET /users?%s finds the page's user", async (query) => {
    expect(await on.gitlab(`GET /api/v4/users?${query}`, "caller")).toEqual({
      status: 200,
      body: [BASIC],
    });
  });

  it("GET /users/:id shows the profile alone", async () => {
    expect(await on.gitlab("GET /api/v4/users/1", "caller")).toEqual({
      status: 200,
      body: { ...PROFILE, is_followed: true },
    });
  });

  it("GET /user shows one's own", async () => {
    expect(await on.gitlab("GET /api/v4/user", "john_smith")).toEqual({ status: 200, body: OWN });
  });
});

const SCIM = [{ extern_uid: "pvd-1", group_id: 1, active: true }];
const ENTERPRISE = {
  ...JOHN,
  ...{ shared_runners_minutes_limit: 133, extra_shared_runners_minutes_limit: 133 },
  ...{ auditor: true, provisioned_by_group_id: 42, plan: "gold", trial: true },
  ...{ enterprise_group_id: 43, enterprise_group_associated_at: "2024-01-02T00:00:00Z" },
  identities: [{ provider: "group_saml", extern_uid: "123789", saml_provider_id: 10 }],
  scim_identities: SCIM,
};

/** The examples for Premium and Ultimate of the same page. */
describe("GitLab's page of users, in the Enterprise Edition", () => {
  const users = [ENTERPRISE, ...USERS.slice(1)];
  const on = page({ users, follows: FOLLOWS }, "2024-05-16T22:38:00Z", { gitlabEdition: "ee" });
  const own = {
    ...{ shared_runners_minutes_limit: 133, extra_shared_runners_minutes_limit: 133 },
    // A text, as the page has it.
    scim_identities: [{ ...SCIM[0], group_id: "1" }],
    identities: [{ provider: "group_saml", extern_uid: "123789", saml_provider_id: 10 }],
  };
  const admins = {
    ...own,
    ...{ is_auditor: true, using_license_seat: true, provisioned_by_group_id: 42 },
    enterprise_group_id: 43,
    enterprise_group_associated_at: "2024-01-02T00:00:00.000Z",
  };

  it("GET /users shows an administrator the members of the tiers", async () => {
    const { body } = await on.gitlab("GET /api/v4/users?username=john_smith", "root");
    expect(body).toMatchObject([{ ...BASIC, ...admins }]);
  });

  it("GET /users/:id shows an administrator plan and trial, too", async () => {
    const { body } = await on.gitlab("GET /api/v4/users/1", "root");
    expect(body).toMatchObject({ ...admins, plan: "gold", trial: true });
  });

  it("GET /user shows one's own minutes and identities", async () => {
    expect(await on.gitlab("GET /api/v4/user", "john_smith")).toEqual({
      status: 200,
      body: { ...OWN, ...own },
    });
  });

  it("GET /users and /users/:id show other users none of it", async () => {
    const list = await on.gitlab("GET /api/v4/users?username=john_smith", "caller");
    expect(list.body).toEqual([BASIC]);
    const one = await on.gitlab("GET /api/v4/users/1", "caller");
    expect(one.body).toEqual({ ...PROFILE, is_followed: true });
  });

  it.each([
    ["saml_provider_id=10", [1]],
    ["saml_provider_id=11", []],
    ["auditors=true", [1]],
    ["extern_uid=123789&provider=group_saml", [1]],
    ["extern_uid=pvd-1&provider=scim", [1]],
  ])("GET /users?%s finds whom the page says", async (query, expected) => {
    const { body } = await on.gitlab(`GET /api/v4/users?${query}`, "root");
    expect((body as { id: number }[]).map(({ id }) => id)).toEqual(expected);
  });

  it("POST and PUT take the members of the tiers, and show them", async () => {
    const wanted = {
      ...{ auditor: true, shared_runners_minutes_limit: 200 },
      extra_shared_runners_minutes_limit: 300,
      ...{ provider: "group_saml", extern_uid: "new", group_id_for_saml: 7 },
    };
    const account = { username: "new", name: "New", email: "new@example.com" };
    const shown = {
      ...{ is_auditor: true, shared_runners_minutes_limit: 200 },
      extra_shared_runners_minutes_limit: 300,
      identities: [{ provider: "group_saml", extern_uid: "new", saml_provider_id: 7 }],
    };
    const made = await on.gitlab("POST /api/v4/users", "root", {
      ...{ ...account, force_random_password: true },
      ...wanted,
    });
    expect(made).toMatchObject({ status: 201, body: shown });
    const { id } = made.body as { id: number };
    const changed = await on.gitlab(`PUT /api/v4/users/${id}`, "root", {
      ...{ auditor: false, shared_runners_minutes_limit: 1 },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { is_auditor: false, shared_runners_minutes_limit: 1 },
    });
  });
});
