import { describe, expect, it } from "@jest/globals";
import * as follows from "../../src/domain/follows/follows.ts";
import { BASIC, ids, stage, usernames } from "./stage.ts";

const NOT_FOUND = { message: "404 User Not Found" };
const NO_ROUTE = { error: "404 Not Found" };

describe("POST /users/{id}/follow and /unfollow", () => {
  const here = stage();

  it("93: ask for a credential", async () => {
    const { v } = await here.cast();
    for (const verb of ["follow", "unfollow"]) {
      await here.anyone.post(`/users/${v.id}/${verb}`).expect(401, { message: "401 Unauthorized" });
    }
  });

  it("take a scope that writes", async () => {
    const { u, v } = await here.cast();
    const { body } = await (await here.as(u, "read_api")).post(`/users/${v.id}/follow`).expect(403);
    expect(body.error).toBe("insufficient_scope");
    await (await here.as(u, "user:follow")).post(`/users/${v.id}/follow`).expect(201);
  });

  it("92: nobody to follow", async () => {
    const { U } = await here.cast();
    for (const verb of ["follow", "unfollow"]) {
      await U.post(`/users/999999/${verb}`).expect(404, NOT_FOUND);
      await U.post(`/users/abc/${verb}`).expect(404, NO_ROUTE);
    }
  });

  it("87: following shows whom", async () => {
    const { U, v } = await here.cast();
    const { body } = await U.post(`/users/${v.id}/follow`).expect(201);
    expect(Object.keys(body)).toEqual(BASIC);
    expect(body).toEqual({
      ...{ id: v.id, username: "vera", name: "vera", state: "active", locked: false },
      avatar_url: `${here.origin}/avatars/u/${v.id}?s=80&d=identicon`,
      web_url: `${here.origin}/vera`,
    });
  });

  it("87: a body changes nothing", async () => {
    const { U, v } = await here.cast();
    await U.post(`/users/${v.id}/follow`).send({ id: 7 }).expect(201);
  });

  it("88: following again is 304 without a body", async () => {
    const { U, v } = await here.cast();
    await U.post(`/users/${v.id}/follow`).expect(201);
    const { text } = await U.post(`/users/${v.id}/follow`).expect(304);
    expect(text).toBe("");
  });

  it("89: nobody follows themself", async () => {
    const { U, u } = await here.cast();
    await U.post(`/users/${u.id}/follow`).expect(304);
    await U.post(`/users/${u.id}/unfollow`).expect(304);
    await U.get(`/users/${u.id}/followers`).expect(200, []);
  });

  it("90: where one of the two has switched it off there is no following, and no numbers", async () => {
    const { U, V, u, v, p } = await here.cast();
    await here.change(v, { enabledFollowing: false });
    await U.post(`/users/${v.id}/follow`).expect(304);
    await V.post(`/users/${u.id}/follow`).expect(304);
    for (const [client, { id }] of [
      [U, v],
      [V, u],
    ] as const) {
      const { body } = await client.get(`/users/${id}`).expect(200);
      expect(body).toHaveProperty("created_at");
      for (const key of ["followers", "following", "is_followed"]) {
        expect(body).not.toHaveProperty(key);
      }
    }
    await follows.follow(here.store, u.id, p.id);
    await here.change(p, { enabledFollowing: false });
    await U.post(`/users/${p.id}/unfollow`).expect(201);
  });

  it("91: the 301st is refused, even where the others are out of sight", async () => {
    const { U, u, v } = await here.cast();
    const names = await here.fans(v, 300);
    for (const name of names) {
      const { id } = await here.named(name);
      await follows.follow(here.store, u.id, id);
    }
    const other = await here.named(names[0] ?? "");
    await here.change(other, { state: "blocked" });
    const message =
      "You can't follow more than 300 users. To follow more users, unfollow some others.";
    await U.post(`/users/${v.id}/follow`).expect(400, { message });
    await U.post(`/users/${other.id}/follow`).expect(304);
    await U.post(`/users/${other.id}/unfollow`).expect(201);
    await U.post(`/users/${v.id}/follow`).expect(201);
  });

  it("94: unfollowing shows whom; without a follow it is 304", async () => {
    const { U, v } = await here.cast();
    await U.post(`/users/${v.id}/unfollow`).expect(304);
    await U.post(`/users/${v.id}/follow`).expect(201);
    const { body } = await U.post(`/users/${v.id}/unfollow`).expect(201);
    expect(Object.keys(body)).toEqual(BASIC);
    const { text } = await U.post(`/users/${v.id}/unfollow`).expect(304);
    expect(text).toBe("");
  });

  it("97: a blocked user can be followed but is not seen", async () => {
    const { U, R, u, v } = await here.cast();
    await here.change(v, { state: "blocked" });
    await U.post(`/users/${v.id}/follow`).expect(201);
    await U.post(`/users/${v.id}/follow`).expect(304);
    const { headers } = await U.get(`/users/${u.id}/following`).expect(200, []);
    expect(headers["x-total"]).toBe("0");
    const { body } = await R.get(`/users/${u.id}`).expect(200);
    expect(body.following).toBe(0);
    await here.change(v, { state: "active" });
    expect(usernames(await U.get(`/users/${u.id}/following`))).toEqual(["vera"]);
  });

  it("98: GitHub's ways of following are not GitLab's", async () => {
    const { U, v } = await here.cast();
    const { headers } = await U.delete(`/users/${v.id}/follow`).expect(405);
    expect(headers.allow).toBe("OPTIONS, POST");
    await U.put("/user/following/vera").expect(404, NO_ROUTE);
  });
});

