import { describe, expect, it } from "@jest/globals";
import { PNG } from "../gitlab-v4/pictures.ts";
import { page } from "./page.ts";

const form = (fields: Record<string, string>) => new URLSearchParams(fields);

/** https://docs.gitlab.com/17.11/api/users/, from its status on. */
describe("what GitLab's page of users lets people do", () => {
  const on = page(
    {
      users: [
        { id: 1, username: "root", admin: true },
        {
          ...{ id: 76, username: "john_smith", two_factor_enabled: true },
          identities: [
            { provider: "github", extern_uid: "2435223452345" },
            { provider: "bitbucket", extern_uid: "john.smith" },
          ],
          counts: {
            ...{ groups: 2, projects: 3, issues: 8, merge_requests: 5, todos: 1 },
            ...{ assigned_issues: 15, assigned_merge_requests: 11 },
            review_requested_merge_requests: 0,
          },
          memberships: [
            { source_id: 1, source_name: "Project one", source_type: "Project", access_level: 20 },
            {
              ...{ source_id: 3, source_name: "Group three", source_type: "Namespace" },
              access_level: 50,
            },
          ],
        },
        { id: 3, username: "user3", last_activity_on: "2015-12-16" },
        { id: 4, username: "user1", last_activity_on: "2015-12-14" },
        { id: 5, username: "user2", last_activity_on: "2015-12-15" },
        { id: 6, username: "earlier", last_activity_on: "2015-06-01" },
      ],
      groups: [{ id: 3, name: "Group three" }],
      projects: [{ id: 1, name: "Project one" }],
    },
    "2021-02-14T10:49:01.311Z",
  );

  it("PUT /user/status sets it for a day, and PATCH leaves what it does not name", async () => {
    const sent = {
      ...{ clear_status_after: "1_day", emoji: "coffee" },
      ...{ message: "I crave coffee", availability: "busy" },
    };
    const shown = {
      ...{ emoji: "coffee", availability: "busy", message: "I crave coffee" },
      ...{ message_html: "I crave coffee", clear_status_at: "2021-02-15T10:49:01.311Z" },
    };
    const set = await on.gitlab("PUT /api/v4/user/status", "john_smith", form(sent));
    expect(set).toEqual({ status: 200, body: shown });
    const changed = form({ message: "Tea" });
    expect((await on.gitlab("PATCH /api/v4/user/status", "john_smith", changed)).body).toEqual({
      ...{ ...shown, message: "Tea", message_html: "Tea" },
    });
    const cleared = form({ emoji: "coffee" });
    expect((await on.gitlab("PUT /api/v4/user/status", "john_smith", cleared)).body).toMatchObject({
      ...{ emoji: "coffee", availability: "not_set", message: null, clear_status_at: null },
    });
  });

  it("PUT /user/preferences sets and shows them", async () => {
    const preferences = {
      ...{ view_diffs_file_by_file: true, show_whitespace_in_diffs: false },
      pass_user_identities_to_ci_jwt: false,
    };
    const shown = { id: expect.any(Number), user_id: 76, ...preferences };
    const set = await on.gitlab("PUT /api/v4/user/preferences", "john_smith", preferences);
    expect(set).toEqual({ status: 200, body: shown });
    expect((await on.gitlab("GET /api/v4/user/preferences", "john_smith")).body).toEqual(shown);
  });

  it("PUT /user/avatar takes a file of a form, up to 200 KiB", async () => {
    const sent = (bytes: Buffer) => {
      const picture = new FormData();
      picture.set("avatar", new File([Uint8Array.from(bytes)], "avatar.png"));
      return on.gitlab("PUT /api/v4/user/avatar", "john_smith", picture);
    };
    expect(await sent(PNG)).toEqual({
      status: 200,
      body: { avatar_url: `${on.url}/uploads/-/system/user/avatar/76/avatar.png` },
    });
    expect((await sent(Buffer.concat([PNG, Buffer.alloc(204_800)]))).status).toBe(400);
  });

  it("GET /user_counts and associations_count count", async () => {
    // The page has 4 for merge_requests, which is the old name of assigned_merge_requests.
    expect((await on.gitlab("GET /api/v4/user_counts", "john_smith")).body).toEqual({
      ...{ merge_requests: 11, assigned_issues: 15, assigned_merge_requests: 11 },
      ...{ review_requested_merge_requests: 0, todos: 1 },
    });
    for (const username of ["root", "john_smith"]) {
      const { body } = await on.gitlab("GET /api/v4/users/76/associations_count", username);
      expect(body).toEqual({
        ...{ groups_count: 2, projects_count: 3, issues_count: 8, merge_requests_count: 5 },
      });
    }
    const other = await on.gitlab("GET /api/v4/users/76/associations_count", "user1");
    expect(other.status).toBe(403);
  });

  it("GET /user/activities lists six months, oldest first", async () => {
    await on.gitlab("PATCH /-/dev/clock", undefined, {
      ...{ time: "2016-02-01T00:00:00Z", frozen: true },
    });
    const { body } = await on.gitlab("GET /api/v4/user/activities", "root");
    const listed = (body as { username: string }[]).filter(({ username }) => username !== "root");
    expect(listed).toEqual(
      [1, 2, 3].map((number) => ({
        username: `user${number}`,
        last_activity_on: `2015-12-${13 + number}`,
        last_activity_at: `2015-12-${13 + number}`,
      })),
    );
  });

  it("GET /users/:id/memberships filters by type, and refuses as the page says", async () => {
    const path = "GET /api/v4/users/76/memberships";
    const project = {
      ...{ source_id: 1, source_name: "Project one", source_type: "Project", access_level: 20 },
    };
    expect((await on.gitlab(`${path}?type=Project`, "root")).body).toEqual([project]);
    expect((await on.gitlab(`${path}?type=Group`, "root")).status).toBe(400);
    expect((await on.gitlab(path, "john_smith")).status).toBe(403);
    expect(await on.gitlab("GET /api/v4/users/99/memberships", "root")).toEqual({
      status: 404,
      body: { message: "404 User Not Found" },
    });
  });

  it("PATCH /users/:id/disable_two_factor is 204, then 400, and 403 and 404", async () => {
    const statusOf = async (id: number, username: string) =>
      (await on.gitlab(`PATCH /api/v4/users/${id}/disable_two_factor`, username)).status;
    expect(await statusOf(76, "john_smith")).toBe(403);
    expect(await statusOf(76, "root")).toBe(204);
    expect(await statusOf(76, "root")).toBe(400);
    expect(await statusOf(1, "root")).toBe(403);
    expect(await statusOf(99, "root")).toBe(404);
  });

  it.each<[Record<string, string>]>([
    [{ runner_type: "instance_type" }],
    [{ runner_type: "group_type", group_id: "3" }],
    [{ runner_type: "project_type", project_id: "1" }],
  ])("POST /user/runners makes a runner: %j", async (sent) => {
    expect(await on.gitlab("POST /api/v4/user/runners", "root", form(sent))).toEqual({
      status: 201,
      body: { id: 1, token: expect.stringMatching(/^glrt-/), token_expires_at: null },
    });
  });

  it("POST /user/runners is for owners of the group", async () => {
    const sent = () => form({ runner_type: "group_type", group_id: "3" });
    const path = "POST /api/v4/user/runners";
    expect((await on.gitlab(path, "john_smith", sent())).status).toBe(201);
    expect((await on.gitlab(path, "user1", sent())).status).toBe(403);
  });

  it("DELETE /users/:id/identities/:provider ends one identity", async () => {
    const path = "DELETE /api/v4/users/76/identities/github";
    expect((await on.gitlab(path, "root")).status).toBe(204);
    expect((await on.gitlab(path, "root")).status).toBe(404);
    expect((await on.gitlab("GET /api/v4/users/76", "root")).body).toMatchObject({
      identities: [{ provider: "bitbucket", extern_uid: "john.smith" }],
    });
  });
});

/** https://docs.gitlab.com/17.11/api/users/#create-a-support-pin */
describe("GitLab's page of users on support PINs", () => {
  const users = [
    { id: 1, username: "root", admin: true },
    { id: 1234, username: "john_smith" },
  ];
  const on = page({ users }, "2025-02-20T22:06:57Z", { gitlabVersion: "17.11" });

  it("makes one for seven days, shows it to its user and administrators, and revokes it", async () => {
    const made = await on.gitlab("POST /api/v4/user/support_pin", "john_smith");
    expect(made).toEqual({
      status: 201,
      body: {
        pin: expect.stringMatching(/^\d{6}$/),
        expires_at: expect.stringMatching(/^2025-02-27T22:06:57(\.000)?Z$/),
      },
    });
    const own = await on.gitlab("GET /api/v4/user/support_pin", "john_smith");
    expect(own.body).toEqual(made.body);
    const path = "/api/v4/users/1234/support_pin";
    expect((await on.gitlab(`GET ${path}`, "root")).body).toEqual(made.body);
    expect((await on.gitlab(`POST ${path}/revoke`, "root")).status).toBe(202);
    expect((await on.gitlab(`GET ${path}`, "root")).status).toBe(404);
  });
});
