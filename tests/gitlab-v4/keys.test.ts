import { describe, expect, it } from "@jest/globals";
import { DSA } from "../domain/keys/ssh-public-keys.ts";
import { stage } from "./stage.ts";

const here = stage();
const LONG_AGO = "Mon, 01 Jan 1990 00:00:00 GMT";
const TAKEN = ["has already been taken"];

/** An Ed25519 key whose point is the number; no check asks whether it is on the curve. */
const key = (number: number) => {
  const point = Buffer.alloc(32, number);
  const type = Buffer.from("ssh-ed25519");
  const length = (bytes: Buffer) => Buffer.from([0, 0, 0, bytes.length]);
  const blob = Buffer.concat([length(type), type, length(point), point]);
  return `ssh-ed25519 ${blob.toString("base64")}`;
};
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIEKnOR8ZSDDiiyBiM+PYC2aqlw/bHKKz3eCN3aHAs5B";

describe("one's own keys", () => {
  it("need a caller and a scope", async () => {
    const { ordinaryUser } = await here.cast();
    await here.anyone.get("/user/keys").expect(401, { message: "401 Unauthorized" });
    await here.anyone.post("/user/keys").expect(401);
    const reader = await here.as(ordinaryUser, "read_user");
    await reader.get("/user/keys").expect(200, []);
    await reader.post("/user/keys").send({ title: "t", key: KEY }).expect(403);
  });

  it("150: have a key and a title", async () => {
    const { asUser } = await here.cast();
    const add = (body: object) => asUser.post("/user/keys").send(body);
    await add({ title: "t" }).expect(400, { error: "key is missing" });
    await add({ key: KEY }).expect(400, { error: "title is missing" });
    await add({}).expect(400, { error: "key is missing, title is missing" });
  });

  it("are judged as models are", async () => {
    const { asUser } = await here.cast();
    const refused = (body: object, message: object) =>
      asUser
        .post("/user/keys")
        .send({ title: "t", key: KEY, ...body })
        .expect(400, { message });
    const garbled = { key: ["is invalid"], fingerprint_sha256: ["cannot be generated"] };
    for (const text of ["garbled", "ssh-ed25519 AAAA", `${key(1)}\n${key(2)}`]) {
      await refused({ key: text }, garbled);
    }
    await refused({ key: "" }, { key: ["can't be blank"] });
    await refused({ title: "" }, { title: ["can't be blank"] });
    await refused(
      { title: "t".repeat(256) },
      { title: ["is too long (maximum is 255 characters)"] },
    );
    await refused(
      { key: `${KEY} ${"c".repeat(5000)}` },
      { key: ["is too long (maximum is 5000 characters)"] },
    );
    await refused({ expires_at: "2001-01-01" }, { key: ["has expired"] });
    await asUser.post("/user/keys").send({ title: "t", key: KEY, expires_at: "" }).expect(201);
    const odd = asUser.post("/user/keys").send({ title: "t", key: KEY, expires_at: "soon" });
    await odd.expect(400, { error: "expires_at is invalid" });
  });

  it("may be DSA keys, with any comment", async () => {
    const { asUser, otherUser, asAdmin } = await here.cast();
    const { body } = await asUser
      .post("/user/keys")
      .send({ title: "t", key: `${DSA} a@b` })
      .expect(201);
    expect(body.key).toBe(`${DSA} una (127.0.0.1)`);
    await asUser.delete(`/user/keys/${body.id}`).expect(204);
    await asAdmin.post(`/users/${otherUser.id}/keys`).send({ title: "t", key: DSA }).expect(201);
    const garbled = DSA.replace("zFY6boY=", "zFY6boZ=").replace("AAAAB3", "AAAAB4");
    await asUser.post("/user/keys").send({ title: "t", key: garbled }).expect(400);
  });

  it("151: are one user's, once", async () => {
    const { asUser, asOther } = await here.cast();
    await asUser.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    const message = { fingerprint_sha256: TAKEN, fingerprint: TAKEN, key: TAKEN };
    for (const who of [asUser, asOther]) {
      const again = who.post("/user/keys").send({ title: "other", key: `${KEY} again` });
      await again.expect(400, { message });
    }
  });

  it("152: have a use and an end", async () => {
    const { asUser } = await here.cast();
    const wanted = { title: "t", key: KEY, usage_type: "signing", expires_at: "2099-01-02" };
    const { body } = await asUser.post("/user/keys").send(wanted).expect(201);
    expect(Object.keys(body)).toEqual([
      "id",
      "title",
      "created_at",
      "expires_at",
      "key",
      "usage_type",
    ]);
    const expires_at = "2099-01-02T00:00:00.000Z";
    expect(body).toMatchObject({ title: "t", usage_type: "signing", expires_at });
    await asUser.get(`/user/keys/${body.id}`).expect(200, body);
    const odd = asUser.post("/user/keys").send({ title: "t", key: key(2), usage_type: "x" });
    await odd.expect(400, { error: "usage_type does not have a valid value" });
    const { body: usual } = await asUser.post("/user/keys").send({ title: "t", key: key(2) });
    expect(usual).toMatchObject({ usage_type: "auth_and_signing", expires_at: null });
    const list = await asUser.get("/user/keys").expect(200);
    expect(list.body).toEqual([body, usual]);
    expect(list.headers["x-total"]).toBe("2");
  });

  it("154: are not found by other users, administrators included", async () => {
    const { asAdmin, asUser } = await here.cast();
    const { body } = await asUser.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    await asAdmin.get(`/user/keys/${body.id}`).expect(404, { message: "404 Key Not Found" });
    await asAdmin.delete(`/user/keys/${body.id}`).expect(404, { message: "404 Key Not Found" });
    await asUser.get("/user/keys/ASDF").expect(400, { error: "key_id is invalid" });
  });

  it("155: are deleted once, and not after a change", async () => {
    const { asUser } = await here.cast();
    const { body } = await asUser.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    const path = `/user/keys/${body.id}`;
    const late = asUser.delete(path).set("If-Unmodified-Since", LONG_AGO);
    await late.expect(412, { message: "412 Precondition Failed" });
    await asUser.delete(path).set("If-Unmodified-Since", "yesterday-ish").expect(204);
    await asUser.delete(path).expect(404, { message: "404 Key Not Found" });
  });
});

