import { describe, expect, it } from "@jest/globals";
import { ids, stage } from "./stage.ts";

let now = Date.UTC(2026, 4, 6, 7, 8, 9);
// The first version that shows descriptions of tokens.
const here = stage({ clock: () => now, config: { gitlabVersion: "17.7.0" } });
const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
const dayAfter = (days: number) => new Date(now + days * DAY).toISOString().slice(0, 10);
const UNAUTHORIZED = { message: "401 Unauthorized" };
const revoked = {
  error: "invalid_token",
  error_description: "Token was revoked. You have to re-authorize from the user.",
};
const SHAPE = [
  "id",
  "name",
  "revoked",
  "created_at",
  "description",
  "scopes",
  "user_id",
  "last_used_at",
  "active",
  "expires_at",
];

describe("POST /users/{user_id}/personal_access_tokens", () => {
  it("165: is for administrators, before anything else is looked at", async () => {
    const { asAdmin, asUser, ordinaryUser } = await here.cast();
    const path = `/users/${ordinaryUser.id}/personal_access_tokens`;
    await here.anyone.post(path).expect(401, UNAUTHORIZED);
    for (const other of [path, "/users/abc/personal_access_tokens"]) {
      await asUser.post(other).send({}).expect(403, { message: "403 Forbidden" });
    }
    await asAdmin.post(path).send({}).expect(400, { error: "name is missing, scopes is missing" });
    const odd = asAdmin
      .post("/users/abc/personal_access_tokens")
      .send({ name: "t", scopes: ["api"] });
    await odd.expect(400, { error: "user_id is invalid" });
    const none = asAdmin.post("/users/999999/personal_access_tokens");
    await none.send({ name: "t", scopes: ["api"] }).expect(404, { message: "404 User Not Found" });
  });

  it("165: answers all errors in one sentence", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const refused = (body: object, message: string) =>
      asAdmin
        .post(`/users/${ordinaryUser.id}/personal_access_tokens`)
        .send({ name: "t", scopes: ["api"], ...body })
        .expect(422, { message });
    await refused({ scopes: [] }, "Scopes can't be blank");
    await refused({ name: "" }, "Name can't be blank");
    await refused({ name: "", scopes: [] }, "Name can't be blank and Scopes can't be blank");
    const late = `Expiration date must be before ${dayAfter(365)}`;
    await refused({ expires_at: dayAfter(366) }, late);
    const odd = asAdmin
      .post(`/users/${ordinaryUser.id}/personal_access_tokens`)
      .send({ name: "t", scopes: ["x"] });
    await odd.expect(400, { error: "scopes does not have a valid value" });
  });

  it("165: makes a token, and shows it once", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const path = `/users/${ordinaryUser.id}/personal_access_tokens`;
    const wanted = { name: "t", scopes: ["read_user", "api", "api"] };
    const { body } = await asAdmin.post(path).send(wanted).expect(201);
    expect(Object.keys(body)).toEqual([...SHAPE, "token"]);
    const { token, ...shown } = body;
    expect(shown).toEqual({
      id: expect.any(Number),
      name: "t",
      revoked: false,
      created_at: "2026-05-06T07:08:09.000Z",
      description: null,
      scopes: ["api", "read_user"],
      user_id: ordinaryUser.id,
      last_used_at: null,
      active: true,
      expires_at: dayAfter(365),
    });
    expect(token.length).toBeLessThanOrEqual(255);
    await asAdmin.get(`/personal_access_tokens/${body.id}`).expect(200, shown);
    await here.client(token).get("/user/emails").expect(200);
    const form = asAdmin.post(path).type("form").send("name=t&scopes[]=api&scopes[]=read_user");
    expect((await form.expect(201)).body.scopes).toEqual(["api", "read_user"]);
  });

  it("8: makes tokens that end at the beginning of their last day", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const wanted = { name: "t", scopes: ["api"], expires_at: dayAfter(1) };
    const path = `/users/${ordinaryUser.id}/personal_access_tokens`;
    const { body } = await asAdmin.post(path).send(wanted).expect(201);
    const user = here.client(body.token);
    const before = now;
    now = Date.parse(dayAfter(1)) - SECOND;
    await user.get("/user/emails").expect(200);
    now += SECOND;
    const refused = await user.get("/user/emails").expect(401);
    expect(refused.body).toEqual({
      error: "invalid_token",
      error_description: "Token is expired. You can either do re-authorization or token refresh.",
    });
    const { body: after } = await asAdmin.get(`/personal_access_tokens/${body.id}`).expect(200);
    expect(after).toMatchObject({ active: false, revoked: false });
    now = before;
  });
});

