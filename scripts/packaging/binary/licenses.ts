import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** The license of the node that executables are made of, which names those of its own parts. */
function licenseOfNode(): string {
  const folder = dirname(require.resolve("node/package.json"));
  const below = join(folder, "node_modules");
  const file = readdirSync(below)
    .map((name) => join(below, name, "LICENSE"))
    .find((path) => existsSync(path));
  if (file === undefined) throw new Error(`There is no license of node in ${below}.`);
  return readFileSync(file, "utf8");
}

/** The folders of the packages that these files belong to, each once. */
export function packagesOf(files: readonly string[]): string[] {
  const folders = files.flatMap(
    (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.slice(0, 1) ?? [],
  );
  return [...new Set(folders)].sort();
}

interface Manifest {
  name: string;
  version: string;
  license?: string;
}

function noticeOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const text =
    file === undefined ? `License: ${manifest.license}` : readFileSync(join(folder, file), "utf8");
  return `${manifest.name} ${manifest.version}\n\n${text.trim()}\n`;
}

const LINE = `\n${"-".repeat(80)}\n\n`;

/** Under which terms the parts of an executable are, as those terms want it to be told. */
export const licensesOf = (root: string, files: readonly string[]): string =>
  [
    "followd is made of these, each under its own license.\n",
    `node ${process.versions.node}\n\n${licenseOfNode().trim()}\n`,
    ...packagesOf(files).map((folder) => noticeOf(join(root, folder))),
  ].join(LINE);
