import { describe, expect, it } from "@jest/globals";
import * as follows from "../../src/domain/follows/follows.ts";
import { BASIC, ids, stage, usernames } from "./stage.ts";

const NOT_FOUND = { message: "404 User Not Found" };
const NO_ROUTE = { error: "404 Not Found" };

describe("POST /users/{id}/follow and /unfollow", () => {
  const here = stage();

  it("93: ask for a credential", async () => {
    const { otherUser } = await here.cast();
    for (const verb of ["follow", "unfollow"]) {
      await here.anyone
        .post(`/users/${otherUser.id}/${verb}`)
        .expect(401, { message: "401 Unauthorized" });
    }
  });

  it("take a scope that writes", async () => {
    const { ordinaryUser, otherUser } = await here.cast();
    const { body } = await (await here.as(ordinaryUser, "read_api"))
      .post(`/users/${otherUser.id}/follow`)
      .expect(403);
    expect(body.error).toBe("insufficient_scope");
    await (await here.as(ordinaryUser, "user:follow"))
      .post(`/users/${otherUser.id}/follow`)
      .expect(201);
  });

  it("92: an unknown user can't be followed", async () => {
    const { asUser } = await here.cast();
    for (const verb of ["follow", "unfollow"]) {
      await asUser.post(`/users/999999/${verb}`).expect(404, NOT_FOUND);
      await asUser.post(`/users/abc/${verb}`).expect(404, NO_ROUTE);
    }
  });

  it("87: following shows whom", async () => {
    const { asUser, otherUser } = await here.cast();
    const { body } = await asUser.post(`/users/${otherUser.id}/follow`).expect(201);
    expect(Object.keys(body)).toEqual(BASIC);
    expect(body).toEqual({
      ...{ id: otherUser.id, username: "vera", name: "vera", state: "active", locked: false },
      avatar_url: `${here.origin}/avatars/u/${otherUser.id}?s=80&d=identicon`,
      web_url: `${here.origin}/vera`,
    });
  });

  it("87: a body changes nothing", async () => {
    const { asUser, otherUser } = await here.cast();
    await asUser.post(`/users/${otherUser.id}/follow`).send({ id: 7 }).expect(201);
  });

  it("88: following again is 304 without a body", async () => {
    const { asUser, otherUser } = await here.cast();
    await asUser.post(`/users/${otherUser.id}/follow`).expect(201);
    const { text } = await asUser.post(`/users/${otherUser.id}/follow`).expect(304);
    expect(text).toBe("");
  });

  it("89: a user can't follow themself", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    await asUser.post(`/users/${ordinaryUser.id}/follow`).expect(304);
    await asUser.post(`/users/${ordinaryUser.id}/unfollow`).expect(304);
    await asUser.get(`/users/${ordinaryUser.id}/followers`).expect(200, []);
  });

  it("90: where one of the two has switched it off there is no following, and no numbers", async () => {
    const { asUser, asOther, ordinaryUser, otherUser, privateUser } = await here.cast();
    await here.change(otherUser, { enabledFollowing: false });
    await asUser.post(`/users/${otherUser.id}/follow`).expect(304);
    await asOther.post(`/users/${ordinaryUser.id}/follow`).expect(304);
    for (const [client, { id }] of [
      [asUser, otherUser],
      [asOther, ordinaryUser],
    ] as const) {
      const { body } = await client.get(`/users/${id}`).expect(200);
      expect(body).toHaveProperty("created_at");
      for (const key of ["followers", "following", "is_followed"]) {
        expect(body).not.toHaveProperty(key);
      }
    }
    await follows.follow(here.store, ordinaryUser.id, privateUser.id);
    await here.change(privateUser, { enabledFollowing: false });
    await asUser.post(`/users/${privateUser.id}/unfollow`).expect(201);
  });

  it("91: the 301st is refused, even where the others are out of sight", async () => {
    const { asUser, ordinaryUser, otherUser } = await here.cast();
    const names = await here.fans(otherUser, 300);
    for (const name of names) {
      const { id } = await here.named(name);
      await follows.follow(here.store, ordinaryUser.id, id);
    }
    const other = await here.named(names[0] ?? "");
    await here.change(other, { state: "blocked" });
    const message =
      "You can't follow more than 300 users. To follow more users, unfollow some others.";
    await asUser.post(`/users/${otherUser.id}/follow`).expect(400, { message });
    await asUser.post(`/users/${other.id}/follow`).expect(304);
    await asUser.post(`/users/${other.id}/unfollow`).expect(201);
    await asUser.post(`/users/${otherUser.id}/follow`).expect(201);
  });

  it("94: unfollowing shows whom; without a follow it is 304", async () => {
    const { asUser, otherUser } = await here.cast();
    await asUser.post(`/users/${otherUser.id}/unfollow`).expect(304);
    await asUser.post(`/users/${otherUser.id}/follow`).expect(201);
    const { body } = await asUser.post(`/users/${otherUser.id}/unfollow`).expect(201);
    expect(Object.keys(body)).toEqual(BASIC);
    const { text } = await asUser.post(`/users/${otherUser.id}/unfollow`).expect(304);
    expect(text).toBe("");
  });

  it("97: a blocked user can be followed but is not seen", async () => {
    const { asUser, asAdmin, ordinaryUser, otherUser } = await here.cast();
    await here.change(otherUser, { state: "blocked" });
    await asUser.post(`/users/${otherUser.id}/follow`).expect(201);
    await asUser.post(`/users/${otherUser.id}/follow`).expect(304);
    const { headers } = await asUser.get(`/users/${ordinaryUser.id}/following`).expect(200, []);
    expect(headers["x-total"]).toBe("0");
    const { body } = await asAdmin.get(`/users/${ordinaryUser.id}`).expect(200);
    expect(body.following).toBe(0);
    await here.change(otherUser, { state: "active" });
    expect(usernames(await asUser.get(`/users/${ordinaryUser.id}/following`))).toEqual(["vera"]);
  });

  it("98: GitHub's ways of following are not GitLab's", async () => {
    const { asUser, otherUser } = await here.cast();
    const { headers } = await asUser.delete(`/users/${otherUser.id}/follow`).expect(405);
    expect(headers.allow).toBe("OPTIONS, POST");
    await asUser.put("/user/following/vera").expect(404, NO_ROUTE);
  });
});

