import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Followd, start } from "../../src/library/index.ts";
import { ask } from "./stage.ts";

const controlToken = "no-guess-leads-here";

describe("a server in memory that other machines reach", () => {
  let server: Followd;
  beforeAll(async () => {
    server = await start({ settings: { host: "0.0.0.0", controlToken } });
  });
  afterAll(() => server.stop());

  it("is refused without a token for its controls", async () => {
    const open = start({ settings: { host: "0.0.0.0" } });
    await expect(open).rejects.toThrow("the controls need a secret: set controlToken, too.");
  });

  it.each([
    ["no credential", {}],
    ["another token", { authorization: "Bearer no-guess-leads-there" }],
    ["a user's token", "octocat"],
    ["the token as a password", { authorization: `Basic ${btoa(`x:${controlToken}`)}` }],
  ])("does nothing for callers of its controls with %s", async (_, shown) => {
    const headers =
      typeof shown === "string"
        ? { authorization: `Bearer ${await server.tokenFor(shown)}` }
        : (shown as Record<string, string>);
    for (const [method, path] of [
      ["POST", "/-/dev/reset"],
      ["GET", "/-/dev/requests"],
      ["GET", "/-/dev/nothing"],
    ] as const) {
      const { status, body } = await ask(server.url, path, { method, headers });
      expect([status, body]).toEqual([
        401,
        { error: expect.stringContaining("The controls want their token") },
      ]);
    }
  });

  it("does what callers with the token want, under any host name", async () => {
    const headers = { authorization: `bearer ${controlToken}`, host: "followd:3000" };
    const { status } = await ask(server.url, "/-/dev/reset", { method: "POST", headers });
    expect(status).toBe(204);
    await server.clock.freeze("2024-02-29");
    expect(await server.clock.now()).toEqual(new Date("2024-02-29"));
  });
});
