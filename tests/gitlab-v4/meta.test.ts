import { describe, it } from "@jest/globals";
import { stage } from "./stage.ts";

const here = stage({ config: { gitlabVersion: "17.5.1" } });

describe.each(["version", "metadata"])("GET /%s", (path) => {
  it("requires authentication", async () => {
    await here.anyone.get(`/${path}`).expect(401, { message: "401 Unauthorized" });
    const other = await here.as(await here.user("una"), "read_registry");
    await other.get(`/${path}`).expect(403);
  });

  it("answers the configured version", async () => {
    const una = await here.as(await here.user("una"), "read_user");
    await una.get(`/${path}`).expect(200, {
      version: "17.5.1",
      revision: "Unknown",
      kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
      enterprise: false,
    });
  });
});
