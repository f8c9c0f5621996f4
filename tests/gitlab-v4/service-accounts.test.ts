import { describe, expect, it } from "@jest/globals";
import { createAccount } from "../../src/domain/users/accounts.ts";
import { stage } from "./stage.ts";

const server = stage({ config: { gitlabVersion: "18.11.0" } });

describe("/service_accounts", () => {
  it("is for administrators", async () => {
    const { asUser } = await server.cast();
    await server.anyone.get("/service_accounts").expect(401, { message: "401 Unauthorized" });
    await asUser.get("/service_accounts").expect(403, { message: "403 Forbidden" });
    await asUser.post("/service_accounts").send({ username: "!" }).expect(403);
    await asUser.patch("/service_accounts/1").send({}).expect(403);
  });

  it("creates accounts with a name, a username and an address of their own", async () => {
    const { asAdmin } = await server.cast();
    const { body } = await asAdmin.post("/service_accounts").expect(201);
    expect(body).toEqual({
      id: expect.any(Number),
      username: expect.stringMatching(/^service_account_[0-9a-f]{32}$/),
      name: "Service account user",
      email: `${body.username}@noreply.127.0.0.1`,
    });
    const sent = { name: "Deployer", username: "deployer", email: "Deploy@example.test" };
    const named = await asAdmin.post("/service_accounts").send(sent).expect(201);
    expect(named.body).toMatchObject({ ...sent, email: "deploy@example.test" });
    const { body: user } = await asAdmin.get(`/users/${named.body.id}`).expect(200);
    expect(user).toMatchObject({
      bot: true,
      external: true,
      projects_limit: 0,
      confirmed_at: null,
    });
    const token = { name: "t", scopes: ["api"] };
    const made = await asAdmin
      .post(`/users/${body.id}/personal_access_tokens`)
      .send(token)
      .expect(201);
    const caller = server.client(made.body.token as string);
    expect((await caller.get("/user").expect(200)).body.id).toBe(body.id);
  });

  it("answers 400 for what can't be, or is taken", async () => {
    const { asAdmin } = await server.cast();
    const refused = (message: string) => ({ message: `400 Bad request - ${message}` });
    const post = (body: object) => asAdmin.post("/service_accounts").send(body);
    await post({ email: "una@example.test" }).expect(400, refused("Email has already been taken"));
    await post({ username: "UNA" }).expect(400, refused("Username has already been taken"));
    expect((await post({ username: "!" }).expect(400)).body.message).toMatch(
      /^400 Bad request - U/,
    );
    await post({ email: "x" }).expect(400, refused("Email is invalid"));
  });

  it("lists and changes accounts", async () => {
    const { asAdmin, ordinaryUser } = await server.cast();
    for (const username of ["alpha", "beta"])
      await asAdmin.post("/service_accounts").send({ username });
    const names = async (query = "") =>
      (
        (await asAdmin.get(`/service_accounts${query}`).expect(200)).body as { username: string }[]
      ).map(({ username }) => username);
    expect(await names()).toEqual(["beta", "alpha"]);
    expect(await names("?order_by=username&sort=asc")).toEqual(["alpha", "beta"]);
    await asAdmin.get("/service_accounts?sort=up").expect(400);
    const { body: rows } = await asAdmin.get("/service_accounts?per_page=1").expect(200);
    const path = `/service_accounts/${rows[0].id}`;
    const change = { name: "Beta", email: "beta@example.test" };
    const { body } = await asAdmin.patch(path).send(change).expect(200);
    expect(body).toMatchObject({ name: "Beta", unconfirmed_email: "beta@example.test" });
    await asAdmin.patch(`/service_accounts/${ordinaryUser.id}`).send(change).expect(404);
  });

  it("has room for a hundred accounts without a licence", async () => {
    const { asAdmin } = await server.cast();
    for (let count = 0; count < 100; count += 1) {
      await createAccount(server.store, { username: `sa-${count}`, type: "service_account" });
    }
    await asAdmin.post("/service_accounts").expect(403, {
      message: "403 Forbidden - No more seats are available to create Service Account User",
    });
  });
});
