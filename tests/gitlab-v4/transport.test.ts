import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import { stage, usernames } from "./stage.ts";

const UNAUTHORIZED = { message: "401 Unauthorized" };

describe("GitLab's manners", () => {
  const here = stage();

  it("1: anonymous callers are asked for a credential", async () => {
    const { body, headers } = await here.anyone.get("/user").expect(401);
    expect(body).toEqual(UNAUTHORIZED);
    expect(headers["content-type"]).toBe("application/json");
  });

  it("2: a bad token is refused even where none is needed", async () => {
    const { ordinaryUser } = await here.cast();
    const client = here.client("glpat-unknown");
    await client.get(`/users/${ordinaryUser.id}/status`).expect(401, UNAUTHORIZED);
    await client.get("/users?username=una").expect(401, UNAUTHORIZED);
  });

  it("3: an empty token is none", async () => {
    await here.cast();
    const answer = await here.client("").get("/users?username=una").expect(200);
    expect(usernames(answer)).toEqual(["una"]);
  });

  it("4: a bearer token", async () => {
    const { ordinaryUser } = await here.cast();
    const token = await here.token(ordinaryUser, "api");
    const answer = await here.anyone.get("/user").set("Authorization", `Bearer ${token}`);
    expect(answer.body.id).toBe(ordinaryUser.id);
  });

  it("5: a token in the query, which wins over the header", async () => {
    const { ordinaryUser, otherUser } = await here.cast();
    const token = await here.token(ordinaryUser, "api");
    const alone = await here.anyone.get(`/user?private_token=${token}`).expect(200);
    expect(alone.body.id).toBe(ordinaryUser.id);
    const both = await (await here.as(otherUser)).get(`/user?private_token=${token}`).expect(200);
    expect(both.body.id).toBe(ordinaryUser.id);
    const oauth = await here.anyone.get(`/user?access_token=${token}`).expect(200);
    expect(oauth.body.id).toBe(ordinaryUser.id);
  });

  it("5: no link repeats a token", async () => {
    const { ordinaryUser } = await here.cast();
    const token = await here.token(ordinaryUser, "api");
    const { headers } = await here.anyone.get(`/users?private_token=${token}`).expect(200);
    expect(headers.link).toContain("page=1");
    expect(headers.link).not.toContain(token);
  });

  it("6: a token in the body", async () => {
    const { ordinaryUser } = await here.cast();
    const private_token = await here.token(ordinaryUser, "api");
    const body = { private_token, email: "una2@example.test" };
    await here.anyone.post("/user/emails").send(body).expect(201);
    await here.anyone.post("/user/emails").send({ email: "a@b.test" }).expect(401, UNAUTHORIZED);
  });

  it("7: a revoked token", async () => {
    const { ordinaryUser } = await here.cast();
    const [text, { id }] = await here.issue({
      userId: ordinaryUser.id,
      name: "test",
      scopes: ["api"],
    });
    await tokens.revoke(here.store, id);
    const { body, headers } = await here.client(text).get("/user").expect(401);
    const description = "Token was revoked. You have to re-authorize from the user.";
    expect(body).toEqual({ error: "invalid_token", error_description: description });
    expect(headers["www-authenticate"]).toBe(
      `Bearer realm="Protected by OAuth 2.0", error="invalid_token", error_description="${description}"`,
    );
  });

  it("8: an expired token", async () => {
    const { ordinaryUser } = await here.cast();
    const expiresAt = Math.floor(Date.now() / 1000) - 1;
    const [text] = await here.issue({
      userId: ordinaryUser.id,
      name: "test",
      scopes: ["api"],
      expiresAt,
    });
    const { body } = await here.client(text).get("/user").expect(401);
    expect(body.error).toBe("invalid_token");
    expect(body.error_description).toMatch(/^Token is expired\./);
  });

  it("9: read_user writes nothing, for any holder", async () => {
    const { adminUser } = await here.cast();
    const client = await here.as(adminUser, "read_user");
    const { body } = await client.post("/users").send({}).expect(403);
    expect(body).toEqual({
      error: "insufficient_scope",
      error_description:
        "The request requires higher privileges than provided by the access token.",
      scope: "api",
    });
  });

  it("10: read_user reads users", async () => {
    const { ordinaryUser } = await here.cast();
    const client = await here.as(ordinaryUser, "read_user");
    for (const path of ["/user", "/user/keys", "/user/emails", "/users"]) {
      await client.get(path).expect(200);
    }
  });

  it("11: read_user does not read counts", async () => {
    const { ordinaryUser } = await here.cast();
    const { body } = await (await here.as(ordinaryUser, "read_user"))
      .get("/user_counts")
      .expect(403);
    expect(body.error).toBe("insufficient_scope");
  });

  it("12: a scope for something else opens nothing", async () => {
    const { ordinaryUser } = await here.cast();
    const { body } = await (await here.as(ordinaryUser, "read_registry")).get("/user").expect(403);
    expect(body).toMatchObject({ error: "insufficient_scope", scope: "api read_api read_user" });
  });

  it("13: read_api makes no tokens", async () => {
    const { ordinaryUser } = await here.cast();
    const client = await here.as(ordinaryUser, "read_api");
    const wanted = { name: "t", scopes: ["k8s_proxy"] };
    const { body } = await client.post("/user/personal_access_tokens").send(wanted).expect(403);
    expect(body.error).toBe("insufficient_scope");
  });

  it("14: a job's token is no credential", async () => {
    const { ordinaryUser } = await here.cast();
    const token = await here.token(ordinaryUser, "api");
    await here.anyone.get("/user").set("JOB-TOKEN", token).expect(401, UNAUTHORIZED);
    await here.anyone.get(`/user?job_token=${token}`).expect(401, UNAUTHORIZED);
  });

  it.each(["blocked", "ldap_blocked", "banned"] as const)(
    "15: a user who is %s gets 403 with the reason",
    async (state) => {
      const { asUser, ordinaryUser } = await here.cast();
      await here.change(ordinaryUser, { state });
      const message = "403 Forbidden - Your account has been blocked.";
      await asUser.get("/user").expect(403, { message });
      await asUser.get("/users?username=una").expect(403, { message });
    },
  );

  it("16: deactivated users, those pending approval and internal users get 403 with the reason", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const begins = async (text: string) => {
      const { body } = await asUser.get("/user").expect(403);
      expect(body.message.startsWith(`403 Forbidden - Your account ${text}`)).toBe(true);
    };
    await here.change(ordinaryUser, { state: "deactivated" });
    await begins("has been deactivated by your administrator.");
    await here.change(ordinaryUser, { state: "blocked_pending_approval" });
    await begins("is pending approval");
    await here.change(ordinaryUser, { state: "active", type: "internal" });
    const message = "403 Forbidden - This action cannot be performed by internal users";
    await asUser.get("/user").expect(403, { message });
  });

  it("17: no such route", async () => {
    const { asUser } = await here.cast();
    for (const path of ["/no-such", "/users/1/no-such", "/user/followers"]) {
      await here.anyone.get(path).expect(404, { error: "404 Not Found" });
      await asUser.get(path).expect(404, { error: "404 Not Found" });
    }
  });

  it("20: JSON that is none", async () => {
    const { asUser } = await here.cast();
    const post = asUser.post("/user/emails").set("Content-Type", "application/json").send("{oops");
    const { body } = await post.expect(400);
    expect(Object.keys(body)).toEqual(["error"]);
    expect(body.error).toContain("message body does not match declared format");
  });

  it("JSON that goes deeper than Ruby follows", async () => {
    const { asUser } = await here.cast();
    const json = (body: string) => ({
      get: asUser.get("/user/emails").set("Content-Type", "application/json").send(body),
      post: asUser.post("/user/emails").set("Content-Type", "application/json").send(body),
    });
    for (const depth of [101, 50_000]) {
      const body = `{"x":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
      for (const sent of Object.values(json(body))) {
        expect((await sent.expect(400)).body.error).toContain("does not match declared format");
      }
    }
    await json(`{"x":${"[".repeat(99)}${"]".repeat(99)}}`).get.expect(200);
  });

  it("halves of characters, which are refused", async () => {
    const { asUser } = await here.cast();
    const body = '{"a\\ud800":"b\\udfff"}';
    const list = asUser.get("/user/emails").set("Content-Type", "application/json").send(body);
    const answer = await list.expect(400);
    expect(Object.keys(answer.body)).toEqual(["error"]);
  });

  it("21: a body of another type", async () => {
    const { asUser } = await here.cast();
    const error = "The provided content-type 'text/plain' is not supported.";
    const post = asUser
      .post("/user/emails")
      .set("Content-Type", "text/plain")
      .send("email=a@b.test");
    await post.expect(415, { error });
  });

  it("22: unknown parameters change nothing and come back in links", async () => {
    const { asUser } = await here.cast();
    const { headers } = await asUser.get("/users?foo=bar&%3Cx%3E=%22").expect(200);
    expect(headers.link).toContain("foo=bar");
    expect(headers.link).toContain("%3Cx%3E=%22");
  });

  it("23: HEAD is GET without the body", async () => {
    const { asUser } = await here.cast();
    const { headers, text } = await asUser.head("/users").expect(200);
    expect(text ?? "").toBe("");
    expect(headers["x-total"]).toBe("4");
    expect(headers.link).toContain('rel="first"');
  });

  it("24: every answer says which it is", async () => {
    const { asUser, otherUser } = await here.cast();
    const answers = [
      await asUser.get("/user"),
      await asUser.get("/no-such"),
      await asUser.post(`/users/${otherUser.id}/follow`),
      await asUser.post(`/users/${otherUser.id}/follow`),
      await here.anyone.get("/user"),
      await here.anyone.options("/user"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 201, 304, 401, 204]);
    for (const { headers } of answers) {
      expect(headers.vary).toBe("Origin");
      expect(headers["x-runtime"]).toMatch(/^\d+\.\d+$/);
      expect(JSON.parse(headers["x-gitlab-meta"] ?? "")).toEqual({
        correlation_id: headers["x-request-id"],
        version: "1",
      });
    }
    expect(new Set(answers.map(({ headers }) => headers["x-request-id"])).size).toBe(6);
  });

  it("25: what the caller has is not sent again", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const { headers } = await asUser.get("/user").expect(200);
    expect(headers.etag).toMatch(/^W\/"/);
    expect(headers["cache-control"]).toBe("max-age=0, private, must-revalidate");
    const again = await asUser
      .get("/user")
      .set("If-None-Match", headers.etag ?? "")
      .expect(304);
    expect(again.text).toBe("");
    await here.change(ordinaryUser, { bio: "new" });
    await asUser
      .get("/user")
      .set("If-None-Match", headers.etag ?? "")
      .expect(200);
  });

  it("25: errors are not to be kept", async () => {
    const { headers } = await here.anyone.get("/user").expect(401);
    expect(headers["cache-control"]).toBe("no-cache");
    expect(headers).not.toHaveProperty("etag");
  });

  it("26: pages of other origins may read the headers of pages", async () => {
    const { asUser } = await here.cast();
    const { headers } = await asUser.get("/users").set("Origin", "https://x").expect(200);
    const exposed = (headers["access-control-expose-headers"] ?? "").split(", ");
    expect(exposed).toEqual(expect.arrayContaining(["Link", "X-Total", "ETag", "X-Request-Id"]));
    expect(headers["access-control-allow-origin"]).toBe("*");
  });

  it("27: what could be markup is escaped", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    await here.change(ordinaryUser, { bio: "<b>&\u2028" });
    const { text, body } = await asUser.get("/user").expect(200);
    expect(text).toContain(String.raw`"bio":"\u003cb\u003e\u0026\u2028"`);
    expect(text).toContain(String.raw`\u0026d=identicon`);
    expect(text).not.toContain("&");
    expect(body.bio).toBe("<b>&\u2028");
    const list = await asUser.get("/users").expect(200);
    expect(list.text).not.toContain("&");
  });

  it("28: times are UTC to the millisecond, and a day is a day", async () => {
    const { asUser } = await here.cast();
    const { body } = await asUser.get("/user").expect(200);
    for (const key of ["created_at", "confirmed_at"]) {
      expect(body[key]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    expect(body.last_activity_on).toBe(new Date().toISOString().slice(0, 10));
  });

  it("takes a slash, .json and any Accept", async () => {
    const { asUser } = await here.cast();
    for (const path of ["/user/", "/user.json", "/users/?per_page=1"]) {
      await asUser.get(path).set("Accept", "text/html").expect(200);
    }
  });

  it("answers 406 for any other format, before it looks at the caller", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const refused = (format: string) => ({
      error: `The requested format '${format}' is not supported.`,
    });
    for (const client of [here.anyone, asUser]) {
      await client.get("/users?format=xml").expect(406, refused("xml"));
      await client.get("/users.xml").expect(406, refused("xml"));
      await client.get(`/users/${ordinaryUser.id}.xml`).expect(406, refused("xml"));
      await client.post(`/users/${ordinaryUser.id}/follow?format=txt`).expect(406, refused("txt"));
      await client.delete("/user/keys/1.xml").expect(406, refused("xml"));
    }
    await asUser.get("/users?format=json").expect(200);
    await asUser.get("/users.json?format=xml").expect(406, refused("xml"));
    await asUser.get("/nowhere.xml").expect(404, { error: "404 Not Found" });
    await asUser.get("/users/una.xml/status").expect(404, { message: "404 User Not Found" });
  });

  it("speaks on the server's root to callers with GitLab's token", async () => {
    const { ordinaryUser, otherUser } = await here.cast();
    const token = await here.token(ordinaryUser, "api");
    const post = request(here.origin)
      .post(`/users/${otherUser.id}/follow`)
      .set("PRIVATE-TOKEN", token);
    const { body } = await post.expect(201);
    expect(body).toMatchObject({ id: otherUser.id, username: "vera" });
  });
});

describe("the day of the last activity", () => {
  let now = Date.UTC(2026, 0, 2, 10);
  const here = stage({ clock: () => now });

  it("moves with requests, which are no sign-ins", async () => {
    const { asAdmin, asUser, ordinaryUser } = await here.cast();
    const seen = async () => (await asAdmin.get(`/users/${ordinaryUser.id}`).expect(200)).body;
    const never = { sign_in_count: 0, current_sign_in_at: null, current_sign_in_ip: null };
    expect(await seen()).toMatchObject({ ...never, last_activity_on: null });
    await asUser.get("/user").expect(200);
    expect(await seen()).toMatchObject({ ...never, last_activity_on: "2026-01-02" });
    now = Date.UTC(2026, 0, 5);
    await asUser.get("/user").expect(200);
    expect(await seen()).toMatchObject({ ...never, last_activity_on: "2026-01-05" });
  });
});
