import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ADDON } from "../../../src/server/native-addon.ts";
import type { Bundle } from "./bundle.ts";
import { COMPILED, DATA, PROGRAM, REFERENCE } from "./names.ts";
import { here } from "./platforms.ts";
import { BEGINNING, writeBundle, writeCompiled } from "./write.ts";

/** What node looks for in itself: nodejs.org/docs/latest-v24.x/api/single-executable-applications */
const SENTINEL = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** What to make: the program, for which platform, on which node, under which name. */
export interface ExecutableOptions {
  bundle: Bundle;
  platform: string;
  node: string;
  file: string;
}

const postject = createRequire(import.meta.url).resolve("postject/dist/cli.js");

/** Makes an executable: that node, with the program and all that it needs inside, and beside it licenses. */
export function makeExecutable(wanted: ExecutableOptions): void {
  const folder = mkdtempSync(join(tmpdir(), "followd-binary-"));
  const isMac = wanted.platform.startsWith("darwin");
  try {
    const blob = writeBlob(wanted, folder);
    const draft = join(folder, "executable");
    copyFileSync(wanted.node, draft);
    chmodSync(draft, 0o755);
    if (isMac) sign(["--remove-signature", draft]);
    const segment = isMac ? ["--macho-segment-name", "NODE_SEA"] : [];
    run(postject, draft, "NODE_SEA_BLOB", blob, "--sentinel-fuse", SENTINEL, ...segment);
    if (isMac) sign(["--sign", "-", draft]);
    put(draft, wanted.file);
    writeFileSync(`${wanted.file}.licenses.txt`, wanted.bundle.licenses);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the executable has inside, as one file. */
function writeBlob({ bundle, platform, node }: ExecutableOptions, folder: string): string {
  const output = join(folder, "blob");
  const config = join(folder, "sea.json");
  writeBundle(bundle, platform, folder);
  const parts = [PROGRAM, ADDON, DATA, REFERENCE];
  // What V8 compiled is of use to the same V8 alone.
  if (platform === here() && node === process.execPath) {
    writeCompiled(folder);
    parts.push(COMPILED);
  }
  const options = {
    ...{ main: join(folder, BEGINNING), output, disableExperimentalSEAWarning: true },
    // A package of ours calls url.parse, which users of the binary can't change.
    execArgv: ["--disable-warning=DEP0169"],
    assets: Object.fromEntries(parts.map((name) => [name, join(folder, name)])),
  };
  writeFileSync(config, JSON.stringify(options));
  run("--experimental-sea-config", config);
  return output;
}

/** Runs node, and hides its output when all is well. */
function run(...words: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${words.join(" ")} failed: ${stderr}`);
}

/** macOS runs nothing unsigned on its newer machines. */
function sign(words: readonly string[]): void {
  const { error } = spawnSync("codesign", words, { stdio: "inherit" });
  if (error === undefined) return;
  process.stderr.write("Sign it on macOS before it is run: codesign --sign - FILE\n");
}

/** Under its name at once and whole, also where the one before is running. */
function put(draft: string, file: string): void {
  const beside = `${file}.part`;
  copyFileSync(draft, beside);
  chmodSync(beside, 0o755);
  renameSync(beside, file);
}
