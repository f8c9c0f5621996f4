import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ADDON } from "../../../src/server/native-addon.ts";
import type { Bundle } from "./bundle.ts";
import { COMPILED, DATA, PROGRAM, REFERENCE } from "./names.ts";
import { prebuildFor } from "./platforms.ts";
import { scriptOf } from "./script.ts";

/** What a bundle begins with. */
export const BEGINNING = "bundle.cjs";

/** Writes the parts of a bundle into a folder; they find one another there. */
export function writeBundle(
  { beginning, code, data, reference }: Bundle,
  platform: string,
  folder: string,
) {
  writeFileSync(join(folder, BEGINNING), beginning);
  writeFileSync(join(folder, PROGRAM), code);
  writeFileSync(join(folder, DATA), data);
  writeFileSync(join(folder, REFERENCE), reference);
  copyFileSync(prebuildFor(platform), join(folder, ADDON));
}

/**
 * Adds what this node compiles of the program. Throws when another process of this node could not
 * use it: nothing else would show that each start compiles it again.
 */
export function writeCompiled(folder: string): void {
  const record = join(import.meta.dirname, "record.ts");
  const { status, stderr } = spawnSync(process.execPath, [record, folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The program could not be run: ${stderr}`);
  const file = join(folder, PROGRAM);
  const script = scriptOf(readFileSync(file), file, readFileSync(join(folder, COMPILED)));
  if (script.cachedDataRejected !== false) throw new Error(`V8 can't use ${COMPILED}.`);
}
