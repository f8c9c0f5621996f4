import { describe, expect, it } from "@jest/globals";
import { logins, stage } from "../support/stage.ts";

describe("a list that both dialects have at the root", () => {
  const server = stage("", { config: { gitlabRoot: true } });

  it("is written by each in its own words, in any order of requests", async () => {
    const mona = await server.user("mona");
    const hubot = await server.user("hubot");
    const token = await server.world.token(hubot, "user", "api");
    const path = `/users/${mona.id}/followers`;
    await server.anyone
      .put("/user/following/mona")
      .set("Authorization", `token ${token}`)
      .expect(204);
    for (const _ of [1, 2]) {
      const named = await server.anyone.get("/users/mona/followers").expect(200);
      expect(logins(named)).toEqual(["hubot"]);
      const numbered = await server.anyone.get(path).set("PRIVATE-TOKEN", token).expect(200);
      expect(numbered.body).toMatchObject([{ id: hubot.id, username: "hubot", state: "active" }]);
    }
  });
});
