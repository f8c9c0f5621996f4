import { describe, expect, it } from "@jest/globals";
import * as emails from "../../src/domain/profile/emails.ts";
import { FORBIDDEN, pageHeadersIn, stage } from "./stage.ts";

const here = stage();
const MISSING = { message: '400 (Bad request) "email" not given' };
const NO_USER = { message: "404 User Not Found" };
const GONE = { message: "404 Email Not Found" };

describe("one's own addresses", () => {
  it("POST /user/emails needs a valid address that no user has", async () => {
    const { asUser } = await here.cast();
    await asUser.post("/user/emails").send({}).expect(400, MISSING);
    await asUser.post("/user/emails").send({ email: "" }).expect(400, MISSING);
    const add = (email: string) => asUser.post("/user/emails").send({ email });
    await add("x").expect(400, { message: { email: ["is invalid"] } });
    const taken = { email: ["has already been taken"] };
    await add("vera@example.test").expect(400, { message: taken });
  });

  it("are the secondary ones, without confirmed_at, and not in pages", async () => {
    const { asUser } = await here.cast();
    const { body } = await asUser
      .post("/user/emails")
      .send({ email: "New@Example.test" })
      .expect(201);
    expect(body).toEqual({ id: body.id, email: "new@example.test" });
    const all = await asUser.get("/user/emails").expect(200);
    expect(all.body).toEqual([body]);
    expect(pageHeadersIn(all)).toEqual([]);
    await asUser.get(`/user/emails/${body.id}`).expect(200, body);
  });

  it("GET /user/emails/{id} knows one's own alone", async () => {
    const { asUser, asOther } = await here.cast();
    const { body } = await asUser.post("/user/emails").send({ email: "new@example.test" });
    for (const id of [42_000, body.id]) {
      await asOther.get(`/user/emails/${id}`).expect(404, { message: "404 Not found" });
    }
  });

  it("DELETE /user/emails/{id} succeeds for an unknown address", async () => {
    const { asUser } = await here.cast();
    expect((await asUser.delete("/user/emails/42000").expect(200)).text).toBe("null");
    const { body } = await asUser.post("/user/emails").send({ email: "new@example.test" });
    await asUser.delete(`/user/emails/${body.id}`).expect(200, body);
    expect((await asUser.delete(`/user/emails/${body.id}`).expect(200)).text).toBe("null");
  });

  it("do not have the primary address, by whichever operation", async () => {
    const { asAdmin, asUser, ordinaryUser } = await here.cast();
    const [primary] = await emails.listByUser(here.store, ordinaryUser.id);
    const id = primary?.id;
    await asUser.get("/user/emails").expect(200, []);
    await asUser.get(`/user/emails/${id}`).expect(404, { message: "404 Not found" });
    expect((await asUser.delete(`/user/emails/${id}`).expect(200)).text).toBe("null");
    await asAdmin.delete(`/users/${ordinaryUser.id}/emails/${id}`).expect(404, GONE);
    expect(await emails.listByUser(here.store, ordinaryUser.id)).toHaveLength(1);
  });
});

describe("a user's addresses", () => {
  it("GET /users/{uid}/emails is for administrators", async () => {
    const { asUser, asAdmin, otherUser } = await here.cast();
    await asUser.get(`/users/${otherUser.id}/emails`).expect(403, FORBIDDEN);
    await asAdmin.get("/users/999999/emails").expect(404, NO_USER);
    await asAdmin.get(`/users/${otherUser.id}/emails`).expect(200, []);
  });

  it("POST /users/{uid}/emails adds one", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const sent = { email: "new@example.test" };
    await asUser.post(`/users/${otherUser.id}/emails`).send(sent).expect(403, FORBIDDEN);
    await asAdmin.post(`/users/${otherUser.id}/emails`).send({}).expect(400, MISSING);
    await asAdmin.post("/users/999999/emails").send(sent).expect(404, { message: "404 Not found" });
    const { body } = await asAdmin.post(`/users/${otherUser.id}/emails`).send(sent).expect(201);
    expect(body.email).toBe("new@example.test");
  });

  it("DELETE /users/{uid}/emails/{id} answers 404 for an unknown user or address", async () => {
    const { asAdmin, asUser, otherUser } = await here.cast();
    const { body } = await asAdmin
      .post(`/users/${otherUser.id}/emails`)
      .send({ email: "new@example.test" });
    const path = `/users/${otherUser.id}/emails/${body.id}`;
    await asUser.delete(path).expect(403, FORBIDDEN);
    await asAdmin.delete("/users/999999/emails/1").expect(404, NO_USER);
    await asAdmin.delete(path).expect(200, body);
    await asAdmin.delete(path).expect(404, GONE);
  });
});
