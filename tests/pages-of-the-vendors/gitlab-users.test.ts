import { describe, expect, it } from "@jest/globals";
import { page } from "./page.ts";

const NOTE =
  "DMCA Request: 2018-11-05 | DMCA Violation | Abuse | https://gitlab.zendesk.com/agent/tickets/123";
const IDENTITIES = [
  { provider: "github", extern_uid: "2435223452345" },
  { provider: "bitbucket", extern_uid: "john.smith" },
  { provider: "google_oauth2", extern_uid: "8776128412476123468721346" },
];

/** https://docs.gitlab.com/17.0/ee/api/users.html */
describe("GitLab's page of users", () => {
  const on = page(
    {
      users: [
        {
          id: 1,
          username: "john_smith",
          name: "John Smith",
          emails: [
            { email: "john@example.com", primary: true },
            { id: 33, email: "john-codes@example.com" },
            { id: 42, email: "email3@example.com", confirmed_at: "2021-03-26T19:07:56.248Z" },
          ],
          created_at: "2012-05-23T08:00:58Z",
          confirmed_at: "2012-05-23T09:05:22Z",
          public_email: "john@example.com",
          job_title: "Operations Specialist",
          pronouns: "he/him",
          timezone: "America/Los_Angeles",
          last_sign_in_at: "2012-06-01T11:41:01Z",
          current_sign_in_at: "2012-06-02T06:36:55Z",
          current_sign_in_ip: "196.165.1.102",
          last_sign_in_ip: "172.127.2.22",
          sign_in_count: 1337,
          last_activity_on: "2012-05-23",
          theme_id: 1,
          color_scheme_id: 2,
          projects_limit: 100,
          note: NOTE,
          identities: IDENTITIES,
          two_factor_enabled: true,
          commit_email: "john-codes@example.com",
          email_reset_offered_at: "2023-01-01T00:00:00Z",
          status: { emoji: "coffee", availability: "busy", message: "I crave coffee :coffee:" },
          preferences: {
            view_diffs_file_by_file: true,
            show_whitespace_in_diffs: false,
            pass_user_identities_to_ci_jwt: false,
          },
          counts: {
            ...{ groups: 2, projects: 3, issues: 8, merge_requests: 5 },
            ...{ assigned_issues: 15, assigned_merge_requests: 11, todos: 1 },
            review_requested_merge_requests: 0,
          },
          memberships: [
            { source_id: 1, source_name: "Project one", source_type: "Project", access_level: 20 },
            {
              ...{ source_id: 3, source_name: "Group three", source_type: "Namespace" },
              access_level: 20,
            },
          ],
          follows: ["jack_smith"],
        },
        {
          ...{ id: 2, username: "jack_smith", name: "Jack Smith", email: "jack@example.com" },
          ...{ state: "blocked", created_at: "2012-05-23T08:01:01Z", created_by: "root" },
          confirmed_at: "2012-05-30T16:53:06.148Z",
          ...{ color_scheme_id: 3, projects_limit: 100, last_activity_on: "2012-05-23" },
          current_sign_in_at: "2014-03-19T17:54:13Z",
          ...{ current_sign_in_ip: "10.165.1.102", last_sign_in_ip: "172.127.2.22" },
        },
        { id: 25, username: "root", name: "Administrator", admin: true },
        { id: 7, username: "pipeline_bot", bot: true },
        { id: 8, username: "ghost", type: "internal" },
        { id: 10, username: "newcomer", state: "blocked_pending_approval" },
        { id: 11, username: "ldap", state: "ldap_blocked" },
        { id: 12, username: "old_hand", state: "deactivated", last_activity_on: "2015-12-14" },
        { id: 13, username: "contractor", external: true },
      ],
    },
    "2024-05-16T22:38:00Z",
  );

  const people = async (query: string) => {
    const { body } = await on.gitlab(`GET /api/v4/users?${query}`, "root");
    return (body as { username: string }[]).map(({ username }) => username).sort();
  };

  it("GET /users/1 shows an administrator everything", async () => {
    const { body } = await on.gitlab("GET /api/v4/users/1", "root");
    expect(body).toMatchObject({
      ...{ id: 1, username: "john_smith", name: "John Smith", state: "active", locked: false },
      ...{ email: "john@example.com", public_email: "john@example.com", is_admin: false },
      created_at: "2012-05-23T08:00:58.000Z",
      ...{ bio: "", linkedin: "", twitter: "", discord: "", website_url: "", organization: "" },
      ...{ job_title: "Operations Specialist", pronouns: "he/him", bot: false },
      ...{ work_information: "Operations Specialist", local_time: "3:38 PM" },
      last_sign_in_at: "2012-06-01T11:41:01.000Z",
      confirmed_at: "2012-05-23T09:05:22.000Z",
      ...{ theme_id: 1, color_scheme_id: 2, last_activity_on: "2012-05-23", projects_limit: 100 },
      current_sign_in_at: "2012-06-02T06:36:55.000Z",
      note: NOTE,
      identities: expect.arrayContaining(IDENTITIES.map((one) => expect.objectContaining(one))),
      ...{ can_create_group: true, can_create_project: true, two_factor_enabled: true },
      ...{ external: false, private_profile: false, commit_email: "john-codes@example.com" },
      ...{ current_sign_in_ip: "196.165.1.102", last_sign_in_ip: "172.127.2.22" },
      ...{ sign_in_count: 1337, namespace_id: 1, created_by: null },
      email_reset_offered_at: "2023-01-01T00:00:00.000Z",
    });
  });

  it("GET /users shows an administrator a blocked user and who made them", async () => {
    const { body } = await on.gitlab("GET /api/v4/users?username=jack_smith", "root");
    expect(body).toMatchObject([
      {
        ...{ id: 2, state: "blocked", email: "jack@example.com", color_scheme_id: 3 },
        confirmed_at: "2012-05-30T16:53:06.148Z",
        current_sign_in_at: "2014-03-19T17:54:13.000Z",
        created_by: { username: "root" },
        ...{ current_sign_in_ip: "10.165.1.102", last_sign_in_ip: "172.127.2.22" },
      },
    ]);
  });

  it.each<[string, string[]]>([
    ["blocked=true", ["jack_smith", "ldap"]],
    ["external=true", ["contractor"]],
    ["two_factor=enabled", ["john_smith"]],
    ["admins=true", ["root"]],
    ["username=pipeline_bot", ["pipeline_bot"]],
    ["extern_uid=2435223452345&provider=github", ["john_smith"]],
    ["search=john@example.com", ["john_smith"]],
    ["created_before=2013-01-02T00:00:00.060Z", ["jack_smith", "john_smith"]],
  ])("GET /users?%s finds its subjects", async (query, expected) => {
    expect(await people(query)).toEqual(expected);
  });

  it("GET /users leaves out what a filter excludes, of which there is one each", async () => {
    expect(await people("exclude_internal=true")).not.toContain("ghost");
    expect(await people("without_project_bots=true")).not.toContain("pipeline_bot");
    expect(await people("exclude_external=true")).not.toContain("contractor");
    expect(await people("without_projects=true")).not.toContain("john_smith");
    expect(await people("without_projects=true")).toContain("old_hand");
    expect(await people("humans=true")).not.toContain("pipeline_bot");
  });

  it("GET /user/status and /users/:id/status show the page's status", async () => {
    const expected = {
      ...{ emoji: "coffee", availability: "busy", message: "I crave coffee :coffee:" },
      ...{ message_html: expect.stringContaining("coffee"), clear_status_at: null },
    };
    expect((await on.gitlab("GET /api/v4/user/status", "john_smith")).body).toEqual(expected);
    expect((await on.gitlab("GET /api/v4/users/john_smith/status")).body).toEqual(expected);
  });

  it("GET /user/preferences shows the page's preferences", async () => {
    expect((await on.gitlab("GET /api/v4/user/preferences", "john_smith")).body).toMatchObject({
      ...{ user_id: 1, view_diffs_file_by_file: true, show_whitespace_in_diffs: false },
      pass_user_identities_to_ci_jwt: false,
    });
  });

  it("GET /user_counts and associations_count show numbers", async () => {
    expect((await on.gitlab("GET /api/v4/user_counts", "john_smith")).body).toMatchObject({
      ...{ assigned_issues: 15, assigned_merge_requests: 11 },
      ...{ review_requested_merge_requests: 0, todos: 1 },
    });
    expect((await on.gitlab("GET /api/v4/users/1/associations_count", "root")).body).toEqual({
      ...{ groups_count: 2, projects_count: 3, issues_count: 8, merge_requests_count: 5 },
    });
  });

  it("GET /users/:id/memberships shows a project and a group", async () => {
    const { body } = await on.gitlab("GET /api/v4/users/1/memberships", "root");
    expect(body).toEqual(
      expect.arrayContaining([
        { source_id: 1, source_name: "Project one", source_type: "Project", access_level: 20 },
        { source_id: 3, source_name: "Group three", source_type: "Namespace", access_level: 20 },
      ]),
    );
  });

  it("GET /user/activities lists who was active", async () => {
    const { body } = await on.gitlab("GET /api/v4/user/activities?from=2012-01-01", "root");
    expect(body).toEqual(
      expect.arrayContaining([
        ...["john_smith", "jack_smith"].map((username) => ({
          ...{ username, last_activity_on: "2012-05-23", last_activity_at: "2012-05-23" },
        })),
      ]),
    );
  });

  it("GET /users/:id/emails and DELETE of one", async () => {
    const { body } = await on.gitlab("GET /api/v4/users/1/emails", "root");
    expect(body).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 33, email: "john-codes@example.com" }),
        { id: 42, email: "email3@example.com", confirmed_at: "2021-03-26T19:07:56.248Z" },
      ]),
    );
    expect((await on.gitlab("DELETE /api/v4/users/1/emails/42", "root")).status).toBe(204);
  });
});

