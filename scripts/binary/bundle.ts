import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";

const root = join(import.meta.dirname, "../..");
const DRIVER = join(import.meta.dirname, "sqlite.ts");

const OPTIONS = {
  absWorkingDir: root,
  ...{ bundle: true, write: false, metafile: true, logLevel: "warning" },
  ...{ platform: "node", target: "node24", format: "cjs" },
  ...{ minifySyntax: true, minifyWhitespace: true, legalComments: "none" },
  // The validator's steps are found by their names, and errors tell theirs.
  keepNames: true,
  // An executable can't import, and what would be imported is in the same file.
  supported: { "dynamic-import": false },
} as const satisfies BuildOptions;

/** What has to be said otherwise where there is one file, and no folder of packages. */
const REWRITES: readonly [file: RegExp, from: string, to: string][] = [
  [/src\/storage\/drizzle\.ts$/, "const require = createRequire(import.meta.url);", ""],
  [/src\/storage\/checkpoints\.ts$/, 'new URL("./checkpoint-worker.ts", import.meta.url)', '""'],
];

const inOneFile: Plugin = {
  name: "in one file",
  setup(builder) {
    builder.onResolve({ filter: /^better-sqlite3$/ }, ({ path, importer }) =>
      importer === DRIVER ? undefined : { path, namespace: "driver" },
    );
    const contents = `export { Connection as default } from ${JSON.stringify(DRIVER)};`;
    builder.onLoad({ filter: /./, namespace: "driver" }, () => ({ contents, resolveDir: root }));
    for (const [filter, from, to] of REWRITES) {
      builder.onLoad({ filter }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        if (!text.includes(from)) throw new Error(`${path} has no more: ${from}`);
        return { contents: text.replace(from, to), loader: "ts" };
      });
    }
  },
};

export interface Bundle {
  /** CommonJS that needs nothing but node, and the native part of better-sqlite3 beside it. */
  code: string;
  /** Every file that is in it. */
  inputs: string[];
}

/** Makes one file of the whole program. */
export async function bundle(): Promise<Bundle> {
  const worker = await bundled("src/storage/checkpoint-worker.ts", {});
  return bundled("src/main.js", { FOLLOWD_CHECKPOINT_WORKER: JSON.stringify(worker.code) });
}

async function bundled(entry: string, define: Record<string, string>): Promise<Bundle> {
  const { outputFiles, metafile, warnings } = await build({
    ...OPTIONS,
    entryPoints: [entry],
    outdir: join(root, "dist"),
    define: { "import.meta.dirname": "__dirname", ...define },
    plugins: [inOneFile],
  });
  if (warnings.length > 0) throw new Error(`The bundle of ${entry} may not work.`);
  const [output] = outputFiles;
  return { code: output?.text ?? "", inputs: Object.keys(metafile.inputs) };
}
