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
  it("POST /user/keys needs a title, then a key that is one and that nobody has", async () => {
    const { U, V } = await here.cast();
    await U.post("/user/keys").send({}).expect(400, NO_TITLE);
    await U.post("/user/keys").send({ title: "t" }).expect(400, NO_KEY);
    const garbled = { key: ["is invalid"], fingerprint: ["cannot be generated"] };
    await U.post("/user/keys").send({ title: "t", key: "x" }).expect(400, { message: garbled });
    await U.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    const taken = ["has already been taken"];
    const message = { fingerprint: taken, key: taken };
    await V.post("/user/keys").send({ title: "t", key: KEY }).expect(400, { message });
  });

  it("180: have no usage_type and no expires_at, and are not in pages", async () => {
    const { U } = await here.cast();
    const { body } = await U.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    expect(Object.keys(body)).toEqual(ROW);
    expect(body.key).toBe(KEY);
    const all = await U.get("/user/keys").expect(200);
    expect(all.body).toEqual([body]);
    expect(pageHeadersIn(all)).toEqual([]);
    await U.get(`/user/keys/${body.id}`).expect(200, body);
  });

  it("are shown as they were sent, comment included; DSA keys are taken", async () => {
    const { R, U, u } = await here.cast();
    for (const sent of [`${KEY} una@work station`, `${DSA} loic@call`]) {
      const added = await U.post("/user/keys")
        .send({ title: "t", key: ` ${sent}\n` })
        .expect(201);
      expect(added.body.key).toBe(sent);
      const found = await U.get(`/user/keys/${added.body.id}`).expect(200);
      expect(found.body.key).toBe(sent);
    }
    const { body } = await R.get(`/users/${u.id}/keys`).expect(200);
    const [, dsa] = (body as { key: string }[]).map(({ key }) => key);
    expect(dsa).toBe(`${DSA} loic@call`);
    const v4 = await request(here.origin).get(`/api/v4/users/${u.id}/keys`).expect(200);
    expect(v4.body[1].key).toBe(`${DSA} Una Öst (127.0.0.1)`);
  });

  it("GET /user/keys/{id} knows one's own alone", async () => {
    const { U, V } = await here.cast();
    const { body } = await U.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    for (const id of [42, body.id]) {
      await V.get(`/user/keys/${id}`).expect(404, { message: "404 Not found" });
    }
  });

  it("173: DELETE /user/keys/{id} succeeds for what is not there", async () => {
    const { U, V } = await here.cast();
    expect((await U.delete("/user/keys/42").expect(200)).text).toBe("null");
    const { body } = await U.post("/user/keys").send({ title: "t", key: KEY }).expect(201);
    expect((await V.delete(`/user/keys/${body.id}`).expect(200)).text).toBe("null");
    await U.delete(`/user/keys/${body.id}`).expect(200, body);
    expect((await U.delete(`/user/keys/${body.id}`).expect(200)).text).toBe("null");
    await U.get("/user/keys").expect(200, []);
  });
});

describe("a user's keys", () => {
  it("177: GET /users/{uid}/keys is for administrators", async () => {
    const { U, R, v } = await here.cast();
    await U.get(`/users/${v.id}/keys`).expect(403, FORBIDDEN);
    await R.get("/users/999999/keys").expect(404, { message: "404 User Not Found" });
    await R.get(`/users/${v.id}/keys`).expect(200, []);
  });

  it("176: POST /users/{uid}/keys needs a title", async () => {
    const { R, U, v } = await here.cast();
    const sent = { title: "t", key: KEY };
    await U.post(`/users/${v.id}/keys`).send(sent).expect(403, FORBIDDEN);
    await R.post(`/users/${v.id}/keys`).send({ key: KEY }).expect(400, NO_TITLE);
    await R.post(`/users/${v.id}/keys`).send({ title: "t" }).expect(400, NO_KEY);
    await R.post("/users/999999/keys").send(sent).expect(404, { message: "404 Not found" });
    const { body } = await R.post(`/users/${v.id}/keys`).send(sent).expect(201);
    expect(Object.keys(body)).toEqual(ROW);
    await R.get(`/users/${v.id}/keys`).expect(200, [body]);
  });

  it("174: DELETE /users/{uid}/keys/{id} knows what there is", async () => {
    const { R, U, v } = await here.cast();
    await U.delete(`/users/${v.id}/keys/42`).expect(403, FORBIDDEN);
    await R.delete("/users/999999/keys/42").expect(404, { message: "404 User Not Found" });
    await R.delete(`/users/${v.id}/keys/42`).expect(404, GONE);
    const { body } = await R.post(`/users/${v.id}/keys`).send({ title: "t", key: KEY });
    await R.delete(`/users/${v.id}/keys/${body.id}`).expect(200, body);
    await R.delete(`/users/${v.id}/keys/${body.id}`).expect(404, GONE);
  });
});
