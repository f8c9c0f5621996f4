import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { DSA } from "../domain/keys/ssh-public-keys.ts";
import { FORBIDDEN, pageHeadersIn, stage } from "./stage.ts";

const here = stage();
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIEKnOR8ZSDDiiyBiM+PYC2aqlw/bHKKz3eCN3aHAs5B";
const ROW = ["id", "title", "key", "created_at"];
const NO_TITLE = { message: '400 (Bad request) "title" not given' };
const NO_KEY = { message: '400 (Bad request) "key" not given' };
const GONE = { message: "404 Key Not Found" };

describe("one's own keys", () => {
  it("POST /user/keys needs a title, then a valid key that no user has", async () => {
    const { asUser, asOther } = await here.cast();
    await asUser.post("/user/keys").send({}).expect(400, NO_TITLE);
    await asUser.post("/user/keys").send({ title: "t" }).expect(400, NO_KEY);
    const garbled = { key: ["is invalid"], fingerprint: ["cannot be generated"] };
    await asUser
      .post("/user/keys")
      .send({ title: "t", key: "x" })
      .expect(400, { message: garbled });
    await asUser.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    const taken = ["has already been taken"];
    const message = { fingerprint: taken, key: taken };
    await asOther.post("/user/keys").send({ title: "t", key: KEY }).expect(400, { message });
  });

  it("180: have no usage_type and no expires_at, and are not in pages", async () => {
    const { asUser } = await here.cast();
    const { body } = await asUser.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    expect(Object.keys(body)).toEqual(ROW);
    expect(body.key).toBe(KEY);
    const all = await asUser.get("/user/keys").expect(200);
    expect(all.body).toEqual([body]);
    expect(pageHeadersIn(all)).toEqual([]);
    await asUser.get(`/user/keys/${body.id}`).expect(200, body);
  });

  it("are shown as they were sent, comment included; DSA keys are taken", async () => {
    const { asAdmin, asUser, ordinaryUser } = await here.cast();
    for (const sent of [`${KEY} una@work station`, `${DSA} loic@call`]) {
      const added = await asUser
        .post("/user/keys")
        .send({ title: "t", key: ` ${sent}\n` })
        .expect(201);
      expect(added.body.key).toBe(sent);
      const found = await asUser.get(`/user/keys/${added.body.id}`).expect(200);
      expect(found.body.key).toBe(sent);
    }
    const { body } = await asAdmin.get(`/users/${ordinaryUser.id}/keys`).expect(200);
    const [, dsa] = (body as { key: string }[]).map(({ key }) => key);
    expect(dsa).toBe(`${DSA} loic@call`);
    const v4 = await request(here.origin).get(`/api/v4/users/${ordinaryUser.id}/keys`).expect(200);
    expect(v4.body[1].key).toBe(`${DSA} Una Öst (127.0.0.1)`);
  });

  it("GET /user/keys/{id} knows one's own alone", async () => {
    const { asUser, asOther } = await here.cast();
    const { body } = await asUser.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    for (const id of [42, body.id]) {
      await asOther.get(`/user/keys/${id}`).expect(404, { message: "404 Not found" });
    }
  });

  it("173: DELETE /user/keys/{id} succeeds for an unknown key", async () => {
    const { asUser, asOther } = await here.cast();
    expect((await asUser.delete("/user/keys/42").expect(200)).text).toBe("null");
    const { body } = await asUser.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    expect((await asOther.delete(`/user/keys/${body.id}`).expect(200)).text).toBe("null");
    await asUser.delete(`/user/keys/${body.id}`).expect(200, body);
    expect((await asUser.delete(`/user/keys/${body.id}`).expect(200)).text).toBe("null");
    await asUser.get("/user/keys").expect(200, []);
  });
});

describe("a user's keys", () => {
  it("177: GET /users/{uid}/keys is for administrators", async () => {
    const { asUser, asAdmin, otherUser } = await here.cast();
    await asUser.get(`/users/${otherUser.id}/keys`).expect(403, FORBIDDEN);
    await asAdmin.get("/users/999999/keys").expect(404, { message: "404 User Not Found" });
    await asAdmin.get(`/users/${otherUser.id}/keys`).expect(200, []);
  });

  it("176: POST /users/{uid}/keys needs a title", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const sent = { title: "t", key: KEY };
    await asUser.post(`/users/${otherUser.id}/keys`).send(sent).expect(403, FORBIDDEN);
    await asAdmin.post(`/users/${otherUser.id}/keys`).send({ key: KEY }).expect(400, NO_TITLE);
    await asAdmin.post(`/users/${otherUser.id}/keys`).send({ title: "t" }).expect(400, NO_KEY);
    await asAdmin.post("/users/999999/keys").send(sent).expect(404, { message: "404 Not found" });
    const { body } = await asAdmin.post(`/users/${otherUser.id}/keys`).send(sent).expect(201);
    expect(Object.keys(body)).toEqual(ROW);
    await asAdmin.get(`/users/${otherUser.id}/keys`).expect(200, [body]);
  });

  it("174: DELETE /users/{uid}/keys/{id} answers 404 for an unknown user or key", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    await asUser.delete(`/users/${otherUser.id}/keys/42`).expect(403, FORBIDDEN);
    await asAdmin.delete("/users/999999/keys/42").expect(404, { message: "404 User Not Found" });
    await asAdmin.delete(`/users/${otherUser.id}/keys/42`).expect(404, GONE);
    const { body } = await asAdmin
      .post(`/users/${otherUser.id}/keys`)
      .send({ title: "t", key: KEY });
    await asAdmin.delete(`/users/${otherUser.id}/keys/${body.id}`).expect(200, body);
    await asAdmin.delete(`/users/${otherUser.id}/keys/${body.id}`).expect(404, GONE);
  });
});