describe("the keys of a user", () => {
  it("153: are public, with the owner and the host behind them", async () => {
    const { asPrivate, privateUser } = await here.cast();
    await here.change(privateUser, { name: "Petra P." });
    const { body } = await asPrivate
      .post("/user/keys")
      .send({ title: "t", key: `${KEY} x@y` })
      .expect(201);
    expect(body.key).toBe(`${KEY} Petra P. (127.0.0.1)`);
    for (const name of [privateUser.id, "petra", "PETRA"]) {
      await here.anyone.get(`/users/${name}/keys`).expect(200, [body]);
    }
    await here.anyone.get(`/users/${privateUser.id}/keys/${body.id}`).expect(200, body);
    const wrong = here.client("wrong").get(`/users/${privateUser.id}/keys`);
    await wrong.expect(401, { message: "401 Unauthorized" });
  });

  it("are not found where there is no user or no key", async () => {
    const { ordinaryUser, asOther } = await here.cast();
    const { body } = await asOther.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    const { anyone } = here;
    await anyone.get("/users/999999/keys").expect(404, { message: "404 User Not Found" });
    await anyone.get("/users/missing/keys").expect(404, { message: "404 User Not Found" });
    await anyone.get("/users/999999/keys/1").expect(404, { message: "404 User Not Found" });
    const elsewhere = anyone.get(`/users/${ordinaryUser.id}/keys/${body.id}`);
    await elsewhere.expect(404, { message: "404 Key Not Found" });
    await anyone.get(`/users/vera/keys/${body.id}`).expect(404, { error: "404 Not Found" });
  });

  it("are added and deleted by administrators", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const wanted = { title: "t", key: KEY };
    const path = `/users/${otherUser.id}/keys`;
    await here.anyone.post(path).send(wanted).expect(401);
    await asUser.post(path).send(wanted).expect(403, { message: "403 Forbidden" });
    await asUser.post(path).expect(400, { error: "key is missing, title is missing" });
    await asAdmin.post("/users/abc/keys").send(wanted).expect(400, { error: "user_id is invalid" });
    const unknown = asAdmin.post("/users/999999/keys");
    await unknown.send(wanted).expect(404, { message: "404 User Not Found" });
    await asAdmin
      .post("/users/999999/keys")
      .expect(400, { error: "key is missing, title is missing" });
    const { body } = await asAdmin.post(path).send(wanted).expect(201);
    expect(body.key).toBe(`${KEY} vera (127.0.0.1)`);
    const one = `${path}/${body.id}`;
    await asUser.delete(one).expect(403);
    await asAdmin.delete(one).set("If-Unmodified-Since", LONG_AGO).expect(412);
    await asAdmin.delete(one).expect(204);
    await asAdmin.delete(one).expect(404, { message: "404 Key Not Found" });
  });
});

