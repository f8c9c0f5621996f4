import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { read, root } from "./sources.ts";

const FOLDERS = /^(?:src|tests|scripts|docs|db|openapi|\.ci)\//;
const ENDING = /\.(?:ts|js|md|ya?ml|json|sql)$/;

/** The paths of files in backticks that a document names, from the root or below `src`. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`([\w./-]+)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => path.includes("/") && ENDING.test(path) && !path.startsWith("/"));

const isThere = (path: string): boolean =>
  existsSync(join(root, path)) || (!FOLDERS.test(path) && existsSync(join(root, "src", path)));

const DOCUMENTS = ["ARCHITECTURE.md", "CONTRIBUTING.md", "db/README.md"];

describe("a file that a document names", () => {
  it.each(DOCUMENTS)("is there (%s)", (document) => {
    const paths = pathsIn(read(document));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });

  it("is there in each README of src, too", () => {
    const readmes = globSync("src/**/README.md", { cwd: root });
    const missing = readmes.flatMap((file) =>
      pathsIn(read(file)).filter(
        (path) => !isThere(path) && !existsSync(join(root, dirname(file), path)),
      ),
    );
    expect(missing).toEqual([]);
  });

  it("would be found missing", () => {
    expect(
      pathsIn("see `src/people/people.ts` and `user`").filter((path) => !isThere(path)),
    ).toEqual(["src/people/people.ts"]);
  });
});