/** https://docs.gitlab.com/17.6/ee/api/user_moderation.html */
describe("GitLab's page of user moderation", () => {
  const owner = { source_type: "Namespace", source_id: 5, access_level: 50 } as const;
  const on = page(
    {
      users: [
        { id: 1, username: "root", admin: true },
        { id: 42, username: "pending", state: "blocked_pending_approval" },
        { id: 43, username: "active" },
        { id: 44, username: "ldap", state: "ldap_blocked" },
        { id: 45, username: "idle", created_at: "2020-01-01T00:00:00Z" },
        { id: 46, username: "banned", state: "banned" },
        { id: 47, username: "owner", memberships: [owner] },
        { id: 48, username: "machine", type: "internal" },
      ],
    },
    "2024-11-21T00:00:00Z",
  );

  it.each<[string, number, unknown]>([
    ["POST /api/v4/users/42/approve", 201, { message: "Success" }],
    ["POST /api/v4/users/42/reject", 200, { message: "Success" }],
    ["POST /api/v4/users/43/approve", 409, expect.anything()],
    ["POST /api/v4/users/43/reject", 409, expect.anything()],
    ["POST /api/v4/users/45/deactivate", 201, true],
    ["POST /api/v4/users/48/deactivate", 403, expect.anything()],
    ["POST /api/v4/users/42/deactivate", 403, expect.anything()],
    ["POST /api/v4/users/43/block", 201, true],
    ["POST /api/v4/users/44/block", 403, expect.anything()],
    ["POST /api/v4/users/44/unblock", 403, expect.anything()],
    ["POST /api/v4/users/43/ban", 201, true],
    ["POST /api/v4/users/46/unban", 201, true],
    ["POST /api/v4/users/44/activate", 403, expect.anything()],
    ["POST /api/v4/users/99/block", 404, { message: "404 User Not Found" }],
    ["DELETE /api/v4/users/47", 409, expect.anything()],
  ])("%s is %i", async (request, status, body) => {
    expect(await on.gitlab(request, "root")).toEqual({ status, body });
  });

  it("refuses all of it to users who are no administrators", async () => {
    expect((await on.gitlab("POST /api/v4/users/42/approve", "active")).status).toBe(403);
  });
});