describe("GET /users/{id}/followers and /following", () => {
  const here = stage();

  it.each(["followers", "following"])("95: strangers are forbidden (%s)", async (end) => {
    const { otherUser } = await here.cast();
    const body = { message: "403 Forbidden - Not authorized!" };
    await here.anyone.get(`/users/${otherUser.id}/${end}`).expect(403, body);
  });

  it.each(["followers", "following"])("95: a private profile hides its %s", async (end) => {
    const { asUser, asPrivate, asAdmin, privateUser, otherUser } = await here.cast();
    await asUser.get(`/users/${privateUser.id}/${end}`).expect(404, NOT_FOUND);
    await asPrivate.get(`/users/${privateUser.id}/${end}`).expect(200, []);
    await asAdmin.get(`/users/${privateUser.id}/${end}`).expect(200, []);
    await here.change(otherUser, { state: "blocked" });
    await asUser.get(`/users/${otherUser.id}/${end}`).expect(404, NOT_FOUND);
    await asUser.get(`/users/999999/${end}`).expect(404, NOT_FOUND);
    await asUser.get(`/users/vera/${end}`).expect(404, NO_ROUTE);
  });

  it("96: are sorted by id, not by the order of follows, with the headers of pages", async () => {
    const { asUser, ordinaryUser, otherUser, privateUser } = await here.cast();
    const last = await here.user("zoe");
    for (const { id } of [last, privateUser, ordinaryUser])
      await follows.follow(here.store, id, otherUser.id);
    const answer = await asUser.get(`/users/${otherUser.id}/followers`).expect(200);
    expect(ids(answer)).toEqual([ordinaryUser.id, privateUser.id, last.id]);
    for (const row of answer.body) expect(Object.keys(row)).toEqual(BASIC);
    expect(answer.headers).toMatchObject({
      ...{ "x-total": "3", "x-total-pages": "1", "x-per-page": "20", "x-page": "1" },
      ...{ "x-next-page": "", "x-prev-page": "" },
    });
    const second = await asUser
      .get(`/users/${otherUser.id}/followers?per_page=2&page=2`)
      .expect(200);
    expect(ids(second)).toEqual([last.id]);
    const empty = await asUser.get(`/users/${otherUser.id}/following`).expect(200, []);
    expect(empty.headers).toMatchObject({ "x-total": "0", "x-total-pages": "1" });
  });

  it("96: following is sorted by id, too", async () => {
    const { asUser, ordinaryUser, otherUser, privateUser } = await here.cast();
    for (const { id } of [privateUser, otherUser])
      await follows.follow(here.store, ordinaryUser.id, id);
    expect(usernames(await asUser.get(`/users/${ordinaryUser.id}/following`))).toEqual([
      "vera",
      "petra",
    ]);
  });
});
