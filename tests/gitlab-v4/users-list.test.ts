import { describe, expect, it } from "@jest/globals";
import { BASIC, stage, usernames } from "./stage.ts";

const NOT_AUTHORIZED = { message: "403 Forbidden - Not authorized to access /api/v4/users" };
const SECRETS = [
  ...["is_admin", "highest_role", "note", "namespace_id", "created_by"],
  ...["current_sign_in_ip", "last_sign_in_ip", "email"],
];

describe("GET /users", () => {
  const here = stage();

  it("38: anonymous callers must name a user", async () => {
    await here.anyone.get("/users").expect(403, NOT_AUTHORIZED);
    await here.anyone.get("/users?username=").expect(403, NOT_AUTHORIZED);
    await here.anyone.get("/users?search=una").expect(403, NOT_AUTHORIZED);
  });

  it("refuses a token without a scope that reads users", async () => {
    const { ordinaryUser } = await here.cast();
    const { body } = await (await here.as(ordinaryUser, "create_runner")).get("/users").expect(403);
    expect(body.error).toBe("insufficient_scope");
  });

  it("39: strangers find a username in any case", async () => {
    await here.cast();
    for (const name of ["una", "UNA"]) {
      const { body } = await here.anyone.get(`/users?username=${name}`).expect(200);
      expect(body).toHaveLength(1);
      expect(body[0].username).toBe("una");
      expect(Object.keys(body[0])).toEqual(BASIC);
    }
  });

  it("40: an unknown username finds no user, as does an empty one", async () => {
    const { asUser } = await here.cast();
    await here.anyone.get("/users?username=missing").expect(200, []);
    await asUser.get("/users?username=").expect(200, []);
  });

  it("42: ordinary people see rows of seven keys", async () => {
    const { asUser } = await here.cast();
    const { body } = await asUser.get("/users").expect(200);
    expect(body).toHaveLength(4);
    for (const row of body) expect(Object.keys(row)).toEqual(BASIC);
  });

  it("43: ordinary people see nothing of what is for administrators", async () => {
    const { asUser } = await here.cast();
    const { body } = await asUser.get("/users?with_custom_attributes=true&admins=true").expect(200);
    for (const row of body) for (const key of SECRETS) expect(row).not.toHaveProperty(key);
  });

  it("44: administrators see rows of the long form", async () => {
    const { asAdmin } = await here.cast();
    const { body } = await asAdmin.get("/users").expect(200);
    const keys = ["email", "is_admin", "note", "namespace_id", "created_by"];
    for (const row of body) {
      expect(Object.keys(row).slice(0, 7)).toEqual(BASIC);
      for (const key of [...keys, "email_reset_offered_at"]) expect(row).toHaveProperty(key);
    }
    expect(body[0].email).toBe("petra@example.test");
  });

  it("45: created_by is the one who made the user, or null", async () => {
    const { asAdmin, adminUser } = await here.cast();
    await here.user("maria", { createdById: adminUser.id });
    const { body } = await asAdmin.get("/users").expect(200);
    expect(Object.keys(body[0].created_by)).toEqual(BASIC);
    expect(body[0].created_by.username).toBe("root");
    expect(body[1].created_by).toBeNull();
  });

  /** One user in every state, of every type, and an external one. */
  async function everybody() {
    const cast = await here.cast();
    for (const state of ["blocked", "ldap_blocked", "banned", "deactivated"] as const) {
      await here.change(await here.user(state.replace("_", "-")), { state });
    }
    await here.change(await here.user("pending"), { state: "blocked_pending_approval" });
    await here.change(await here.user("guest"), { external: true });
    await here.change(await here.user("bot"), { type: "project_bot" });
    await here.change(await here.user("alert-bot"), { type: "internal" });
    return cast;
  }
  const HUMANS = ["guest", "pending", "deactivated", "petra", "vera", "una", "root"];
  const ALL = ["alert-bot", "bot", ...HUMANS];

  it("46: blocked is what an administrator or a directory has blocked, for administrators", async () => {
    const { asAdmin, asUser } = await everybody();
    await asUser.get("/users?blocked=true").expect(200, []);
    expect(usernames(await asAdmin.get("/users?blocked=true"))).toEqual([
      "ldap-blocked",
      "blocked",
    ]);
  });

  it("47: ordinary users see no blocked or banned user, but deactivated ones", async () => {
    const { asUser, asAdmin } = await everybody();
    expect(usernames(await asUser.get("/users"))).toEqual(ALL);
    const { headers } = await asAdmin.get("/users").expect(200);
    expect(headers["x-total"]).toBe("12");
  });

  it("48: external people can be asked for by everybody, and left out", async () => {
    const { asUser } = await everybody();
    expect(usernames(await asUser.get("/users?external=true"))).toEqual(["guest"]);
    const rest = ALL.filter((name) => name !== "guest");
    expect(usernames(await asUser.get("/users?exclude_external=true"))).toEqual(rest);
    expect(usernames(await asUser.get("/users?external=false"))).toEqual(ALL);
  });

  it("49: an identity is for administrators, and takes both of its parts", async () => {
    const { asUser } = await here.cast();
    const error = "extern_uid, provider provide all or none of parameters";
    for (const part of ["extern_uid=1", "provider=github"]) {
      await asUser.get(`/users?${part}`).expect(400, { error });
    }
    const path = "/users?extern_uid=1&provider=github";
    await asUser.get(path).expect(403, { message: "403 Forbidden" });
    await here.anyone.get(path).expect(401, { message: "401 Unauthorized" });
  });

  it.each([
    ["2022-01-01T:12:30:26", "2022-01-01T12:30:26.000Z"],
    ["2022-01-01T12:30:26.5+02:00", "2022-01-01T10:30:26.500Z"],
    ["2022-1-1 2:30 pm", "2022-01-01T14:30:00.000Z"],
    ["2022/01/01 12:30:26 -0130", "2022-01-01T14:00:26.000Z"],
    ["20220101T123026Z", "2022-01-01T12:30:26.000Z"],
    ["1 Jan 2022 12:30:26", "2022-01-01T12:30:26.000Z"],
    ["2022-01-01", "2022-01-01T00:00:00.000Z"],
  ])("created_before=%s is a time, as Ruby reads it", async (text, time) => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const found = async () =>
      usernames(await asAdmin.get(`/users?created_before=${encodeURIComponent(text)}`).expect(200));
    await here.change(ordinaryUser, { createdAt: Date.parse(time) });
    expect(await found()).toEqual(["una"]);
    await here.change(ordinaryUser, { createdAt: Date.parse(time) + 1 });
    expect(await found()).toEqual([]);
  });

  it.each([
    "2022-02-30",
    "2022-13-01",
    "2022-01-01T25:00",
    "2022-01-01T12:61",
    "2022-01-01Tx",
    "soon",
  ])("created_after=%s is no time", async (text) => {
    const { asAdmin } = await here.cast();
    await asAdmin
      .get(`/users?created_after=${text}`)
      .expect(400, { error: "created_after is invalid" });
  });

  it("administrators find the user with an identity", async () => {
    const { asAdmin, otherUser } = await here.cast();
    await asAdmin
      .put(`/users/${otherUser.id}`)
      .send({ provider: "github", extern_uid: "42" })
      .expect(200);
    const found = await asAdmin.get("/users?extern_uid=42&provider=github").expect(200);
    expect(usernames(found)).toEqual(["vera"]);
    await asAdmin.get("/users?extern_uid=42&provider=gitlab").expect(200, []);
  });

  it("51: admins=true is heard from administrators alone", async () => {
    const { asAdmin, asUser } = await here.cast();
    expect(usernames(await asAdmin.get("/users?admins=true"))).toEqual(["root"]);
    expect(usernames(await asUser.get("/users?admins=true"))).toHaveLength(4);
  });

  it("52: the time of making bounds what administrators see", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    await here.change(otherUser, { createdAt: Date.UTC(2000, 0, 1) });
    const bounds = "created_before=2001-01-02T00:00:00.060Z&created_after=1999-01-02T00:00:00.060";
    expect(usernames(await asAdmin.get(`/users?${bounds}`))).toEqual(["vera"]);
    expect(usernames(await asAdmin.get("/users?created_after=2000-1-2"))).not.toContain("vera");
    expect(usernames(await asUser.get(`/users?${bounds}`))).toHaveLength(4);
  });

  it("53: two_factor divides for administrators; another value asks for nothing", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    await here.change(otherUser, { otpEnabledAt: 1 });
    expect(usernames(await asAdmin.get("/users?two_factor=enabled"))).toEqual(["vera"]);
    expect(usernames(await asAdmin.get("/users?two_factor=disabled"))).not.toContain("vera");
    expect(usernames(await asAdmin.get("/users?two_factor=bogus"))).toHaveLength(4);
    expect(usernames(await asUser.get("/users?two_factor=enabled"))).toHaveLength(4);
  });

  it("54: without_projects leaves out who is in a project", async () => {
    const { asAdmin, asUser, ordinaryUser, otherUser } = await here.cast();
    const { engine } = here.store;
    const { memberships, userCounts } = engine.tables;
    const project = { userId: otherUser.id, sourceType: "Project", sourceId: 1 } as const;
    await engine.transaction(
      engine.query.insert(memberships).values({ ...project, sourceName: "p", accessLevel: 30 }),
      engine.query.insert(userCounts).values({ userId: ordinaryUser.id, projects: 2 }),
    );
    expect(usernames(await asAdmin.get("/users?without_projects=true"))).toEqual(["petra", "root"]);
    expect(usernames(await asUser.get("/users?without_projects=true"))).toHaveLength(4);
  });

  it("55: everybody is there who is not left out by type", async () => {
    const { asUser } = await everybody();
    const got = async (query: string) => usernames(await asUser.get(`/users?${query}`).expect(200));
    expect(await got("exclude_internal=true")).toEqual(["bot", ...HUMANS]);
    expect(await got("without_project_bots=true")).toEqual(["alert-bot", ...HUMANS]);
    expect(await got("humans=true")).toEqual(HUMANS);
    expect(await got("exclude_humans=true")).toEqual(["alert-bot", "bot"]);
    expect(await got("exclude_active=true")).toEqual(["pending", "deactivated"]);
    expect(await got("active=true")).toEqual(["bot", "guest", "petra", "vera", "una", "root"]);
  });

  it("56: refuses an unknown order_by or sort", async () => {
    const { asUser } = await here.cast();
    const refused = (name: string) => ({ error: `${name} does not have a valid value` });
    await asUser.get("/users?order_by=magic").expect(400, refused("order_by"));
    await asUser.get("/users?sort=up").expect(400, refused("sort"));
  });

  it("57: the newest come first, unless asked otherwise", async () => {
    const { asAdmin } = await here.cast();
    const newest = ["petra", "vera", "una", "root"];
    expect(usernames(await asAdmin.get("/users"))).toEqual(newest);
    expect(usernames(await asAdmin.get("/users?order_by=id&sort=asc"))).toEqual(
      newest.toReversed(),
    );
    expect(usernames(await asAdmin.get("/users?sort=asc"))).toEqual(newest.toReversed());
    expect(usernames(await asAdmin.get("/users?order_by=created_at"))).toEqual(newest);
  });

  it("58: ordinary people, too, may choose the order of what a search finds", async () => {
    const { asUser } = await here.cast();
    await here.user("ann-b", { name: "Beta" });
    await here.user("ann-a", { name: "alpha" });
    await here.user("ann-c", { name: "Gamma" });
    const got = async (query: string) => usernames(await asUser.get(`/users?search=ann&${query}`));
    expect(await got("order_by=name&sort=desc")).toEqual(["ann-c", "ann-b", "ann-a"]);
    expect(await got("order_by=name&sort=asc")).toEqual(["ann-a", "ann-b", "ann-c"]);
    expect(await got("order_by=username")).toEqual(["ann-c", "ann-b", "ann-a"]);
    expect(await got("order_by=updated_at&sort=asc")).toEqual(["ann-b", "ann-a", "ann-c"]);
    expect(await got("order_by=id")).toEqual(["ann-c", "ann-a", "ann-b"]);
  });

  it("59: whose address, username or name it is comes first, then by name", async () => {
    const { asUser } = await here.cast();
    await here.user("xalice", { name: "A friend of mine" });
    await here.user("anna", { name: "Alice" });
    await here.user("alice", { name: "Zoe" });
    await here.user("balice", { name: "B" });
    expect(usernames(await asUser.get("/users?search=Alice"))).toEqual([
      ...["alice", "anna", "xalice", "balice"],
    ]);
  });

  it("60: a search of two letters finds who is called exactly that", async () => {
    const { asUser } = await here.cast();
    await here.user("al");
    await here.user("allan", { name: "AL" });
    await here.user("alan");
    expect(usernames(await asUser.get("/users?search=Al"))).toEqual(["al", "allan"]);
  });

  it("every term is in the name, or every one in the username; quotes keep terms together", async () => {
    const { asUser } = await here.cast();
    await here.user("jsmith", { name: "John Smith" });
    await here.user("smithy", { name: "Smith John" });
    await here.user("john", { name: "Smithers" });
    const got = async (search: string) =>
      usernames(await asUser.get("/users").query({ search }).expect(200)).sort();
    expect(await got("john smith")).toEqual(["jsmith", "smithy"]);
    expect(await got('"john smith"')).toEqual(["jsmith"]);
    expect(await got("of john")).toEqual(["john", "jsmith", "smithy"]);
    expect(await got('o"h n')).toEqual([]);
    expect(await got("%_%")).toEqual([]);
    expect(await got(" ")).toHaveLength(7);
    expect(await got("@")).toHaveLength(7);
  });

  it("a search knows who was made, renamed, blocked or deleted since the last one", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const found = async (client: typeof asAdmin) => {
      const { body, headers } = await client.get("/users?search=searched").expect(200);
      return [usernames({ body }), headers["x-total"]];
    };
    const account = { email: "s@example.test", force_random_password: true };
    expect(await found(asAdmin)).toEqual([[], "0"]);
    const one = { ...account, username: "searched", name: "M" };
    const { body: made } = await asAdmin.post("/users").send(one).expect(201);
    expect(await found(asAdmin)).toEqual([["searched"], "1"]);
    await asAdmin.put(`/users/${otherUser.id}`).send({ name: "A searched one" }).expect(200);
    expect(await found(asAdmin)).toEqual([["searched", "vera"], "2"]);
    await asAdmin.put(`/users/${made.id}`).send({ username: "other" }).expect(200);
    expect(await found(asAdmin)).toEqual([["vera"], "1"]);
    expect(await found(asUser)).toEqual([["vera"], "1"]);
    await asAdmin.post(`/users/${otherUser.id}/block`).expect(201);
    expect([await found(asAdmin), await found(asUser)]).toEqual([
      [["vera"], "1"],
      [[], "0"],
    ]);
    await asAdmin.delete(`/users/${otherUser.id}?hard_delete=true`).expect(204);
    expect(await found(asAdmin)).toEqual([[], "0"]);
  });

  it("61: addresses are found whole, and hidden ones by administrators alone", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const { engine, clock } = here.store;
    const times = { createdAt: clock(), updatedAt: clock() };
    const second = { userId: otherUser.id, email: "v2@x.test", confirmedAt: clock(), ...times };
    const third = { userId: otherUser.id, email: "v3@x.test", confirmedAt: null, ...times };
    await engine.transaction(engine.query.insert(engine.tables.emails).values([second, third]));
    const found = async (client: typeof asAdmin, search: string) =>
      usernames(await client.get(`/users?search=${search}`).expect(200));
    expect(await found(asUser, "vera@example.test")).toEqual([]);
    expect(await found(asAdmin, "Vera@Example.test")).toEqual(["vera"]);
    expect(await found(asAdmin, "v2@x.test")).toEqual(["vera"]);
    expect(await found(asAdmin, "v3@x.test")).toEqual([]);
    expect(await found(asAdmin, "example.test")).toEqual([]);
    await here.change(otherUser, { publicEmail: "vera@public.test" });
    expect(await found(asUser, "vera@public.test")).toEqual(["vera"]);
    expect(await found(asUser, "public.test")).toEqual([]);
  });

  it("62: an @ in front changes nothing", async () => {
    const { asUser } = await here.cast();
    await here.user("alice");
    await here.user("alicent");
    const plain = await asUser.get("/users?search=alice").expect(200);
    const { body } = await asUser.get("/users?search=@alice").expect(200);
    expect(body).toEqual(plain.body);
    expect(usernames({ body })).toEqual(["alice", "alicent"]);
  });

  it("63: reads yes and no as Ruby people write them", async () => {
    const { asUser, otherUser } = await here.cast();
    await here.change(otherUser, { state: "deactivated" });
    await asUser.get("/users?active=abc").expect(400, { error: "active is invalid" });
    for (const yes of ["True", "1", "yes", "on", "t"]) {
      expect(usernames(await asUser.get(`/users?active=${yes}`))).not.toContain("vera");
    }
    for (const no of ["", "0", "False", "off"]) {
      expect(usernames(await asUser.get(`/users?active=${no}`))).toContain("vera");
    }
  });

  it("64: a date that is none", async () => {
    const { asAdmin, asUser } = await here.cast();
    const error = { error: "created_after is invalid" };
    await asAdmin.get("/users?created_after=notadate").expect(400, error);
    await asUser.get("/users?created_after=notadate").expect(400, error);
  });

  it("65: shows custom attributes to administrators who ask for them", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const { engine } = here.store;
    const row = { userId: otherUser.id, key: "level", value: "7" };
    await engine.transaction(engine.query.insert(engine.tables.customAttributes).values(row));
    const { body } = await asAdmin.get("/users?with_custom_attributes=true").expect(200);
    expect(body.map((each: { custom_attributes: unknown }) => each.custom_attributes)).toEqual([
      [],
      [{ key: "level", value: "7" }],
      [],
      [],
    ]);
    const { body: plain } = await asUser.get("/users?with_custom_attributes=true").expect(200);
    expect(Object.keys(plain[0])).toEqual(BASIC);
  });

  it("66: custom attributes filter for administrators", async () => {
    const { asAdmin, asUser, ordinaryUser, otherUser } = await here.cast();
    const { engine } = here.store;
    const rows = [
      { userId: ordinaryUser.id, key: "foo", value: "foo" },
      { userId: otherUser.id, key: "foo", value: "foo" },
      { userId: otherUser.id, key: "bar", value: "baz" },
    ];
    await engine.transaction(engine.query.insert(engine.tables.customAttributes).values(rows));
    const one = "custom_attributes[foo]=foo";
    expect(usernames(await asAdmin.get(`/users?${one}`))).toEqual(["vera", "una"]);
    const both = `${one}&custom_attributes[bar]=baz`;
    expect(usernames(await asAdmin.get(`/users?${both}`))).toEqual(["vera"]);
    expect(usernames(await asUser.get(`/users?${both}`))).toHaveLength(4);
  });
});

describe("GET /users in private mode", () => {
  const here = stage({ config: { privateMode: true } });

  it("41: refuses anonymous callers for any username", async () => {
    await here.cast();
    await here.anyone.get("/users?username=una").expect(403, NOT_AUTHORIZED);
  });
});
