import { describe, expect, it } from "@jest/globals";
import { page } from "./page.ts";

const form = (...pairs: [string, string][]) => new URLSearchParams(pairs);
const setClock = (on: ReturnType<typeof page>, time: string) =>
  on.gitlab("PATCH /-/dev/clock", undefined, { time, frozen: true });

/** https://docs.gitlab.com/17.11/api/user_tokens/ */
describe("GitLab's page of user tokens", () => {
  const users = [
    { id: 1, username: "root", admin: true },
    { id: 42, username: "john_smith" },
  ];

  describe("personal access tokens", () => {
    const on = page({ users }, "2020-10-14T11:58:53.526Z", { gitlabVersion: "17.11" });
    const shown = {
      ...{ id: expect.any(Number), name: "mytoken", revoked: false, user_id: 42, active: true },
      ...{ created_at: "2020-10-14T11:58:53.526Z", description: "Test Token description" },
      token: expect.stringMatching(/^glpat-/),
    };
    const told: [string, string][] = [
      ["name", "mytoken"],
      ["description", "Test Token description"],
    ];

    it("POST /users/:id/personal_access_tokens makes one of a user", async () => {
      const sent = form(...told, ["expires_at", "2020-12-31"], ["scopes[]", "api"]);
      const request = "POST /api/v4/users/42/personal_access_tokens";
      expect(await on.gitlab(request, "root", sent)).toMatchObject({
        status: 201,
        body: { ...shown, scopes: ["api"], expires_at: "2020-12-31" },
      });
      expect((await on.gitlab(request, "john_smith", sent)).status).toBe(403);
    });

    it("POST /user/personal_access_tokens makes one's own, until tomorrow", async () => {
      const sent = form(...told, ["scopes[]", "k8s_proxy"]);
      const made = await on.gitlab("POST /api/v4/user/personal_access_tokens", "john_smith", sent);
      expect(made).toMatchObject({
        status: 201,
        body: { ...shown, scopes: ["k8s_proxy"], expires_at: "2020-10-15" },
      });
    });
  });

  describe("impersonation tokens", () => {
    const on = page({ users }, "2017-03-17T17:18:09.283Z");
    const path = "/api/v4/users/42/impersonation_tokens";
    const first = {
      ...{ active: true, user_id: 42, scopes: ["api"], revoked: false, name: "mytoken" },
      ...{ created_at: "2017-03-17T17:18:09.283Z", impersonation: true, expires_at: "2017-04-04" },
    };
    const second = {
      ...{ active: false, user_id: 42, scopes: ["read_user"], revoked: true, name: "mytoken2" },
      ...{ created_at: "2017-03-17T17:19:28.697Z", impersonation: true, expires_at: "2017-04-14" },
    };

    async function make() {
      const made = await on.gitlab(
        `POST ${path}`,
        "root",
        form(["name", "mytoken"], ["expires_at", "2017-04-04"], ["scopes[]", "api"]),
      );
      return made as { status: number; body: { id: number; token: string } };
    }

    it("POST makes one that acts as the user", async () => {
      const { status, body } = await make();
      expect({ status, body }).toMatchObject({ status: 201, body: first });
      const headers = { "private-token": body.token };
      const user = await fetch(`${on.url}/api/v4/user`, { headers });
      expect(await user.json()).toMatchObject({ username: "john_smith" });
    });

    it("GET lists them, used and revoked, and DELETE revokes", async () => {
      const { body: made } = await make();
      await setClock(on, "2017-03-17T17:19:28.697Z");
      const { body: other } = await on.gitlab(
        `POST ${path}`,
        "root",
        form(["name", "mytoken2"], ["expires_at", "2017-04-14"], ["scopes[]", "read_user"]),
      );
      const { id, token } = other as { id: number; token: string };
      await setClock(on, "2017-03-24T09:44:21.722Z");
      for (const used of [made.token, token]) {
        await fetch(`${on.url}/api/v4/user`, { headers: { "private-token": used } });
      }
      expect((await on.gitlab(`DELETE ${path}/${id}`, "root")).status).toBe(204);
      const used = { last_used_at: "2017-03-24T09:44:21.722Z" };
      const { body } = await on.gitlab(`GET ${path}`, "root");
      expect(body).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id: made.id, ...first, ...used }),
          expect.objectContaining({ id, ...second, ...used }),
        ]),
      );
      expect((await on.gitlab(`GET ${path}?state=active`, "root")).body).toMatchObject([first]);
      expect((await on.gitlab(`GET ${path}?state=inactive`, "root")).body).toMatchObject([second]);
      expect((await on.gitlab(`GET ${path}/${made.id}`, "root")).body).toMatchObject(first);
    });
  });
});

/** https://docs.gitlab.com/17.11/api/custom_attributes/ */
describe("GitLab's page of custom attributes", () => {
  const on = page(
    {
      users: [
        { id: 1, username: "root", admin: true },
        {
          ...{ id: 42, username: "john_smith" },
          custom_attributes: { location: "Antarctica", role: "Developer" },
        },
      ],
    },
    "2024-05-16T22:38:00Z",
  );
  const path = "/api/v4/users/42/custom_attributes";
  const location = { key: "location", value: "Antarctica" };

  it("GET lists them and shows one", async () => {
    expect((await on.gitlab(`GET ${path}`, "root")).body).toEqual([
      location,
      { key: "role", value: "Developer" },
    ]);
    expect((await on.gitlab(`GET ${path}/location`, "root")).body).toEqual(location);
  });

  it("PUT sets one, and DELETE ends it", async () => {
    const greenland = { key: "location", value: "Greenland" };
    const set = await on.gitlab(`PUT ${path}/location`, "root", form(["value", "Greenland"]));
    expect(set).toEqual({ status: 200, body: greenland });
    const { body } = await on.gitlab("GET /api/v4/users/42?with_custom_attributes=true", "root");
    expect(body).toMatchObject({ custom_attributes: expect.arrayContaining([greenland]) });
    expect((await on.gitlab(`DELETE ${path}/location`, "root")).status).toBe(204);
    expect((await on.gitlab(`GET ${path}/location`, "root")).status).toBe(404);
  });

  it("GET /users?custom_attributes[key]=value finds whom they are of", async () => {
    for (const [value, expected] of [
      ["Developer", [{ username: "john_smith" }]],
      ["Designer", []],
    ]) {
      const request = `GET /api/v4/users?custom_attributes[role]=${value as string}`;
      expect((await on.gitlab(request, "root")).body).toMatchObject(expected as object[]);
    }
  });
});
