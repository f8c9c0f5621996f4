import { describe, expect, it } from "@jest/globals";
import { isPassword } from "../../src/domain/credentials/passwords.ts";
import * as emails from "../../src/domain/profile/emails.ts";
import { findEmail } from "../../src/domain/profile/emails.ts";
import { stage } from "./stage.ts";

const DAY_MS = 86_400_000;
const here = stage();

const noUser = { message: "404 User Not Found" };

describe("public_email", () => {
  it("is null until it is set, and empty where it was emptied", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const shown = async (path = `/users/${ordinaryUser.id}`) =>
      (await asAdmin.get(path).expect(200)).body.public_email;
    expect(await shown()).toBeNull();
    const put = (public_email: string | null) =>
      asAdmin.put(`/users/${ordinaryUser.id}`).send({ public_email });
    for (const [sent, kept] of [
      ["", ""],
      ["una@example.test", "una@example.test"],
      ["", ""],
      [null, null],
    ] as const) {
      const { body } = await put(sent).expect(200);
      expect([body.public_email, await shown()]).toEqual([kept, kept]);
    }
    expect((await asAdmin.get("/user").expect(200)).body.public_email).toBeNull();
  });
});

describe("PUT /users/:id", () => {
  it("117: is for administrators, be it oneself", async () => {
    const { asUser, ordinaryUser } = await here.cast();
    const { status, body } = await asUser.put(`/users/${ordinaryUser.id}`).send({ bio: "b" });
    expect([status, body]).toEqual([403, { message: "403 Forbidden" }]);
    const anonymous = await here.anyone.put(`/users/${ordinaryUser.id}`).send({ bio: "b" });
    expect([anonymous.status, anonymous.body]).toEqual([401, { message: "401 Unauthorized" }]);
    const wrong = await asUser.put(`/users/${ordinaryUser.id}`).send({ admin: "perhaps" });
    expect([wrong.status, wrong.body]).toEqual([400, { error: "admin is invalid" }]);
  });

  it("117: needs the scope api", async () => {
    const { adminUser, ordinaryUser } = await here.cast();
    const reader = await here.as(adminUser, "read_api");
    const { status, body } = await reader.put(`/users/${ordinaryUser.id}`).send({ bio: "b" });
    expect([status, body.error]).toEqual([403, "insufficient_scope"]);
  });

  it("118: answers 404 for an unknown id", async () => {
    const { asAdmin } = await here.cast();
    for (const id of ["999999", "0", "99999999999999999999"]) {
      const { status, body } = await asAdmin.put(`/users/${id}`).send({ bio: "b" });
      expect([status, body]).toEqual([404, noUser]);
    }
    const { status, body } = await asAdmin.put("/users/ASDF").send({ bio: "b" });
    expect([status, body]).toEqual([404, { error: "404 Not Found" }]);
  });

  it("113: changes a bio, and empties it", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const first = await asAdmin.put(`/users/${ordinaryUser.id}`).send({ bio: "new" });
    expect([first.status, first.body.bio]).toEqual([200, "new"]);
    const second = await asAdmin.put(`/users/${ordinaryUser.id}`).send({ bio: null });
    expect([second.status, second.body.bio]).toEqual([200, ""]);
  });

  it("113: empties all else that is null", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    await here.change(ordinaryUser, {
      pronouns: "they",
      location: "x",
      privateProfile: true,
      note: "n",
    });
    const empty = { pronouns: null, location: null, private_profile: null, note: null };
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send(empty);
    expect(body).toMatchObject({ pronouns: "", location: "", private_profile: false, note: null });
  });

  it("114: takes the user's own username, and that of no other user", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const own = await asAdmin.put(`/users/${ordinaryUser.id}`).send({ username: "una" });
    expect([own.status, own.body.username]).toEqual([200, "una"]);
    const other = await asAdmin.put(`/users/${ordinaryUser.id}`).send({ username: "Vera" });
    expect([other.status, other.body]).toEqual([
      409,
      { message: "Username has already been taken" },
    ]);
    const email = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ email: "VERA@example.test" });
    expect([email.status, email.body]).toEqual([409, { message: "Email has already been taken" }]);
  });

  it("114: gives the user another username, or the same in another case", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send({ username: "UNA" });
    expect(body.username).toBe("UNA");
    await asAdmin.put(`/users/${ordinaryUser.id}`).send({ username: "luna" }).expect(200);
    expect((await here.named("luna")).id).toBe(ordinaryUser.id);
    await expect(here.named("una")).rejects.toMatchObject({ kind: "not-found" });
  });

  it("114: leaves a username alone that is older than the rules", async () => {
    const { asAdmin, otherUser } = await here.cast();
    await here.change(otherUser, { username: "_old__name" });
    await asAdmin
      .put(`/users/${otherUser.id}`)
      .send({ username: "_old__name", name: "V" })
      .expect(200);
  });

  it("115: keeps a new address until it is confirmed", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const { status, body } = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ email: "new@example.test" });
    expect([status, body.email]).toEqual([200, "una@example.test"]);
    expect((await here.named("una")).unconfirmedEmail).toBe("new@example.test");
  });

  it("115: takes a new address at once with skip_reconfirmation", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const wanted = { email: "New@example.test", skip_reconfirmation: true };
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send(wanted);
    expect(body.email).toBe("new@example.test");
    const all = await emails.listByUser(here.store, ordinaryUser.id);
    expect(all.map(({ email, primary }) => [email, primary])).toEqual([
      ["new@example.test", true],
      ["una@example.test", false],
    ]);
  });

  it("115: takes another address of the user's that is confirmed", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    await emails.add(here.store, ordinaryUser.id, ["own@example.test"], { confirmed: true });
    await emails.add(here.store, ordinaryUser.id, ["maybe@example.test"], { confirmed: false });
    const maybe = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ email: "maybe@example.test" });
    expect(maybe.body.email).toBe("una@example.test");
    const { body } = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ email: "own@example.test" });
    expect(body.email).toBe("own@example.test");
    expect((await here.named("una")).unconfirmedEmail).toBeNull();
  });

  it("115: gives up an unconfirmed address", async () => {
    const { asAdmin } = await here.cast();
    const names = { username: "nova", name: "Nova", email: "wrong@example.test" };
    const made = await asAdmin.post("/users").send({ ...names, force_random_password: true });
    const wanted = { email: "right@example.test", skip_reconfirmation: true };
    const { body } = await asAdmin.put(`/users/${made.body.id}`).send(wanted);
    expect(body.confirmed_at).not.toBeNull();
    expect(await findEmail(here.store, "wrong@example.test")).toBeUndefined();
  });

  it("115: refuses an address that another user is to confirm", async () => {
    const { asAdmin, ordinaryUser, otherUser } = await here.cast();
    await emails.add(here.store, otherUser.id, ["v2@example.test"], { confirmed: false });
    const { status, body } = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ email: "v2@example.test" });
    expect([status, body]).toEqual([400, { message: { email: ["has already been taken"] } }]);
  });

  it("116: refuses what is no address", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const { status, body } = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ email: "invalid email" });
    expect([status, body]).toEqual([400, { message: { email: ["is invalid"] } }]);
  });

  it("116: changes nothing when nothing is asked for", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    await here.change(ordinaryUser, { bio: "b", updatedAt: 1 });
    const empty = await asAdmin.put(`/users/${ordinaryUser.id}`).send({});
    expect([empty.status, empty.body.bio]).toEqual([200, "b"]);
    await asAdmin.put(`/users/${ordinaryUser.id}`).expect(200);
    await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ email: "UNA@example.test", username: "una" })
      .expect(200);
    expect((await here.named("una")).updatedAt).toBe(1);
  });

  it("116: reads a form too", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const form = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .type("form")
      .send("admin=True&projects_limit=+5");
    expect([form.body.is_admin, form.body.projects_limit]).toEqual([true, 5]);
  });

  it("117: makes an administrator, whose token sees it at once", async () => {
    const { asAdmin, asUser, ordinaryUser, otherUser } = await here.cast();
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send({ admin: true });
    expect(body.is_admin).toBe(true);
    await asUser.put(`/users/${otherUser.id}`).send({ bio: "from una" }).expect(200);
    await asAdmin.put(`/users/${ordinaryUser.id}`).send({ admin: false }).expect(200);
    await asUser.put(`/users/${otherUser.id}`).send({ bio: "again" }).expect(403);
  });

  it("refuses everything that is wrong, and then changes nothing", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const { status, body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send({
      ...{ bio: "fine", username: "test!", password: "pass", projects_limit: -1, name: " " },
      ...{ theme_id: 0, color_scheme_id: 0 },
    });
    expect(status).toBe(400);
    expect(Object.keys(body.message).sort()).toEqual([
      ...["color_scheme_id", "name", "password", "projects_limit", "theme_id", "username"],
    ]);
    expect((await here.named("una")).bio).toBe("");
  });

  it("sets a password that has to be changed, unless it is one's own", async () => {
    const { asAdmin, adminUser, ordinaryUser } = await here.cast();
    const password = "tofu-Horse-42";
    await asAdmin.put(`/users/${ordinaryUser.id}`).send({ password }).expect(200);
    const una = await here.named("una");
    expect(await isPassword(password, una.passwordHash ?? "")).toBe(true);
    expect(una.passwordExpiresAt).not.toBeNull();
    await asAdmin.put(`/users/${adminUser.id}`).send({ password }).expect(200);
    expect((await here.named("root")).passwordExpiresAt).toBeNull();
    const weak = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ password: "una@example.test" });
    expect(weak.status).toBe(400);
  });

  it("keeps out whose password another one set, until they choose their own", async () => {
    const { asAdmin, asUser, asOther, ordinaryUser, otherUser } = await here.cast();
    const message =
      "403 Forbidden - Your password expired. Please access GitLab from a web browser to update " +
      "your password.";
    await asAdmin.put(`/users/${ordinaryUser.id}`).send({ password: "tofu-Horse-42" }).expect(200);
    await asUser.get("/user").expect(403, { message });
    await asUser.get("/users?username=una").expect(403, { message });
    await asAdmin.get("/user").query({ sudo: "una" }).expect(200);
    await here.change(ordinaryUser, { passwordExpiresAt: null });
    await asUser.get("/user").expect(200);
    // The time is still to come; or a bot never signs in with a password.
    await here.change(otherUser, { passwordExpiresAt: Date.now() + DAY_MS });
    await asOther.get("/user").expect(200);
    await here.change(otherUser, { passwordExpiresAt: 1, type: "project_bot" });
    await asOther.get("/user").expect(200);
  });

  it("shows addresses that are the user's own", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send({
      ...{ public_email: "una@example.test", commit_email: "_private" },
    });
    expect(body.public_email).toBe("una@example.test");
    expect(body.commit_email).toBe(`${ordinaryUser.id}-una@users.noreply.127.0.0.1`);
    const none = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ public_email: "", commit_email: "" });
    expect([none.body.public_email, none.body.commit_email]).toEqual(["", "una@example.test"]);
    const { status, body: wrong } = await asAdmin.put(`/users/${ordinaryUser.id}`).send({
      public_email: "a@b.test",
    });
    const words = "must be an email you have verified";
    expect([status, wrong]).toEqual([400, { message: { public_email: [words] } }]);
  });

  it("adds an identity, changes it, and wants both halves", async () => {
    const { asAdmin, ordinaryUser, otherUser } = await here.cast();
    const put = (id: number, change: object) => asAdmin.put(`/users/${id}`).send(change);
    const first = await put(ordinaryUser.id, { provider: "github", extern_uid: "1" });
    expect(first.body.identities).toEqual([{ provider: "github", extern_uid: "1" }]);
    await put(ordinaryUser.id, { provider: "saml", extern_uid: "1" });
    const changed = await put(ordinaryUser.id, { provider: "github", extern_uid: "2" });
    expect(changed.body.identities).toEqual([
      { provider: "github", extern_uid: "2" },
      { provider: "saml", extern_uid: "1" },
    ]);
    const half = await put(ordinaryUser.id, { extern_uid: "3" });
    const words = "extern_uid, provider provide all or none of parameters";
    expect([half.status, half.body]).toEqual([400, { error: words }]);
    const taken = await put(otherUser.id, { provider: "github", extern_uid: "2" });
    expect(taken.body).toEqual({
      message: { "identities.extern_uid": ["has already been taken"] },
    });
  });

  it("takes rights from external users and gives them back", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const external = await asAdmin.put(`/users/${ordinaryUser.id}`).send({ external: true });
    expect(external.body).toMatchObject({ can_create_group: false, projects_limit: 0 });
    const internal = await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ external: false, projects_limit: 5 });
    expect(internal.body).toMatchObject({ can_create_group: true, projects_limit: 5 });
  });

  it("remembers how differences are shown", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ view_diffs_file_by_file: true })
      .expect(200);
    const { query, tables } = here.store.engine;
    const rows = await query.select().from(tables.userPreferences);
    expect(rows).toMatchObject([{ userId: ordinaryUser.id, viewDiffsFileByFile: true }]);
  });
});
