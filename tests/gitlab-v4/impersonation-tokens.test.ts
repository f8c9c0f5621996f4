import { describe, expect, it } from "@jest/globals";
import { ids, stage } from "./stage.ts";

/** The clock stands still, so that no test begins on one day and ends on the next. */
const NOW = Date.UTC(2026, 0, 15, 12);
// The first version that shows descriptions of tokens.
const here = stage({ clock: () => NOW, config: { gitlabVersion: "17.7.0" } });
const DAY = 24 * 60 * 60 * 1000;
const dayAfter = (days: number) => new Date(NOW + days * DAY).toISOString().slice(0, 10);
const NOT_FOUND = { message: "404 Impersonation Token Not Found" };
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
  "impersonation",
];

describe("impersonation tokens", () => {
  it("163: are for administrators, before anything else is looked at", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const forbidden = { message: "403 Forbidden" };
    for (const path of ["/users/999999", `/users/${ordinaryUser.id}`, "/users/abc"]) {
      await here.anyone.get(`${path}/impersonation_tokens`).expect(401);
      await asUser.get(`${path}/impersonation_tokens`).expect(403, forbidden);
      await asUser.get(`${path}/impersonation_tokens?state=odd`).expect(403, forbidden);
      await asUser.post(`${path}/impersonation_tokens`).send({}).expect(403, forbidden);
      await asUser.get(`${path}/impersonation_tokens/1`).expect(403, forbidden);
      await asUser.delete(`${path}/impersonation_tokens/abc`).expect(403, forbidden);
    }
  });

  it("163: are not found where there is no user", async () => {
    const { asAdmin } = await here.cast();
    const notFound = { message: "404 User Not Found" };
    const wanted = { name: "t", scopes: ["api"] };
    await asAdmin.get("/users/999999/impersonation_tokens").expect(404, notFound);
    await asAdmin.post("/users/999999/impersonation_tokens").send(wanted).expect(404, notFound);
    await asAdmin.get("/users/999999/impersonation_tokens/1").expect(404, notFound);
    await asAdmin.delete("/users/999999/impersonation_tokens/1").expect(404, notFound);
    const odd = { error: "user_id is invalid" };
    await asAdmin.get("/users/abc/impersonation_tokens").expect(400, odd);
  });

  it("164: have a name, scopes that exist, and any end", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const path = `/users/${ordinaryUser.id}/impersonation_tokens`;
    const make = (body: object) => asAdmin.post(path).send(body);
    await make({}).expect(400, { error: "name is missing" });
    await make({ name: "t" }).expect(400, { message: { scopes: ["can't be blank"] } });
    await make({ name: "t", scopes: [] }).expect(400, { message: { scopes: ["can't be blank"] } });
    await make({ name: "", scopes: ["api"] }).expect(400, {
      message: { name: ["can't be blank"] },
    });
    const unknown = { scopes: ["can only contain available scopes"] };
    await make({ name: "t", scopes: ["nonsense"] }).expect(400, { message: unknown });
    const odd = { name: "t", scopes: ["api"], expires_at: "soon" };
    await make(odd).expect(400, { error: "expires_at is invalid" });
    const far = await make({ ...odd, expires_at: "2999-01-01" }).expect(400);
    expect(far.body.message.expires_at).toEqual([`must be before ${dayAfter(365)}`]);
    const past = await make({ ...odd, expires_at: "2001-02-03" }).expect(201);
    expect(past.body).toMatchObject({ active: false, revoked: false, expires_at: "2001-02-03" });
    // A whole timestamp is what one client sends, and a date is what it reads.
    const tomorrow = `${dayAfter(1)}T23:30:00-05:00`;
    const next = await make({ ...odd, expires_at: tomorrow }).expect(201);
    expect(next.body).toMatchObject({ active: true, expires_at: dayAfter(1) });
  });

  it("let an administrator act as the user, until they are revoked", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const path = `/users/${ordinaryUser.id}/impersonation_tokens`;
    const wanted = { name: "t", scopes: "read_user,api", description: "why" };
    const { body } = await asAdmin.post(path).send(wanted).expect(201);
    expect(Object.keys(body)).toEqual([...SHAPE, "token"]);
    const { token, ...shown } = body;
    expect(shown).toEqual({
      id: expect.any(Number),
      name: "t",
      revoked: false,
      created_at: expect.stringMatching(/T.*\.\d{3}Z$/),
      description: "why",
      scopes: ["api", "read_user"],
      user_id: ordinaryUser.id,
      last_used_at: null,
      active: true,
      expires_at: dayAfter(365),
      impersonation: true,
    });
    await asAdmin.get(`${path}/${body.id}`).expect(200, shown);
    const user = here.client(token);
    await user.get("/user/emails").expect(200);
    await asAdmin.delete(`${path}/${body.id}`).expect(204);
    const { body: refusal, headers } = await user.get("/user/emails").expect(401);
    expect(refusal).toEqual({
      error: "invalid_token",
      error_description: "Token was revoked. You have to re-authorize from the user.",
    });
    expect(headers["www-authenticate"]).toContain('Bearer realm="Protected by OAuth 2.0"');
    await asAdmin.delete(`${path}/${body.id}`).expect(204);
    const { body: after } = await asAdmin.get(`${path}/${body.id}`).expect(200);
    expect(after).toMatchObject({ revoked: true, active: false });
  });

  it("163: are listed by state, without the tokens themselves", async () => {
    const { asAdmin, ordinaryUser, otherUser } = await here.cast();
    const path = `/users/${ordinaryUser.id}/impersonation_tokens`;
    const make = async (more: object = {}) =>
      (await asAdmin.post(path).send({ name: "t", scopes: ["api"], ...more })).body.id as number;
    const [live, expired, revoked] = [
      await make(),
      await make({ expires_at: "2001-01-01" }),
      await make(),
    ];
    await asAdmin.delete(`${path}/${revoked}`).expect(204);
    const list = await asAdmin.get(path).expect(200);
    expect(ids(list)).toEqual([live, expired, revoked]);
    expect(Object.keys(list.body[0])).toEqual(SHAPE);
    expect(list.headers).toMatchObject({ "x-total": "3", "x-page": "1" });
    expect(ids(await asAdmin.get(`${path}?state=all`))).toEqual([live, expired, revoked]);
    expect(ids(await asAdmin.get(`${path}?state=active`))).toEqual([live]);
    expect(ids(await asAdmin.get(`${path}?state=inactive`))).toEqual([expired, revoked]);
    expect(ids(await asAdmin.get(`${path}?per_page=1&page=2`))).toEqual([expired]);
    const odd = { error: "state does not have a valid value" };
    await asAdmin.get(`${path}?state=odd`).expect(400, odd);
    await asAdmin.get(`/users/${otherUser.id}/impersonation_tokens`).expect(200, []);
  });

  it("are not the tokens that users hold, nor other users'", async () => {
    const { asAdmin, ordinaryUser, otherUser } = await here.cast();
    const path = `/users/${ordinaryUser.id}/impersonation_tokens`;
    const [, personal] = await here.issue({
      userId: ordinaryUser.id,
      name: "own",
      scopes: ["api"],
    });
    const other = {
      userId: otherUser.id,
      name: "v",
      scopes: ["api"],
      kind: "impersonation",
    } as const;
    const [, impersonation] = await here.issue(other);
    for (const id of [personal.id, impersonation.id, 999999]) {
      await asAdmin.get(`${path}/${id}`).expect(404, NOT_FOUND);
      await asAdmin.delete(`${path}/${id}`).expect(404, NOT_FOUND);
    }
    await asAdmin.get(`${path}/abc`).expect(400, { error: "impersonation_token_id is invalid" });
    const late = asAdmin.delete(`/users/${otherUser.id}/impersonation_tokens/${impersonation.id}`);
    await late.set("If-Unmodified-Since", "Mon, 01 Jan 1990 00:00:00 GMT").expect(412);
  });
});

describe("where impersonation is switched off", () => {
  const strict = stage({ config: { impersonation: false } });

  it("impersonation tokens open nothing, and other tokens what they did", async () => {
    const { asAdmin, asUser, ordinaryUser } = await strict.cast();
    const wanted = { name: "t", scopes: ["api"] };
    const { body } = await asAdmin
      .post(`/users/${ordinaryUser.id}/impersonation_tokens`)
      .send(wanted)
      .expect(201);
    await strict.client(body.token).get("/user/emails").expect(401, {
      error: "invalid_token",
      error_description: "Token is an impersonation token but impersonation was disabled.",
    });
    await asUser.get("/user/emails").expect(200);
  });
});
