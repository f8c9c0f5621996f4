import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { setPassword } from "../../src/domain/credentials/passwords.ts";
import * as follows from "../../src/domain/follows/follows.ts";
import type { User } from "../../src/domain/user.ts";
import { updateAccount } from "../../src/domain/users/accounts.ts";
import { changeProfile, getUserById } from "../../src/domain/users/users.ts";
import { client, type World, world } from "../support/server.ts";
import { Browser } from "./browser.ts";

const PASSWORD = "correct horse battery 9";
const KEY =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJpaKjO7Q29ie3XykcvaNZbKgl3sQFoqUNdXU72S1G6P mona@laptop";

let here: World;
let browser: Browser;
let mona: User;
let hubot: User;
let made = 0;

beforeAll(async () => {
  here = await world({ config: { signInLimit: 0 } });
});
beforeEach(async () => {
  made += 1;
  mona = await here.user(`mona${made}`);
  hubot = await here.user(`hubot${made}`);
  await setPassword(here.store, mona.id, PASSWORD);
  browser = new Browser(here);
  await browser.signIn(mona.username, PASSWORD);
});
afterAll(() => here.close());

describe("a profile", () => {
  it("is followed and unfollowed, and the counter moves", async () => {
    const before = (await browser.get(`/${hubot.username}`)).text;
    expect(before).toContain(">Follow</button>");
    const { text } = await browser.submit(`/-/people/${hubot.username}/follow`);
    expect(text).toContain(">Unfollow</button>");
    expect(text).toContain('data-count="followers">1<');
    const list = (await browser.get(`/${hubot.username}?tab=followers`)).text;
    expect(list).toContain(`href="/${mona.username}"`);
    const { body } = await client(here).get(`/api/v3/users/${hubot.username}/followers`);
    expect(body.map(({ login }: { login: string }) => login)).toEqual([mona.username]);
    const after = await browser.submit(`/-/people/${hubot.username}/unfollow`);
    expect(after.text).toContain('data-count="followers">0<');
  });

  it("is blocked, which ends the follows between the two", async () => {
    await follows.follow(here.store, hubot.id, mona.id);
    const { text } = await browser.submit(`/-/people/${hubot.username}/block`);
    expect(text).toContain(">Unblock</button>");
    expect(text).not.toContain(">Follow</button>");
    expect((await getUserById(here.store, mona.id)).followers).toBe(0);
    expect((await browser.submit(`/-/people/${hubot.username}/unblock`)).text).toContain(
      ">Follow<",
    );
  });

  it("escapes what its owner says, and links to nothing but the web", async () => {
    await changeProfile(here.store, hubot.id, {
      ...{ name: "<b>Hu</b>", bio: `"><script>alert(1)</script>` },
      websiteUrl: "javascript:alert(1)",
    });
    const { text } = await browser.get(`/${hubot.username}`);
    expect(text).not.toMatch(/<b>Hu|<script>alert|href="javascript/);
    expect(text).toContain("&lt;b&gt;Hu&lt;/b&gt;");
  });

  it("that is private shows a name and no more, but to its owner", async () => {
    await updateAccount(here.store, hubot.id, { privateProfile: true, bio: "secret words" });
    for (const visitor of [browser, new Browser(here)]) {
      const { text, status } = await visitor.get(`/${hubot.username}?tab=followers`);
      expect(status).toBe(200);
      expect(text).toContain("This profile is private.");
      expect(text).not.toContain("secret words");
      expect((await visitor.get(`/${hubot.username}.keys`)).status).toBe(404);
    }
  });

  it("of a user who is not there, or blocked, is a page that says so", async () => {
    const { status, text } = await browser.get("/not-there");
    expect(status).toBe(404);
    expect(text).toContain("Page not found");
  });

  it("has keys and a picture at addresses of their own", async () => {
    await browser.submit("/settings/keys/ssh", {
      title: "laptop",
      ssh_key: KEY,
      usage_type: "auth",
    });
    const keys = await fetch(`${here.url}/${mona.username}.keys`);
    expect(keys.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await keys.text()).toBe(`${KEY.split(" ").slice(0, 2).join(" ")}\n`);
    const picture = await fetch(`${here.url}/${mona.username}.png`);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect((await fetch(`${here.url}/not-there.keys`)).status).toBe(404);
    const { text } = await browser.get("/settings/keys");
    const [, id = ""] = /keys\/ssh\/(\d+)\/remove/.exec(text) ?? [];
    await browser.submit(`/settings/keys/ssh/${id}/remove`);
    expect(await (await fetch(`${here.url}/${mona.username}.keys`)).text()).toBe("");
  });
});

describe("the octocat", () => {
  it("is a profile to a browser and a drawing to every other client", async () => {
    await here.user("octocat");
    expect((await new Browser(here).get("/octocat")).text).toContain("@octocat");
    const drawing = await fetch(`${here.url}/octocat`, { headers: { accept: "*/*" } });
    expect(drawing.headers.get("content-type")).toContain("application/octocat-stream");
  });
});

describe("settings", () => {
  it("save a profile, or say what is wrong with it", async () => {
    const fields = {
      name: "Mona Lisa",
      bio: "Smiles",
      location: "Paris",
      website_url: "https://a.example",
    };
    const wrong = await browser.post("/settings/profile", { ...fields, discord: "x" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("must contain only a discord user ID.");
    expect(wrong.text).toContain('value="Paris"');
    await browser.submit("/settings/profile", fields);
    const { body } = await client(here).get(`/api/v3/users/${mona.username}`);
    expect([body.name, body.bio, body.location, body.blog]).toEqual(Object.values(fields));
  });

  it("make a token that opens both APIs, show it once, and revoke it", async () => {
    const none = await browser.post("/settings/tokens", { name: "ci", expires_in: "" });
    expect(none.status).toBe(422);
    const fields = { name: "ci", expires_in: "30", scope: ["user", "api"] };
    const { text } = await browser.post("/settings/tokens", fields);
    const [, token = ""] = /data-testid="token">([^<]+)</.exec(text) ?? [];
    await client(here, token).get("/api/v3/user").expect(200);
    const own = await client(here).get("/api/v4/user").set("PRIVATE-TOKEN", token).expect(200);
    expect(own.body.username).toBe(mona.username);
    const list = (await browser.get("/settings/tokens")).text;
    expect(list).not.toContain(token);
    const [, id = ""] = /tokens\/(\d+)\/revoke/.exec(list) ?? [];
    await browser.submit(`/settings/tokens/${id}/revoke`);
    await client(here, token).get("/api/v3/user").expect(401);
  });

  it("revoke no token of another user", async () => {
    const token = await here.token(hubot, "user");
    const { id } =
      (
        await import("../../src/domain/credentials/tokens.ts").then(({ listByUser: of }) =>
          of(here.store, hubot.id),
        )
      )[0] ?? {};
    await browser.submit(`/settings/tokens/${id}/revoke`);
    await client(here, token).get("/api/v3/user").expect(200);
  });

  it("end another session, and sign out everywhere", async () => {
    const phone = new Browser(here);
    await phone.signIn(mona.username, PASSWORD);
    const { text } = await browser.get("/settings/sessions");
    const [, id = ""] = /sessions\/(\d+)\/end"/.exec(text) ?? [];
    await browser.submit(`/settings/sessions/${id}/end`);
    expect((await phone.get("/settings")).status).toBe(303);
    expect((await browser.get("/settings")).status).toBe(200);
    await browser.post("/settings/sessions/end-all");
    expect((await browser.get("/settings")).status).toBe(303);
  });

  it("refuse a form that is not UTF-8, too long, or of another kind", async () => {
    const post = (body: string, type = "application/x-www-form-urlencoded") =>
      browser.request("/settings/profile", {
        method: "POST",
        body,
        headers: { "content-type": type },
      });
    expect((await post("name=%ff")).status).toBe(400);
    expect((await post(`name=${"x".repeat(300_000)}`)).status).toBe(400);
    expect((await post("{}", "text/plain")).status).toBe(400);
  });
});

describe("private mode", () => {
  it("shows signed-out visitors the sign-in and nothing else", async () => {
    const shut = await world({ config: { privateMode: true } });
    await shut.user("mona");
    const visitor = new Browser(shut);
    for (const path of ["/", "/mona", "/search?q=mona", "/not-there", "/users/mona/followers"]) {
      const { status, location } = await visitor.get(path);
      expect(`${path} ${status} ${location?.split("?")[0]}`).toBe(`${path} 303 /login`);
    }
    expect((await visitor.get("/mona.keys")).status).toBe(303);
    expect((await visitor.get("/login")).status).toBe(200);
    await shut.close();
  });
});
