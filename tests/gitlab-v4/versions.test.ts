import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { stage, usernames } from "./stage.ts";

const EE_PUBLIC = [
  "shared_runners_minutes_limit",
  "extra_shared_runners_minutes_limit",
  "scim_identities",
];
const EE_ADMIN = [
  ...EE_PUBLIC,
  ...["using_license_seat", "is_auditor", "provisioned_by_group_id", "enterprise_group_id"],
  "enterprise_group_associated_at",
];
const keys = ({ body }: { body: unknown }) => Object.keys(body as object);

describe("GitLab 17.6, the free edition", () => {
  const oldest = stage();

  it("has none of the later members, parameters and operations", async () => {
    const { asAdmin, asUser, ordinaryUser } = await oldest.cast();
    const mine = keys(await asUser.get("/user").expect(200));
    for (const name of ["github", "preferred_language", ...EE_PUBLIC]) {
      expect(mine).not.toContain(name);
    }
    const admins = keys(await asAdmin.get(`/users/${ordinaryUser.id}`).expect(200));
    for (const name of [...EE_ADMIN, "plan", "trial"]) expect(admins).not.toContain(name);
    expect(admins).toContain("email_reset_offered_at");
    expect((await asUser.get("/metadata")).body).toMatchObject({
      version: "17.6.0",
      enterprise: false,
    });
    for (const path of ["/user/support_pin", "/service_accounts"]) {
      await asAdmin.get(path).expect(404, { error: "404 Not Found" });
    }
    const token = await asUser.get("/personal_access_tokens/self").expect(200);
    expect(keys(token)).not.toContain("description");
  });

  it("drops attributes of the Enterprise Edition, and takes skype", async () => {
    const { asAdmin, ordinaryUser } = await oldest.cast();
    const sent = { auditor: true, shared_runners_minutes_limit: -1, skype: "una", github: "una" };
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send(sent).expect(200);
    expect(body).toMatchObject({ skype: "una" });
    const { auditor, github } = await oldest.named("una");
    expect([auditor, github]).toEqual([false, ""]);
  });

  it("finds no user by a filter that it lacks", async () => {
    const { asAdmin, asUser } = await oldest.cast();
    await asAdmin.get("/users?auditors=true").expect(200, []);
    for (const client of [asAdmin, asUser])
      await client.get("/users?saml_provider_id=1").expect(200, []);
    expect((await asAdmin.get("/users?auditors=false").expect(200)).body).toHaveLength(4);
    expect((await asUser.get("/users?public_email=x").expect(200)).body).toHaveLength(4);
  });
});