describe("POST /user/personal_access_tokens", () => {
  const path = "/user/personal_access_tokens";

  it("166: makes no strong tokens, and short-lived ones", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    await here.anyone.post(path).expect(401, UNAUTHORIZED);
    const make = (body: object) => asUser.post(path).send(body);
    await make({}).expect(400, { error: "name is missing, scopes is missing" });
    const strong = { error: "scopes does not have a valid value" };
    await make({ name: "t", scopes: ["api"] }).expect(400, strong);
    await make({ name: "t", scopes: "api" }).expect(400, strong);
    await make({ name: "t", scopes: [] }).expect(422, { message: "Scopes can't be blank" });
    const { body } = await make({ name: "t", scopes: ["k8s_proxy"] }).expect(201);
    expect(body).toMatchObject({
      scopes: ["k8s_proxy"],
      expires_at: dayAfter(1),
      user_id: ordinaryUser.id,
      token: expect.any(String),
    });
  });

  it("13: needs more than a reader's token", async () => {
    const { ordinaryUser } = await here.cast();
    const reader = await here.as(ordinaryUser, "read_api");
    const { body } = await reader
      .post(path)
      .send({ name: "t", scopes: ["k8s_proxy"] })
      .expect(403);
    expect(body).toMatchObject({ error: "insufficient_scope", scope: "api" });
  });
});

describe("GET /personal_access_tokens", () => {
  it("shows users their own, and no name on others", async () => {
    const { asUser, ordinaryUser, otherUser } = await here.cast();
    await here.anyone.get("/personal_access_tokens").expect(401, UNAUTHORIZED);
    const reader = await here.as(ordinaryUser, "read_user");
    await reader.get("/personal_access_tokens").expect(403);
    await here.issue({
      userId: ordinaryUser.id,
      name: "as una",
      scopes: ["api"],
      kind: "impersonation",
    });
    const list = await asUser.get("/personal_access_tokens").expect(200);
    expect(list.body.map(({ name }: { name: string }) => name)).toEqual(["test", "test"]);
    expect(list.headers["x-total"]).toBe("2");
    await asUser.get(`/personal_access_tokens?user_id=${ordinaryUser.id}`).expect(200, list.body);
    for (const id of [otherUser.id, 999999]) {
      await asUser.get(`/personal_access_tokens?user_id=${id}`).expect(401, UNAUTHORIZED);
    }
    await asUser
      .get("/personal_access_tokens?user_id=abc")
      .expect(400, { error: "user_id is invalid" });
  });

  it("shows administrators everybody's", async () => {
    const { asAdmin, adminUser, ordinaryUser, otherUser, privateUser } = await here.cast();
    const { body } = await asAdmin.get("/personal_access_tokens").expect(200);
    const owners = body.map(({ user_id }: { user_id: number }) => user_id);
    expect(owners).toEqual([adminUser.id, ordinaryUser.id, otherUser.id, privateUser.id]);
    const [of] = (await asAdmin.get(`/personal_access_tokens?user_id=${otherUser.id}`).expect(200))
      .body;
    expect(Object.keys(of)).toEqual(SHAPE);
    expect(of.user_id).toBe(otherUser.id);
    await asAdmin.get("/personal_access_tokens?user_id=999999").expect(404, {
      message: "404 Not Found",
    });
    const second = await asAdmin.get("/personal_access_tokens?per_page=1&page=2").expect(200);
    expect(second.body).toMatchObject([{ user_id: ordinaryUser.id }]);
    expect(second.headers).toMatchObject({ "x-total": "4", "x-next-page": "3" });
  });

  it("chooses by state, time and name", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const issue = async (name: string, expiresAt?: number) =>
      (await here.issue({ userId: ordinaryUser.id, name, scopes: ["api"], expiresAt }))[1].id;
    const old = await issue("100% Old", 5);
    now += DAY;
    const [gone, fresh] = [await issue("gone"), await issue("fresh")];
    await asAdmin.delete(`/personal_access_tokens/${gone}`).expect(204);
    const chosen = async (query: object) =>
      ids(
        await asAdmin
          .get("/personal_access_tokens")
          .query({ user_id: ordinaryUser.id, ...query })
          .expect(200),
      );
    const [first = 0] = await chosen({});
    expect(await chosen({})).toEqual([first, old, gone, fresh]);
    expect(await chosen({ revoked: true })).toEqual([gone]);
    expect(await chosen({ revoked: "no" })).toEqual([first, old, fresh]);
    expect(await chosen({ state: "active" })).toEqual([first, fresh]);
    expect(await chosen({ state: "inactive" })).toEqual([old, gone]);
    expect(await chosen({ search: "OLD" })).toEqual([old]);
    expect(await chosen({ search: "0%" })).toEqual([old]);
    expect(await chosen({ search: "f_esh" })).toEqual([]);
    const between = new Date(now - DAY / 2).toISOString();
    expect(await chosen({ created_after: between })).toEqual([gone, fresh]);
    expect(await chosen({ created_before: between })).toEqual([first, old]);
    expect(await chosen({ last_used_after: "2001-01-01" })).toEqual([]);
    await asAdmin.get("/personal_access_tokens?state=odd").expect(400, {
      error: "state does not have a valid value",
    });
    await asAdmin.get("/personal_access_tokens?created_after=odd").expect(400, {
      error: "created_after is invalid",
    });
  });
});

