import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { setPassword } from "../../src/domain/credentials/passwords.ts";
import type { User } from "../../src/domain/user.ts";
import * as states from "../../src/domain/users/account-states.ts";
import { byUsername, getUserById } from "../../src/domain/users/users.ts";
import { pageOperations } from "../../src/pages/operations/index.ts";
import { client, type World, world } from "../support/server.ts";
import { Browser } from "./browser.ts";

const PASSWORD = "correct horse battery 9";

let here: World;
let admin: Browser;
let mona: User;
let made = 0;

async function signedIn(username: string): Promise<Browser> {
  const browser = new Browser(here);
  await browser.signIn(username, PASSWORD);
  return browser;
}

beforeAll(async () => {
  here = await world({ config: { signInLimit: 0 } });
  const boss = await here.user("boss", { admin: true });
  await setPassword(here.store, boss.id, PASSWORD);
  admin = await signedIn("boss");
});
beforeEach(async () => {
  made += 1;
  mona = await here.user(`mona${made}`);
  await setPassword(here.store, mona.id, PASSWORD);
});
afterAll(() => here.close());

describe("every page", () => {
  const concrete = (route: string) => route.replace(/\{[^}]+\}/g, "boss");
  const kept = pageOperations.filter(({ access }) => access !== "anyone");

  it.each(kept.map(({ method, route, access }) => [method, route, access] as const))(
    "%s %s is for those alone who are %s",
    async (method, route, access) => {
      const ask = (browser: Browser) =>
        method === "GET" ? browser.get(concrete(route)) : browser.post(concrete(route));
      const stranger = await ask(new Browser(here));
      expect([stranger.status, stranger.location?.split("?")[0]]).toEqual([303, "/login"]);
      if (access === "admin") {
        const user = await ask(await signedIn(mona.username));
        expect(user.status).toBe(404);
        expect(user.text).toContain("Page not found");
      }
    },
  );

  it.each(
    pageOperations
      .filter(({ method, isForPrograms }) => method === "GET" && !isForPrograms)
      .map(({ route }) => route),
  )("GET %s has one first heading, and never fails", async (route) => {
    const { status, text } = await admin.get(route.replace("{username}", mona.username));
    expect(status).toBeLessThan(500);
    if (status !== 200 || route.startsWith("/-/admin/export/")) return;
    expect(text.match(/<h1[ >]/g)).toHaveLength(1);
    expect(text).not.toMatch(/ style=|<script>|\son\w+=|undefined|\[object/);
  });

  it.each(pageOperations.filter(({ method }) => method === "POST").map(({ route }) => route))(
    "POST %s takes an empty form without failing",
    async (route) => {
      if (/logout|end-all|password/.test(route)) return;
      const path = route.replace("{username}", mona.username).replace(/\{[^}]+\}/g, "999");
      expect((await admin.post(path)).status).toBeLessThan(500);
    },
  );
});

describe("the users' table", () => {
  it("finds users by tab, search and order, and escapes what they are called", async () => {
    const evil = await here.user("evil", { name: `<script>alert("x")</script>` });
    await states.suspend(here.store, evil.id);
    const blocked = (await admin.get("/admin/users?filter=blocked")).text;
    expect(blocked).toContain('href="/admin/users/evil"');
    expect(blocked).not.toContain("<script>alert");
    expect(blocked).not.toContain(`href="/admin/users/${mona.username}"`);
    const found = (await admin.get(`/admin/users?search=${mona.username}`)).text;
    expect(found).toContain(`href="/admin/users/${mona.username}"`);
    const admins = (await admin.get("/admin/users?filter=admins&sort=name_asc")).text;
    expect(admins).toContain('href="/admin/users/boss"');
    expect(admins).not.toContain(`href="/admin/users/${mona.username}"`);
  });

  it("leads through all of them by keyset, each once", async () => {
    for (let count = 0; count < 60; count += 1) await here.user(`many${count}`);
    const seen: string[] = [];
    let next: string | undefined = "/admin/users?sort=username_asc&filter=active";
    while (next !== undefined) {
      const { text }: { text: string } = await admin.get(next);
      seen.push(
        ...[...text.matchAll(/href="\/admin\/users\/(many\d+)"/g)].map(([, name]) => name ?? ""),
      );
      next = /rel="next" class="button" href="([^"]+)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
  });
});

