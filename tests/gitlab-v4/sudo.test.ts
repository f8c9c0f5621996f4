import { describe, expect, it } from "@jest/globals";
import { stage, usernames } from "./stage.ts";

describe("sudo", () => {
  const here = stage();

  it("35: is for somebody with a credential", async () => {
    const { u } = await here.cast();
    const body = { message: "401 Unauthorized" };
    await here.anyone.get(`/user?sudo=${u.id}`).expect(401, body);
    await here.anyone.get(`/users?username=una&sudo=${u.id}`).expect(401, body);
  });

  it("32: is for administrators, who alone learn who exists", async () => {
    const { U, v } = await here.cast();
    const body = { message: "403 Forbidden - Must be admin to use sudo" };
    for (const whom of ["123456", v.id, "vera"]) {
      await U.get(`/user?sudo=${whom}`).expect(403, body);
      await U.get("/user").set("Sudo", String(whom)).expect(403, body);
    }
  });

  it("33: takes the scope of its name", async () => {
    const { r, u } = await here.cast();
    const { body } = await (await here.as(r, "api")).get(`/user?sudo=${u.id}`).expect(403);
    expect(body).toMatchObject({ error: "insufficient_scope", scope: "sudo" });
  });

  it("34: for nobody", async () => {
    const { R } = await here.cast();
    for (const whom of ["999999", "nobody"]) {
      const message = `404 User with ID or username '${whom}' Not Found`;
      await R.get(`/user?sudo=${whom}`).expect(404, { message });
    }
  });

  it("29: by id in the header, the administrator is that user", async () => {
    const { R, u } = await here.cast();
    const { body } = await R.get("/user").set("Sudo", String(u.id)).expect(200);
    expect(body.id).toBe(u.id);
    expect(body).not.toHaveProperty("note");
  });

  it("30: by username in any case; the parameter wins over the header", async () => {
    const { R, u } = await here.cast();
    const { body } = await R.get("/user?sudo=UNA").expect(200);
    expect(body.id).toBe(u.id);
    const both = await R.get("/user?sudo=una").set("Sudo", "vera").expect(200);
    expect(both.body.id).toBe(u.id);
  });

  it("30: in the body", async () => {
    const { R, u } = await here.cast();
    const sent = { sudo: u.id, email: "una2@example.test" };
    await R.post("/user/emails").send(sent).expect(201);
    const { body } = await R.get("/user/emails?sudo=una").expect(200);
    expect(body.map(({ email }: { email: string }) => email)).toContain("una2@example.test");
  });

  it("31: for another administrator it shows what administrators see", async () => {
    const { R } = await here.cast();
    const admin = await here.user("ada", { admin: true });
    const { body } = await R.get(`/user?sudo=${admin.id}`).expect(200);
    expect(body).toMatchObject({ id: admin.id, note: null });
    await R.get("/user?sudo=root").expect(200);
  });

  it("36: a token for nothing else may do everything under sudo, and nothing without", async () => {
    const { r, u } = await here.cast();
    const client = await here.as(r, "sudo");
    expect(usernames(await client.get(`/users?sudo=${u.id}`).expect(200))).toHaveLength(4);
    await client.get("/user_counts?sudo=una").expect(200);
    const { body } = await client.get("/users").expect(403);
    expect(body.error).toBe("insufficient_scope");
  });

  it("37: the rights are those of the other", async () => {
    const { R, u } = await here.cast();
    const wanted = { email: "n@x.test", name: "N", username: "n", force_random_password: true };
    await R.post(`/users?sudo=${u.id}`).send(wanted).expect(403, { message: "403 Forbidden" });
  });
});
