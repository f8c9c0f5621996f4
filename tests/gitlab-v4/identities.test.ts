import { describe, expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

const here = stage();

/** The contract's people, of whom Una has an identity. */
async function cast() {
  const store = await here.cast();
  const identity = { provider: "github", extern_uid: "1" };
  await store.R.put(`/users/${store.u.id}`).send(identity).expect(200);
  return { ...store, path: `/users/${store.u.id}/identities` };
}

describe("DELETE /users/:id/identities/:provider", () => {
  it("123: is for administrators with the scope api", async () => {
    const { U, r, path } = await cast();
    await here.anyone.delete(`${path}/github`).expect(401, { message: "401 Unauthorized" });
    await U.delete(`${path}/github`).expect(403, { message: "403 Forbidden" });
    const reader = await here.as(r, "read_api");
    expect((await reader.delete(`${path}/github`)).body.error).toBe("insufficient_scope");
  });

  it("123: knows who is there, and what they have", async () => {
    const { R, path } = await cast();
    await R.delete("/users/999999/identities/github").expect(404, {
      message: "404 User Not Found",
    });
    await R.delete("/users/ASDF/identities/github").expect(404, { error: "404 Not Found" });
    await R.delete(`${path}/ldapmain`).expect(404, { message: "404 Identity Not Found" });
  });

  it("123: deletes one", async () => {
    const { R, u, path } = await cast();
    await R.put(`/users/${u.id}`).send({ provider: "saml", extern_uid: "2" });
    const { status, text } = await R.delete(`${path}/github`);
    expect([status, text]).toEqual([204, ""]);
    await R.delete(`${path}/github`).expect(404, { message: "404 Identity Not Found" });
    const { body } = await R.put(`/users/${u.id}`).send({});
    expect(body.identities).toEqual([{ provider: "saml", extern_uid: "2" }]);
  });

  it("123: deletes only what has not changed since", async () => {
    const { R, path } = await cast();
    const at = (date: string) => R.delete(`${path}/github`).set("If-Unmodified-Since", date);
    await at("Mon, 01 Jan 1990 00:00:00 GMT").expect(412, { message: "412 Precondition Failed" });
    await at(new Date().toUTCString()).expect(204);
  });
});