describe("one personal access token", () => {
  it("exists for administrators and its holder alone", async () => {
    const { asAdmin, asUser, ordinaryUser, otherUser } = await here.cast();
    const [, own] = await here.issue({ userId: ordinaryUser.id, name: "own", scopes: ["api"] });
    const [, other] = await here.issue({ userId: otherUser.id, name: "other", scopes: ["api"] });
    const own_ = await asUser.get(`/personal_access_tokens/${own.id}`).expect(200);
    expect(own_.body).toMatchObject({ id: own.id, name: "own", user_id: ordinaryUser.id });
    expect(own_.body).not.toHaveProperty("token");
    for (const id of [other.id, 999999]) {
      await asUser.get(`/personal_access_tokens/${id}`).expect(401, UNAUTHORIZED);
      await asUser.post(`/personal_access_tokens/${id}/rotate`).expect(401, UNAUTHORIZED);
    }
    await asUser.delete(`/personal_access_tokens/${other.id}`).expect(400, {
      message: "400 Bad request",
    });
    await asUser.delete("/personal_access_tokens/999999").expect(404, { message: "404 Not found" });
    const nothing = { message: "404 Not Found" };
    await asAdmin.get("/personal_access_tokens/999999").expect(404, nothing);
    await asAdmin.post("/personal_access_tokens/999999/rotate").expect(404, nothing);
    await asAdmin.get(`/personal_access_tokens/${other.id}`).expect(200);
    await asAdmin.get("/personal_access_tokens/abc").expect(404, { error: "404 Not Found" });
  });

  it("7: is revoked at once and for good", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const [token, { id }] = await here.issue({
      userId: ordinaryUser.id,
      name: "own",
      scopes: ["api"],
    });
    const holder = here.client(token);
    await holder.get("/user/emails").expect(200);
    await asUser.delete(`/personal_access_tokens/${id}`).expect(204);
    const { headers } = await holder.get("/user/emails").expect(401, revoked);
    expect(headers["www-authenticate"]).toContain("Bearer");
    await asUser.delete(`/personal_access_tokens/${id}`).expect(204);
    await asUser
      .get(`/personal_access_tokens/${id}`)
      .expect(200)
      .expect(/"revoked":true/);
  });

  it("167: is rotated into a new one like it", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const wanted = {
      userId: ordinaryUser.id,
      name: "own",
      scopes: ["api", "read_user"],
      description: "d",
    };
    const [token, { id }] = await here.issue(wanted);
    const path = `/personal_access_tokens/${id}/rotate`;
    const far = asUser.post(path).send({ expires_at: "2999-01-01" });
    const late = `400 Bad request - Expiration date must be before ${dayAfter(365)}`;
    await far.expect(400, { message: late });
    const { body } = await asUser.post(path).expect(200);
    expect(Object.keys(body)).toEqual([...SHAPE, "token"]);
    expect(body).toMatchObject({
      name: "own",
      description: "d",
      scopes: ["api", "read_user"],
      expires_at: dayAfter(7),
      active: true,
    });
    expect(body.id).not.toBe(id);
    await here.client(token).get("/user/emails").expect(401, revoked);
    const holder = here.client(body.token);
    await holder.get("/user/emails").expect(200);
    await asUser.post(path).expect(400, { message: "400 Bad request - token already revoked" });
    const asked = asUser.post(`/personal_access_tokens/${body.id}/rotate`);
    const { body: again } = await asked.send({ expires_at: dayAfter(3) }).expect(200);
    expect(again.expires_at).toBe(dayAfter(3));
  });

  it("is rotated by one of those who try at once", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const [, { id }] = await here.issue({ userId: ordinaryUser.id, name: "own", scopes: ["api"] });
    const tries = [1, 2, 3, 4].map(() => asUser.post(`/personal_access_tokens/${id}/rotate`));
    const answers = (await Promise.all(tries)).map(({ status }) => status);
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers.filter((status) => status === 400)).toHaveLength(3);
    const left = await asUser.get("/personal_access_tokens?state=active").expect(200);
    expect(left.body).toHaveLength(2);
  });
});

