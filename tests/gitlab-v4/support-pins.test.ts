import { describe, expect, it } from "@jest/globals";
import { stage } from "./stage.ts";

let now = Date.parse("2026-01-01T00:00:00Z");
const server = stage({ clock: () => now, config: { gitlabVersion: "18.0.0" } });
const NONE = { message: "404 Support PIN not found or expired Not Found" };

describe("Support PINs", () => {
  it("need a caller, and an administrator for the PIN of another user", async () => {
    const { U, v } = await server.cast();
    await server.anyone.post("/user/support_pin").expect(401, { message: "401 Unauthorized" });
    await U.get(`/users/${v.id}/support_pin`).expect(403, { message: "403 Forbidden" });
    await U.post(`/users/${v.id}/support_pin/revoke`).expect(403, { message: "403 Forbidden" });
    await U.get("/user/support_pin").expect(404, NONE);
  });

  it("have six digits and count for seven days", async () => {
    const { R, U, u } = await server.cast();
    const { body } = await U.post("/user/support_pin").expect(201);
    expect(body).toEqual({
      pin: expect.stringMatching(/^\d{6}$/),
      expires_at: new Date(now + 7 * 86_400_000).toISOString().replace(".000Z", "Z"),
    });
    await U.get("/user/support_pin").expect(200, body);
    await R.get(`/users/${u.id}/support_pin`).expect(200, body);
    const { body: next } = await U.post("/user/support_pin").expect(201);
    await U.get("/user/support_pin").expect(200, next);
    now += 7 * 86_400_000;
    await U.get("/user/support_pin").expect(404, NONE);
  });

  it("are revoked by administrators", async () => {
    const { R, U, u } = await server.cast();
    await R.post("/users/999999/support_pin/revoke").expect(404, {
      message: "404 User Not Found",
    });
    await U.post("/user/support_pin").expect(201);
    await R.post(`/users/${u.id}/support_pin/revoke`).expect(202);
    await U.get("/user/support_pin").expect(404, NONE);
    await R.post(`/users/${u.id}/support_pin/revoke`).expect(404, {
      message: "404 Support PIN not found or already expired Not Found",
    });
  });
});
