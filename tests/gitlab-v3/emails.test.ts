import { describe, expect, it } from "@jest/globals";
import * as emails from "../../src/domain/profile/emails.ts";
import { FORBIDDEN, pageHeadersIn, stage } from "./stage.ts";

const here = stage();
const MISSING = { message: '400 (Bad request) "email" not given' };
const NO_USER = { message: "404 User Not Found" };
const GONE = { message: "404 Email Not Found" };

describe("one's own addresses", () => {
  it("POST /user/emails needs one that is one and that nobody has", async () => {
    const { U } = await here.cast();
    await U.post("/user/emails").send({}).expect(400, MISSING);
    await U.post("/user/emails").send({ email: "" }).expect(400, MISSING);
    const add = (email: string) => U.post("/user/emails").send({ email });
    await add("x").expect(400, { message: { email: ["is invalid"] } });
    const taken = { email: ["has already been taken"] };
    await add("vera@example.test").expect(400, { message: taken });
  });

  it("are the secondary ones, without confirmed_at, and not in pages", async () => {
    const { U } = await here.cast();
    const { body } = await U.post("/user/emails").send({ email: "New@Example.test" }).expect(201);
    expect(body).toEqual({ id: body.id, email: "new@example.test" });
    const all = await U.get("/user/emails").expect(200);
    expect(all.body).toEqual([body]);
    expect(pageHeadersIn(all)).toEqual([]);
    await U.get(`/user/emails/${body.id}`).expect(200, body);
  });

  it("GET /user/emails/{id} knows one's own alone", async () => {
    const { U, V } = await here.cast();
    const { body } = await U.post("/user/emails").send({ email: "new@example.test" });
    for (const id of [42_000, body.id]) {
      await V.get(`/user/emails/${id}`).expect(404, { message: "404 Not found" });
    }
  });

  it("DELETE /user/emails/{id} succeeds for an address that is not there", async () => {
    const { U } = await here.cast();
    expect((await U.delete("/user/emails/42000").expect(200)).text).toBe("null");
    const { body } = await U.post("/user/emails").send({ email: "new@example.test" });
    await U.delete(`/user/emails/${body.id}`).expect(200, body);
    expect((await U.delete(`/user/emails/${body.id}`).expect(200)).text).toBe("null");
  });

  it("do not have the primary address, by whichever operation", async () => {
    const { R, U, u } = await here.cast();
    const [primary] = await emails.of(here.store, u.id);
    const id = primary?.id;
    await U.get("/user/emails").expect(200, []);
    await U.get(`/user/emails/${id}`).expect(404, { message: "404 Not found" });
    expect((await U.delete(`/user/emails/${id}`).expect(200)).text).toBe("null");
    await R.delete(`/users/${u.id}/emails/${id}`).expect(404, GONE);
    expect(await emails.of(here.store, u.id)).toHaveLength(1);
  });
});

describe("a user's addresses", () => {
  it("GET /users/{uid}/emails is for administrators", async () => {
    const { U, R, v } = await here.cast();
    await U.get(`/users/${v.id}/emails`).expect(403, FORBIDDEN);
    await R.get("/users/999999/emails").expect(404, NO_USER);
    await R.get(`/users/${v.id}/emails`).expect(200, []);
  });

  it("POST /users/{uid}/emails adds one", async () => {
    const { R, U, v } = await here.cast();
    const sent = { email: "new@example.test" };
    await U.post(`/users/${v.id}/emails`).send(sent).expect(403, FORBIDDEN);
    await R.post(`/users/${v.id}/emails`).send({}).expect(400, MISSING);
    await R.post("/users/999999/emails").send(sent).expect(404, { message: "404 Not found" });
    const { body } = await R.post(`/users/${v.id}/emails`).send(sent).expect(201);
    expect(body.email).toBe("new@example.test");
  });

  it("DELETE /users/{uid}/emails/{id} knows what there is", async () => {
    const { R, U, v } = await here.cast();
    const { body } = await R.post(`/users/${v.id}/emails`).send({ email: "new@example.test" });
    const path = `/users/${v.id}/emails/${body.id}`;
    await U.delete(path).expect(403, FORBIDDEN);
    await R.delete("/users/999999/emails/1").expect(404, NO_USER);
    await R.delete(path).expect(200, body);
    await R.delete(path).expect(404, GONE);
  });
});
