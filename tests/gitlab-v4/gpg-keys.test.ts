import { beforeAll, describe, expect, it } from "@jest/globals";
import { generateKey } from "openpgp";
import { stage } from "./stage.ts";

const here = stage();
const LONG_AGO = "Mon, 01 Jan 1990 00:00:00 GMT";
const NOT_FOUND = { message: "404 GPG Key Not Found" };
const MISSHAPEN =
  "is invalid. A valid public GPG key begins with '-----BEGIN PGP PUBLIC KEY BLOCK-----' and " +
  "ends with '-----END PGP PUBLIC KEY BLOCK-----'";

let key: string;
let other: string;
let secret: string;
beforeAll(async () => {
  const make = (name: string) => generateKey({ type: "ecc", userIDs: [{ name }] });
  ({ publicKey: key, privateKey: secret } = await make("Una"));
  ({ publicKey: other } = await make("Una again"));
});

describe("one's own GPG keys", () => {
  it("need a caller and a scope", async () => {
    const { ordinaryUser } = await here.cast();
    await here.anyone.get("/user/gpg_keys").expect(401, { message: "401 Unauthorized" });
    await here.anyone.post("/user/gpg_keys").expect(401);
    const reader = await here.as(ordinaryUser, "read_user");
    await reader.get("/user/gpg_keys").expect(200, []);
    await reader.post("/user/gpg_keys").send({ key }).expect(403);
  });

  it("are public keys", async () => {
    const { asUser } = await here.cast();
    const refused = (text: string, message: object) =>
      asUser.post("/user/gpg_keys").send({ key: text }).expect(400, { message });
    await asUser.post("/user/gpg_keys").send({}).expect(400, { error: "key is missing" });
    await refused("", { key: ["can't be blank", MISSHAPEN] });
    for (const text of ["odd", secret, key + other, key.slice(0, 300)]) {
      await refused(text, { key: [MISSHAPEN] });
    }
    const empty = { fingerprint: ["can't be blank"], primary_keyid: ["can't be blank"] };
    const disguised = secret.replaceAll("PRIVATE", "PUBLIC");
    const garbled = key.replace(/\n\n.*=/s, "\n\nAAAA\n=");
    for (const text of [disguised, garbled]) await refused(text, empty);
  });

  it("are kept as they are given, and are one user's", async () => {
    const { asUser, asOther } = await here.cast();
    const { body } = await asUser
      .post("/user/gpg_keys")
      .send({ key: `\n${key}\n` })
      .expect(201);
    expect(Object.keys(body)).toEqual(["id", "key", "created_at"]);
    expect(body.key).toBe(key.trim());
    await asUser.get("/user/gpg_keys").expect(200, [body]);
    await asUser.get(`/user/gpg_keys/${body.id}`).expect(200, body);
    await asOther.get(`/user/gpg_keys/${body.id}`).expect(404, NOT_FOUND);
    const taken = ["has already been taken"];
    // With a comment it is another text, and still the same key.
    const again = key.replace("\n\n", "\nComment: again\n\n");
    for (const who of [asUser, asOther]) {
      const refusal = who.post("/user/gpg_keys").send({ key: again });
      await refusal.expect(400, { message: { key: taken, fingerprint: taken } });
    }
    await asOther.post("/user/gpg_keys").send({ key: other }).expect(201);
  });

  it("156: are revoked with 202 and deleted with 204", async () => {
    const { asUser } = await here.cast();
    const { body: first } = await asUser.post("/user/gpg_keys").send({ key }).expect(201);
    const { text } = await asUser.post(`/user/gpg_keys/${first.id}/revoke`).expect(202);
    expect(text).toBe("202");
    await asUser.post(`/user/gpg_keys/${first.id}/revoke`).expect(404, NOT_FOUND);
    await asUser.get(`/user/gpg_keys/${first.id}`).expect(404, NOT_FOUND);
    const { body: second } = await asUser.post("/user/gpg_keys").send({ key }).expect(201);
    const path = `/user/gpg_keys/${second.id}`;
    const late = asUser.delete(path).set("If-Unmodified-Since", LONG_AGO);
    await late.expect(412, { message: "412 Precondition Failed" });
    await asUser.delete(path).expect(204);
    await asUser.delete(path).expect(404, NOT_FOUND);
    await asUser.delete("/user/gpg_keys/ASDF").expect(400, { error: "key_id is invalid" });
  });
});

describe("the GPG keys of a user", () => {
  it("are public, also those of private profiles", async () => {
    const { asPrivate, privateUser } = await here.cast();
    const { body } = await asPrivate.post("/user/gpg_keys").send({ key }).expect(201);
    const { anyone } = here;
    await anyone.get(`/users/${privateUser.id}/gpg_keys`).expect(200, [body]);
    await anyone.get(`/users/${privateUser.id}/gpg_keys/${body.id}`).expect(200, body);
    await anyone.get("/users/999999/gpg_keys").expect(404, { message: "404 User Not Found" });
    await anyone.get("/users/petra/gpg_keys").expect(404, { error: "404 Not Found" });
    await anyone.get(`/users/${privateUser.id}/gpg_keys/999999`).expect(404, NOT_FOUND);
  });

  it("156: are added, revoked and deleted by administrators", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const path = `/users/${otherUser.id}/gpg_keys`;
    await here.anyone.post(path).send({ key }).expect(401);
    await asUser.post(path).send({ key }).expect(403, { message: "403 Forbidden" });
    await asAdmin.post("/users/999999/gpg_keys").expect(400, { error: "key is missing" });
    const unknown = asAdmin.post("/users/999999/gpg_keys").send({ key });
    await unknown.expect(404, { message: "404 User Not Found" });
    const { body: first } = await asAdmin.post(path).send({ key }).expect(201);
    await asUser.post(`${path}/${first.id}/revoke`).expect(403);
    await asAdmin.post(`${path}/${first.id}/revoke`).expect(202, "202");
    await asAdmin.post(`${path}/${first.id}/revoke`).expect(404, NOT_FOUND);
    const { body: second } = await asAdmin.post(path).send({ key }).expect(201);
    await asUser.delete(`${path}/${second.id}`).expect(403);
    await asAdmin.delete(`${path}/${second.id}`).set("If-Unmodified-Since", LONG_AGO).expect(412);
    await asAdmin.delete(`${path}/${second.id}`).expect(204);
    await asAdmin.delete(`${path}/${second.id}`).expect(404, NOT_FOUND);
  });
});

describe("in private mode", () => {
  const closed = stage({ config: { privateMode: true } });

  it("anonymous callers find no user", async () => {
    const { asUser, otherUser } = await closed.cast();
    const notFound = { message: "404 User Not Found" };
    await closed.anyone.get(`/users/${otherUser.id}/gpg_keys`).expect(404, notFound);
    await closed.anyone.get(`/users/${otherUser.id}/gpg_keys/1`).expect(404, notFound);
    await asUser.get(`/users/${otherUser.id}/gpg_keys`).expect(200, []);
  });
});
