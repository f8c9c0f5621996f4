import { beforeAll, describe, expect, it } from "@jest/globals";
import { complaint, folders, followd } from "./program.ts";

const env = { FOLLOWD_DATA: folders()() };
const twoFactor = (...words: string[]) => followd(["user", "two-factor", ...words], { env });

beforeAll(async () => {
  await followd(["user", "create", "mona", "--email", "mona@example.test"], { env });
});

describe("user two-factor", () => {
  it("knows no user of that name", async () => {
    expect(complaint(await twoFactor("enable", "hubot"))).toMatch(/^There is no user hubot/);
  });

  it("says when there is nothing to switch off", async () => {
    const ended = await twoFactor("disable", "mona");
    expect(complaint(ended)).toBe("mona has no two-factor authentication.");
    expect(ended.code).toBe(1);
  });

  it("prints an address for an app alone, with another secret each time", async () => {
    const { code, stdout } = await twoFactor("enable", "Mona");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^otpauth:\/\/totp\/followd:mona\?issuer=followd&secret=[A-Z2-7]{32}&/);
    const again = await twoFactor("enable", "mona", "--json");
    const { secret, url } = JSON.parse(again.stdout) as { secret: string; url: string };
    expect(url).toContain(secret);
    expect(stdout).not.toContain(secret);
  });

  it("switches it off", async () => {
    expect(await twoFactor("disable", "mona")).toEqual({
      code: 0,
      stdout: "",
      stderr: "mona needs no code any more.\n",
    });
  });
});
