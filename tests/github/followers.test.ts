import { describe, expect, it } from "@jest/globals";
import { bases, logins, notFound, refusal, stage } from "../support/stage.ts";

const page = (name: string) => `users/followers#${name}`;
const FOLLOW = page("follow-a-user");
const UNFOLLOW = page("unfollow-a-user");
const CHECK_MINE = page("check-if-a-person-is-followed-by-the-authenticated-user");
const CHECK = page("check-if-a-user-follows-another-user");
const LIST_FOLLOWERS = page("list-followers-of-a-user");
const LIST_FOLLOWING = page("list-the-people-a-user-follows");

describe.each(bases)("followers below %j", (base) => {
  const here = stage(base);

  /** The three of the contract, and clients of each. */
  async function cast() {
    const alice = await here.user("alice");
    const bob = await here.user("Bob");
    const carol = await here.user("carol");
    return {
      alice: await here.as(alice, "user"),
      bob: await here.as(bob, "user"),
      carol: await here.as(carol, "user"),
      users: { alice, bob, carol },
    };
  }

  describe("PUT /user/following/{username}", () => {
    it("asks anonymous callers for a credential", async () => {
      await here.user("bob");
      const body = refusal(401, "Requires authentication", FOLLOW);
      await here.anyone.put("/user/following/bob").expect(401, body);
    });

    it.each([
      ["put", FOLLOW],
      ["delete", UNFOLLOW],
      ["get", CHECK_MINE],
    ] as const)("10: %s of an unknown login is 404", async (method, docs) => {
      const { alice } = await cast();
      await alice[method]("/user/following/missing").expect(404, notFound(docs));
    });

    it.each(["-bob", "b%20b", "bob%2F", "%00", "b%ff", "x".repeat(300)])(
      "%s is the login of no user",
      async (name) => {
        const { alice } = await cast();
        await alice.put(`/user/following/${name}`).expect(404, notFound(FOLLOW));
      },
    );

    it("1: following answers 204 without body and type", async () => {
      const { alice } = await cast();
      const { headers, text } = await alice
        .put("/user/following/bob")
        .set("Content-Length", "0")
        .expect(204);
      expect(text).toBe("");
      expect(headers).not.toHaveProperty("content-type");
      expect(headers).not.toHaveProperty("content-length");
    });

    it("5: following again changes nothing", async () => {
      const { alice } = await cast();
      await alice.put("/user/following/bob").expect(204);
      await alice.put("/user/following/bob").expect(204);
      expect(logins(await alice.get("/user/following").expect(200))).toEqual(["Bob"]);
    });

    it("8: a user can't follow themself", async () => {
      const { alice } = await cast();
      await alice.put("/user/following/alice").expect(204);
      await alice.get("/user/following").expect(200, []);
      await alice.get("/user/followers").expect(200, []);
      await alice.get("/user/following/alice").expect(404, notFound(CHECK_MINE));
    });

    it("11: a follow of a user who blocked the caller is dropped silently", async () => {
      const { alice, bob } = await cast();
      await bob.put("/user/blocks/alice").expect(204);
      await alice.put("/user/following/bob").expect(204);
      await alice.get("/user/following/bob").expect(404, notFound(CHECK_MINE));
      await bob.get("/user/followers").expect(200, []);
    });

    it("drops the follow of a user whom the caller blocked as well", async () => {
      const { alice } = await cast();
      await alice.put("/user/blocks/bob").expect(204);
      await alice.put("/user/following/bob").expect(204);
      await alice.get("/user/following/bob").expect(404);
    });

    it("12: the case of a login does not matter, and lists show it as it is", async () => {
      const { alice } = await cast();
      await alice.put("/user/following/bOB").expect(204);
      await alice.get("/user/following/BOB").expect(204);
      expect(logins(await alice.get("/user/following"))).toEqual(["Bob"]);
      expect(logins(await alice.get("/users/bOb/followers"))).toEqual(["alice"]);
    });

    it("13: a body of {} is no matter", async () => {
      const { alice } = await cast();
      await alice.put("/user/following/bob").type("application/json").send("{}").expect(204);
      await alice.get("/user/following/bob").expect(204);
    });

    it("14: an empty body of plain text is no matter", async () => {
      const { alice } = await cast();
      await alice
        .put("/user/following/bob")
        .set("Content-Type", "text/plain;charset=UTF-8")
        .set("Content-Length", "0")
        .expect(204);
      await alice.get("/user/following/bob").expect(204);
    });

    it("15: neither Content-Length nor Transfer-Encoding is needed", async () => {
      const { alice, users } = await cast();
      const answer = await here.raw(
        `PUT ${base}/user/following/bob HTTP/1.1`,
        "Host: localhost",
        "User-Agent: raw",
        `Authorization: token ${await here.world.token(users.alice, "user")}`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 204 No Content\r\n/);
      await alice.get("/user/following/bob").expect(204);
    });

    it.each([
      ["application/json", "{bad"],
      ["application/json", "[]"],
      ["application/xml", "<follow/>"],
      ["application/x-www-form-urlencoded", "a=b"],
    ])("looks at no body: %s %s", async (type, body) => {
      const { alice } = await cast();
      await alice.put("/user/following/bob").type(type).send(body).expect(204);
      await alice.get("/user/following/bob").expect(204);
    });

    it("knows of no condition: a write is never 304", async () => {
      const { alice } = await cast();
      for (const method of ["put", "delete"] as const) {
        await alice[method]("/user/following/bob").set("If-None-Match", "*").expect(204);
      }
    });

    it("16: each follow adds one to the followers of one and the following of the other", async () => {
      const { alice, carol } = await cast();
      const countsOf = async (login: string) => {
        const { followers, following } = (await here.anyone.get(`/users/${login}`)).body;
        return { followers, following };
      };
      expect(await countsOf("bob")).toEqual({ followers: 0, following: 0 });
      await alice.put("/user/following/bob").expect(204);
      expect(await countsOf("bob")).toEqual({ followers: 1, following: 0 });
      expect(await countsOf("alice")).toEqual({ followers: 0, following: 1 });
      await carol.put("/user/following/bob").expect(204);
      await carol.put("/user/following/bob").expect(204);
      expect(await countsOf("bob")).toEqual({ followers: 2, following: 0 });
      await alice.delete("/user/following/bob").expect(204);
      expect(await countsOf("bob")).toEqual({ followers: 1, following: 0 });
      expect(await countsOf("alice")).toEqual({ followers: 0, following: 0 });
    });

    it("does not find a suspended user", async () => {
      const { alice } = await cast();
      await here.user("gone", { state: "blocked" });
      await alice.put("/user/following/gone").expect(404, notFound(FOLLOW));
    });
  });

  describe("GET /user/following/{username}", () => {
    it("asks anonymous callers for a credential", async () => {
      await here.user("bob");
      const body = refusal(401, "Requires authentication", CHECK_MINE);
      await here.anyone.get("/user/following/bob").expect(401, body);
    });

    it("2: says 204 to a follower", async () => {
      const { alice, bob } = await cast();
      await alice.put("/user/following/bob").expect(204);
      const { headers, text } = await alice.get("/user/following/bob").expect(204);
      expect(text).toBe("");
      expect(headers).not.toHaveProperty("content-type");
      await bob.get("/user/following/alice").expect(404, notFound(CHECK_MINE));
    });
  });

  describe("DELETE /user/following/{username}", () => {
    it("asks anonymous callers for a credential", async () => {
      await here.user("bob");
      const body = refusal(401, "Requires authentication", UNFOLLOW);
      await here.anyone.delete("/user/following/bob").expect(401, body);
    });

    it("6: ends the follow", async () => {
      const { alice } = await cast();
      await alice.put("/user/following/bob").expect(204);
      const { headers, text } = await alice.delete("/user/following/bob").expect(204);
      expect(text).toBe("");
      expect(headers).not.toHaveProperty("content-type");
      await alice.get("/user/following/bob").expect(404, notFound(CHECK_MINE));
      await alice.get("/user/following").expect(200, []);
    });

    it("takes a body of {}, as octokit.rb sends it", async () => {
      const { alice } = await cast();
      await alice.put("/user/following/bob").expect(204);
      await alice.delete("/user/following/bob").type("application/json").send("{}").expect(204);
      await alice.get("/user/following/bob").expect(404);
    });

    it("7: unfollowing a stranger is 204", async () => {
      const { alice } = await cast();
      await alice.delete("/user/following/carol").expect(204);
    });

    it("9: unfollowing oneself is 204", async () => {
      const { alice } = await cast();
      await alice.delete("/user/following/alice").expect(204);
    });

    it("ends one direction alone", async () => {
      const { alice, bob } = await cast();
      await alice.put("/user/following/bob").expect(204);
      await bob.put("/user/following/alice").expect(204);
      await alice.delete("/user/following/bob").expect(204);
      await bob.get("/user/following/alice").expect(204);
    });
  });

  describe("GET /users/{username}/following/{target_user}", () => {
    it.each([
      ["missing", "bob"],
      ["alice", "missing"],
      ["alice", "bob"],
    ])("%s does not follow %s", async (follower, followed) => {
      await cast();
      await here.anyone
        .get(`/users/${follower}/following/${followed}`)
        .expect(404, notFound(CHECK));
    });

    it("3: anybody may ask who follows whom", async () => {
      const { alice } = await cast();
      await alice.put("/user/following/bob").expect(204);
      const { text } = await here.anyone.get("/users/alice/following/bob").expect(204);
      expect(text).toBe("");
      await here.anyone.get("/users/ALICE/following/BOB").expect(204);
    });

    it("4: a follow has one direction", async () => {
      const { alice } = await cast();
      await alice.put("/user/following/bob").expect(204);
      await here.anyone.get("/users/bob/following/alice").expect(404, notFound(CHECK));
    });
  });

  describe("GET /users/{username}/followers", () => {
    it("answers 404 for the list of an unknown user", async () => {
      await here.anyone.get("/users/missing/followers").expect(404, notFound(LIST_FOLLOWERS));
    });

    it("is empty at first", async () => {
      await here.user("bob");
      await here.anyone.get("/users/bob/followers").expect(200, []);
    });

    it("17: who follows again comes last", async () => {
      const { alice, carol, users } = await cast();
      await alice.put("/user/following/bob").expect(204);
      await carol.put("/user/following/bob").expect(204);
      await alice.delete("/user/following/bob").expect(204);
      expect(logins(await here.anyone.get("/users/bob/followers"))).toEqual(["carol"]);
      await alice.put("/user/following/bob").expect(204);
      expect(logins(await here.anyone.get("/users/bob/followers"))).toEqual(["carol", "alice"]);
      expect(users.alice.id).toBeLessThan(users.carol.id);
    });

    it("18: followers stand in the order in which they came, not in that of their ids", async () => {
      const bob = await here.user("bob");
      const [z, y, x] = [await here.user("z"), await here.user("y"), await here.user("x")];
      expect(z.id < y.id && y.id < x.id).toBe(true);
      // One burst, within one second.
      for (const user of [x, y, z]) {
        await (await here.as(user, "user")).put(`/user/following/${bob.username}`).expect(204);
      }
      expect(logins(await here.anyone.get("/users/bob/followers"))).toEqual(["x", "y", "z"]);
    });

    it("19: a renamed user is found by id, not by the old name", async () => {
      const { alice, users } = await cast();
      await alice.put("/user/following/bob").expect(204);
      const root = await here.as(await here.user("root", { admin: true }), "site_admin");
      await root.patch("/admin/users/bob").send({ login: "robert" }).expect(202);
      await here.anyone.get("/users/bob/followers").expect(404, notFound(LIST_FOLLOWERS));
      for (const owner of [`user/${users.bob.id}`, "users/robert"]) {
        const answer = await here.anyone.get(`/${owner}/followers`).expect(200);
        expect(logins(answer)).toEqual(["alice"]);
      }
      expect(logins(await alice.get("/user/following"))).toEqual(["robert"]);
    });

    it("20: a deleted user leaves lists and counters on both ends", async () => {
      const { alice, bob, carol } = await cast();
      await alice.put("/user/following/bob").expect(204);
      await bob.put("/user/following/carol").expect(204);
      await carol.put("/user/following/alice").expect(204);
      const root = await here.as(await here.user("root", { admin: true }), "site_admin");
      await root.delete("/admin/users/bob").expect(204);
      await alice.get("/user/following").expect(200, []);
      await carol.get("/user/followers").expect(200, []);
      await alice.get("/user/following/bob").expect(404, notFound(CHECK_MINE));
      expect((await alice.get("/user")).body).toMatchObject({ followers: 1, following: 0 });
      expect((await carol.get("/user")).body).toMatchObject({ followers: 0, following: 1 });
      await bob.get("/user/followers").expect(401, refusal(401, "Bad credentials"));
    });

    it("leaves suspended followers out, and they return to their places", async () => {
      const bob = await here.user("bob");
      await here.fans(bob, 3);
      const root = await here.as(await here.user("root", { admin: true }), "site_admin");
      const seen = async () => {
        const { followers } = (await here.anyone.get("/users/bob")).body;
        return [followers, logins(await here.anyone.get("/users/bob/followers"))];
      };
      await root.put("/users/fan1/suspended").expect(204);
      expect(await seen()).toEqual([2, ["fan0", "fan2"]]);
      await here.anyone.get("/users/fan1/following/bob").expect(404);
      await root.delete("/users/fan1/suspended").expect(204);
      expect(await seen()).toEqual([3, ["fan0", "fan1", "fan2"]]);
      await here.anyone.get("/users/fan1/following/bob").expect(204);
    });
  });

  describe("GET /users/{username}/following", () => {
    it("answers 404 for the list of an unknown user", async () => {
      await here.anyone.get("/users/missing/following").expect(404, notFound(LIST_FOLLOWING));
    });

    it("goes by id, not by the order of the follows", async () => {
      const { alice, users } = await cast();
      await alice.put("/user/following/carol").expect(204);
      await alice.put("/user/following/bob").expect(204);
      expect(users.bob.id).toBeLessThan(users.carol.id);
      expect(logins(await here.anyone.get("/users/alice/following"))).toEqual(["Bob", "carol"]);
    });

    it("leaves suspended users out until they return", async () => {
      const { alice, users } = await cast();
      await alice.put("/user/following/bob").expect(204);
      await alice.put("/user/following/carol").expect(204);
      const root = await here.as(await here.user("root", { admin: true }), "site_admin");
      await root.put("/users/bob/suspended").expect(204);
      expect(logins(await here.anyone.get("/users/alice/following"))).toEqual(["carol"]);
      expect((await here.anyone.get("/users/alice")).body.following).toBe(1);
      await alice.get("/user/following/bob").expect(404);
      await root.delete(`/users/${users.bob.username}/suspended`).expect(204);
      expect(logins(await here.anyone.get("/users/alice/following"))).toEqual(["Bob", "carol"]);
      expect((await here.anyone.get("/users/alice")).body.following).toBe(2);
    });
  });

  describe.each([
    ["GET /user/followers", "/user/followers", "list-followers-of-the-authenticated-user"],
    ["GET /user/following", "/user/following", "list-the-people-the-authenticated-user-follows"],
  ])("%s", (_, path, docs) => {
    it("asks anonymous callers for a credential", async () => {
      const body = refusal(401, "Requires authentication", page(docs));
      await here.anyone.get(path).expect(401, body);
    });

    it("is the caller's own list", async () => {
      const { alice, bob, carol, users } = await cast();
      await alice.put("/user/following/bob").expect(204);
      await bob.put("/user/following/alice").expect(204);
      const { body } = await alice.get(path).expect(200);
      expect(body).toEqual((await alice.get(path.replace("user", "users/alice"))).body);
      expect(logins({ body })).toEqual([users.bob.username]);
      await carol.get(path).expect(200, []);
    });

    it("is not taken for that of a user with this id", async () => {
      const { alice } = await cast();
      await here.user("followers");
      await alice.get(path).expect(200, []);
    });
  });

  describe.each([
    ["GET /user/{account_id}/followers", "followers", LIST_FOLLOWERS],
    ["GET /user/{account_id}/following", "following", LIST_FOLLOWING],
  ])("%s", (_, end, docs) => {
    it.each(["0", "999999999999999", "99999999999999999999", "bob", "1e3", "-1"])(
      "%s is the id of no user",
      async (id) => {
        await cast();
        await here.anyone.get(`/user/${id}/${end}`).expect(404, notFound(docs));
      },
    );

    it("is the list of the user who has the id", async () => {
      const { alice, bob, users } = await cast();
      await alice.put("/user/following/bob").expect(204);
      await bob.put("/user/following/carol").expect(204);
      const { text } = await here.anyone.get(`/users/bob/${end}`).expect(200);
      const twin = await here.anyone.get(`/user/${users.bob.id}/${end}`).expect(200);
      expect(logins(twin)).toEqual([end === "followers" ? "alice" : "carol"]);
      expect(twin.text).toBe(text);
    });
  });

  describe("GET /user/{account_id}/following/{target_user}", () => {
    it("answers as its twin with a name does", async () => {
      const { alice, users } = await cast();
      await alice.put("/user/following/bob").expect(204);
      await here.anyone.get(`/user/${users.alice.id}/following/bob`).expect(204);
      await here.anyone.get(`/user/${users.bob.id}/following/alice`).expect(404, notFound(CHECK));
      await here.anyone.get(`/user/${users.alice.id}/following/missing`).expect(404);
      await here.anyone.get("/user/999999999/following/bob").expect(404, notFound(CHECK));
    });
  });
});
