import { describe, expect, it } from "@jest/globals";
import { stage, usernames } from "./stage.ts";

describe("sudo", () => {
  const here = stage();

  it("35: needs a credential", async () => {
    const { ordinaryUser } = await here.cast();
    const body = { message: "401 Unauthorized" };
    await here.anyone.get(`/user?sudo=${ordinaryUser.id}`).expect(401, body);
    await here.anyone.get(`/users?username=una&sudo=${ordinaryUser.id}`).expect(401, body);
  });

  it("32: is for administrators, who alone learn who exists", async () => {
    const { asUser, otherUser } = await here.cast();
    const body = { message: "403 Forbidden - Must be admin to use sudo" };
    for (const whom of ["123456", otherUser.id, "vera"]) {
      await asUser.get(`/user?sudo=${whom}`).expect(403, body);
      await asUser.get("/user").set("Sudo", String(whom)).expect(403, body);
    }
  });

  it("33: takes the scope of its name", async () => {
    const { adminUser, ordinaryUser } = await here.cast();
    const { body } = await (await here.as(adminUser, "api"))
      .get(`/user?sudo=${ordinaryUser.id}`)
      .expect(403);
    expect(body).toMatchObject({ error: "insufficient_scope", scope: "sudo" });
  });

  it("34: answers 404 for an unknown user", async () => {
    const { asAdmin } = await here.cast();
    for (const whom of ["999999", "missing"]) {
      const message = `404 User with ID or username '${whom}' Not Found`;
      await asAdmin.get(`/user?sudo=${whom}`).expect(404, { message });
    }
  });

  it("29: by id in the header, the administrator is that user", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const { body } = await asAdmin.get("/user").set("Sudo", String(ordinaryUser.id)).expect(200);
    expect(body.id).toBe(ordinaryUser.id);
    expect(body).not.toHaveProperty("note");
  });

  it("30: by username in any case; the parameter wins over the header", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const { body } = await asAdmin.get("/user?sudo=UNA").expect(200);
    expect(body.id).toBe(ordinaryUser.id);
    const both = await asAdmin.get("/user?sudo=una").set("Sudo", "vera").expect(200);
    expect(both.body.id).toBe(ordinaryUser.id);
  });

  it("30: in the body", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const sent = { sudo: ordinaryUser.id, email: "una2@example.test" };
    await asAdmin.post("/user/emails").send(sent).expect(201);
    const { body } = await asAdmin.get("/user/emails?sudo=una").expect(200);
    expect(body.map(({ email }: { email: string }) => email)).toContain("una2@example.test");
  });

  it("31: for another administrator it shows what administrators see", async () => {
    const { asAdmin } = await here.cast();
    const admin = await here.user("ada", { admin: true });
    const { body } = await asAdmin.get(`/user?sudo=${admin.id}`).expect(200);
    expect(body).toMatchObject({ id: admin.id, note: null });
    await asAdmin.get("/user?sudo=root").expect(200);
  });

  it("36: a token for nothing else may do everything under sudo, and nothing without", async () => {
    const { adminUser, ordinaryUser } = await here.cast();
    const client = await here.as(adminUser, "sudo");
    expect(usernames(await client.get(`/users?sudo=${ordinaryUser.id}`).expect(200))).toHaveLength(
      4,
    );
    await client.get("/user_counts?sudo=una").expect(200);
    const { body } = await client.get("/users").expect(403);
    expect(body.error).toBe("insufficient_scope");
  });

  it("37: the rights are those of the other", async () => {
    const { asAdmin, ordinaryUser } = await here.cast();
    const wanted = { email: "n@x.test", name: "N", username: "n", force_random_password: true };
    await asAdmin
      .post(`/users?sudo=${ordinaryUser.id}`)
      .send(wanted)
      .expect(403, { message: "403 Forbidden" });
  });
});
