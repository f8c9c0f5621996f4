// Makes docs/images from a server with users of its own; needs Debian's chromium. Run it by hand
// after a change that shows: `node scripts/screenshots/index.ts`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { start } from "../../src/library/index.ts";

const images = join(import.meta.dirname, "../../docs/images");
const CHROMIUM = "/usr/bin/chromium";
const SIZE = { width: 960, height: 640 };
/** Milliseconds until the layout of a small graph is done. */
const LAID_OUT = 30_000;

const NAMES = [
  "mona",
  "hubot",
  "octocat",
  "defunkt",
  "ada",
  "grace",
  "linus",
  "margaret",
  "ken",
  "barbara",
];
const more = Array.from({ length: 50 }, (_, place) => `user${place + 1}`);
const usernames = [...NAMES, ...more];
/** The same graph each time: everybody follows the first ones and some neighbours. */
const follows = usernames.flatMap((from, place) =>
  usernames
    .filter(
      (to, other) => to !== from && (other < 3 + (place % 4) || (place * 7 + other * 3) % 17 === 0),
    )
    .map((to): [string, string] => [from, to]),
);

const server = await start({
  seed: {
    users: usernames.map((username) =>
      username === "mona"
        ? { username, name: "Mona Lisa", bio: "Follows with a smile.", location: "Paris" }
        : username,
    ),
    follows,
  },
});
const args = [
  "--disable-dev-shm-usage",
  "--use-gl=swiftshader",
  "--enable-webgl",
  "--ignore-gpu-blocklist",
];
const browser = await chromium.launch({ executablePath: CHROMIUM, args });
try {
  mkdirSync(images, { recursive: true });
  const page = await browser.newPage({ viewport: SIZE, colorScheme: "light" });
  await page.goto(`${server.url}/mona?tab=followers`, { waitUntil: "networkidle" });
  writeFileSync(join(images, "profile.png"), await page.screenshot());
  await page.goto(`${server.url}/-/graph/mona`, { waitUntil: "networkidle" });
  await page.locator("#canvas[data-done]").waitFor({ timeout: LAID_OUT });
  writeFileSync(join(images, "explorer.png"), await page.screenshot());
} finally {
  await browser.close();
  await server.stop();
}
