import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { setPassword } from "../../../src/domain/credentials/passwords.ts";
import { follow } from "../../../src/domain/follows/follows.ts";
import type { User } from "../../../src/domain/user.ts";
import { client, type World, world } from "../../support/server.ts";

const CHROMIUM = "/usr/bin/chromium";
const PASSWORD = "correct horse battery 9";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const MAX_FIRST_LOAD_BYTES = 100_000;

// A browser on a busy machine is slow.
jest.setTimeout(240_000);

let here: World;
let browser: Browser;
let mona: User;
const elsewhere: string[] = [];
const complaints: string[] = [];

async function open(options: Parameters<Browser["newContext"]>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.exposeFunction("complain", (text: string) => void complaints.push(text));
  await context.addInitScript(`document.addEventListener("securitypolicyviolation", (event) => {
    void complain("policy: " + event.violatedDirective + " " + event.blockedURI);
  });`);
  context.on("request", (request) => {
    const url = request.url();
    if (!/^(?:data|blob):/.test(url) && new URL(url).origin !== here.url) elsewhere.push(url);
  });
  context.on("weberror", (error) => complaints.push(error.error().message));
  context.on("console", (message) => {
    // A refused form is answered 422, which the browser notes as an error of the network.
    const isStatus = /the server responded with a status of (?:404|422)/.test(message.text());
    if (message.type() === "error" && !isStatus) complaints.push(message.text());
  });
  return context;
}

async function signIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.goto(`${here.url}/login`);
  await page.getByLabel("Username or email").fill(username);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForLoadState();
}

