import { describe, expect, it } from "@jest/globals";
import { isPassword } from "../../src/domain/credentials/passwords.ts";
import * as emails from "../../src/domain/profile/emails.ts";
import { findEmail } from "../../src/domain/profile/emails.ts";
import { stage } from "./stage.ts";

const here = stage();

const noUser = { message: "404 User Not Found" };

describe("public_email", () => {
  it("is null until it is set, and empty where it was emptied", async () => {
    const { R, u } = await here.cast();
    const shown = async (path = `/users/${u.id}`) =>
      (await R.get(path).expect(200)).body.public_email;
    expect(await shown()).toBeNull();
    const put = (public_email: string | null) => R.put(`/users/${u.id}`).send({ public_email });
    for (const [sent, kept] of [
      ["", ""],
      ["una@example.test", "una@example.test"],
      ["", ""],
      [null, null],
    ] as const) {
      const { body } = await put(sent).expect(200);
      expect([body.public_email, await shown()]).toEqual([kept, kept]);
    }
    expect((await R.get("/user").expect(200)).body.public_email).toBeNull();
  });
});

describe("PUT /users/:id", () => {
  it("117: is for administrators, be it oneself", async () => {
    const { U, u } = await here.cast();
    const { status, body } = await U.put(`/users/${u.id}`).send({ bio: "b" });
    expect([status, body]).toEqual([403, { message: "403 Forbidden" }]);
    const anonymous = await here.anyone.put(`/users/${u.id}`).send({ bio: "b" });
    expect([anonymous.status, anonymous.body]).toEqual([401, { message: "401 Unauthorized" }]);
    const wrong = await U.put(`/users/${u.id}`).send({ admin: "perhaps" });
    expect([wrong.status, wrong.body]).toEqual([400, { error: "admin is invalid" }]);
  });

  it("117: needs the scope api", async () => {
    const { r, u } = await here.cast();
    const reader = await here.as(r, "read_api");
    const { status, body } = await reader.put(`/users/${u.id}`).send({ bio: "b" });
    expect([status, body.error]).toEqual([403, "insufficient_scope"]);
  });

  it("118: knows who is there", async () => {
    const { R } = await here.cast();
    for (const id of ["999999", "0", "99999999999999999999"]) {
      const { status, body } = await R.put(`/users/${id}`).send({ bio: "b" });
      expect([status, body]).toEqual([404, noUser]);
    }
    const { status, body } = await R.put("/users/ASDF").send({ bio: "b" });
    expect([status, body]).toEqual([404, { error: "404 Not Found" }]);
  });

  it("113: changes a bio, and empties it", async () => {
    const { R, u } = await here.cast();
    const first = await R.put(`/users/${u.id}`).send({ bio: "new" });
    expect([first.status, first.body.bio]).toEqual([200, "new"]);
    const second = await R.put(`/users/${u.id}`).send({ bio: null });
    expect([second.status, second.body.bio]).toEqual([200, ""]);
  });

  it("113: empties whatever else is null", async () => {
    const { R, u } = await here.cast();
    await here.change(u, { pronouns: "they", location: "x", privateProfile: true, note: "n" });
    const empty = { pronouns: null, location: null, private_profile: null, note: null };
    const { body } = await R.put(`/users/${u.id}`).send(empty);
    expect(body).toMatchObject({ pronouns: "", location: "", private_profile: false, note: null });
  });

  it("114: takes the user's own username, and nobody else's", async () => {
    const { R, u } = await here.cast();
    const own = await R.put(`/users/${u.id}`).send({ username: "una" });
    expect([own.status, own.body.username]).toEqual([200, "una"]);
    const other = await R.put(`/users/${u.id}`).send({ username: "Vera" });
    expect([other.status, other.body]).toEqual([
      409,
      { message: "Username has already been taken" },
    ]);
    const email = await R.put(`/users/${u.id}`).send({ email: "VERA@example.test" });
    expect([email.status, email.body]).toEqual([409, { message: "Email has already been taken" }]);
  });

  it("114: renames", async () => {
    const { R, u } = await here.cast();
    const { body } = await R.put(`/users/${u.id}`).send({ username: "UNA" });
    expect(body.username).toBe("UNA");
    await R.put(`/users/${u.id}`).send({ username: "luna" }).expect(200);
    expect((await here.named("luna")).id).toBe(u.id);
    await expect(here.named("una")).rejects.toMatchObject({ kind: "not-found" });
  });

  it("114: leaves a username alone that is older than the rules", async () => {
    const { R, v } = await here.cast();
    await here.change(v, { username: "_old__name" });
    await R.put(`/users/${v.id}`).send({ username: "_old__name", name: "V" }).expect(200);
  });

  it("115: keeps a new address until it is confirmed", async () => {
    const { R, u } = await here.cast();
    const { status, body } = await R.put(`/users/${u.id}`).send({ email: "new@example.test" });
    expect([status, body.email]).toEqual([200, "una@example.test"]);
    expect((await here.named("una")).unconfirmedEmail).toBe("new@example.test");
  });

  it("115: takes a new address at once where it is told to", async () => {
    const { R, u } = await here.cast();
    const wanted = { email: "New@example.test", skip_reconfirmation: true };
    const { body } = await R.put(`/users/${u.id}`).send(wanted);
    expect(body.email).toBe("new@example.test");
    const all = await emails.of(here.store, u.id);
    expect(all.map(({ email, primary }) => [email, primary])).toEqual([
      ["new@example.test", true],
      ["una@example.test", false],
    ]);
  });

  it("115: takes another address of the user's that is confirmed", async () => {
    const { R, u } = await here.cast();
    await emails.add(here.store, u.id, ["own@example.test"], { confirmed: true });
    await emails.add(here.store, u.id, ["maybe@example.test"], { confirmed: false });
    const maybe = await R.put(`/users/${u.id}`).send({ email: "maybe@example.test" });
    expect(maybe.body.email).toBe("una@example.test");
    const { body } = await R.put(`/users/${u.id}`).send({ email: "own@example.test" });
    expect(body.email).toBe("own@example.test");
    expect((await here.named("una")).unconfirmedEmail).toBeNull();
  });

  it("115: gives up an address that nobody confirmed", async () => {
    const { R } = await here.cast();
    const names = { username: "nova", name: "Nova", email: "wrong@example.test" };
    const made = await R.post("/users").send({ ...names, force_random_password: true });
    const wanted = { email: "right@example.test", skip_reconfirmation: true };
    const { body } = await R.put(`/users/${made.body.id}`).send(wanted);
    expect(body.confirmed_at).not.toBeNull();
    expect(await findEmail(here.store, "wrong@example.test")).toBeUndefined();
  });

  it("115: refuses an address that somebody says is theirs", async () => {
    const { R, u, v } = await here.cast();
    await emails.add(here.store, v.id, ["v2@example.test"], { confirmed: false });
    const { status, body } = await R.put(`/users/${u.id}`).send({ email: "v2@example.test" });
    expect([status, body]).toEqual([400, { message: { email: ["has already been taken"] } }]);
  });

  it("116: refuses what is no address", async () => {
    const { R, u } = await here.cast();
    const { status, body } = await R.put(`/users/${u.id}`).send({ email: "invalid email" });
    expect([status, body]).toEqual([400, { message: { email: ["is invalid"] } }]);
  });

  it("116: changes nothing when nothing is asked for", async () => {
    const { R, u } = await here.cast();
    await here.change(u, { bio: "b", updatedAt: 1 });
    const empty = await R.put(`/users/${u.id}`).send({});
    expect([empty.status, empty.body.bio]).toEqual([200, "b"]);
    await R.put(`/users/${u.id}`).expect(200);
    await R.put(`/users/${u.id}`).send({ email: "UNA@example.test", username: "una" }).expect(200);
    expect((await here.named("una")).updatedAt).toBe(1);
  });

  it("116: reads a form too", async () => {
    const { R, u } = await here.cast();
    const form = await R.put(`/users/${u.id}`).type("form").send("admin=True&projects_limit=+5");
    expect([form.body.is_admin, form.body.projects_limit]).toEqual([true, 5]);
  });

  it("117: makes an administrator, whose token sees it at once", async () => {
    const { R, U, u, v } = await here.cast();
    const { body } = await R.put(`/users/${u.id}`).send({ admin: true });
    expect(body.is_admin).toBe(true);
    await U.put(`/users/${v.id}`).send({ bio: "from una" }).expect(200);
    await R.put(`/users/${u.id}`).send({ admin: false }).expect(200);
    await U.put(`/users/${v.id}`).send({ bio: "again" }).expect(403);
  });

  it("refuses everything that is wrong, and then changes nothing", async () => {
    const { R, u } = await here.cast();
    const { status, body } = await R.put(`/users/${u.id}`).send({
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
    const { R, r, u } = await here.cast();
    const password = "tofu-Horse-42";
    await R.put(`/users/${u.id}`).send({ password }).expect(200);
    const una = await here.named("una");
    expect(await isPassword(password, una.passwordHash ?? "")).toBe(true);
    expect(una.passwordExpiresAt).not.toBeNull();
    await R.put(`/users/${r.id}`).send({ password }).expect(200);
    expect((await here.named("root")).passwordExpiresAt).toBeNull();
    const weak = await R.put(`/users/${u.id}`).send({ password: "una@example.test" });
    expect(weak.status).toBe(400);
  });

  it("keeps out whose password another one set, until they choose their own", async () => {
    const { R, U, V, u, v } = await here.cast();
    const message =
      "403 Forbidden - Your password expired. Please access GitLab from a web browser to update " +
      "your password.";
    await R.put(`/users/${u.id}`).send({ password: "tofu-Horse-42" }).expect(200);
    await U.get("/user").expect(403, { message });
    await U.get("/users?username=una").expect(403, { message });
    await R.get("/user").query({ sudo: "una" }).expect(200);
    await here.change(u, { passwordExpiresAt: null });
    await U.get("/user").expect(200);
    // The time is still to come; or a bot never signs in with a password.
    await here.change(v, { passwordExpiresAt: Date.now() + 60_000 });
    await V.get("/user").expect(200);
    await here.change(v, { passwordExpiresAt: 1, type: "project_bot" });
    await V.get("/user").expect(200);
  });

  it("shows addresses that are the user's own", async () => {
    const { R, u } = await here.cast();
    const { body } = await R.put(`/users/${u.id}`).send({
      ...{ public_email: "una@example.test", commit_email: "_private" },
    });
    expect(body.public_email).toBe("una@example.test");
    expect(body.commit_email).toBe(`${u.id}-una@users.noreply.127.0.0.1`);
    const none = await R.put(`/users/${u.id}`).send({ public_email: "", commit_email: "" });
    expect([none.body.public_email, none.body.commit_email]).toEqual(["", "una@example.test"]);
    const { status, body: wrong } = await R.put(`/users/${u.id}`).send({
      public_email: "a@b.test",
    });
    const words = "must be an email you have verified";
    expect([status, wrong]).toEqual([400, { message: { public_email: [words] } }]);
  });

  it("adds an identity, changes it, and wants both halves", async () => {
    const { R, u, v } = await here.cast();
    const put = (id: number, change: object) => R.put(`/users/${id}`).send(change);
    const first = await put(u.id, { provider: "github", extern_uid: "1" });
    expect(first.body.identities).toEqual([{ provider: "github", extern_uid: "1" }]);
    await put(u.id, { provider: "saml", extern_uid: "1" });
    const changed = await put(u.id, { provider: "github", extern_uid: "2" });
    expect(changed.body.identities).toEqual([
      { provider: "github", extern_uid: "2" },
      { provider: "saml", extern_uid: "1" },
    ]);
    const half = await put(u.id, { extern_uid: "3" });
    const words = "extern_uid, provider provide all or none of parameters";
    expect([half.status, half.body]).toEqual([400, { error: words }]);
    const taken = await put(v.id, { provider: "github", extern_uid: "2" });
    expect(taken.body).toEqual({
      message: { "identities.extern_uid": ["has already been taken"] },
    });
  });

  it("takes rights from external users and gives them back", async () => {
    const { R, u } = await here.cast();
    const external = await R.put(`/users/${u.id}`).send({ external: true });
    expect(external.body).toMatchObject({ can_create_group: false, projects_limit: 0 });
    const internal = await R.put(`/users/${u.id}`).send({ external: false, projects_limit: 5 });
    expect(internal.body).toMatchObject({ can_create_group: true, projects_limit: 5 });
  });

  it("remembers how differences are shown", async () => {
    const { R, u } = await here.cast();
    await R.put(`/users/${u.id}`).send({ view_diffs_file_by_file: true }).expect(200);
    const { query, tables } = here.store.engine;
    const rows = await query.select().from(tables.userPreferences);
    expect(rows).toMatchObject([{ userId: u.id, viewDiffsFileByFile: true }]);
  });
});
