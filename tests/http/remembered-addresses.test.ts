// An address is read and validated once: the rest of a request still is, each time.
import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { sharedSizes } from "../../src/http/process-caches.ts";
import { stage, usernames } from "../gitlab-v4/stage.ts";

const here = stage();
const kept = () => sharedSizes()["accepted addresses"];

describe("an address that is asked for again", () => {
  it("is refused again", async () => {
    const { asUser } = await here.cast();
    for (const _ of [1, 2]) {
      await asUser.get("/users?active=perhaps").expect(400, { error: "active is invalid" });
      await asUser.get("/users/me/followers").expect(404);
    }
  });

  it("is refused to callers who may not ask for it, after one who may", async () => {
    const { asAdmin, asUser, ordinaryUser } = await here.cast();
    const path = `/users/${ordinaryUser.id}/impersonation_tokens`;
    const narrow = await here.token(ordinaryUser, "read_repository");
    for (const _ of [1, 2]) {
      await asAdmin.get(path).expect(200);
      await here.anyone.get(path).expect(401);
      await asUser.get(path).expect(403);
      await asUser.get("/user").expect(200);
      await here.anyone.get("/user").set("PRIVATE-TOKEN", narrow).expect(403);
    }
  });

  it("is answered with the same parameters", async () => {
    const { asUser, otherUser } = await here.cast();
    for (const _ of [1, 2, 3]) {
      expect(usernames(await asUser.get("/users?username=Vera&per_page=1"))).toEqual(["vera"]);
      expect((await asUser.get(`/users/${otherUser.id}`).expect(200)).body.username).toBe("vera");
    }
  });

  it("is answered by the document that is asked: each has its own", async () => {
    const { ordinaryUser } = await here.cast();
    const get = () =>
      request(here.origin).get("/api/v3/user").set("User-Agent", "test").expect(200);
    const token = await here.token(ordinaryUser, "api", "user");
    for (const _ of [1, 2]) {
      const { body: byGitHub } = await get().set("Authorization", `token ${token}`);
      const { body: byGitLab } = await get().set("PRIVATE-TOKEN", token);
      expect([byGitHub.login, byGitLab.username]).toEqual(["una", "una"]);
    }
  });

  it("is judged with the body that it has now, which wins over the query", async () => {
    const { asUser } = await here.cast();
    const got = (body?: object) => {
      const asked = asUser.get("/users?username=una");
      return body === undefined ? asked : asked.send(body);
    };
    for (const _ of [1, 2]) {
      expect(usernames(await got())).toEqual(["una"]);
      expect(usernames(await got({ username: "vera" }))).toEqual(["vera"]);
      expect((await got({ active: "perhaps" })).status).toBe(400);
    }
  });

  it("is not remembered with a credential in it", async () => {
    const { ordinaryUser } = await here.cast();
    const token = await here.token(ordinaryUser, "api");
    await here.anyone.get("/user").set("PRIVATE-TOKEN", token).expect(200);
    const before = kept();
    await here.anyone.get(`/user?private_token=${token}`).expect(200);
    expect(kept()).toBe(before);
  });
});
