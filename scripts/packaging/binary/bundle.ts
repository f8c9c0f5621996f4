import { join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { readStandaloneScript } from "../../../src/instance/docs/standalone-script.ts";
import { lateData } from "./late-data.ts";
import { licensesOf } from "./licenses.ts";
import { asFunction } from "./script.ts";
import { IN_ONE_FILE, SCRIPT_PACKAGE, standIns } from "./stand-ins.ts";

const root = join(import.meta.dirname, "../../..");

const OPTIONS = {
  absWorkingDir: root,
  ...{ bundle: true, write: false, metafile: true, logLevel: "warning" },
  ...{ platform: "node", target: "node24", format: "cjs" },
  ...{ minifySyntax: true, minifyWhitespace: true, minifyIdentifiers: true, legalComments: "none" },
  // The validator's steps are found by their names, and errors tell theirs.
  keepNames: true,
  // An executable can't import, and what would be imported is in the same file.
  supported: { "dynamic-import": false },
} as const satisfies BuildOptions;

export interface Bundle {
  /** CommonJS that runs the program, which is beside it or inside an executable. */
  beginning: string;
  /** The program as a function of CommonJS that needs nothing but node and the other parts. */
  code: string;
  /** The script of the reference page, under the name REFERENCE. */
  reference: string;
  /** What the program loads late, under the name DATA. */
  data: string;
  /** The licenses of all that is in it, and of node. */
  licenses: string;
}

interface Bundled {
  code: string;
  files: string[];
}

/** Makes one file of the whole program. */
export async function bundle(): Promise<Bundle> {
  const lines: string[] = [];
  const worker = await bundled("src/storage/sqlite/wal-checkpoint-worker.ts", {});
  const define = { FOLLOWD_CHECKPOINT_WORKER: JSON.stringify(worker.code) };
  const { code, files } = await bundled("src/main.js", define, [lateData(lines)]);
  const beginning = await bundled("scripts/packaging/binary/load.ts", {});
  const licenses = licensesOf(root, [...files, SCRIPT_PACKAGE]);
  const reference = await readStandaloneScript();
  const parts = { code: asFunction(code), data: lines.join("\n"), reference };
  return { beginning: beginning.code, ...parts, licenses };
}

async function bundled(
  entry: string,
  define: Record<string, string>,
  plugins: Plugin[] = [],
): Promise<Bundled> {
  const { outputFiles, metafile, warnings } = await build({
    ...OPTIONS,
    entryPoints: [entry],
    outdir: join(root, "dist"),
    define: {
      "import.meta.dirname": "__dirname",
      "import.meta.filename": "__filename",
      ...define,
    },
    plugins: [...plugins, standIns(IN_ONE_FILE)],
  });
  if (warnings.length > 0) throw new Error(`The bundle of ${entry} may not work.`);
  // The first line of a file that a shell may run is for the shell alone.
  const code = (outputFiles[0]?.text ?? "").replace(/^#!.*/, "");
  return { code, files: Object.keys(metafile.inputs) };
}
