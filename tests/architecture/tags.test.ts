import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { read, root } from "./sources.ts";

/** A tag of a document is the name of its file, of the file of its handlers and of its tests. */
const DIALECTS = [
  { document: "github", folder: "src/github/operations", title: "GitHub" },
  { document: "gitlab-v4", folder: "src/gitlab/operations", title: "GitLab" },
  { document: "gitlab-v3", folder: "src/gitlab/v3/operations", title: "GitLab v3" },
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

/** The rows of a vendor's table in the reference: their names as a tag has them, and operations. */
function referenceRows(text: string, title: string): [name: string, operations: string[]][] {
  const lines = text.split("\n");
  const head = lines.findIndex((line) => new RegExp(`^\\| ${title} +\\| operations`).test(line));
  const end = lines.findIndex((line, place) => place > head && !line.startsWith("|"));
  return lines
    .slice(head + 2, end)
    .map((line) => [
      (line.split("|")[1] ?? "").trim().replaceAll(" ", "-"),
      line.match(/\b(?:GET|POST|PUT|PATCH|DELETE) \/[^\s`|]*/g) ?? [],
    ]);
}

/** The tag of each operation, which is named by its method and path. */
async function tagsByPath(document: string): Promise<Map<string, string | undefined>> {
  const { document: served } = (await import(`../../src/generated/${document}-document.ts`)) as {
    document: { paths: Record<string, Record<string, { tags?: readonly string[] }>> };
  };
  return new Map(
    Object.entries(served.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { tags }]) => [
        `${method.toUpperCase()} ${path}`,
        tags?.[0],
      ]),
    ),
  );
}

/** The tag whose things a presenter shows, as its name has it. Users are shown with every tag. */
const tagOfPresenter = (tags: readonly string[], name: string): string | undefined =>
  name === "user" ? undefined : tags.find((tag) => tag === `${name}s` || isOf(tag, name));

describe.each(DIALECTS)("the tags of $document", ({ document, folder, title }) => {
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

  it("are the names of presenters that no other tag uses", () => {
    const presenters = globSync("*.ts", { cwd: join(root, folder, "../presenters") });
    const users = globSync("*.ts", { cwd: join(root, folder) });
    const strays = presenters.flatMap((file) => {
      const tag = tagOfPresenter(tags, file.slice(0, -".ts".length));
      if (tag === undefined) return [];
      const importers = users.filter((name) =>
        read(`${folder}/${name}`).includes(`"../presenters/${file}"`),
      );
      const others = importers.filter((name) => !isOf(tag, name.slice(0, -".ts".length)));
      return importers.length === 0 || others.length > 0 ? [{ file, tag, importers }] : [];
    });
    expect(strays).toEqual([]);
  });

  it("are the names of rows of docs/reference.md, which have operations of that tag alone", async () => {
    const rows = referenceRows(read("docs/reference.md"), title);
    const tagOf = await tagsByPath(document);
    const named = rows.filter(([name]) => tags.includes(name));
    const strays = named.flatMap(([name, operations]) =>
      operations.filter((each) => tagOf.get(each) !== name).map((each) => `${name}: ${each}`),
    );
    expect(named.length).toBeGreaterThan(3);
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
  expect(tagOfPresenter(["gpg-keys", "users"], "gpg-key")).toBe("gpg-keys");
});