describe("GitLab 17.6, the Enterprise Edition", () => {
  const enterprise = stage({ config: { gitlabEdition: "ee" } });

  it("shows the members of Premium and Ultimate, in GitLab's order", async () => {
    const { asAdmin, asUser, ordinaryUser } = await enterprise.cast();
    const mine = keys(await asUser.get("/user").expect(200));
    expect(mine.slice(mine.indexOf("commit_email"))).toEqual(["commit_email", ...EE_PUBLIC]);
    const { body } = await asAdmin.get(`/users/${ordinaryUser.id}`).expect(200);
    expect(Object.keys(body as object)).toEqual(expect.arrayContaining(EE_ADMIN));
    expect(body).toMatchObject({
      ...{ shared_runners_minutes_limit: null, scim_identities: [], is_auditor: false },
      ...{ using_license_seat: true, plan: null, trial: false },
    });
    expect((await asUser.get("/version")).body).toMatchObject({
      version: "17.6.0-ee",
      enterprise: true,
    });
  });

  it("takes their attributes, and filters by them", async () => {
    const { asAdmin, ordinaryUser, otherUser } = await enterprise.cast();
    const sent = {
      ...{ auditor: true, shared_runners_minutes_limit: 133, provider: "group_saml" },
      ...{ extra_shared_runners_minutes_limit: 10, extern_uid: "123789", group_id_for_saml: 10 },
    };
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send(sent).expect(200);
    expect(body).toMatchObject({
      ...{ is_auditor: true, shared_runners_minutes_limit: 133 },
      extra_shared_runners_minutes_limit: 10,
      identities: [{ provider: "group_saml", extern_uid: "123789", saml_provider_id: 10 }],
    });
    expect(usernames(await asAdmin.get("/users?auditors=true"))).toEqual(["una"]);
    expect(usernames(await asAdmin.get("/users?saml_provider_id=10"))).toEqual(["una"]);
    await asAdmin.get("/users?saml_provider_id=11").expect(200, []);
    const refused = await asAdmin
      .put(`/users/${otherUser.id}`)
      .send({ shared_runners_minutes_limit: -1 });
    expect([refused.status, refused.body]).toEqual([
      400,
      { message: { shared_runners_minutes_limit: ["must be greater than or equal to 0"] } },
    ]);
    const { headers } = await asAdmin.get("/users?per_page=1").expect(200);
    expect(headers.link).toContain("skip_ldap=false");
  });

  it("shows SCIM identities, and finds users by them", async () => {
    const { asAdmin, ordinaryUser } = await enterprise.cast();
    const { engine } = enterprise.store;
    const scim = { userId: ordinaryUser.id, externUid: "2435", groupId: 3, active: true };
    await engine.transaction(engine.query.insert(engine.tables.scimIdentities).values(scim));
    const { body } = await asAdmin.get(`/users/${ordinaryUser.id}`).expect(200);
    expect(body.scim_identities).toEqual([{ extern_uid: "2435", group_id: "3", active: true }]);
    expect(usernames(await asAdmin.get("/users?provider=scim&extern_uid=2435"))).toEqual(["una"]);
  });
});

describe("GitLab 18.11, the free edition", () => {
  const newest = stage({ config: { gitlabVersion: "18.11.0" } });

  it("has the members of GitLab 18, and not those that ended", async () => {
    const { asAdmin, asUser, ordinaryUser } = await newest.cast();
    const sent = { github: "una-gh", skype: "una" };
    const { body } = await asAdmin.put(`/users/${ordinaryUser.id}`).send(sent).expect(200);
    expect(body).toMatchObject({ github: "una-gh", preferred_language: "en", skype: "" });
    expect(body).not.toHaveProperty("email_reset_offered_at");
    const token = await asUser.get("/personal_access_tokens/self").expect(200);
    expect(token.body.description).toBeNull();
  });

  it("finds the user of a public address, in any case", async () => {
    const { asAdmin, asUser, ordinaryUser } = await newest.cast();
    await asAdmin
      .put(`/users/${ordinaryUser.id}`)
      .send({ public_email: "una@example.test" })
      .expect(200);
    expect(usernames(await asUser.get("/users?public_email=Una@example.test"))).toEqual(["una"]);
    for (const other of ["vera@example.test", ""]) {
      await asUser.get(`/users?public_email=${other}`).expect(200, []);
    }
  });

  it("limits followers, statuses and keys by the minute, for each caller", async () => {
    const { asAdmin, asUser, asOther, otherUser } = await newest.cast();
    const refused = {
      message: { error: "This endpoint has been requested too many times. Try again later." },
    };
    const path = `/users/${otherUser.id}/followers`;
    for (let count = 0; count < 100; count += 1) await asUser.get(path).expect(200);
    const { headers } = await asUser.get(path).expect(429, refused);
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    await asOther.get(path).expect(200);
    await asAdmin.get(path).expect(200);
    await asUser.get(`/users/${otherUser.id}/following`).expect(200);
    for (let count = 0; count < 120; count += 1) await newest.anyone.get("/users/vera/keys");
    await newest.anyone.get("/users/vera/keys").expect(429, refused);
    await asUser.get("/users/vera/keys").expect(200);
  });

  it("is described by its document", async () => {
    const { body } = await request(newest.origin).get("/openapi/gitlab-v4.json").expect(200);
    expect(body.info.version).toBe("18.11.0");
    expect(Object.keys(body.paths)).toContain("/user/support_pin");
    expect(Object.keys(body.components.schemas["user-with-admin"].properties)).not.toContain(
      "email_reset_offered_at",
    );
  });
});
