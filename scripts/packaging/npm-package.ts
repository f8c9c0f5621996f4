// Makes dist/ of src/, as the npm package has it: node runs no TypeScript below node_modules.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, normalize } from "node:path";
import { build } from "esbuild";
import { readStandaloneScript } from "../../src/instance/docs/standalone-script.ts";
import { REFERENCE } from "./binary/names.ts";
import { SCRIPT_AS_FILE, SCRIPT_PACKAGE, standIns } from "./binary/stand-ins.ts";

const root = join(import.meta.dirname, "../..");
const dist = join(root, "dist");
const compiler = join(root, "node_modules/@typescript/native/bin/tsc");
/** What `types` of package.json leads to; the types of all the rest are internal. */
const TYPES = "library/index.d.ts";

/** A few files in place of hundreds, each of which node would look for; packages stay outside. */
async function bundle(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: {
      main: "src/main.js",
      library: "src/library/index.ts",
      // Workers are started by the name of a file beside them.
      "wal-checkpoint-worker": "src/storage/sqlite/wal-checkpoint-worker.ts",
    },
    ...{ outdir: dist, bundle: true, splitting: true, packages: "external" },
    ...{ format: "esm", platform: "node", target: "node24" },
    plugins: [standIns(SCRIPT_AS_FILE)],
  });
}

/** Writes the types of everything into a folder; they were checked before (`npm run types`). */
function writeTypes(folder: string): void {
  const compilerOptions = {
    ...{ noEmit: false, noCheck: true, declaration: true, emitDeclarationOnly: true },
    ...{ rewriteRelativeImportExtensions: true, rootDir: root, outDir: folder },
  };
  const project = join(folder, "tsconfig.json");
  const files = ["../src/library/index.ts"];
  writeFileSync(
    project,
    JSON.stringify({ extends: "../tsconfig.json", compilerOptions, files, include: [] }),
  );
  // It also complains of what has no name outside, which users of the entry never meet.
  spawnSync(process.execPath, [compiler, "-p", project]);
}

/** The types that are reachable from a file, itself among them. */
function reachableFrom(name: string, folder: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  if (!existsSync(join(folder, name))) throw new Error(`There is no ${name}.`);
  found.add(name);
  const text = readFileSync(join(folder, name), "utf8");
  for (const [, to = ""] of text.matchAll(/(?:from |import\()"(\.[^"]+)\.[jt]s"/g)) {
    reachableFrom(normalize(join(dirname(name), `${to}.d.ts`)), folder, found);
  }
  return found;
}

rmSync(dist, { recursive: true, force: true });
await bundle();
writeFileSync(join(dist, REFERENCE), await readStandaloneScript());
cpSync(join(root, SCRIPT_PACKAGE, "LICENSE"), join(dist, `${REFERENCE}.LICENSE`));
// Beside dist/: package.json is imported, and so belongs to the tree.
const draft = mkdtempSync(join(root, "dist-"));
try {
  writeTypes(draft);
  for (const name of reachableFrom(TYPES, join(draft, "src"))) {
    mkdirSync(dirname(join(dist, "types", name)), { recursive: true });
    cpSync(join(draft, "src", name), join(dist, "types", name));
  }
} finally {
  rmSync(draft, { recursive: true });
}
