// What a bundle begins with. node's own cache has functions as they are before they ever ran, so
// that each start would compile again nearly all that it runs: without what was recorded, a start
// takes 15 to 25 % more CPU, and a server at rest has 49 MB in place of 42.
import { createRequire, enableCompileCache } from "node:module";
import { join } from "node:path";
import { isSea } from "node:sea";
import { assetOf } from "./asset.ts";
import { COMPILED, PROGRAM } from "./names.ts";
import { type Run, runScript, scriptOf, start } from "./script.ts";

const file = join(import.meta.dirname, PROGRAM);
const compiled = assetOf(COMPILED);
if (compiled === undefined && !isSea()) {
  // For another node than the one that the bundle was made with, its own cache is better than none.
  enableCompileCache();
  const { run } = createRequire(file)(file) as { run: Run };
  start(run, file);
} else {
  const code = assetOf(PROGRAM);
  if (code === undefined) throw new Error(`${file} is missing.`);
  runScript(scriptOf(code, file, compiled), file);
}
