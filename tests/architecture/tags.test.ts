import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { read, root } from "./sources.ts";

/** A tag of a document is the name of its file, of the file of its handlers and of its tests. */
const DIALECTS = [
  { document: "github", folder: "src/github/operations" },
  { document: "gitlab-v4", folder: "src/gitlab/operations" },
  { document: "gitlab-v3", folder: "src/gitlab/v3/operations" },
];

const ENTRY = /^ {4}operationId: (\S+)$[\s\S]*?^ {4}tags: \[([\w-]+)\]$/gm;
const HANDLER = /^ {2}"?([\w/-]+)"?: (\w+)\.\w+,$/gm;
const MODULE = /^import \* as (\w+) from "\.\/([\w-]+)\.ts";$/gm;

/** A file of a tag: it has its name, or begins with it. */
const isOf = (tag: string, name: string): boolean => name === tag || name.startsWith(`${tag}-`);

const tagsIn = (text: string): [operation: string, tag: string][] =>
  [...text.matchAll(ENTRY)].map(([, operation = "", tag = ""]) => [operation, tag]);

/** The file of each operation's handler, as a table of contents has it. */
function handlersIn(text: string): Map<string, string> {
  const files = new Map([...text.matchAll(MODULE)].map(([, name = "", file = ""]) => [name, file]));
  return new Map(
    [...text.matchAll(HANDLER)].map(([, operation = "", name = ""]) => [
      operation,
      files.get(name) ?? "",
    ]),
  );
}

describe.each(DIALECTS)("the tags of $document", ({ document, folder }) => {
  const files = globSync(`openapi/${document}/*.yaml`, { cwd: root });
  const entries = files.flatMap((file) => {
    const name = file.slice(`openapi/${document}/`.length, -".yaml".length);
    return tagsIn(read(file)).map(([operation, tag]) => ({ name, operation, tag }));
  });
  const tags = [...new Set(entries.map(({ tag }) => tag))];
  const handlers = handlersIn(read(`${folder}/index.ts`));

  it("are the names of its files", () => {
    expect(entries.length).toBeGreaterThan(10);
    expect(entries.filter(({ name, tag }) => name !== tag)).toEqual([]);
  });

  it("are described, each and no other", () => {
    const described = [...read(`openapi/${document}.yaml`).matchAll(/^ {2}- name: (\S+)$/gm)];
    expect(described.map(([, tag = ""]) => tag).toSorted()).toEqual(tags.toSorted());
  });

  it("are the names of the files of their handlers", () => {
    const strays = entries
      .map(({ operation, tag }) => ({ operation, tag, file: handlers.get(operation) ?? "none" }))
      .filter(({ tag, file }) => !isOf(tag, file) || !existsSync(join(root, folder, `${file}.ts`)));
    expect(strays).toEqual([]);
  });

  it("have tests of their names", () => {
    const tests = globSync(`tests/${document}/*.test.ts`, { cwd: root }).map((file) =>
      file.slice(`tests/${document}/`.length, -".test.ts".length),
    );
    expect(tags.filter((tag) => !tests.some((name) => isOf(tag, name)))).toEqual([]);
  });
});

it("a handler in a file of another name would be found", () => {
  const table = 'import * as users from "./users.ts";\n  getUser: users.getUser,\n';
  expect(handlersIn(table)).toEqual(new Map([["getUser", "users"]]));
  expect(isOf("status", "users")).toBe(false);
});
