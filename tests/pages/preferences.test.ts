import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { setPassword } from "../../src/domain/credentials/passwords.ts";
import { block, isBlocking } from "../../src/domain/follows/blocks.ts";
import type { User } from "../../src/domain/user.ts";
import { client, type World, world } from "../support/server.ts";
import { Browser } from "./browser.ts";

const PASSWORD = "correct horse battery 9";
const KEY =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJpaKjO7Q29ie3XykcvaNZbKgl3sQFoqUNdXU72S1G6P mona@laptop";
const ACCOUNT = "https://social.example/@mona";

let here: World;
let mona: User;
let boss: User;
let token: string;
let adminToken: string;
let browser: Browser;
let admin: Browser;
let made = 0;

beforeAll(async () => {
  here = await world({ config: { signInLimit: 0, gitlabVersion: "17.11.0" } });
  boss = await here.user("boss", { admin: true });
  await setPassword(here.store, boss.id, PASSWORD);
  adminToken = await here.token(boss, "api", "sudo");
});
beforeEach(async () => {
  made += 1;
  mona = await here.user(`mona${made}`);
  await setPassword(here.store, mona.id, PASSWORD);
  token = await here.token(mona, "api");
  [browser, admin] = [new Browser(here), new Browser(here)];
  await browser.signIn(mona.username, PASSWORD);
  await admin.signIn("boss", PASSWORD);
});
afterAll(() => here.close());

/** GitLab's API, with a token as its clients show one. */
async function gitlab(path: string, shown: string) {
  const answer = await fetch(`${here.url}/api/v4${path}`, { headers: { "private-token": shown } });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

describe("social accounts", () => {
  it("are refused where they are no address, or more than four", async () => {
    const refused = await browser.post("/settings/social-accounts", { url: "not an address" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("has to begin with https://");
    for (const each of [1, 2, 3, 4]) {
      await browser.submit("/settings/social-accounts", { url: `${ACCOUNT}${each}` });
    }
    const fifth = await browser.post("/settings/social-accounts", { url: ACCOUNT });
    expect(fifth.status).toBe(422);
  });

  it("are those of GitHub's API", async () => {
    await browser.submit("/settings/social-accounts", { url: ACCOUNT });
    const list = () => client(here, token).get("/api/v3/user/social_accounts");
    expect((await list()).body).toEqual([{ provider: "generic", url: ACCOUNT }]);
    expect((await browser.get("/settings/social-accounts")).text).toContain(ACCOUNT);
    await browser.submit("/settings/social-accounts/remove", { url: ACCOUNT });
    expect((await list()).body).toEqual([]);
  });
});

describe("signing keys", () => {
  it("are refused where they are none, and are those of GitHub's API", async () => {
    const refused = await browser.post("/settings/keys/signing", { signing_key: "no key" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("not a public key");
    await browser.submit("/settings/keys/signing", { signing_key: KEY, signing_title: "" });
    const list = () => client(here, token).get("/api/v3/user/ssh_signing_keys");
    const [key] = (await list()).body as { id: number; title: string }[];
    expect(key?.title).toBe("mona@laptop");
    await browser.submit(`/settings/keys/signing/${key?.id}/remove`);
    expect((await list()).body).toEqual([]);
  });

  it("of another user are not there", async () => {
    await browser.submit("/settings/keys/signing", { signing_key: KEY });
    const [key] = (await client(here, token).get("/api/v3/user/ssh_signing_keys")).body as {
      id: number;
    }[];
    expect((await admin.post(`/settings/keys/signing/${key?.id}/remove`)).status).toBe(404);
    await browser.submit(`/settings/keys/signing/${key?.id}/remove`);
  });
});

describe("blocked users", () => {
  it("are listed and unblocked where they are listed", async () => {
    expect((await browser.get("/settings/blocked")).text).toContain("You have blocked no one.");
    await block(here.store, mona.id, boss.id);
    expect((await browser.get("/settings/blocked")).text).toContain('href="/boss"');
    const { location } = await browser.submit("/-/people/boss/unblock", {
      back: "/settings/blocked",
    });
    expect(location).toBe("/settings/blocked");
    expect(await isBlocking(here.store, mona.id, boss.id)).toBe(false);
  });
});

describe("preferences", () => {
  it("are those of GitLab's API", async () => {
    await browser.submit("/settings/preferences", { view_diffs_file_by_file: "on" });
    const { body } = await gitlab("/user/preferences", token);
    expect(body).toMatchObject({
      ...{ view_diffs_file_by_file: true, show_whitespace_in_diffs: false },
      pass_user_identities_to_ci_jwt: false,
    });
  });

  it("have no support PIN under a version of GitLab that has none", async () => {
    const old = await world({ config: { signInLimit: 0, gitlabVersion: "17.7.0" } });
    try {
      const user = await old.user("mona");
      await setPassword(old.store, user.id, PASSWORD);
      const older = new Browser(old);
      await older.signIn("mona", PASSWORD);
      const { status, text } = await older.get("/settings/preferences");
      expect({ status, isThere: text.includes("Support PIN") }).toEqual({
        status: 200,
        isThere: false,
      });
      for (const path of [
        "/settings/preferences/support-pin",
        "/settings/preferences/support-pin/end",
      ]) {
        expect((await older.post(path, {})).status).toBe(404);
      }
    } finally {
      await old.close();
    }
  });

  it("have a support PIN, which administrators find and its owner ends", async () => {
    const { text } = await browser.submit("/settings/preferences/support-pin");
    const [, pin] = /<code class="secret">(\d{6})<\/code>/.exec(text) ?? [];
    const ask = () => gitlab(`/users/${mona.id}/support_pin`, adminToken);
    expect((await ask()).body).toMatchObject({ pin });
    await browser.submit("/settings/preferences/support-pin/end");
    expect((await ask()).status).toBe(404);
  });
});

describe("an administrator", () => {
  const at = () => `/-/admin/users/${mona.username}`;

  it("adds keys for a user, and is told what is wrong with them", async () => {
    const refused = await admin.post(`${at()}/ssh-keys`, { ssh_key: "no key" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("not a public key");
    expect((await admin.post(`${at()}/gpg-keys`, { gpg_key: "no key" })).status).toBe(422);
    await admin.submit(`${at()}/ssh-keys`, { ssh_key: KEY, usage_type: "auth" });
    const { body } = await gitlab(`/users/${mona.id}/keys`, adminToken);
    expect(body).toMatchObject([{ title: "mona@laptop", usage_type: "auth" }]);
    await admin.submit(`${at()}/ssh-keys/${(body as { id: number }[])[0]?.id}/remove`);
  });

  it("sets and removes custom attributes", async () => {
    const refused = await admin.post(`${at()}/attributes`, { key: "a b", value: "x" });
    expect(refused.status).toBe(422);
    await admin.submit(`${at()}/attributes`, { key: "team", value: "red" });
    const list = () => gitlab(`/users/${mona.id}/custom_attributes`, adminToken);
    expect((await list()).body).toEqual([{ key: "team", value: "red" }]);
    await admin.submit(`${at()}/attributes/team/remove`);
    expect((await list()).body).toEqual([]);
  });

  it("sees which engine there is", async () => {
    expect((await admin.get("/admin")).text).toMatch(/(?:SQLite|PostgreSQL) answers/);
  });
});
