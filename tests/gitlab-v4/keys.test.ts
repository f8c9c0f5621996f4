import { describe, expect, it } from "@jest/globals";
import { DSA } from "../domain/keys/ssh-public-keys.ts";
import { stage } from "./stage.ts";

const here = stage();
const LONG_AGO = "Mon, 01 Jan 1990 00:00:00 GMT";
const TAKEN = ["has already been taken"];

/** An Ed25519 key whose point is the number; nobody looks whether it is on the curve. */
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
    const { u } = await here.cast();
    await here.anyone.get("/user/keys").expect(401, { message: "401 Unauthorized" });
    await here.anyone.post("/user/keys").expect(401);
    const reader = await here.as(u, "read_user");
    await reader.get("/user/keys").expect(200, []);
    await reader.post("/user/keys").send({ title: "t", key: KEY }).expect(403);
  });

  it("150: have a key and a title", async () => {
    const { U } = await here.cast();
    const add = (body: object) => U.post("/user/keys").send(body);
    await add({ title: "t" }).expect(400, { error: "key is missing" });
    await add({ key: KEY }).expect(400, { error: "title is missing" });
    await add({}).expect(400, { error: "key is missing, title is missing" });
  });

  it("are judged as models are", async () => {
    const { U } = await here.cast();
    const refused = (body: object, message: object) =>
      U.post("/user/keys")
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
    await U.post("/user/keys").send({ title: "t", key: KEY, expires_at: "" }).expect(201);
    const odd = U.post("/user/keys").send({ title: "t", key: KEY, expires_at: "soon" });
    await odd.expect(400, { error: "expires_at is invalid" });
  });

  it("may be DSA keys, with any comment", async () => {
    const { U, v, R } = await here.cast();
    const { body } = await U.post("/user/keys")
      .send({ title: "t", key: `${DSA} a@b` })
      .expect(201);
    expect(body.key).toBe(`${DSA} una (127.0.0.1)`);
    await U.delete(`/user/keys/${body.id}`).expect(204);
    await R.post(`/users/${v.id}/keys`).send({ title: "t", key: DSA }).expect(201);
    const garbled = DSA.replace("zFY6boY=", "zFY6boZ=").replace("AAAAB3", "AAAAB4");
    await U.post("/user/keys").send({ title: "t", key: garbled }).expect(400);
  });

  it("151: are one user's, once", async () => {
    const { U, V } = await here.cast();
    await U.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    const message = { fingerprint_sha256: TAKEN, fingerprint: TAKEN, key: TAKEN };
    for (const who of [U, V]) {
      const again = who.post("/user/keys").send({ title: "other", key: `${KEY} again` });
      await again.expect(400, { message });
    }
  });

  it("152: have a use and an end", async () => {
    const { U } = await here.cast();
    const wanted = { title: "t", key: KEY, usage_type: "signing", expires_at: "2099-01-02" };
    const { body } = await U.post("/user/keys").send(wanted).expect(201);
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
    await U.get(`/user/keys/${body.id}`).expect(200, body);
    const odd = U.post("/user/keys").send({ title: "t", key: key(2), usage_type: "x" });
    await odd.expect(400, { error: "usage_type does not have a valid value" });
    const { body: usual } = await U.post("/user/keys").send({ title: "t", key: key(2) });
    expect(usual).toMatchObject({ usage_type: "auth_and_signing", expires_at: null });
    const list = await U.get("/user/keys").expect(200);
    expect(list.body).toEqual([body, usual]);
    expect(list.headers["x-total"]).toBe("2");
  });

  it("154: are not found by anybody else, administrators among them", async () => {
    const { R, U } = await here.cast();
    const { body } = await U.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    await R.get(`/user/keys/${body.id}`).expect(404, { message: "404 Key Not Found" });
    await R.delete(`/user/keys/${body.id}`).expect(404, { message: "404 Key Not Found" });
    await U.get("/user/keys/ASDF").expect(400, { error: "key_id is invalid" });
  });

  it("155: are deleted once, and not after a change", async () => {
    const { U } = await here.cast();
    const { body } = await U.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    const path = `/user/keys/${body.id}`;
    const late = U.delete(path).set("If-Unmodified-Since", LONG_AGO);
    await late.expect(412, { message: "412 Precondition Failed" });
    await U.delete(path).set("If-Unmodified-Since", "yesterday-ish").expect(204);
    await U.delete(path).expect(404, { message: "404 Key Not Found" });
  });
});