/** What axe finds wrong with a page as it is. */
async function faultsOf(page: Page): Promise<string[]> {
  // The policy forbids scripts of others; the browser's own debugger may run one all the same.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: AXE });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
      .then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => id + " " + nodes[0].html)))`,
    awaitPromise: true,
  });
  await session.detach();
  return JSON.parse(String(result.value)) as string[];
}

beforeAll(async () => {
  here = await world({ config: { signInLimit: 0 } });
  mona = await here.user("mona", { name: "Mona Lisa" });
  const boss = await here.user("boss", { admin: true });
  const hubot = await here.user("hubot");
  await here.token(boss, "user", "repo", "admin:public_key", "api", "sudo");
  for (const user of [mona, boss, hubot]) await setPassword(here.store, user.id, PASSWORD);
  await follow(here.store, hubot.id, mona.id);
  await follow(here.store, mona.id, hubot.id);
  await follow(here.store, boss.id, mona.id);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--disable-dev-shm-usage"] });
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(elsewhere.splice(0)).toEqual([]);
  expect(complaints.splice(0)).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await here?.close();
});

const PAGES = {
  visitor: [
    "/",
    "/login",
    "/mona",
    "/mona?tab=followers",
    "/search?q=mo",
    "/-/graph",
    "/-/graph/mona",
    "/not-there",
  ],
  boss: [
    ...[
      "/",
      "/settings",
      "/settings/emails",
      "/settings/keys",
      "/settings/tokens",
      "/settings/password",
    ],
    ...[
      "/settings/two-factor",
      "/settings/sessions",
      "/settings/social-accounts",
      "/settings/blocked",
      "/settings/preferences",
      "/admin",
      "/admin/users",
      "/admin/users/mona",
    ],
    ...[
      "/admin/new-user",
      "/admin/import",
      "/admin/export",
      "/admin/audit",
      "/-/admin/users/mona/block",
    ],
  ],
} as const;

describe("every page in a browser", () => {
  const ways = (["light", "dark"] as const).flatMap((colorScheme) =>
    [360, 1280].map((width) => ({ colorScheme, width })),
  );

  it.each(ways)("is without a fault that axe finds, and fits the window: %j", async (way) => {
    const { colorScheme, width } = way;
    const context = await open({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const found: string[] = [];
    const look = async (path: string) => {
      await page.goto(here.url + path);
      const over = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      if (Number(over) > 0) found.push(`${path} is ${String(over)} px too wide`);
      for (const fault of await faultsOf(page)) found.push(`${path}: ${fault}`);
    };
    for (const path of PAGES.visitor) await look(path);
    await signIn(page, "boss");
    for (const path of PAGES.boss) await look(path);
    expect(found).toEqual([]);
  });

  it("weighs at most 100 KB at the first visit", async () => {
    const context = await open();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    let bytes = 0;
    await session.send("Network.enable");
    session.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(here.url, { waitUntil: "networkidle" });
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThan(MAX_FIRST_LOAD_BYTES);
  });
});

describe("a person", () => {
  it("signs in, follows from a profile without a reload, and sees the counter", async () => {
    const page = await (await open()).newPage();
    await signIn(page, "boss");
    await page.goto(`${here.url}/hubot`);
    await page.getByRole("button", { name: "Follow", exact: true }).click();
    await page.getByRole("button", { name: "Unfollow", exact: true }).waitFor();
    expect(await page.locator("[data-count=followers]").innerText()).toBe("2");
    await page.getByRole("button", { name: "Unfollow", exact: true }).click();
    await page.getByRole("button", { name: "Follow", exact: true }).waitFor();
    expect(await page.locator("[data-count=followers]").innerText()).toBe("1");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  it("makes a token, uses it, and revokes it", async () => {
    const page = await (await open()).newPage();
    await signIn(page, "mona");
    await page.goto(`${here.url}/settings/tokens`);
    await page.getByLabel("Token name").fill("laptop");
    await page.getByLabel("Read and change your profile").check();
    await page.getByRole("button", { name: "Create token" }).click();
    const token = await page.getByTestId("token").innerText();
    await client(here, token).get("/api/v3/user").expect(200);
    await page.getByRole("button", { name: "Revoke laptop" }).click();
    await page.getByText("The token is revoked.").waitFor();
    await client(here, token).get("/api/v3/user").expect(401);
  });

  it("is blocked by an administrator while signed in, and is out", async () => {
    const person = await (await open()).newPage();
    await signIn(person, "hubot");
    const page = await (await open()).newPage();
    await signIn(page, "boss");
    await page.goto(`${here.url}/admin/users/hubot`);
    await page.getByRole("button", { name: "Block", exact: true }).click();
    await page.getByRole("heading", { name: "Block hubot?" }).waitFor();
    await page.getByRole("button", { name: "Block", exact: true }).click();
    await page.getByText("Block: done for hubot.").waitFor();
    await person.goto(`${here.url}/settings`);
    await person.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByRole("button", { name: "Unblock", exact: true }).click();
    await page.getByText("Unblock: done for hubot.").waitFor();
  });

  it("imports a file, dry at first", async () => {
    const page = await (await open()).newPage();
    await signIn(page, "boss");
    const file = {
      name: "follows.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("follower,followed\n1,2\n2,3\n"),
    };
    for (const isDry of [true, false]) {
      await page.goto(`${here.url}/admin/import`);
      await page.getByLabel("File", { exact: true }).setInputFiles(file);
      await page.getByLabel("Make missing users as").fill("n{id}");
      await page.getByLabel("Dry run").setChecked(isDry);
      await page.getByRole("button", { name: "Import" }).click();
      await page.getByText(/2 follows added/).waitFor();
      await client(here)
        .get("/api/v3/users/n1")
        .expect(isDry ? 404 : 200);
    }
  });

  it("does it all by the keyboard alone", async () => {
    const page = await (await open()).newPage();
    await page.goto(`${here.url}/login`);
    await page.keyboard.type("mona");
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Hello, Mona Lisa" }).waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
  });
});

describe("without scripts", () => {
  it("links and forms work", async () => {
    const page = await (await open({ javaScriptEnabled: false })).newPage();
    await signIn(page, "boss");
    await page.goto(`${here.url}/mona`);
    await page.getByRole("button", { name: "Unfollow", exact: true }).click();
    await page.getByText("You don't follow mona any more.").waitFor();
    await page.getByRole("button", { name: "Follow", exact: true }).click();
    await page.getByText("You follow mona now.").waitFor();
  });
});
