import { beforeEach, describe, expect, it } from "@jest/globals";
import type { AuditRow } from "../../src/domain/activity/audit-queries.ts";
import type { User } from "../../src/domain/user.ts";
import { stage } from "../gitlab-v4/stage.ts";
import { client } from "../support/server.ts";

const here = stage({ config: { gitlabVersion: "18.11.0", gitlabUserLimits: false } });
let asAdmin: Awaited<ReturnType<typeof here.as>>;
let asUser: typeof asAdmin;
let SITE_ADMIN: ReturnType<typeof client>;
let adminUser: User;
let ordinaryUser: User;
let otherUser: User;

beforeEach(async () => {
  const { engine } = here.store;
  const cast = await here.cast();
  ({ adminUser, ordinaryUser, otherUser } = cast);
  asAdmin = await here.as(adminUser, "api", "sudo", "site_admin");
  asUser = await here.as(ordinaryUser, "api", "user", "admin:public_key");
  SITE_ADMIN = client({ url: `${here.origin}/api/v3` }, await here.token(adminUser, "site_admin"));
  // What making the callers wrote down.
  await engine.transaction(engine.query.delete(engine.tables.auditEvents));
});

async function rows(): Promise<AuditRow[]> {
  const { query, tables } = here.store.engine;
  return query.select().from(tables.auditEvents);
}
const actions = async () => (await rows()).map(({ action }) => action);

const KEY =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl u@example";

describe("a change is one row, in the transaction of the change", () => {
  type Act = () => Promise<{ status: number }>;
  const acts: [string, string[], Act][] = [
    ["a block", ["user.block"], async () => asAdmin.post(`/users/${ordinaryUser.id}/block`)],
    ["a ban", ["user.ban"], async () => asAdmin.post(`/users/${ordinaryUser.id}/ban`)],
    [
      "a suspension in GitHub's dialect",
      ["user.suspend"],
      async () => SITE_ADMIN.put("/users/una/suspended"),
    ],
    [
      "a promotion in GitHub's dialect",
      ["user.promote"],
      async () => SITE_ADMIN.put("/users/una/site_admin"),
    ],
    [
      "a rename in GitHub's dialect",
      ["user.rename"],
      async () => SITE_ADMIN.patch("/admin/users/una").send({ login: "uno" }),
    ],
    ["a deletion", ["user.destroy"], async () => asAdmin.delete(`/users/${ordinaryUser.id}`)],
    [
      "a password",
      ["user.change_password"],
      async () => asAdmin.put(`/users/${ordinaryUser.id}`).send({ password: "lovely-Day-42!" }),
    ],
    [
      "an administrator's rights",
      ["user.promote"],
      async () => asAdmin.put(`/users/${ordinaryUser.id}`).send({ admin: true }),
    ],
    [
      "a note",
      ["user.update"],
      async () => asAdmin.put(`/users/${ordinaryUser.id}`).send({ note: "seen" }),
    ],
    [
      "another primary address",
      ["user.change_email", "user.update"],
      async () =>
        asAdmin
          .put(`/users/${ordinaryUser.id}`)
          .send({ email: "new@example.test", skip_reconfirmation: true }),
    ],
    [
      "a token",
      ["token.create"],
      async () =>
        asAdmin
          .post(`/users/${ordinaryUser.id}/personal_access_tokens`)
          .send({ name: "t", scopes: ["api"] }),
    ],
    [
      "an impersonation token",
      ["token.create"],
      async () =>
        asAdmin
          .post(`/users/${ordinaryUser.id}/impersonation_tokens`)
          .send({ name: "t", scopes: ["api"] }),
    ],
    [
      "a rotation",
      ["token.rotate"],
      async () => asUser.post("/personal_access_tokens/self/rotate"),
    ],
    [
      "a token that ends itself",
      ["token.revoke"],
      async () => asUser.delete("/personal_access_tokens/self"),
    ],
    [
      "a key",
      ["public_key.create"],
      async () => asUser.post("/user/keys").send({ title: "k", key: KEY }),
    ],
    [
      "an address",
      ["user.add_email", "user.confirm_email_link"],
      async () => asUser.post("/user/emails").send({ email: "more@example.test" }),
    ],
    [
      "a note of one's own",
      ["custom_attribute.set"],
      async () => asAdmin.put(`/users/${ordinaryUser.id}/custom_attributes/a`).send({ value: "b" }),
    ],
    [
      "a machine",
      ["runner.create"],
      async () => asAdmin.post("/user/runners").send({ runner_type: "instance_type" }),
    ],
  ];
  it.each(acts)("%s", async (_, expected, act) => {
    const { status } = await act();
    expect(status).toBeLessThan(300);
    const written = await rows();
    expect(written.map(({ action }) => action)).toEqual(expected);
    for (const row of written) {
      expect(row).toMatchObject({
        actorUsername: expect.any(String),
        ipAddress: expect.stringContaining("127.0.0.1"),
        requestId: expect.any(String),
        tokenId: expect.any(Number),
        via: expect.stringMatching(/^git(hub|lab)$/),
      });
    }
  });

  it("is one for a support PIN that an administrator ends, and one for a service account", async () => {
    await asUser.post("/user/support_pin").expect(201);
    await asAdmin.post(`/users/${ordinaryUser.id}/support_pin/revoke`).expect(202);
    const { body } = await asAdmin.post("/service_accounts").expect(201);
    await asAdmin.patch(`/service_accounts/${body.id}`).send({ name: "Robot" }).expect(200);
    const told = (await rows()).map(({ action, userId, actorId }) => [action, userId, actorId]);
    expect(told).toEqual([
      ["support_pin.create", ordinaryUser.id, ordinaryUser.id],
      ["support_pin.revoke", ordinaryUser.id, adminUser.id],
      ["user.create", body.id, adminUser.id],
      ["user.update", body.id, adminUser.id],
    ]);
  });

  it("is one for each key that an administrator deletes, and names it", async () => {
    const { body } = await asUser.post("/user/keys").send({ title: "k", key: KEY }).expect(201);
    await SITE_ADMIN.delete(`/admin/keys/${body.id}`).expect(204);
    expect((await rows()).at(-1)).toMatchObject({
      ...{
        action: "public_key.delete",
        actorId: adminUser.id,
        userId: ordinaryUser.id,
        username: "una",
      },
      ...{ targetType: "Key", targetId: body.id, targetName: "k" },
    });
  });

  it("is one for each sign-in, whether it worked or not", async () => {
    await asAdmin.put(`/users/${otherUser.id}`).send({ password: "lovely-Day-42!" }).expect(200);
    await here.change(otherUser, { passwordExpiresAt: null });
    const trySignIn = (login: string, password: string) =>
      client({ url: `${here.origin}/api/v3` })
        .post("/session")
        .send({ login, password });
    await trySignIn("vera", "wrong").expect(401);
    await trySignIn("no-such-user", "wrong").expect(401);
    await trySignIn("vera", "lovely-Day-42!").expect(201);
    const told = (await rows())
      .slice(1)
      .map(({ action, userId, actorId }) => [action, userId, actorId]);
    expect(told).toEqual(
      expect.arrayContaining([
        ["user.failed_login", otherUser.id, null],
        ["user.failed_login", null, null],
        ["user.login", otherUser.id, otherUser.id],
      ]),
    );
  });

  it("is none for what changed nothing", async () => {
    await asUser.post(`/users/${otherUser.id}/block`).expect(403);
    await asAdmin.post("/users/999999/block").expect(404);
    await asAdmin.post(`/users/${ordinaryUser.id}/unblock`).expect(201);
    await asUser.delete("/user/keys/999999").expect(404);
    await asAdmin.delete("/personal_access_tokens/999999").expect(404);
    await asUser.get("/user").expect(200);
    expect(await rows()).toEqual([]);
  });
});

