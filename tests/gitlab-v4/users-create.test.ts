import { describe, expect, it } from "@jest/globals";
import { isPassword } from "../../src/domain/credentials/passwords.ts";
import * as emails from "../../src/domain/profile/emails.ts";
import { GIF } from "./pictures.ts";
import { stage } from "./stage.ts";

const here = stage();

const NAMESPACE =
  "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', '.git' or '.atom'.";
const REPOSITORY =
  "can only include non-accented letters, digits, '_', '-' and '.'. It must not start with '-', '_', or '.', nor end with '-', '_', '.', '.git', or '.atom'.";
const OPTIONS =
  "password, reset_password, force_random_password are missing, at least one parameter must be provided";

/** All that is needed but a password, or word of how to do without. */
const open = { email: "nova@example.test", name: "Nova Lee", username: "nova" };
const good = { ...open, force_random_password: true };

/** What the log says about a user. */
async function notedOf(id: number) {
  const { query, tables } = here.store.engine;
  return (await query.select().from(tables.auditEvents)).filter(({ userId }) => userId === id);
}

describe("POST /users", () => {
  it("99: is for administrators, and looks at parameters first", async () => {
    const { asUser } = await here.cast();
    const refused = await asUser.post("/users").send(good);
    expect([refused.status, refused.body]).toEqual([403, { message: "403 Forbidden" }]);
    const empty = await asUser.post("/users").send({});
    expect(empty.status).toBe(400);
    const anonymous = await here.anyone.post("/users").send(good);
    expect([anonymous.status, anonymous.body]).toEqual([401, { message: "401 Unauthorized" }]);
  });

  it("99: needs the scope api", async () => {
    const { adminUser } = await here.cast();
    const reader = await here.as(adminUser, "read_user");
    const { status, body } = await reader.post("/users").send(good);
    expect([status, body.error]).toEqual([403, "insufficient_scope"]);
  });

  it("100: names what is missing, in the vendor's order", async () => {
    const { asAdmin } = await here.cast();
    const nameless = { ...good, name: undefined };
    const without = await asAdmin.post("/users").send(nameless);
    expect([without.status, without.body]).toEqual([400, { error: "name is missing" }]);
    const empty = await asAdmin.post("/users").send({});
    expect(empty.body).toEqual({
      error: `email is missing, ${OPTIONS}, name is missing, username is missing`,
    });
    expect((await asAdmin.post("/users").send(open)).body).toEqual({ error: OPTIONS });
  });

  it("101: makes a user", async () => {
    const { asAdmin, adminUser } = await here.cast();
    const { status, body } = await asAdmin.post("/users").send(good);
    expect(status).toBe(201);
    const { id } = await here.named("nova");
    expect(body).toMatchObject({
      ...{ id, username: "nova", name: "Nova Lee", state: "active", email: "nova@example.test" },
      ...{ bio: "", is_admin: false, external: false, private_profile: false, confirmed_at: null },
      ...{ can_create_group: true, projects_limit: 100_000, theme_id: 1, color_scheme_id: 1 },
      ...{ identities: [], note: null, followers: 0, following: 0, two_factor_enabled: false },
    });
    expect(body.created_by).toMatchObject({ id: adminUser.id, username: "root" });
  });

  it("101: stores every attribute", async () => {
    const { asAdmin } = await here.cast();
    const attributes = {
      ...{ bio: "b", skype: "s", linkedin: "l", twitter: "t", discord: "12345678901234567" },
      ...{ website_url: "https://a.test", organization: "o", location: "x", pronouns: "they" },
      ...{ note: "n", theme_id: 11, color_scheme_id: 6, projects_limit: 3, private_profile: true },
      ...{ can_create_group: false, commit_email: "nova@example.test" },
      public_email: "nova@example.test",
    };
    const wanted = { ...good, ...attributes, admin: true, skip_confirmation: true };
    const { status, body } = await asAdmin.post("/users").send(wanted);
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...attributes, is_admin: true });
  });

  it("101: keeps addresses in lower case and names without markup", async () => {
    const { asAdmin } = await here.cast();
    const wanted = { ...good, email: " NOVA@Example.test ", name: " <b>Nova</b> <3 " };
    const { body } = await asAdmin.post("/users").send(wanted);
    expect([body.email, body.name]).toEqual(["nova@example.test", "-Nova- -3"]);
  });

  it("102: refuses an address that another user has", async () => {
    const { asAdmin, ordinaryUser, privateUser } = await here.cast();
    await here.store.engine.transaction(
      here.store.engine.query.update(here.store.engine.tables.emails).set({ confirmedAt: null }),
    );
    await emails.add(here.store, privateUser.id, ["second@example.test"], { confirmed: true });
    for (const email of ["UNA@example.test", "Second@Example.test"]) {
      const { status, body } = await asAdmin.post("/users").send({ ...good, email });
      expect([status, body]).toEqual([409, { message: "Email has already been taken" }]);
    }
    expect(ordinaryUser.username).toBe("una");
  });

  it("103: refuses an address that another user is to confirm, in another way", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    await emails.add(here.store, ordinaryUser.id, ["second@example.test"], { confirmed: false });
    const { status, body } = await asAdmin
      .post("/users")
      .send({ ...good, email: "second@example.test" });
    expect([status, body]).toEqual([400, { message: { email: ["has already been taken"] } }]);
  });

  it("104: refuses a username that another user has, after the address", async () => {
    const { asAdmin } = await here.cast();
    const taken = await asAdmin.post("/users").send({ ...good, username: "UNA" });
    expect([taken.status, taken.body]).toEqual([
      409,
      { message: "Username has already been taken" },
    ]);
    const both = await asAdmin.post("/users").send({
      ...good,
      username: "una",
      email: "vera@example.test",
    });
    expect(both.body).toEqual({ message: "Email has already been taken" });
  });

  it("104: makes one of two at the same time", async () => {
    const { asAdmin } = await here.cast();
    const both = await Promise.all([
      asAdmin.post("/users").send(good),
      asAdmin.post("/users").send(good),
    ]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 409]));
  });

  it("105: answers every error, by field", async () => {
    const { asAdmin } = await here.cast();
    const { status, body } = await asAdmin.post("/users").send({
      ...{ email: "nova@example.test", name: "Nova", password: "pass", username: "test!" },
      ...{ bio: "b".repeat(256), projects_limit: -1 },
    });
    expect(status).toBe(400);
    expect(body).toEqual({
      message: {
        username: [NAMESPACE, REPOSITORY],
        password: ["is too short (minimum is 8 characters)"],
        bio: ["is too long (maximum is 255 characters)"],
        projects_limit: ["must be greater than or equal to 0"],
      },
    });
  });

  const long = (most: number) => `is too long (maximum is ${most} characters)`;
  it.each([
    ["name", "", "can't be blank"],
    ["name", null, "can't be blank"],
    ["name", "n".repeat(256), long(255)],
    ["username", "", "can't be blank"],
    ["username", "-nova", NAMESPACE],
    ["username", "nova.git", NAMESPACE],
    ["username", "no va", NAMESPACE],
    ["username", "_nova", REPOSITORY],
    ["username", "no..va", REPOSITORY],
    ["username", "nóva", REPOSITORY],
    ["username", "u".repeat(256), long(255)],
    ["username", "nova.json", "ending with a reserved file extension is not allowed."],
    ["email", "", "can't be blank"],
    ["email", "invalid email", "is invalid"],
    ["bio", "é".repeat(256), long(255)],
    ["pronouns", "p".repeat(51), long(50)],
    ["linkedin", "l".repeat(501), long(500)],
    ["twitter", "t".repeat(501), long(500)],
    ["skype", "s".repeat(501), long(500)],
    ["discord", "1234", "must contain only a discord user ID."],
    ["location", "l".repeat(501), long(500)],
    ["organization", "o".repeat(501), long(500)],
    ["website_url", "javascript:alert(1)", "must be a valid URL"],
    ["website_url", "nowhere", "must be a valid URL"],
    ["color_scheme_id", 7, "7 is not a valid color scheme"],
    ["public_email", "other@example.test", "must be an email you have verified"],
    ["public_email", "nova@example.test", "must be an email you have verified"],
    ["commit_email", "other@example.test", "must be an email you have verified"],
  ])("105: refuses %s %j", async (field, value, message) => {
    const { asAdmin } = await here.cast();
    const { status, body } = await asAdmin.post("/users").send({ ...good, [field]: value });
    expect(status).toBe(400);
    expect(Object.keys(body.message)).toEqual([field]);
    expect(body.message[field]).toContain(message);
  });

  it.each([
    "password",
    "Password1!",
    "P@ssw0rd",
    "12345678",
    "qwertyuiop",
    "aaaaaaaa",
    "iloveyou2024",
    "my-nova-secret",
    "gitlab-rules",
  ])("106: refuses the password %s", async (password) => {
    const { asAdmin } = await here.cast();
    const { status, body } = await asAdmin.post("/users").send({ ...open, password });
    const words = "must not contain commonly used combinations of words and letters";
    expect([status, body]).toEqual([400, { message: { password: [words] } }]);
  });

  it("106: refuses a password that is too long, or empty", async () => {
    const { asAdmin } = await here.cast();
    const messages = async (password: unknown) =>
      (await asAdmin.post("/users").send({ ...open, password })).body.message;
    expect(await messages("pq7-".repeat(33))).toEqual({ password: [long(128)] });
    expect(await messages("")).toEqual({ password: ["can't be blank"] });
    expect(await messages(null)).toEqual({ password: ["can't be blank"] });
  });

  it("106: stores a good password, hashed", async () => {
    const { asAdmin } = await here.cast();
    await asAdmin
      .post("/users")
      .send({ ...open, password: "tofu-Horse-42" })
      .expect(201);
    const { passwordHash } = await here.named("nova");
    expect(await isPassword("tofu-Horse-42", passwordHash ?? "")).toBe(true);
  });

  it.each(["admin", "Users", "v2"])("107: keeps the name %s for itself", async (username) => {
    const { asAdmin } = await here.cast();
    const { status, body } = await asAdmin.post("/users").send({ ...good, username });
    expect(status).toBe(400);
    expect(body.message.username).toContain(`${username} is a reserved name`);
  });

  it("108: knows its themes", async () => {
    const { asAdmin } = await here.cast();
    const { status, body } = await asAdmin.post("/users").send({ ...good, theme_id: 50 });
    expect([status, body]).toEqual([400, { message: { theme_id: ["50 is not a valid theme"] } }]);
  });

  it("109: stores an identity, and wants both halves of it", async () => {
    const { asAdmin } = await here.cast();
    const half = await asAdmin.post("/users").send({ ...good, provider: "github" });
    const words = "extern_uid, provider provide all or none of parameters";
    expect([half.status, half.body]).toEqual([400, { error: words }]);
    const identity = { provider: "github", extern_uid: "67890" };
    const made = await asAdmin.post("/users").send({ ...good, ...identity });
    expect([made.status, made.body.identities]).toEqual([201, [identity]]);
    const again = { ...good, ...identity, username: "two", email: "two@example.test" };
    const taken = await asAdmin.post("/users").send(again);
    expect([taken.status, taken.body]).toEqual([
      400,
      { message: { "identities.extern_uid": ["has already been taken"] } },
    ]);
  });

  it("110: makes users without a password, with any other parameter", async () => {
    const { asAdmin } = await here.cast();
    await asAdmin
      .post("/users")
      .send({ ...open, reset_password: true })
      .expect(201);
    const other = { ...good, username: "two", email: "two@example.test", password: "x" };
    await asAdmin.post("/users").send(other).expect(201);
    expect((await here.named("two")).passwordHash).toBeNull();
    const neither = { ...open, username: "three", email: "three@example.test" };
    const { status, body } = await asAdmin.post("/users").send({
      ...{ ...neither, reset_password: false, force_random_password: false },
    });
    expect([status, body]).toEqual([400, { message: { password: ["can't be blank"] } }]);
  });

  it("110: leaves the links that are not mailed to the operator, not to the caller", async () => {
    const { asAdmin, adminUser } = await here.cast();
    const { body } = await asAdmin.post("/users").send({ ...good, reset_password: true });
    const kept = await notedOf(body.id);
    expect(kept.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["user.create", adminUser.id],
      ["user.confirm_email_link", adminUser.id],
      ["user.reset_password_link", adminUser.id],
    ]);
    const [secret = ""] = /[\w-]{32}$/m.exec(here.letters.at(-1)?.text ?? "") ?? [];
    expect(secret).not.toBe("");
    expect(JSON.stringify(kept) + here.log.join("")).not.toContain(secret);
    expect(JSON.stringify(body)).not.toContain("token=");
  });

  it("111: takes an avatar as a form", async () => {
    const { asAdmin } = await here.cast();
    const { status, body } = await asAdmin
      .post("/users")
      .field({ ...good, force_random_password: "1", admin: "False", projects_limit: "7" })
      .attach("avatar", GIF, "dk.gif");
    expect(status).toBe(201);
    expect(body.avatar_url).toBe(`${here.origin}/uploads/-/system/user/avatar/${body.id}/dk.gif`);
    expect(body.projects_limit).toBe(7);
  });

  it("111: refuses an avatar by field", async () => {
    const { asAdmin } = await here.cast();
    const text = await asAdmin.post("/users").send({ ...good, avatar: "dk.gif" });
    expect([text.status, text.body]).toEqual([400, { error: "avatar is invalid" }]);
    const { status, body } = await asAdmin
      .post("/users")
      .field({ ...good, force_random_password: "1" })
      .attach("avatar", Buffer.from("hello"), "dk.gif");
    expect([status, Object.keys(body.message)]).toEqual([400, ["avatar"]]);
    expect(body.message.avatar).toEqual([
      "file format is not supported. Please try one of the following supported formats: png, jpg, jpeg, gif, bmp, tiff, ico, webp",
    ]);
  });

  it("111: refuses a file where none belongs", async () => {
    const { asAdmin } = await here.cast();
    const { email, username } = good;
    const { status, body } = await asAdmin
      .post("/users")
      .field({ email, username, force_random_password: "1" })
      .attach("name", GIF, "dk.gif");
    expect([status, body]).toEqual([400, { error: "name is invalid" }]);
  });

  it("112: confirms at once with skip_confirmation", async () => {
    const { asAdmin } = await here.cast();
    const { body } = await asAdmin.post("/users").send({ ...good, skip_confirmation: true });
    expect(body.confirmed_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await notedOf(body.id)).toMatchObject([{ action: "user.create" }]);
  });

  it("takes away what external users may not do", async () => {
    const { asAdmin } = await here.cast();
    const wanted = { ...good, external: true, can_create_group: true, projects_limit: 9 };
    const { body } = await asAdmin.post("/users").send(wanted);
    expect(body).toMatchObject({
      ...{ external: true, can_create_group: false, projects_limit: 0, can_create_project: false },
    });
  });

  it("makes many users one after the other", async () => {
    const { asAdmin } = await here.cast();
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async (_, number) => {
        const names = { username: `many${number}`, email: `many${number}@example.test` };
        const wanted = { ...open, ...names, password: "tofu-Horse-42" };
        return (await asAdmin.post("/users").send(wanted)).status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([201]));
  });
});

describe("POST /users, where profiles begin as private ones", () => {
  const shy = stage({ config: { privateProfiles: true } });

  it("112: follows the setting where private_profile is not given", async () => {
    const { asAdmin } = await shy.cast();
    const made = async (username: string, more: object) => {
      const names = { username, email: `${username}@example.test` };
      return (await asAdmin.post("/users").send({ ...good, ...names, ...more })).body
        .private_profile;
    };
    expect(await made("absent", {})).toBe(true);
    expect(await made("empty", { private_profile: null })).toBe(true);
    expect(await made("open", { private_profile: false })).toBe(false);
  });
});
