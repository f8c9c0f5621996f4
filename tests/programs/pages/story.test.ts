import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Gitlab } from "@gitbeaker/rest";
import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { type Browser, chromium, type Page } from "playwright-core";

/**
 * What a person does on the first day, with the real program on a terminal (util-linux's `script`
 * lends one) and a real browser. Each step goes on from the one before.
 */
const CHROMIUM = "/usr/bin/chromium";
const MAIN = join(import.meta.dirname, "../../../src/main.js");
const PASSWORD = "tr0mbone quay lamp";
const DRAWN = [
  "--disable-dev-shm-usage",
  "--use-gl=swiftshader",
  "--enable-webgl",
  "--ignore-gpu-blocklist",
];

jest.setTimeout(240_000);

const data = mkdtempSync(join(tmpdir(), "followd-story-"));
let terminal: ChildProcess;
let shown = "";
let url = "";
let browser: Browser;
let admin: Page;
let mona: Page;
const elsewhere: string[] = [];
const complaints: string[] = [];

async function profile(): Promise<Page> {
  const context = await browser.newContext();
  context.on("request", (request) => {
    const asked = request.url();
    if (!/^(?:data|blob):/.test(asked) && new URL(asked).origin !== url) elsewhere.push(asked);
  });
  context.on("weberror", (error) => complaints.push(error.error().message));
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return context.newPage();
}

const pid = () => Number(/PID=(\d+)/.exec(shown)?.[1]);

beforeAll(async () => {
  const command = `echo PID=$$; exec ${process.execPath} ${MAIN} serve --port 0 --data ${data}`;
  terminal = spawn("script", ["-qefc", command, "/dev/null"]);
  terminal.stdout?.setEncoding("utf8");
  for await (const chunk of terminal.stdout ?? []) {
    shown += String(chunk);
    if (/\/users\/1\/followers/.test(shown)) break;
  }
  terminal.stdout?.resume();
  [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(shown) ?? [];
  browser = await chromium.launch({ executablePath: CHROMIUM, args: DRAWN });
  [admin, mona] = [await profile(), await profile()];
});
afterAll(async () => {
  await browser?.close();
  if (terminal?.exitCode === null) {
    const ended = once(terminal, "exit");
    process.kill(pid(), "SIGTERM");
    await ended;
  }
  rmSync(data, { recursive: true, force: true });
});

it("the address on the terminal lets the administrator choose a password, once", async () => {
  const [address = ""] = /http:\S+\/login\/new-password\?token=[\w-]+/.exec(shown) ?? [];
  await admin.goto(address);
  for (const label of ["New password", "Repeat the new password"]) {
    await admin.getByLabel(label, { exact: true }).fill(PASSWORD);
  }
  await admin.getByRole("button", { name: "Save password" }).click();
  await admin.getByRole("link", { name: "Administration" }).waitFor();
  const again = await fetch(address, { headers: { accept: "text/html" } });
  expect(await again.text()).not.toContain("Repeat the new password");
});

it("the administrator makes a user, who signs in elsewhere and follows", async () => {
  await admin.goto(`${url}/admin/new-user`);
  await admin.getByLabel("Username").fill("mona");
  await admin.getByLabel("Email").fill("mona@example.org");
  await admin.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await admin.getByLabel("They have to change it").setChecked(false);
  await admin.getByRole("button", { name: "Create user" }).click();
  await admin.getByText("mona is made.").waitFor();
  await mona.goto(`${url}/root`);
  await mona.getByRole("link", { name: "Sign in to follow" }).click();
  await mona.getByLabel("Username or email").fill("mona@example.org");
  await mona.getByLabel("Password").fill(PASSWORD);
  await mona.getByRole("button", { name: "Sign in" }).click();
  await mona.getByRole("button", { name: "Follow", exact: true }).click();
  await mona.getByRole("button", { name: "Unfollow", exact: true }).waitFor();
});

it("a token that they make shows the follow to Octokit, gitbeaker and plain requests", async () => {
  await mona.goto(`${url}/settings/tokens`);
  await mona.getByLabel("Token name").fill("laptop");
  await mona.getByLabel("Read and change your profile").check();
  await mona.getByRole("checkbox", { name: /^api / }).check();
  await mona.getByRole("button", { name: "Create token" }).click();
  const token = (await mona.getByTestId("token").textContent()) ?? "";
  const octokit = new Octokit({ baseUrl: `${url}/api/v3`, auth: token }).rest;
  const followers = await octokit.users.listFollowersForUser({ username: "root" });
  expect(followers.data.map(({ login }) => login)).toEqual(["mona"]);
  const gitlab = new Gitlab({ host: url, token });
  const followed = await gitlab.Users.allFollowers(1);
  expect(followed.map(({ username }) => username)).toEqual(["mona"]);
  const headers = { authorization: `Bearer ${token}` };
  const path = await fetch(`${url}/-/graph/mona/path/root`, { headers });
  expect(await path.json()).toMatchObject({ path: [{ username: "mona" }, { username: "root" }] });
});

it("a block ends their session and their token", async () => {
  await admin.goto(`${url}/admin/users/mona`);
  await admin.getByRole("button", { name: "Block", exact: true }).click();
  await admin.getByRole("heading", { name: "Block mona?" }).waitFor();
  await admin.getByRole("button", { name: "Block", exact: true }).click();
  await admin.getByText("Block: done for mona.").waitFor();
  await mona.goto(`${url}/settings`);
  await mona.getByRole("heading", { name: "Sign in" }).waitFor();
  expect((await (await fetch(`${url}/users/root/followers`)).json()) as unknown[]).toEqual([]);
});

it("a graph is imported, dry at first, and walked in the explorer", async () => {
  const lines = Array.from({ length: 60 }, (_, place) => `${place + 1},${((place * 7) % 60) + 1}`);
  const ring = Array.from({ length: 60 }, (_, place) => `${place + 1},${((place + 1) % 60) + 1}`);
  const file = {
    ...{ name: "follows.csv", mimeType: "text/csv" },
    buffer: Buffer.from(["follower,followed", ...lines, ...ring].join("\n")),
  };
  for (const isDry of [true, false]) {
    await admin.goto(`${url}/admin/import`);
    await admin.getByLabel("File", { exact: true }).setInputFiles(file);
    await admin.getByLabel("Make missing users as").fill("dev-{id}");
    await admin.getByLabel("Dry run").setChecked(isDry);
    await admin.getByRole("button", { name: "Import" }).click();
    await admin.getByText(/60 users made/).waitFor();
    const made = await fetch(`${url}/users/dev-7`, { headers: { "user-agent": "story" } });
    expect(made.status).toBe(isDry ? 404 : 200);
  }
  await admin.goto(`${url}/-/graph/dev-7?depth=2`);
  await admin.locator("#canvas[data-done]").waitFor({ timeout: 120_000 });
  const table = admin.getByRole("region", { name: "Users around dev-7" });
  await table.getByRole("link", { name: "dev-8", exact: true }).click();
  await admin.getByRole("heading", { name: "Graph around dev-8" }).waitFor();
});

it("nothing was asked elsewhere, and nothing complained", () => {
  expect(elsewhere).toEqual([]);
  expect(complaints).toEqual([]);
});
