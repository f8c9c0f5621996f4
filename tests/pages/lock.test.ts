import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { setPassword } from "../../src/domain/credentials/passwords.ts";
import { client, type World, world } from "../support/server.ts";
import { Browser } from "./browser.ts";

const PASSWORD = "correct horse battery 9";
const TEN_MINUTES = 10 * 60_000;
let now = Date.UTC(2026, 0, 1);
let here: World;

beforeAll(async () => {
  here = await world({ clock: () => now, config: { signInLimit: 0 } });
  for (const [name, admin] of [
    ["boss", true],
    ["mona", false],
    ["lisa", false],
  ] as const) {
    await setPassword(here.store, (await here.user(name, { admin })).id, PASSWORD);
  }
});
afterAll(() => here.close());

/** Devise's: ten wrong passwords lock for ten minutes (GitLab's `max_login_attempts`). */
async function lock(name: string): Promise<void> {
  for (let each = 1; each <= 10; each += 1) {
    expect((await new Browser(here).signIn(name, `wrong one ${each}`)).status).toBe(422);
  }
}
const isLocked = async (username: string) => {
  const { body } = await client(here).get(`/api/v4/users?username=${username}`);
  return (body as { locked: boolean }[])[0]?.locked;
};

it("ten wrong passwords lock an account, and the right password is answered that it is locked", async () => {
  await lock("mona");
  expect(await isLocked("mona")).toBe(true);
  const refused = await new Browser(here).signIn("mona", PASSWORD);
  expect([refused.status, refused.location]).toEqual([422, undefined]);
  expect(refused.text).toMatch(/locked/i);
});

it("a wrong password is not answered that the account is locked", async () => {
  const { text, status } = await new Browser(here).signIn("mona", "wrong again");
  expect(status).toBe(422);
  expect(text).not.toMatch(/locked/i);
});

it("an administrator unlocks it by a button, and nothing else of the account changes", async () => {
  await lock("lisa");
  const admin = new Browser(here);
  await admin.signIn("boss", PASSWORD);
  expect((await admin.get("/admin/users/lisa")).text).toContain("Unlock");
  await admin.submit("/-/admin/users/lisa/unlock");
  expect(await isLocked("lisa")).toBe(false);
  expect((await new Browser(here).signIn("lisa", PASSWORD)).location).toBe("/");
});

it("it is over after ten minutes", async () => {
  now += TEN_MINUTES + 1000;
  expect((await new Browser(here).signIn("mona", PASSWORD)).location).toBe("/");
});