describe("the keys of a user", () => {
  it("153: are public, with the owner and the host behind them", async () => {
    const { P, p } = await here.cast();
    await here.change(p, { name: "Petra P." });
    const { body } = await P.post("/user/keys")
      .send({ title: "t", key: `${KEY} x@y` })
      .expect(201);
    expect(body.key).toBe(`${KEY} Petra P. (127.0.0.1)`);
    for (const name of [p.id, "petra", "PETRA"]) {
      await here.anyone.get(`/users/${name}/keys`).expect(200, [body]);
    }
    await here.anyone.get(`/users/${p.id}/keys/${body.id}`).expect(200, body);
    const wrong = here.client("wrong").get(`/users/${p.id}/keys`);
    await wrong.expect(401, { message: "401 Unauthorized" });
  });

  it("are not found where there is no user or no key", async () => {
    const { u, V } = await here.cast();
    const { body } = await V.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    const { anyone } = here;
    await anyone.get("/users/999999/keys").expect(404, { message: "404 User Not Found" });
    await anyone.get("/users/nobody/keys").expect(404, { message: "404 User Not Found" });
    await anyone.get("/users/999999/keys/1").expect(404, { message: "404 User Not Found" });
    const elsewhere = anyone.get(`/users/${u.id}/keys/${body.id}`);
    await elsewhere.expect(404, { message: "404 Key Not Found" });
    await anyone.get(`/users/vera/keys/${body.id}`).expect(404, { error: "404 Not Found" });
  });

  it("are added and deleted by administrators", async () => {
    const { R, U, v } = await here.cast();
    const wanted = { title: "t", key: KEY };
    const path = `/users/${v.id}/keys`;
    await here.anyone.post(path).send(wanted).expect(401);
    await U.post(path).send(wanted).expect(403, { message: "403 Forbidden" });
    await U.post(path).expect(400, { error: "key is missing, title is missing" });
    await R.post("/users/abc/keys").send(wanted).expect(400, { error: "user_id is invalid" });
    const nobody = R.post("/users/999999/keys");
    await nobody.send(wanted).expect(404, { message: "404 User Not Found" });
    await R.post("/users/999999/keys").expect(400, { error: "key is missing, title is missing" });
    const { body } = await R.post(path).send(wanted).expect(201);
    expect(body.key).toBe(`${KEY} vera (127.0.0.1)`);
    const one = `${path}/${body.id}`;
    await U.delete(one).expect(403);
    await R.delete(one).set("If-Unmodified-Since", LONG_AGO).expect(412);
    await R.delete(one).expect(204);
    await R.delete(one).expect(404, { message: "404 Key Not Found" });
  });
});

describe("any key", () => {
  it("is found by administrators, by number", async () => {
    const { R, U, u } = await here.cast();
    const { body } = await U.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    await here.anyone.get(`/keys/${body.id}`).expect(401);
    await U.get(`/keys/${body.id}`).expect(403, { message: "403 Forbidden" });
    await R.get("/keys/999999").expect(404, { message: "404 Not found" });
    const { body: found } = await R.get(`/keys/${body.id}`).expect(200);
    expect(found).toMatchObject({ ...body, user: { id: u.id, email: "una@example.test" } });
    expect(found.user).not.toHaveProperty("is_admin");
  });

  it("is found by administrators, by either fingerprint", async () => {
    const { R, U, u } = await here.cast();
    const { body } = await U.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    const [row] = await here.store.engine.query.select().from(here.store.engine.tables.sshKeys);
    const { fingerprintSha256 = "", fingerprintMd5 = "" } = row ?? {};
    for (const text of [fingerprintSha256, fingerprintMd5, fingerprintMd5.toUpperCase()]) {
      const found = await R.get("/keys").query({ fingerprint: text }).expect(200);
      expect(found.body).toMatchObject({ id: body.id, user: { id: u.id } });
    }
    await U.get("/keys").query({ fingerprint: fingerprintMd5 }).expect(403);
    await R.get("/keys").expect(400, { error: "fingerprint is missing" });
    const odd = R.get("/keys").query({ fingerprint: "odd" });
    await odd.expect(400, { message: "Failed to return the key" });
    for (const other of [`SHA256:${"A".repeat(43)}`, "11:".repeat(15).concat("11")]) {
      const none = R.get("/keys").query({ fingerprint: other });
      await none.expect(404, { message: "404 Key Not Found" });
    }
  });
});

describe("in private mode", () => {
  const closed = stage({ config: { privateMode: true } });

  it("strangers find nobody", async () => {
    const { U, v } = await closed.cast();
    const nobody = { message: "404 User Not Found" };
    await closed.anyone.get(`/users/${v.id}/keys`).expect(404, nobody);
    await closed.anyone.get(`/users/${v.id}/keys/1`).expect(404, nobody);
    await U.get(`/users/${v.id}/keys`).expect(200, []);
  });
});
