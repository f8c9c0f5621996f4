// Runs the program of a bundle in a folder until it has served, and writes what V8 compiled for it.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { freePort } from "../../bench/cold-start.ts";
import { COMPILED, PROGRAM } from "./names.ts";
import { runScript, scriptOf } from "./script.ts";

const PATIENCE = 30_000;
/** Asked for after a start, so that what answers is compiled, too. */
const PAGES = ["/-/health", "/api/v3/users/root/followers", "/api/v4/version", "/api/v4/users/1"];

const [folder = ""] = process.argv.slice(2);
const data = mkdtempSync(join(tmpdir(), "followd-record-"));
process.on("exit", () => rmSync(data, { recursive: true, force: true }));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;

const file = join(folder, PROGRAM);
const script = scriptOf(readFileSync(file), file);
const words = ["serve", "--data", data, "--port", String(port), "--log-level", "error"];
process.argv = [process.execPath, file, ...words];
runScript(script, file);
await ready();
for (const page of PAGES) await (await fetch(url + page)).text();
// V8 takes what was compiled under other flags for another program's; serving sets this one.
setFlagsFromString("--allocation-site-pretenuring");
const compiled = join(folder, COMPILED);
writeFileSync(compiled, script.createCachedData());
// The program makes files that are its user's alone.
chmodSync(compiled, 0o644);
process.exit();

async function ready(): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const answer = await fetch(`${url}/-/readiness`).catch(() => undefined);
    if (answer?.status === 200) return;
    await pause(20);
  }
  throw new Error("The program was not ready in time.");
}
