import { describe, expect, it } from "@jest/globals";
import { page } from "./page.ts";

/** https://docs.gitlab.com/17.6/ee/api/user_follow_unfollow.html */
describe("GitLab's page of following", () => {
  const on = page(
    {
      users: [
        { id: 1, username: "john_smith", name: "John Smith" },
        { id: 2, username: "evette.kilback", name: "Lennie Donnelly" },
        { id: 4, username: "cammy", name: "Serena Bradtke" },
        { id: 9, username: "caller" },
      ],
      follows: [
        ["evette.kilback", "john_smith"],
        ["cammy", "john_smith"],
        ["john_smith", "evette.kilback"],
        ["john_smith", "cammy"],
      ],
    },
    "2024-11-21T00:00:00Z",
  );

  const shown = (id: number, username: string, name: string) => ({
    ...{ id, username, name, state: "active", locked: false },
    avatar_url: expect.stringMatching(/^http/),
    web_url: `${on.url}/${username}`,
  });

  it("POST /users/:id/follow answers the followed", async () => {
    expect(await on.gitlab("POST /api/v4/users/1/follow", "caller")).toEqual({
      status: 201,
      body: shown(1, "john_smith", "John Smith"),
    });
    expect((await on.gitlab("POST /api/v4/users/1/follow", "caller")).status).toBe(304);
  });

  it("POST /users/:id/unfollow answers who is followed no more", async () => {
    await on.gitlab("POST /api/v4/users/1/follow", "caller");
    expect(await on.gitlab("POST /api/v4/users/1/unfollow", "caller")).toEqual({
      status: 201,
      body: shown(1, "john_smith", "John Smith"),
    });
    expect((await on.gitlab("POST /api/v4/users/1/unfollow", "caller")).status).toBe(304);
  });

  it.each(["followers", "following"])("GET /users/:id/%s lists both", async (list) => {
    const { status, body } = await on.gitlab(`GET /api/v4/users/1/${list}`, "caller");
    expect(status).toBe(200);
    expect(body).toHaveLength(2);
    expect(body).toEqual(
      expect.arrayContaining([
        shown(2, "evette.kilback", "Lennie Donnelly"),
        shown(4, "cammy", "Serena Bradtke"),
      ]),
    );
  });
});
