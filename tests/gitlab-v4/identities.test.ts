import { describe, expect, it } from "@jest/globals";
import { stage, usernames } from "./stage.ts";

const here = stage();

/** The contract's people, of whom Una has an identity. */
async function cast() {
  const store = await here.cast();
  const identity = { provider: "github", extern_uid: "1" };
  await store.asAdmin.put(`/users/${store.ordinaryUser.id}`).send(identity).expect(200);
  return { ...store, path: `/users/${store.ordinaryUser.id}/identities` };
}

describe("DELETE /users/:id/identities/:provider", () => {
  it("is for administrators with the scope api", async () => {
    const { asUser, adminUser, path } = await cast();
    await here.anyone.delete(`${path}/github`).expect(401, { message: "401 Unauthorized" });
    await asUser.delete(`${path}/github`).expect(403, { message: "403 Forbidden" });
    const reader = await here.as(adminUser, "read_api");
    expect((await reader.delete(`${path}/github`)).body.error).toBe("insufficient_scope");
  });

  it("answers 404 for an unknown user or provider", async () => {
    const { asAdmin, path } = await cast();
    await asAdmin.delete("/users/999999/identities/github").expect(404, {
      message: "404 User Not Found",
    });
    await asAdmin.delete("/users/ASDF/identities/github").expect(404, { error: "404 Not Found" });
    await asAdmin.delete(`${path}/ldapmain`).expect(404, { message: "404 Identity Not Found" });
  });

  it("deletes the identity of that provider and keeps the others", async () => {
    const { asAdmin, ordinaryUser, path } = await cast();
    await asAdmin.put(`/users/${ordinaryUser.id}`).send({ provider: "saml", extern_uid: "2" });
    const { status, text } = await asAdmin.delete(`${path}/github`);
    expect([status, text]).toEqual([204, ""]);
    await asAdmin.delete(`${path}/github`).expect(404, { message: "404 Identity Not Found" });
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send({});
    expect(body.identities).toEqual([{ provider: "saml", extern_uid: "2" }]);
  });

  it("answers 412 for an identity that has changed since", async () => {
    const { asAdmin, path } = await cast();
    const at = (date: string) => asAdmin.delete(`${path}/github`).set("If-Unmodified-Since", date);
    await at("Mon, 01 Jan 1990 00:00:00 GMT").expect(412, { message: "412 Precondition Failed" });
    await at(new Date().toUTCString()).expect(204);
  });
});

describe("an identity that PUT /users/:id stores", () => {
  const DN = "CN=Una Öst, OU = People ,DC=Example,DC=com";
  const NORMAL = "cn=una öst,ou=people,dc=example,dc=com";

  it("has an LDAP distinguished name in one spelling, and is found by any", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const ldap = { provider: "ldapmain", extern_uid: DN };
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send(ldap).expect(200);
    expect(body.identities).toEqual([{ provider: "ldapmain", extern_uid: NORMAL }]);
    for (const uid of [
      DN,
      NORMAL,
      NORMAL.toUpperCase(),
      "cn=UNA ÖST,ou=people,dc=example, dc=com",
    ]) {
      const query = `provider=ldapmain&extern_uid=${encodeURIComponent(uid)}`;
      expect(usernames(await asAdmin.get(`/users?${query}`).expect(200))).toEqual(["una"]);
    }
  });

  it("keeps text that is no distinguished name as it is", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    for (const extern_uid of ["No DN", "cn=unended\\", 'cn="quoted']) {
      const { body } = await asAdmin
        .put(`/users/${ordinaryUser.id}`)
        .send({ provider: "ldapmain", extern_uid });
      expect(body.identities).toEqual([{ provider: "ldapmain", extern_uid }]);
    }
  });

  it.each(["saml", "github", "ldapmain"])(
    "of %s is unique without regard to case",
    async (provider) => {
      const { asAdmin, ordinaryUser, otherUser } = await here.cast();
      const extern_uid = "CN=Una.Ö";
      await asAdmin.put(`/users/${ordinaryUser.id}`).send({ provider, extern_uid }).expect(200);
      const taken = { message: { "identities.extern_uid": ["has already been taken"] } };
      const same = { provider, extern_uid: "cn=UNA.ö" };
      await asAdmin.put(`/users/${otherUser.id}`).send(same).expect(400, taken);
      const nina = { username: "nina", name: "Nina", email: "nina@example.com", ...same };
      await asAdmin
        .post("/users")
        .send({ ...nina, reset_password: true })
        .expect(400, taken);
      await asAdmin.put(`/users/${ordinaryUser.id}`).send(same).expect(200);
      const { body } = await asAdmin.get(`/users?provider=${provider}&extern_uid=CN%3Duna.%C3%96`);
      expect(usernames({ body })).toEqual(["una"]);
    },
  );

  it("may be shared by users of different providers", async () => {
    const { asAdmin, ordinaryUser, otherUser } = await here.cast();
    await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ provider: "saml", extern_uid: "1" })
      .expect(200);
    await asAdmin
      .put(`/users/${otherUser.id}`)
      .send({ provider: "github", extern_uid: "1" })
      .expect(200);
  });
});
