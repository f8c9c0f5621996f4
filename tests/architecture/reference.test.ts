import { dirname } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { variableOf } from "../../src/config/config.ts";
import { SETTINGS } from "../../src/config/settings.ts";
import { imports, read } from "./sources.ts";

type Paths = Record<string, Record<string, { operationId: string }>>;

/** The documents that a dialect serves, with its handlers. */
async function servedDocuments() {
  const mounted = imports
    .filter(({ file }) => file === "app.ts")
    .map(({ target }) => dirname(target))
    // Mounted by servers for tests alone.
    .concat("dev");
  const folders = imports.flatMap(({ file, target }) => {
    const [, name] = /^generated\/(.+)-requests$/.exec(target) ?? [];
    const folder = dirname(file);
    return name === undefined || !mounted.includes(folder) ? [] : [{ name, folder }];
  });
  return Promise.all(
    folders.map(async ({ name, folder }) => {
      const { document } = (await import(`../../src/generated/${name}-document.ts`)) as {
        document: { paths: Paths };
      };
      const { operations } = (await import(`../../src/${folder}/operations/index.ts`)) as {
        operations: object;
      };
      return { name, paths: document.paths, handlers: Object.keys(operations) };
    }),
  );
}

describe("every operation", () => {
  it("has a handler, and every handler an operation", async () => {
    const served = await servedDocuments();
    expect(served.map(({ name }) => name)).toEqual(expect.arrayContaining(["github", "instance"]));
    for (const { paths, handlers } of served) {
      const ids = Object.values(paths).flatMap((item) =>
        Object.values(item).map((each) => each.operationId),
      );
      expect(handlers.sort()).toEqual(ids.sort());
    }
  });

  const reference = read("docs/reference.md");

  it("is in the reference, and nothing else is", async () => {
    const served = await servedDocuments();
    const known = served.flatMap(({ paths }) =>
      Object.entries(paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
      ),
    );
    const rows = reference.split("\n").filter((line) => line.startsWith("|"));
    const named = rows.flatMap(
      (row) => row.match(/\b(?:GET|POST|PUT|PATCH|DELETE) \/[^\s`|]*/g) ?? [],
    );
    expect([...new Set(named)].sort()).toEqual([...new Set(known)].sort());
  });

  it("of the configuration is in the reference, and no other", () => {
    const known = Object.values(SETTINGS).map((setting) => variableOf(setting));
    const files = Object.values(SETTINGS)
      .filter((setting) => "secret" in setting)
      .map((setting) => `${variableOf(setting)}_FILE`);
    const named = new Set(reference.match(/\bFOLLOWD_[A-Z0-9_]*[A-Z0-9]/g) ?? []);
    expect(known.filter((name) => !named.has(name))).toEqual([]);
    expect([...named].filter((name) => ![...known, ...files].includes(name))).toEqual([]);
  });
});