describe("acting in another's name", () => {
  it("is a row with both names, also for a change that writes none by itself", async () => {
    await asAdmin.put("/user/status").set("Sudo", "una").send({ message: "away" }).expect(200);
    expect(await rows()).toMatchObject([
      {
        action: "user.stand_in",
        actorUsername: adminUser.username,
        onBehalfOfUsername: "una",
        userId: ordinaryUser.id,
        details: { operation: "setUserStatus" },
      },
    ]);
    await asAdmin.post("/user/keys").set("Sudo", "una").send({ title: "k", key: KEY }).expect(201);
    expect((await rows()).at(-1)).toMatchObject({
      action: "public_key.create",
      actorId: adminUser.id,
      onBehalfOfId: ordinaryUser.id,
    });
    expect(await rows()).toHaveLength(2);
  });

  it("is a row for reading, too: the same one once in ten minutes", async () => {
    for (let each = 0; each < 3; each += 1)
      await asAdmin.get("/user").set("Sudo", "una").expect(200);
    await asAdmin.get("/user/emails").set("Sudo", "una").expect(200);
    expect(await actions()).toEqual(["user.stand_in", "user.stand_in"]);
  });

  it("by a token of impersonation is put down to who made the token", async () => {
    const { body } = await asAdmin
      .post(`/users/${ordinaryUser.id}/impersonation_tokens`)
      .send({ name: "t", scopes: ["api"] })
      .expect(201);
    await here.client(body.token).put("/user/status").send({ message: "hi" }).expect(200);
    expect((await rows()).at(-1)).toMatchObject({
      action: "user.stand_in",
      actorId: adminUser.id,
      onBehalfOfId: ordinaryUser.id,
    });
  });

  it("shows both in the access log", async () => {
    await asAdmin.put("/user/status").set("Sudo", "una").send({ message: "away" }).expect(200);
    const lines = here.log.map((line) => JSON.parse(line) as { user?: number; for?: number });
    expect(lines).toContainEqual(
      expect.objectContaining({ user: adminUser.id, for: ordinaryUser.id }),
    );
  });
});

it("no row has a secret or a live link", async () => {
  const { body } = await asAdmin
    .post(`/users/${ordinaryUser.id}/personal_access_tokens`)
    .send({ name: "t", scopes: ["api"] })
    .expect(201);
  await asAdmin.put(`/users/${ordinaryUser.id}`).send({ password: "lovely-Day-42!" }).expect(200);
  await asAdmin.post("/users").send({
    username: "n",
    name: "N",
    email: "n@example.test",
    reset_password: true,
  });
  const all = JSON.stringify(await rows());
  expect(all).not.toContain(body.token.slice(6));
  expect(all).not.toContain("lovely-Day");
  expect(all).not.toContain("argon2");
  expect(all).not.toContain("token=");
});
