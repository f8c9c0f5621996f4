import { describe, expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

let now = Date.parse("2026-01-01T00:00:00Z");
const server = stage({ clock: () => now, config: { gitlabVersion: "18.0.0" } });
const NONE = { message: "404 Support PIN not found or expired Not Found" };

describe("Support PINs", () => {
  it("need a caller, and an administrator for the PIN of another user", async () => {
    const { asUser, otherUser } = await server.cast();
    await server.anyone.post("/user/support_pin").expect(401, { message: "401 Unauthorized" });
    await asUser
      .get(`/users/${otherUser.id}/support_pin`)
      .expect(403, { message: "403 Forbidden" });
    await asUser
      .post(`/users/${otherUser.id}/support_pin/revoke`)
      .expect(403, { message: "403 Forbidden" });
    await asUser.get("/user/support_pin").expect(404, NONE);
  });

  it("have six digits and count for seven days", async () => {
    const { asAdmin, asUser, ordinaryUser } = await server.cast();
    const { body } = await asUser.post("/user/support_pin").expect(201);
    expect(body).toEqual({
      pin: expect.stringMatching(/^\d{6}$/),
      expires_at: new Date(now + 7 * 86_400_000).toISOString().replace(".000Z", "Z"),
    });
    await asUser.get("/user/support_pin").expect(200, body);
    await asAdmin.get(`/users/${ordinaryUser.id}/support_pin`).expect(200, body);
    const { body: next } = await asUser.post("/user/support_pin").expect(201);
    await asUser.get("/user/support_pin").expect(200, next);
    now += 7 * 86_400_000;
    await asUser.get("/user/support_pin").expect(404, NONE);
  });

  it("are revoked by administrators", async () => {
    const { asAdmin, asUser, ordinaryUser } = await server.cast();
    await asAdmin.post("/users/999999/support_pin/revoke").expect(404, {
      message: "404 User Not Found",
    });
    await asUser.post("/user/support_pin").expect(201);
    await asAdmin.post(`/users/${ordinaryUser.id}/support_pin/revoke`).expect(202);
    await asUser.get("/user/support_pin").expect(404, NONE);
    await asAdmin.post(`/users/${ordinaryUser.id}/support_pin/revoke`).expect(404, {
      message: "404 Support PIN not found or already expired Not Found",
    });
  });
});