describe("any key", () => {
  it("is found by administrators, by number", async () => {
    const { asAdmin, asUser, ordinaryUser } = await here.cast();
    const { body } = await asUser.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    await here.anyone.get(`/keys/${body.id}`).expect(401);
    await asUser.get(`/keys/${body.id}`).expect(403, { message: "403 Forbidden" });
    await asAdmin.get("/keys/999999").expect(404, { message: "404 Not found" });
    const { body: found } = await asAdmin.get(`/keys/${body.id}`).expect(200);
    expect(found).toMatchObject({
      ...body,
      user: { id: ordinaryUser.id, email: "una@example.test" },
    });
    expect(found.user).not.toHaveProperty("is_admin");
  });

  it("is found by administrators, by either fingerprint", async () => {
    const { asAdmin, asUser, ordinaryUser } = await here.cast();
    const { body } = await asUser.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    const [row] = await here.store.engine.query.select().from(here.store.engine.tables.sshKeys);
    const { fingerprintSha256 = "", fingerprintMd5 = "" } = row ?? {};
    for (const text of [fingerprintSha256, fingerprintMd5, fingerprintMd5.toUpperCase()]) {
      const found = await asAdmin.get("/keys").query({ fingerprint: text }).expect(200);
      expect(found.body).toMatchObject({ id: body.id, user: { id: ordinaryUser.id } });
    }
    await asUser.get("/keys").query({ fingerprint: fingerprintMd5 }).expect(403);
    await asAdmin.get("/keys").expect(400, { error: "fingerprint is missing" });
    const odd = asAdmin.get("/keys").query({ fingerprint: "odd" });
    await odd.expect(400, { message: "Failed to return the key" });
    for (const other of [`SHA256:${"A".repeat(43)}`, "11:".repeat(15).concat("11")]) {
      const none = asAdmin.get("/keys").query({ fingerprint: other });
      await none.expect(404, { message: "404 Key Not Found" });
    }
  });
});

describe("in private mode", () => {
  const closed = stage({ config: { privateMode: true } });

  it("anonymous callers find no user", async () => {
    const { asUser, otherUser } = await closed.cast();
    const notFound = { message: "404 User Not Found" };
    await closed.anyone.get(`/users/${otherUser.id}/keys`).expect(404, notFound);
    await closed.anyone.get(`/users/${otherUser.id}/keys/1`).expect(404, notFound);
    await asUser.get(`/users/${otherUser.id}/keys`).expect(200, []);
  });
});
