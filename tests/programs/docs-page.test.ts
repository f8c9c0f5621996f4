import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";
import { type Followd, start } from "../../src/library/index.ts";

const CHROMIUM = "/usr/bin/chromium";

// A browser on a busy machine is slow.
jest.setTimeout(120_000);

let here: Followd;
let browser: Browser;
/** Every address that a page asked for, and what the browser had to complain of. */
const asked: string[] = [];
const complaints: string[] = [];

/** A page of its own, that shows what a hash names. */
async function open(hash: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.on("request", (request) => asked.push(request.url()));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  await page.exposeFunction("complain", (text: string) => void complaints.push(text));
  await page.addInitScript(`document.addEventListener("securitypolicyviolation", (event) => {
    void complain("policy: " + event.violatedDirective + " " + event.blockedURI);
  });`);
  await page.goto(`${here.url}/-/docs#${hash}`, { waitUntil: "networkidle" });
  return page;
}

interface Document {
  info: { title: string };
  paths: Record<string, Record<string, { summary?: string }>>;
}

async function summariesOf(name: string): Promise<string[]> {
  const answer = await fetch(`${here.url}/openapi/${name}.json`);
  const { paths } = (await answer.json()) as Document;
  const all = Object.values(paths).flatMap((item) => Object.values(item));
  return all.flatMap(({ summary }) => summary ?? []);
}

/** The titles in the page's table of contents, once all of its groups are open. */
async function contentsOf(page: Page): Promise<string[]> {
  const groups = page.getByRole("button", { name: /^Open Group/ });
  // Each click takes one off the list; a group that is drawn anew meanwhile is clicked again.
  while ((await groups.count()) > 0) {
    await groups
      .first()
      .click({ timeout: 5000 })
      .catch(() => undefined);
  }
  const rows = await page.locator("[data-sidebar-id] > a").allInnerTexts();
  return rows.map((row) => row.split("\n")[0]?.trim() ?? "");
}

/** Milliseconds after which what is not drawn is not there. */
const PATIENCE = 300_000;

/** Those titles that the table of contents lacks. The page draws it when it comes to it. */
async function missingFrom(page: Page, wanted: readonly string[]): Promise<string[]> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const shown = await contentsOf(page);
    const missing = wanted.filter((summary) => !shown.includes(summary));
    if (missing.length === 0 || Date.now() > end) return missing;
    await page.waitForTimeout(250);
  }
}

describe("/-/docs in a browser", () => {
  beforeAll(async () => {
    here = await start();
    const args = ["--disable-dev-shm-usage"];
    browser = await chromium.launch({ executablePath: CHROMIUM, args });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    const elsewhere = asked
      .splice(0)
      .filter((url) => !/^(?:data|blob):/.test(url) && new URL(url).origin !== here.url);
    expect(elsewhere).toEqual([]);
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await here?.stop();
  });

  it.each(["github", "gitlab-v4", "gitlab-v3", "graph", "instance", "dev"])(
    "has every operation of %s",
    async (name) => {
      const page = await open(name);
      const wanted = await summariesOf(name);
      expect(wanted.length).toBeGreaterThan(name === "graph" ? 5 : 10);
      expect(await missingFrom(page, wanted)).toEqual([]);
    },
  );

  /** Tries an operation with a token, typed in where a document begins, and returns the answer. */
  async function tried(page: Page, operation: string, token?: string): Promise<string> {
    if (token !== undefined) await page.locator(".scalar-password-input").first().fill(token);
    const entry = page.locator(`[data-sidebar-id="${operation}"] > a`);
    for (const end = Date.now() + PATIENCE; !(await entry.isVisible()) && Date.now() < end; ) {
      await contentsOf(page);
      await page.waitForTimeout(250);
    }
    await entry.click();
    const [, call = ""] = /([A-Z]+\/\S*)$/.exec(operation) ?? [];
    const [method = "", ...path] = call.split("/");
    const label = `(${method.toLowerCase()} /${path.join("/")})`;
    await page.getByRole("button", { name: `Test Request ${label}` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /^Send \w+ request to / }).click();
    await dialog
      .getByText(/^\d{3} /)
      .first()
      .waitFor();
    return (await dialog.allInnerTexts()).join("\n");
  }

  it("shows the refusal of a caller without a token", async () => {
    const page = await open("github");
    const shown = await tried(page, "github/tag/users/GET/user");
    expect(shown).toContain("401 Unauthorized");
    expect(shown).toContain("Requires authentication");
    // The browser itself tells of every such answer.
    expect(complaints.splice(0)).toEqual([expect.stringContaining("status of 401")]);
  });

  it.each([
    ["github", "login", "/api/v3/user"],
    ["gitlab-v4", "username", "/api/v4/user"],
    ["gitlab-v3", "username", "/api/v3/user"],
  ])("asks %s who a token is of", async (name, member, path) => {
    const token = await here.tokenFor("octocat");
    const page = await open(name);
    const shown = await tried(page, `${name}/tag/users/GET/user`, token);
    expect(shown).toContain("200 OK");
    expect(shown.replaceAll(/\s/g, "")).toContain(`"${member}":"octocat"`);
    expect(asked).toContain(here.url + path);
  });
});
