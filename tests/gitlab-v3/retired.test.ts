import { describe, expect, it } from "@jest/globals";
import request from "supertest";
import { stage } from "./stage.ts";

const GONE = { error: "API V3 is no longer supported. Use API V4 instead." };

describe("v3 where it is switched off", () => {
  const here = stage({ config: { gitlabV3: false } });

  it("18: answers every request of every caller that v3 is gone", async () => {
    const { asUser } = await here.cast();
    for (const client of [asUser, here.client("nonsense")]) {
      await client.get("/projects").expect(410, GONE);
      await client.get("/users").expect(410, GONE);
      await client.post("/users").send({}).expect(410, GONE);
      await client.get("/users?sudo=missing").expect(410, GONE);
    }
    await here.anyone.get("/users?private_token=x").expect(410, GONE);
    await here.anyone.post("/session").send({ login: "una" }).expect(410, GONE);
  });

  it("19: answers GET /user as v4 does", async () => {
    const { ordinaryUser, asUser } = await here.cast();
    for (const client of [asUser, await here.as(ordinaryUser, "read_user")]) {
      const { body, headers } = await client.get("/user").expect(200);
      expect(body).toMatchObject({ id: ordinaryUser.id, email: "una@example.test", locked: false });
      const token = await here.token(ordinaryUser, "api");
      const v4 = request(here.origin).get("/api/v4/user").set("PRIVATE-TOKEN", token);
      expect(body).toEqual((await v4).body);
      expect(headers["x-followd-dialect"]).toBe("gitlab");
      await client.head("/user").expect(200);
    }
    await here.client("nonsense").get("/user").expect(401, { message: "401 Unauthorized" });
  });

  it("leaves GitHub's callers alone", async () => {
    const { ordinaryUser } = await here.cast();
    const { body } = await here.anyone.get("/users").set("User-Agent", "x").expect(200);
    expect((body as { login: string }[]).map(({ login }) => login)).toContain("una");
    const bearer = `Bearer ${await here.token(ordinaryUser, "user")}`;
    const seen = await here.anyone
      .get("/user")
      .set({ Authorization: bearer, "User-Agent": "x" })
      .expect(200);
    expect(seen.body.login).toBe("una");
  });
});

describe("v3 alone below its prefix", () => {
  const here = stage({ config: { githubV3: false } });

  it("takes bearers and anonymous callers, too", async () => {
    const { ordinaryUser } = await here.cast();
    const bearer = `Bearer ${await here.token(ordinaryUser, "api")}`;
    const { body } = await here.anyone.get("/user").set("Authorization", bearer).expect(200);
    expect(body.username).toBe("una");
    await here.anyone.get("/user").expect(401, { message: "401 Unauthorized" });
    await here.anyone.get("/user/following/vera").expect(404, { error: "404 Not Found" });
    await here.anyone.put("/users").expect(405, { error: "405 Not Allowed" });
  });
});
