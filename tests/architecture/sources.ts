import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

export const root = join(import.meta.dirname, "../..");
export const read = (path: string) => readFileSync(join(root, path), "utf8");

/** The files of src, relative to it. */
export const sources = readdirSync(join(root, "src"), {
  recursive: true,
  encoding: "utf8",
}).filter((name) => /\.[jt]s$/.test(name) && !name.endsWith(".d.ts"));

export const ownSources = sources.filter((name) => !name.startsWith("generated/"));
export const bare = (file: string) => file.replace(/\.[jt]s$/, "");

/** The folder or file of src that a file stands in. */
export const areaOf = (file: string) => bare(file.split("/")[0] ?? "");

/** One import of a file of src. */
export interface Import {
  file: string;
  /** Relative to src without its ending for ours, else the package's name. */
  target: string;
  isOurs: boolean;
  onlyTypes: boolean;
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const CALL = /\b(?:import|require)\("([^"]+)"\)/g;

function importsOf(file: string): Import[] {
  const text = read(`src/${file}`);
  const found: [string, boolean][] = [
    ...[...text.matchAll(STATEMENT)].map(([, type, to]): [string, boolean] => [to ?? "", !!type]),
    ...[...text.matchAll(CALL)].map(([, to]): [string, boolean] => [to ?? "", false]),
  ];
  return found
    .filter(([to]) => !to.startsWith("node:"))
    .map(([to, onlyTypes]) => {
      const isOurs = to.startsWith(".");
      const path = normalize(join(dirname(file), to)).replace(/^\.\.\//, "");
      return { file, target: isOurs ? bare(path) : to, isOurs, onlyTypes };
    });
}

export const imports = sources.flatMap(importsOf);

/** An import as a failing test shows it. */
export const shown = ({ file, target, onlyTypes }: Import) =>
  `${file} imports ${onlyTypes ? "the types of " : ""}${target}`;
