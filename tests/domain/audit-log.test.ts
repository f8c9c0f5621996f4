import { beforeEach, describe, expect, it } from "@jest/globals";
import type { AuditEvent } from "../../src/domain/activity/audit-log.ts";
import type { User } from "../../src/domain/user.ts";
import { stage } from "../gitlab-v4/stage.ts";
import { client } from "../support/server.ts";

const here = stage({ config: { gitlabVersion: "18.11.0", gitlabUserLimits: false } });
let R: Awaited<ReturnType<typeof here.as>>;
let U: typeof R;
let SITE_ADMIN: ReturnType<typeof client>;
let r: User;
let u: User;
let v: User;

beforeEach(async () => {
  const { engine } = here.store;
  const cast = await here.cast();
  ({ r, u, v } = cast);
  R = await here.as(r, "api", "sudo", "site_admin");
  U = await here.as(u, "api", "user", "admin:public_key");
  SITE_ADMIN = client({ url: `${here.origin}/api/v3` }, await here.token(r, "site_admin"));
  // What making the callers wrote down.
  await engine.transaction(engine.query.delete(engine.tables.auditEvents));
});

async function rows(): Promise<AuditEvent[]> {
  const { query, tables } = here.store.engine;
  return query.select().from(tables.auditEvents);
}
const actions = async () => (await rows()).map(({ action }) => action);

const KEY =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl u@example";

describe("a change is one row, in the transaction of the change", () => {
  type Act = () => Promise<{ status: number }>;
  const acts: [string, string[], Act][] = [
    ["a block", ["user.block"], async () => R.post(`/users/${u.id}/block`)],
    ["a ban", ["user.ban"], async () => R.post(`/users/${u.id}/ban`)],
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
    ["a deletion", ["user.destroy"], async () => R.delete(`/users/${u.id}`)],
    [
      "a password",
      ["user.change_password"],
      async () => R.put(`/users/${u.id}`).send({ password: "lovely-Day-42!" }),
    ],
    [
      "an administrator's rights",
      ["user.promote"],
      async () => R.put(`/users/${u.id}`).send({ admin: true }),
    ],
    ["a note", ["user.update"], async () => R.put(`/users/${u.id}`).send({ note: "seen" })],
    [
      "another primary address",
      ["user.change_email", "user.update"],
      async () =>
        R.put(`/users/${u.id}`).send({ email: "new@example.test", skip_reconfirmation: true }),
    ],
    [
      "a token",
      ["token.create"],
      async () =>
        R.post(`/users/${u.id}/personal_access_tokens`).send({ name: "t", scopes: ["api"] }),
    ],
    [
      "an impersonation token",
      ["token.create"],
      async () =>
        R.post(`/users/${u.id}/impersonation_tokens`).send({ name: "t", scopes: ["api"] }),
    ],
    ["a rotation", ["token.rotate"], async () => U.post("/personal_access_tokens/self/rotate")],
    [
      "a token that ends itself",
      ["token.revoke"],
      async () => U.delete("/personal_access_tokens/self"),
    ],
    [
      "a key",
      ["public_key.create"],
      async () => U.post("/user/keys").send({ title: "k", key: KEY }),
    ],
    [
      "an address",
      ["user.add_email", "user.confirm_email_link"],
      async () => U.post("/user/emails").send({ email: "more@example.test" }),
    ],
    [
      "a note of one's own",
      ["custom_attribute.set"],
      async () => R.put(`/users/${u.id}/custom_attributes/a`).send({ value: "b" }),
    ],
    [
      "a machine",
      ["runner.create"],
      async () => R.post("/user/runners").send({ runner_type: "instance_type" }),
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
    await U.post("/user/support_pin").expect(201);
    await R.post(`/users/${u.id}/support_pin/revoke`).expect(202);
    const { body } = await R.post("/service_accounts").expect(201);
    await R.patch(`/service_accounts/${body.id}`).send({ name: "Robot" }).expect(200);
    const told = (await rows()).map(({ action, userId, actorId }) => [action, userId, actorId]);
    expect(told).toEqual([
      ["support_pin.create", u.id, u.id],
      ["support_pin.revoke", u.id, r.id],
      ["user.create", body.id, r.id],
      ["user.update", body.id, r.id],
    ]);
  });

  it("is one for each key that an administrator deletes, and names it", async () => {
    const { body } = await U.post("/user/keys").send({ title: "k", key: KEY }).expect(201);
    await SITE_ADMIN.delete(`/admin/keys/${body.id}`).expect(204);
    expect((await rows()).at(-1)).toMatchObject({
      ...{ action: "public_key.delete", actorId: r.id, userId: u.id, username: "una" },
      ...{ targetType: "Key", targetId: body.id, targetName: "k" },
    });
  });

  it("is one for each sign-in, whether it worked or not", async () => {
    await R.put(`/users/${v.id}`).send({ password: "lovely-Day-42!" }).expect(200);
    await here.change(v, { passwordExpiresAt: null });
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
        ["user.failed_login", v.id, null],
        ["user.failed_login", null, null],
        ["user.login", v.id, v.id],
      ]),
    );
  });

  it("is none for what changed nothing", async () => {
    await U.post(`/users/${v.id}/block`).expect(403);
    await R.post("/users/999999/block").expect(404);
    await R.post(`/users/${u.id}/unblock`).expect(201);
    await U.delete("/user/keys/999999").expect(404);
    await R.delete("/personal_access_tokens/999999").expect(404);
    await U.get("/user").expect(200);
    expect(await rows()).toEqual([]);
  });
});

