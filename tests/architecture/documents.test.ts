import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { read, root } from "./sources.ts";

const FOLDERS = /^(?:src|tests|scripts|docs|db|openapi|\.ci)\//;
const ENDING = /\.(?:ts|js|md|ya?ml|json|sql)$/;

/** The paths in backticks that a document names: files from the root or below `src`, folders from the root. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`([\w./-]+)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => path.includes("/") && !path.startsWith("/"))
    .filter((path) => ENDING.test(path) || (FOLDERS.test(path) && path.endsWith("/")));

/** The files that a document's links lead to, from its own folder. */
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, path = ""]) => path)
    .filter((path) => !/^(?:\w+:|\/)/.test(path));

const isThere = (path: string): boolean =>
  existsSync(join(root, path)) || (!FOLDERS.test(path) && existsSync(join(root, "src", path)));

const DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "db/README.md"];

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

  it("is there in each page of docs", () => {
    const pages = globSync("docs/**/*.md", { cwd: root });
    expect(pages.flatMap((file) => pathsIn(read(file))).filter((path) => !isThere(path))).toEqual(
      [],
    );
  });

  it("is there where a link leads", () => {
    const files = globSync(["*.md", "{docs,db,openapi,src}/**/*.md"], { cwd: root });
    const missing = files.flatMap((file) =>
      linksIn(read(file)).filter((path) => !existsSync(join(root, dirname(file), path))),
    );
    expect(missing).toEqual([]);
  });

  it("would be found missing", () => {
    const text = "see `src/people/people.ts`, `src/people/`, `user` and [this](docs/not-there.md)";
    expect(pathsIn(text).filter((path) => !isThere(path))).toEqual([
      "src/people/people.ts",
      "src/people/",
    ]);
    expect(linksIn(text)).toEqual(["docs/not-there.md"]);
  });
});