describe("GET /users/{id}/followers and /following", () => {
  const here = stage();

  it.each(["followers", "following"])("95: strangers are forbidden (%s)", async (end) => {
    const { v } = await here.cast();
    const body = { message: "403 Forbidden - Not authorized!" };
    await here.anyone.get(`/users/${v.id}/${end}`).expect(403, body);
  });

  it.each(["followers", "following"])("95: a private profile hides its %s", async (end) => {
    const { U, P, R, p, v } = await here.cast();
    await U.get(`/users/${p.id}/${end}`).expect(404, NOT_FOUND);
    await P.get(`/users/${p.id}/${end}`).expect(200, []);
    await R.get(`/users/${p.id}/${end}`).expect(200, []);
    await here.change(v, { state: "blocked" });
    await U.get(`/users/${v.id}/${end}`).expect(404, NOT_FOUND);
    await U.get(`/users/999999/${end}`).expect(404, NOT_FOUND);
    await U.get(`/users/vera/${end}`).expect(404, NO_ROUTE);
  });

  it("96: are sorted by id, whoever came first, with the headers of pages", async () => {
    const { U, u, v, p } = await here.cast();
    const last = await here.user("zoe");
    for (const { id } of [last, p, u]) await follows.follow(here.store, id, v.id);
    const answer = await U.get(`/users/${v.id}/followers`).expect(200);
    expect(ids(answer)).toEqual([u.id, p.id, last.id]);
    for (const row of answer.body) expect(Object.keys(row)).toEqual(BASIC);
    expect(answer.headers).toMatchObject({
      ...{ "x-total": "3", "x-total-pages": "1", "x-per-page": "20", "x-page": "1" },
      ...{ "x-next-page": "", "x-prev-page": "" },
    });
    const second = await U.get(`/users/${v.id}/followers?per_page=2&page=2`).expect(200);
    expect(ids(second)).toEqual([last.id]);
    const empty = await U.get(`/users/${v.id}/following`).expect(200, []);
    expect(empty.headers).toMatchObject({ "x-total": "0", "x-total-pages": "1" });
  });

  it("96: following is sorted by id, too", async () => {
    const { U, u, v, p } = await here.cast();
    for (const { id } of [p, v]) await follows.follow(here.store, u.id, id);
    expect(usernames(await U.get(`/users/${u.id}/following`))).toEqual(["vera", "petra"]);
  });
});