describe("acting in another's name", () => {
  it("is a row with both names, also for a change that writes none by itself", async () => {
    await R.put("/user/status").set("Sudo", "una").send({ message: "away" }).expect(200);
    expect(await rows()).toMatchObject([
      {
        action: "user.stand_in",
        actorUsername: r.username,
        onBehalfOfUsername: "una",
        userId: u.id,
        details: { operation: "setUserStatus" },
      },
    ]);
    await R.post("/user/keys").set("Sudo", "una").send({ title: "k", key: KEY }).expect(201);
    expect((await rows()).at(-1)).toMatchObject({
      action: "public_key.create",
      actorId: r.id,
      onBehalfOfId: u.id,
    });
    expect(await rows()).toHaveLength(2);
  });

  it("is a row for reading, too: the same one once in ten minutes", async () => {
    for (let each = 0; each < 3; each += 1) await R.get("/user").set("Sudo", "una").expect(200);
    await R.get("/user/emails").set("Sudo", "una").expect(200);
    expect(await actions()).toEqual(["user.stand_in", "user.stand_in"]);
  });

  it("by a token of impersonation is put down to who made the token", async () => {
    const { body } = await R.post(`/users/${u.id}/impersonation_tokens`)
      .send({ name: "t", scopes: ["api"] })
      .expect(201);
    await here.client(body.token).put("/user/status").send({ message: "hi" }).expect(200);
    expect((await rows()).at(-1)).toMatchObject({
      action: "user.stand_in",
      actorId: r.id,
      onBehalfOfId: u.id,
    });
  });

  it("shows both in the access log", async () => {
    await R.put("/user/status").set("Sudo", "una").send({ message: "away" }).expect(200);
    const lines = here.log.map((line) => JSON.parse(line) as { user?: number; for?: number });
    expect(lines).toContainEqual(expect.objectContaining({ user: r.id, for: u.id }));
  });
});

it("no row has a secret or a live link", async () => {
  const { body } = await R.post(`/users/${u.id}/personal_access_tokens`)
    .send({ name: "t", scopes: ["api"] })
    .expect(201);
  await R.put(`/users/${u.id}`).send({ password: "lovely-Day-42!" }).expect(200);
  await R.post("/users").send({
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
