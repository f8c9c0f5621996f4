import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { standalone } from "../../../src/instance/docs/script.ts";
import { licensesOf } from "./licenses.ts";

const root = join(import.meta.dirname, "../../..");
const beside = (name: string) => join(import.meta.dirname, name);

/** Packages in place of which a bundle has something else, and what of that is their default. */
const STAND_INS: Readonly<Record<string, { file: string; name: string }>> = {
  "better-sqlite3": { file: beside("sqlite.ts"), name: "Connection" },
  "@scalar/fastify-api-reference": { file: beside("reference.ts"), name: "register" },
};

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

/** What has to be said otherwise where there is one file, and no folder of packages. */
const REWRITES: readonly [file: RegExp, from: string, to: string][] = [
  // Packages that are loaded on first use: here they are in the same file.
  [
    /src\/(?:storage\/drizzle|domain\/credentials\/token-signing|domain\/credentials\/signed-statements|storage\/postgres\/lanes|storage\/postgres\/connection)\.ts$/,
    "const require = createRequire(import.meta.url);",
    "",
  ],
  [
    /src\/storage\/sqlite\/wal-checkpointer\.ts$/,
    'new URL("./wal-checkpoint-worker.ts", import.meta.url)',
    '""',
  ],
];

const inOneFile: Plugin = {
  name: "in one file",
  setup(builder) {
    const filter = new RegExp(`^(?:${Object.keys(STAND_INS).join("|")})$`);
    builder.onResolve({ filter }, ({ path, importer }) =>
      importer === STAND_INS[path]?.file ? undefined : { path, namespace: "stand-in" },
    );
    builder.onLoad({ filter, namespace: "stand-in" }, ({ path }) => {
      const { file = "", name } = STAND_INS[path] ?? {};
      return {
        contents: `export { ${name} as default } from ${JSON.stringify(file)};`,
        resolveDir: root,
      };
    });
    for (const [file, from, to] of REWRITES) {
      builder.onLoad({ filter: file }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        if (!text.includes(from)) throw new Error(`${path} has no more: ${from}`);
        return { contents: text.replace(from, to), loader: "ts" };
      });
    }
  },
};

export interface Bundle {
  /** CommonJS that runs the program, which is beside it or inside an executable. */
  beginning: string;
  /** The program as CommonJS that needs nothing but node and the other parts. */
  code: string;
  /** The script of the reference page, under the name REFERENCE. */
  reference: string;
  /** The licenses of all that is in it, and of node. */
  licenses: string;
}

interface Bundled {
  code: string;
  files: string[];
}

/** Makes one file of the whole program. */
export async function bundle(): Promise<Bundle> {
  const worker = await bundled("src/storage/sqlite/wal-checkpoint-worker.ts", {});
  const define = { FOLLOWD_CHECKPOINT_WORKER: JSON.stringify(worker.code) };
  const { code, files } = await bundled("src/main.js", define);
  const beginning = await bundled("scripts/packaging/binary/load.ts", {});
  const replaced = Object.keys(STAND_INS).map((name) => `node_modules/${name}`);
  const licenses = licensesOf(root, [...files, ...replaced]);
  return { beginning: beginning.code, code, reference: await standalone(), licenses };
}

async function bundled(entry: string, define: Record<string, string>): Promise<Bundled> {
  const { outputFiles, metafile, warnings } = await build({
    ...OPTIONS,
    entryPoints: [entry],
    outdir: join(root, "dist"),
    define: { "import.meta.dirname": "__dirname", ...define },
    plugins: [inOneFile],
  });
  if (warnings.length > 0) throw new Error(`The bundle of ${entry} may not work.`);
  // The first line of a file that a shell may run is for the shell alone.
  const code = (outputFiles[0]?.text ?? "").replace(/^#!.*/, "");
  return { code, files: Object.keys(metafile.inputs) };
}