describe("a user, to an administrator", () => {
  it("is blocked after a question, loses the session, and the API agrees", async () => {
    const user = await signedIn(mona.username);
    expect((await user.get("/settings")).status).toBe(200);
    const path = `/-/admin/users/${mona.username}/block`;
    const question = (await admin.get(path)).text;
    expect(question).toContain(`Block ${mona.username}?`);
    expect((await getUserById(here.store, mona.id)).state).toBe("active");
    await admin.submit(path);
    expect((await user.get("/settings")).status).toBe(303);
    const root = await here.token(await byUsername(here.store, "boss"), "api", "sudo");
    const { body } = await client(here).get(`/api/v4/users/${mona.id}`).set("PRIVATE-TOKEN", root);
    expect(body.state).toBe("blocked");
    await admin.submit(`/-/admin/users/${mona.username}/unblock`);
    expect((await getUserById(here.store, mona.id)).state).toBe("active");
  });

  it("is approved, rejected and deleted", async () => {
    await states.setState(here.store, mona.id, "blocked_pending_approval");
    await admin.submit(`/-/admin/users/${mona.username}/approve`);
    expect((await getUserById(here.store, mona.id)).state).toBe("active");
    const { location } = await admin.submit(`/-/admin/users/${mona.username}/delete`);
    expect(location).toBe("/admin/users");
    await expect(getUserById(here.store, mona.id)).rejects.toThrow();
  });

  it("is never the administrator's own to shut out or delete", async () => {
    for (const action of [
      "block",
      "ban",
      "deactivate",
      "delete",
      "delete-everything",
      "remove-admin",
    ]) {
      const { text } = await admin.submit(`/-/admin/users/boss/${action}`);
      expect(text).toMatch(/Nothing was done: boss is you\./);
    }
    const boss = await byUsername(here.store, "boss");
    expect([boss.state, boss.admin]).toEqual(["active", true]);
  });

  it("is edited by the rules of the APIs", async () => {
    const at = `/-/admin/users/${mona.username}`;
    const fields = {
      username: mona.username,
      name: "Mona",
      projects_limit: "5",
      website_url: "nowhere",
    };
    const wrong = await admin.post(`${at}/update`, fields);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("must be a valid URL");
    const reserved = await admin.post(`${at}/update`, {
      ...fields,
      website_url: "",
      username: "login",
    });
    expect(reserved.text).toContain("login is a reserved name");
    await admin.submit(`${at}/update`, {
      ...fields,
      website_url: "https://a.example",
      external: "1",
    });
    const { name, websiteUrl, external, projectsLimit } = await getUserById(here.store, mona.id);
    expect([name, websiteUrl, external, projectsLimit]).toEqual([
      "Mona",
      "https://a.example",
      true,
      5,
    ]);
  });

  it("gets a password that has to be changed, and an address and an identity", async () => {
    const at = `/-/admin/users/${mona.username}`;
    const user = await signedIn(mona.username);
    await admin.submit(`${at}/password`, { password: "gather nine lamps", must_change: "1" });
    expect((await user.get("/settings")).status).toBe(303);
    const again = new Browser(here);
    const { location } = await again.signIn(mona.username, "gather nine lamps");
    expect(location).toBe("/login/expired-password");
    await admin.submit(`${at}/emails`, { email: `second${made}@example.test`, confirmed: "1" });
    await admin.submit(`${at}/identities`, { provider: "github", extern_uid: `7${made}` });
    const { text } = await admin.get(`/admin/users/${mona.username}`);
    expect(text).toContain(`second${made}@example.test`);
    expect(text).toContain(`7${made}`);
  });

  it("is made with a link to choose a password, where no mail is sent", async () => {
    const username = `new${made}`;
    const fields = { username, email: `${username}@example.test`, name: "New" };
    const { text, status } = await admin.post("/-/admin/new-user", fields);
    expect(status).toBe(200);
    const [, link = ""] = /(\/login\/new-password\?token=[\w-]+)/.exec(text) ?? [];
    const user = new Browser(here);
    const passwords = { new_password: "gather nine lamps", password_again: "gather nine lamps" };
    expect((await user.post(link, passwords)).location).toBe("/");
    expect((await user.get("/settings")).status).toBe(200);
    expect((await user.signIn(username, "gather nine lamps")).location).toBe("/");
    expect((await user.post(link, passwords)).status).toBe(404);
    const taken = await admin.post("/-/admin/new-user", fields);
    expect(taken.status).toBe(422);
    expect(taken.text).toContain("has already been taken");
  });
});

describe("several users", () => {
  it("are asked about first, and then blocked", async () => {
    const hubot = await here.user(`hubot${made}`);
    const fields = { user: [String(mona.id), String(hubot.id)], action: "block" };
    const { text } = await admin.post("/-/admin/users", fields);
    expect(text).toContain("Block 2 users?");
    expect((await getUserById(here.store, mona.id)).state).toBe("active");
    await admin.submit("/-/admin/users", { ...fields, confirmed: "1" });
    for (const { id } of [mona, hubot]) {
      expect((await getUserById(here.store, id)).state).toBe("blocked");
    }
  });
});

describe("files", () => {
  it("are written while they are read from the database", async () => {
    const follows = await admin.get("/-/admin/export/follows");
    expect(follows.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(follows.text.split("\n")[0]).toBe("follower,followed");
    const users = (await admin.get("/-/admin/export/users")).text.trim().split("\n");
    expect(users.map((line) => (JSON.parse(line) as User).username)).toContain(mona.username);
    expect(users.join("")).not.toContain("argon2");
  });
});
