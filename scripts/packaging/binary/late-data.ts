import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";

const READER = JSON.stringify(join(import.meta.dirname, "data.ts"));

/** Modules of data that no start needs. */
const LATE =
  /(?:node_modules\/(?:emojibase-data|iconv-lite)\/.*\.json|src\/generated\/(?:page-assets|[\w-]+-(?:reference|document))\.ts|openapi\/vendor\/.*\.json)$/;

/** Adds what the program loads late to these lines; the program has where they are. */
export const lateData = (lines: string[]): Plugin => ({
  name: "late data",
  setup(builder) {
    builder.onLoad({ filter: LATE }, async ({ path }) => {
      const value: object = path.endsWith(".json")
        ? { default: JSON.parse(readFileSync(path, "utf8")) as unknown }
        : { ...((await import(path)) as object) };
      const line = lines.push(JSON.stringify(value)) - 1;
      const data = `require(${READER}).dataAt(${line})`;
      const exported = Object.keys(value).map((name) =>
        name === "default" ? "export default data.default;" : `export const { ${name} } = data;`,
      );
      // What is required as CommonJS is the data itself.
      const contents = path.includes("/node_modules/")
        ? `module.exports = ${data}.default;`
        : `const data = ${data};\n${exported.join("\n")}`;
      return { contents, loader: "js" };
    });
  },
});
