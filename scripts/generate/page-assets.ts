import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "browser");

/** What browsers load, by file name: each script in one file with all that it imports. */
async function assets(): Promise<[name: string, text: string][]> {
  const names = (await readdir(folder)).sort();
  const entryPoints = names.filter((name) => /\.(?:ts|css)$/.test(name));
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entryPoints.map((name) => join(folder, name)),
    ...{ bundle: true, write: false, minify: true, outdir: "out", format: "esm" },
    ...{ target: "es2022", charset: "utf8", legalComments: "inline", logLevel: "warning" },
  });
  const built = outputFiles.map(({ path, text }): [string, string] => [
    path.slice(path.lastIndexOf("/") + 1),
    text,
  ]);
  const pictures = names.filter((name) => name.endsWith(".svg"));
  for (const name of pictures) built.push([name, await readFile(join(folder, name), "utf8")]);
  return built.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The two generated files: all texts, and the little that a page needs to name them. */
export async function pageAssetFiles(header: string): Promise<[path: string, text: string][]> {
  const all = await assets();
  const hashOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);
  const hashes = all.map(([name, text]) => `  ${JSON.stringify(name)}: "${hashOf(text)}",`);
  const texts = all.map(([name, text]) => `  ${JSON.stringify(name)}: ${JSON.stringify(text)},`);
  return [
    [
      "src/generated/page-asset-hashes.ts",
      `${header}export const ASSET_HASHES = {\n${hashes.join("\n")}\n} as const;\n`,
    ],
    [
      "src/generated/page-assets.ts",
      `${header}export const ASSETS: Readonly<Record<string, string>> = {\n${texts.join("\n")}\n};\n`,
    ],
  ];
}
