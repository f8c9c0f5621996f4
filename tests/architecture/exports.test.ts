import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ownSources, read, root } from "./sources.ts";

const FOLDERS = ["src", "scripts", "tests", "browser"];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[jt]s$/.test(name))
    .map((name) => `${folder}/${name}`),
);

/** What users of the package import; none of it has to be used here. */
const PUBLIC = ["library/index.ts"];

const NAMED = /^(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s+from\s+"(\.[^"]+)"/gm;
/** A namespace, or an import on demand, whose members are used further on. */
const WHOLE = /(?:^import\s+(?:type\s+)?\*\s+as\s+\w+\s+from\s+|\bimport\(\s*)"(\.[^"]+)"/gm;
const ADDRESS = /\bimport\(`(\.[^`$]*)\$/g;
const DECLARED =
  /^export\s+(?:async\s+)?(?:abstract\s+)?(?:function\*?|const|let|class|interface|type|enum)\s+(\w+)/gm;

const namesIn = (list: string) =>
  list
    .split(",")
    .map((one) => one.trim().replace(/^type\s+/, ""))
    .map((one) => one.split(/\s+as\s+|:/)[0] ?? "")
    .filter((one) => one !== "");

const named = new Set<string>();
const whole = new Map<string, string>();
for (const file of files) {
  const text = read(file);
  const at = (address: string) => join(dirname(file), address);
  for (const [, list = "", from = ""] of text.matchAll(NAMED)) {
    for (const name of namesIn(list)) named.add(`${at(from)} ${name}`);
  }
  for (const [, from = ""] of text.matchAll(WHOLE)) {
    whole.set(at(from), (whole.get(at(from)) ?? "") + text);
  }
  for (const [, folder = ""] of text.matchAll(ADDRESS)) whole.set(at(folder), text);
}

const isUsed = (file: string, name: string): boolean =>
  named.has(`${file} ${name}`) ||
  [...whole].some(
    ([address, text]) => file.startsWith(address) && new RegExp(`\\b${name}\\b`).test(text),
  );

const exportsOf = (text: string) => [...text.matchAll(DECLARED)].map(([, name = ""]) => name);

describe("an export of src", () => {
  it("is imported by another file", () => {
    const all = ownSources
      .filter((file) => !PUBLIC.includes(file))
      .flatMap((file) => exportsOf(read(`src/${file}`)).map((name) => ({ file, name })));
    expect(all.length).toBeGreaterThan(1500);
    const unused = all.filter(({ file, name }) => !isUsed(`src/${file}`, name));
    expect(unused.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });
});
