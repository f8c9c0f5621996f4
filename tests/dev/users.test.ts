import { describe, expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

describe("the controls of users", () => {
  const on = stage({
    seed: {
      users: [{ username: "root", admin: true }, "octocat", "mona"],
      follows: [["mona", "octocat"]],
    },
  });
  const rooted = async (path: string) => {
    const token = await on.server.tokenFor("root");
    const answer = await fetch(`${on.server.url}/api/v4${path}`, {
      headers: { "private-token": token },
    });
    return (await answer.json()) as unknown;
  };

  it("refuse an unknown user, an unknown member and a value that can't be", async () => {
    expect((await on.dev("PATCH", "/users/missing", { bio: "" })).status).toBe(404);
    const change = async (body: object) => on.dev("PATCH", "/users/octocat", body);
    expect(await change({ bo: "" })).toMatchObject({
      status: 422,
      body: { error: "there is no “bo”; did you mean “bio”?" },
    });
    expect(await change({ state: "sleepy" })).toMatchObject({ status: 422 });
    expect(await change({ id: 7 })).toMatchObject({ status: 422 });
    expect(await change({ username: "mona" })).toMatchObject({ status: 422 });
    expect(await change({})).toMatchObject({ status: 400 });
    expect(await on.dev("POST", "/users", { username: "mona" })).toMatchObject({ status: 422 });
  });

  it("set members while the server runs, and a reset takes them back", async () => {
    const members = {
      state: "banned",
      locked: true,
      bot: false,
      job_title: "Mascot",
      counts: { issues: 8 },
      email: "new@example.org",
    };
    expect(await on.dev("PATCH", "/users/Octocat", members)).toMatchObject({
      status: 200,
      body: { id: 2, username: "octocat" },
    });
    expect(await rooted("/users/2")).toMatchObject({
      state: "banned",
      locked: true,
      job_title: "Mascot",
      email: "new@example.org",
    });
    await on.dev("PATCH", "/users/octocat", { counts: { groups: 1 } });
    expect(await rooted("/users/2/associations_count")).toMatchObject({
      issues_count: 8,
      groups_count: 1,
    });
    await on.server.reset();
    expect(await rooted("/users/2")).toMatchObject({ state: "active", locked: false });
  });

  it("hide and show a user's follows with the state", async () => {
    const following = async () =>
      (await (await fetch(`${on.server.url}/api/v3/users/mona`)).json()) as object;
    expect(await following()).toMatchObject({ following: 1 });
    await on.dev("PATCH", "/users/octocat", { suspended: true });
    expect(await following()).toMatchObject({ following: 0 });
    await on.dev("PATCH", "/users/octocat", { suspended: false });
    expect(await following()).toMatchObject({ following: 1 });
  });

  it("give a user another name", async () => {
    expect((await on.dev("PATCH", "/users/mona", { username: "lisa" })).body).toMatchObject({
      username: "lisa",
    });
    expect((await on.github("GET", "/users/mona")).status).toBe(404);
    expect((await on.github("GET", "/users/lisa")).status).toBe(200);
  });

  it("make users of every kind, and deletion's conflict", async () => {
    const membership = { source_type: "Namespace", source_id: 7, access_level: 50 };
    const made = await on.dev("POST", "/users", {
      username: "owner",
      bot: true,
      memberships: [membership],
    });
    expect(made).toMatchObject({ status: 201, body: { username: "owner" } });
    const { id } = made.body as { id: number };
    const token = await on.server.tokenFor("root");
    const headers = { "private-token": token };
    const gone = await fetch(`${on.server.url}/api/v4/users/${id}`, { method: "DELETE", headers });
    expect(gone.status).toBe(409);
  });

  it("let administrators register runners of groups and projects that are but named", async () => {
    const token = await on.server.tokenFor("root");
    const register = (body: object) =>
      fetch(`${on.server.url}/api/v4/user/runners`, {
        method: "POST",
        headers: { "private-token": token, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const wanted = { runner_type: "group_type", group_id: 9 };
    expect((await register(wanted)).status).toBe(403);
    expect((await on.dev("PUT", "/groups/9", { name: "tools" })).status).toBe(204);
    expect((await register(wanted)).status).toBe(201);
    expect((await on.dev("PUT", "/projects/5", { name: "p" })).status).toBe(204);
    expect((await register({ runner_type: "project_type", project_id: 5 })).status).toBe(201);
  });

  it("add contributions, and refuse one by no user", async () => {
    const event = { action_name: "opened", target_type: "Issue", target_title: "A bug" };
    expect((await on.dev("POST", "/events", { ...event, author_username: "no" })).status).toBe(422);
    expect(await on.dev("POST", "/events", { ...event, author_username: "mona" })).toMatchObject({
      status: 201,
      body: { added: 1 },
    });
    expect(await rooted("/users/mona/events")).toMatchObject([{ target_title: "A bug" }]);
  });

  it("make fine-grained tokens that end", async () => {
    const wanted = { username: "mona", permissions: { followers: "read" } };
    const { body } = await on.dev("POST", "/tokens", { ...wanted, expires_at: "2100-01-01" });
    const { token } = body as { token: string };
    const follow = (method: string) =>
      fetch(`${on.server.url}/api/v3/user/following/octocat`, {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
    const read = await follow("GET");
    expect(read.status).toBe(204);
    expect(read.headers.get("github-authentication-token-expiration")).toMatch(/^2100-01-01/);
    expect((await follow("PUT")).status).toBe(403);
    expect(await on.dev("POST", "/tokens", { ...wanted, permissions: ["x:read"] })).toMatchObject({
      status: 422,
    });
    expect(await on.dev("POST", "/tokens", { ...wanted, expires_at: "soon" })).toMatchObject({
      status: 422,
    });
  });
});

describe("a seed of many users", () => {
  const seed = { users: Array.from({ length: 5000 }, (_, number) => `user-${number}`) };
  const on = stage({ seed });

  it("is there as a whole, and can be searched", async () => {
    expect((await on.github("GET", "/users/user-4999")).body).toMatchObject({ login: "user-4999" });
  });
});
