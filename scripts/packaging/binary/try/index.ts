// Makes the executable, and tries it where there is no node: `npm run test:binary`.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "../bundle.ts";
import { makeExecutable } from "../executable.ts";
import { here } from "../platforms.ts";
import { parts } from "./parts.ts";
import { Program } from "./program.ts";

const { positionals } = parseArgs({ allowPositionals: true });
const folder = mkdtempSync(join(tmpdir(), "followd-executable-"));
try {
  await tried(positionals[0] ?? (await made()));
} finally {
  rmSync(folder, { recursive: true });
}

async function made(): Promise<string> {
  const file = join(folder, "followd");
  makeExecutable({ bundle: await bundle(), platform: here(), node: process.execPath, file });
  return file;
}

async function tried(file: string): Promise<void> {
  const program = new Program(file);
  try {
    console.log(`${Math.round(statSync(file).size / 1e6)} MB`);
    for (const [name, part] of Object.entries(parts)) {
      const told = await part(program);
      console.log(`ok  ${name}${told === undefined ? "" : `: ${told}`}`);
    }
  } finally {
    program.close();
  }
}
