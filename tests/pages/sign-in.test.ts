import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { Secret, TOTP } from "otpauth";
import { setPassword } from "../../src/domain/credentials/passwords.ts";
import type { User } from "../../src/domain/user.ts";
import * as states from "../../src/domain/users/account-states.ts";
import { getUserById } from "../../src/domain/users/users.ts";
import { client, type World, world } from "../support/server.ts";
import { Browser } from "./browser.ts";

const PASSWORD = "correct horse battery 9";

let here: World;
let now = Date.UTC(2026, 0, 1);
let mona: User;
let made = 0;
let browser: Browser;

beforeAll(async () => {
  here = await world({ clock: () => now, config: { signInLimit: 0 } });
});
beforeEach(async () => {
  made += 1;
  mona = await here.user(`mona${made}`);
  await setPassword(here.store, mona.id, PASSWORD);
  browser = new Browser(here);
});
afterAll(() => here.close());

describe("the sign-in", () => {
  it("says the same of a wrong password and of a user who is not there", async () => {
    const wrong = await browser.signIn(mona.username, "wrong");
    const unknown = await browser.signIn("not-there", PASSWORD);
    for (const { status, text } of [wrong, unknown]) {
      expect(status).toBe(422);
      expect(text).toContain("That login and password don&#39;t belong together.");
    }
    expect(browser.cookies.size).toBe(0);
  });

  it("leads signed-out visitors to itself and back", async () => {
    const { status, location } = await browser.get("/settings/tokens");
    expect([status, location]).toEqual([303, "/login?to=%2Fsettings%2Ftokens"]);
    expect((await browser.get(location ?? "")).text).toContain('value="/settings/tokens"');
    const to = { login: mona.username, password: PASSWORD, to: "/settings/tokens" };
    expect((await browser.post("/login", to)).location).toBe("/settings/tokens");
    expect((await browser.get("/settings/tokens")).status).toBe(200);
  });

  it.each(["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])(
    "never leads to %s",
    async (to) => {
      const fields = { login: mona.username, password: PASSWORD, to };
      expect((await browser.post("/login", fields)).location).toBe("/");
    },
  );

  it("takes a username or the primary address in any case, and counts", async () => {
    expect((await browser.signIn(mona.username.toUpperCase(), PASSWORD)).location).toBe("/");
    expect((await new Browser(here).signIn(`${mona.username}@EXAMPLE.test`, PASSWORD)).status).toBe(
      303,
    );
    expect((await getUserById(here.store, mona.id)).signInCount).toBe(mona.signInCount + 2);
  });

  it("sets a cookie that scripts can't read and other sites can't send", async () => {
    const { headers } = await browser.signIn(mona.username, PASSWORD);
    const [cookie = ""] = headers.getSetCookie();
    expect(cookie).toMatch(
      /^followd_session=[\w.-]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it("ends by signing out, and the cookie opens nothing afterwards", async () => {
    await browser.signIn(mona.username, PASSWORD);
    const kept = new Map(browser.cookies);
    await browser.post("/logout");
    expect(browser.cookies.has("followd_session")).toBe(false);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect((await browser.get("/settings")).status).toBe(303);
  });

  it("is over with a block, and says why when it is tried again", async () => {
    await browser.signIn(mona.username, PASSWORD);
    expect((await browser.get("/settings")).status).toBe(200);
    await states.suspend(here.store, mona.id);
    expect((await browser.get("/settings")).status).toBe(303);
    expect((await browser.signIn(mona.username, PASSWORD)).text).toContain(
      "This account is blocked",
    );
    expect((await browser.signIn(mona.username, "wrong")).text).toContain(
      "don&#39;t belong together",
    );
  });

  it("tells users who wait for approval what they wait for", async () => {
    await states.setState(here.store, mona.id, "blocked_pending_approval");
    expect((await browser.signIn(mona.username, PASSWORD)).text).toContain(
      "administrator&#39;s approval",
    );
  });

  it("lets a deactivated user come back", async () => {
    await states.setState(here.store, mona.id, "deactivated");
    expect((await browser.signIn(mona.username, PASSWORD)).status).toBe(303);
    expect((await getUserById(here.store, mona.id)).state).toBe("active");
  });

  it("has an expired password changed before anything else", async () => {
    const { engine } = here.store;
    const { users } = engine.tables;
    await engine.transaction(engine.query.update(users).set({ passwordExpiresAt: now }));
    here.store.profileVersions.touchAll();
    expect((await browser.signIn(mona.username, PASSWORD)).location).toBe(
      "/login/expired-password",
    );
    expect((await browser.get("/settings")).status).toBe(303);
    const weak = { new_password: "password", password_again: "password" };
    expect((await browser.post("/login/expired-password", weak)).status).toBe(422);
    const other = { new_password: "gather nine lamps", password_again: "gather ten lamps" };
    expect((await browser.post("/login/expired-password", other)).status).toBe(422);
    const good = { new_password: "gather nine lamps", password_again: "gather nine lamps" };
    expect((await browser.post("/login/expired-password", good)).location).toBe("/");
    expect((await browser.get("/settings")).status).toBe(200);
  });
});

describe("another password", () => {
  it("ends all sessions but the one that it was changed in", async () => {
    const other = new Browser(here);
    await browser.signIn(mona.username, PASSWORD);
    await other.signIn(mona.username, PASSWORD);
    const fields = { new_password: "gather nine lamps", password_again: "gather nine lamps" };
    const wrong = await browser.post("/settings/password", {
      ...fields,
      current_password: "wrong",
    });
    expect(wrong.status).toBe(422);
    await browser.submit("/settings/password", { ...fields, current_password: PASSWORD });
    expect((await browser.get("/settings")).status).toBe(200);
    expect((await other.get("/settings")).status).toBe(303);
  });
});

describe("two-factor authentication", () => {
  it("asks for a code once it is on, and takes each code and recovery code once", async () => {
    await browser.signIn(mona.username, PASSWORD);
    const setup = (await browser.get("/settings/two-factor")).text;
    expect(setup).toContain("<svg");
    const [, secret = ""] = /data-testid="totp-secret">([A-Z2-7]+)</.exec(setup) ?? [];
    const code = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
    const on = await browser.post("/settings/two-factor/enable", { code: code() });
    const [recovery = ""] = /[0-9a-f]{8}-[0-9a-f]{8}/.exec(on.text) ?? [];
    expect(recovery).not.toBe("");

    const next = new Browser(here);
    expect((await next.signIn(mona.username, PASSWORD)).location).toBe("/login/two-factor");
    expect((await next.get("/settings")).status).toBe(303);
    expect((await next.post("/login/two-factor", { code: code() })).status).toBe(422);
    now += 30_000;
    expect((await next.post("/login/two-factor", { code: code() })).location).toBe("/");
    expect((await next.get("/settings")).status).toBe(200);

    const third = new Browser(here);
    await third.signIn(mona.username, PASSWORD);
    expect((await third.post("/login/two-factor", { code: recovery })).location).toBe("/");
    const fourth = new Browser(here);
    await fourth.signIn(mona.username, PASSWORD);
    expect((await fourth.post("/login/two-factor", { code: recovery })).status).toBe(422);
  });

  it("is no way in without the password before it", async () => {
    expect((await browser.post("/login/two-factor", { code: "123456" })).location).toBe("/login");
  });
});

describe("writes from other sites", () => {
  it.each<[string, Record<string, string>]>([
    ["Sec-Fetch-Site: cross-site", { "sec-fetch-site": "cross-site" }],
    ["Sec-Fetch-Site: same-site", { "sec-fetch-site": "same-site" }],
    ["another Origin", { origin: "https://evil.example" }],
    ["Origin: null", { origin: "null" }],
  ])("are refused by %s, and change nothing", async (_, headers) => {
    await browser.signIn(mona.username, PASSWORD);
    const hubot = await here.user(`hubot${made}`);
    const answer = await browser.post(`/-/people/${hubot.username}/follow`, {}, headers);
    expect(answer.status).toBe(403);
    expect((await browser.post("/login", { login: "x", password: "y" }, headers)).status).toBe(403);
    expect((await getUserById(here.store, hubot.id)).followers).toBe(0);
  });

  it("are taken from the server's own pages", async () => {
    await browser.signIn(mona.username, PASSWORD);
    const hubot = await here.user(`hubot${made}`);
    const own: Record<string, string>[] = [
      { "sec-fetch-site": "same-origin" },
      { origin: here.url },
    ];
    for (const headers of own) {
      const path = `/-/people/${hubot.username}/follow`;
      expect((await browser.post(path, {}, headers)).status).toBe(303);
    }
    expect((await getUserById(here.store, hubot.id)).followers).toBe(1);
  });
});

describe("the APIs", () => {
  it("take no cookie", async () => {
    await browser.signIn(mona.username, PASSWORD);
    const cookie = [...browser.cookies].map((pair) => pair.join("=")).join("; ");
    await client(here).get("/api/v3/user").set("Cookie", cookie).expect(401);
    await client(here).get("/api/v4/user").set("Cookie", cookie).expect(401);
    await client(here).get("/user").set("Cookie", cookie).expect(401);
    const query = { query: "{ viewer { login } }" };
    await client(here).post("/api/graphql").set("Cookie", cookie).send(query).expect(401);
  });
});

describe("a page", () => {
  it("may load nothing but the server's own files, and be framed by none", async () => {
    const { headers } = await browser.get("/login");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
  });
});

describe("tries to sign in", () => {
  it("are limited by account and by address", async () => {
    const limited = await world({ config: { signInLimit: 2 } });
    const one = new Browser(limited);
    expect((await one.signIn("mona", "a")).status).toBe(422);
    expect((await one.signIn("mona", "b")).status).toBe(422);
    expect((await one.signIn("mona", "c")).status).toBe(429);
    expect((await one.signIn("hubot", "c")).status).toBe(429);
    await limited.close();
  });
});

describe("without pages", () => {
  it("the dialects answer browsers, too", async () => {
    const bare = await world({ config: { pages: false } });
    const one = new Browser(bare);
    expect((await one.get("/login")).headers.get("x-followd-dialect")).not.toBe("pages");
    expect((await one.get("/login")).status).toBe(404);
    expect((await one.signIn("mona", "x")).status).toBe(404);
    await bare.close();
  });
});
