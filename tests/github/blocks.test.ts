import { describe, expect, it } from "@jest/globals";
import { bases, logins, notFound, refusal, stage } from "../support/stage.ts";

const page = (name: string) => `users/blocking#${name}`;
const BLOCK = page("block-a-user");
const UNBLOCK = page("unblock-a-user");
const CHECK = page("check-if-a-user-is-blocked-by-the-authenticated-user");

describe.each(bases)("blocks below %j", (base) => {
  const here = stage(base);

  async function cast() {
    const users = { alice: await here.user("alice"), bob: await here.user("bob") };
    return {
      users,
      alice: await here.as(users.alice, "user"),
      bob: await here.as(users.bob, "user"),
    };
  }

  describe("PUT /user/blocks/{username}", () => {
    it.each(["user:follow", "read:user"])("is 404 to %s", async (scope) => {
      const { users } = await cast();
      const alice = await here.as(users.alice, scope);
      const { headers } = await alice.put("/user/blocks/bob").expect(404, notFound(BLOCK));
      expect(headers["x-accepted-oauth-scopes"]).toBe("user");
      await (await here.as(users.alice, "user")).get("/user/blocks").expect(200, []);
    });

    it("answers 404 for an unknown user", async () => {
      await (await cast()).alice.put("/user/blocks/missing").expect(404, notFound(BLOCK));
    });

    it("refuses to block the caller", async () => {
      const { alice } = await cast();
      const { body } = await alice.put("/user/blocks/alice").expect(422);
      expect(body.message).toBe("Validation Failed");
      await alice.get("/user/blocks").expect(200, []);
    });

    it("blocks, and again changes nothing", async () => {
      const { alice } = await cast();
      for (let times = 0; times < 2; times += 1) {
        const { text, headers } = await alice.put("/user/blocks/BOB").expect(204);
        expect(text).toBe("");
        expect(headers).not.toHaveProperty("content-type");
      }
      expect(logins(await alice.get("/user/blocks"))).toEqual(["bob"]);
    });

    it("ends the follows of both, in lists and counters", async () => {
      const { alice, bob } = await cast();
      await here.fans(await here.named("bob"), 2);
      await alice.put("/user/following/bob").expect(204);
      await bob.put("/user/following/alice").expect(204);
      const counts = async (name: string) => {
        const { followers, following } = (await here.anyone.get(`/users/${name}`)).body;
        return [followers, following];
      };
      expect([await counts("alice"), await counts("bob")]).toEqual([
        [1, 1],
        [3, 1],
      ]);
      // Nothing that was cached of these may stay.
      expect(logins(await bob.get("/user/followers"))).toEqual(["fan0", "fan1", "alice"]);
      const mine = await bob.get("/user/following").expect(200);
      await alice.put("/user/blocks/bob").expect(204);
      await bob
        .get("/user/following")
        .set("If-None-Match", mine.headers.etag ?? "")
        .expect(200, []);
      expect([await counts("alice"), await counts("bob")]).toEqual([
        [0, 0],
        [2, 0],
      ]);
      await here.anyone.get("/users/bob/following/alice").expect(404);
      expect(logins(await bob.get("/user/followers"))).toEqual(["fan0", "fan1"]);
    });
  });

  describe("DELETE /user/blocks/{username}", () => {
    it("answers 404 for an unknown user", async () => {
      await (await cast()).alice.delete("/user/blocks/missing").expect(404, notFound(UNBLOCK));
    });

    it("lets follows come again, and brings none back", async () => {
      const { alice, bob } = await cast();
      await bob.put("/user/following/alice").expect(204);
      await alice.put("/user/blocks/bob").expect(204);
      await alice.delete("/user/blocks/bob").expect(204);
      await alice.get("/user/blocks/bob").expect(404);
      await alice.get("/user/followers").expect(200, []);
      await bob.put("/user/following/alice").expect(204);
      expect(logins(await alice.get("/user/followers"))).toEqual(["bob"]);
    });

    it("is 204 for a user who was not blocked", async () => {
      await (await cast()).alice.delete("/user/blocks/bob").expect(204);
    });
  });

  describe("GET /user/blocks/{username}", () => {
    it("says whom the caller blocked, and no other user", async () => {
      const { alice, bob } = await cast();
      await alice.get("/user/blocks/bob").expect(404, notFound(CHECK));
      await alice.put("/user/blocks/bob").expect(204);
      await alice.get("/user/blocks/bob").expect(204);
      await bob.get("/user/blocks/alice").expect(404, notFound(CHECK));
      await alice.get("/user/blocks/missing").expect(404, notFound(CHECK));
    });
  });

  describe("GET /user/blocks", () => {
    it("asks anonymous callers for a credential", async () => {
      const docs = page("list-users-blocked-by-the-authenticated-user");
      await here.anyone
        .get("/user/blocks")
        .expect(401, refusal(401, "Requires authentication", docs));
    });

    it("lists them page by page", async () => {
      const { alice, users } = await cast();
      const names = await here.fans(users.bob, 3);
      for (const name of names) await alice.put(`/user/blocks/${name}`).expect(204);
      const first = await alice.get("/user/blocks?per_page=2").expect(200);
      expect(logins(first)).toEqual(names.slice(0, 2));
      expect(first.headers.link).toBe(
        `<${here.api}/user/blocks?per_page=2&page=2>; rel="next", ` +
          `<${here.api}/user/blocks?per_page=2&page=2>; rel="last"`,
      );
      expect(logins(await alice.get("/user/blocks?per_page=2&page=2"))).toEqual(names.slice(2));
    });
  });
});