describe("the token in use", () => {
  const path = "/personal_access_tokens/self";

  it("168: describes itself, with any scopes", async () => {
    const { ordinaryUser } = await here.cast();
    await here.anyone.get(path).expect(401, UNAUTHORIZED);
    for (const scope of ["read_registry", "self_rotate", "gist"]) {
      const { body } = await (await here.as(ordinaryUser, scope)).get(path).expect(200);
      expect(body).toMatchObject({
        name: "test",
        user_id: ordinaryUser.id,
        scopes: [scope],
        active: true,
      });
      expect(body.last_used_at).toBe(new Date(now).toISOString());
    }
  });

  it("168: is that of the caller, also under sudo", async () => {
    const { asAdmin, adminUser, ordinaryUser } = await here.cast();
    const { body } = await asAdmin.get(path).set("Sudo", String(ordinaryUser.id)).expect(200);
    expect(body.user_id).toBe(adminUser.id);
  });

  it("168: revokes itself, with any scopes", async () => {
    const { ordinaryUser } = await here.cast();
    const holder = await here.as(ordinaryUser, "read_registry");
    expect((await holder.delete(path).expect(204)).text).toBe("");
    await holder.get(path).expect(401, revoked);
  });

  it("167: rotates itself, with a scope for it", async () => {
    const { ordinaryUser } = await here.cast();
    const reader = await here.as(ordinaryUser, "read_api");
    const { body: refusal } = await reader.post(`${path}/rotate`).expect(403);
    expect(refusal).toMatchObject({ error: "insufficient_scope", scope: "api self_rotate" });
    const holder = await here.as(ordinaryUser, "self_rotate");
    const { body } = await holder.post(`${path}/rotate`).send({ expires_at: dayAfter(2) });
    expect(body).toMatchObject({ scopes: ["self_rotate"], expires_at: dayAfter(2) });
    await holder.get(path).expect(401, revoked);
    await here.client(body.token).get(path).expect(200);
  });
});

describe("a token in wrong hands", () => {
  const here = stage();

  it("ends its successors when it is shown to be rotated a second time", async () => {
    const { ordinaryUser } = await here.cast();
    for (const which of ["self", "id"]) {
      const [old, { id }] = await here.issue({
        userId: ordinaryUser.id,
        name: "t",
        scopes: ["api"],
      });
      const first = await here.client(old).post("/personal_access_tokens/self/rotate").expect(200);
      const second = await here
        .client(first.body.token)
        .post(`/personal_access_tokens/${first.body.id}/rotate`)
        .expect(200);
      expect(second.body.token).toMatch(/^glpat-[\w-]{20}$/);
      // Another request of the old token is refused, and no more than that.
      await here.client(old).get("/user").expect(401);
      await here.client(second.body.token).get("/user").expect(200);
      const path = `/personal_access_tokens/${which === "id" ? id : which}/rotate`;
      await here.client(old).post(path).expect(401);
      await here.client(second.body.token).get("/user").expect(401);
    }
  });

  it("does not end itself with which an administrator acts as its owner", async () => {
    const { ordinaryUser } = await here.cast();
    const wanted = {
      userId: ordinaryUser.id,
      name: "t",
      scopes: ["api"],
      kind: "impersonation",
    } as const;
    const [text] = await here.issue(wanted);
    const client = here.client(text);
    await client.delete("/personal_access_tokens/self").expect(400);
    await client.get("/user").expect(200);
  });

  it("is not found for an empty user, whom no token is of", async () => {
    const { asAdmin, asUser } = await here.cast();
    await asAdmin.get("/personal_access_tokens?user_id=").expect(404, { message: "404 Not Found" });
    await asUser.get("/personal_access_tokens?user_id=").expect(200);
  });
});
