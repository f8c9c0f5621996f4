import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { document } from "../src/generated/github-document.ts";

const folder = new URL("github/", import.meta.url);
/** The real gh holds the last of the assertions. */
const gh = new URL("programs/gh.test.ts", import.meta.url);
const texts = [...readdirSync(folder).map((name) => new URL(name, folder)), gh].map((file) =>
  readFileSync(file, "utf8"),
);
const found = (pattern: RegExp) =>
  new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, word = ""]) => word)));

/** ETags are our own business here, so that two tokens may see the same one (decision 14). */
const NOT_REQUIRED = [62, 65];

describe("the tests of GitHub's dialect", () => {
  it("have one for each assertion of the contract, by its number", () => {
    const numbers = [...found(/\(\s*"(\d+): /g)].map(Number).sort((a, b) => a - b);
    const wanted = Array.from({ length: 96 }, (_, place) => place + 1);
    expect(numbers).toEqual(wanted.filter((number) => !NOT_REQUIRED.includes(number)));
  });

  const described = found(/"((?:GET|PUT|POST|PATCH|DELETE) \/[^" ]*)"/g);
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { operationId?: string }>)
      .filter(([, { operationId }]) => operationId !== undefined)
      .map(([method, { operationId }]) => [operationId, `${method.toUpperCase()} ${path}`]),
  );

  it.each(operations)("describe %s: %s", (_, operation = "") => {
    expect(described).toContain(operation);
  });

  it("describe no operation that the document does not have", () => {
    const known = operations.map(([, operation]) => operation);
    expect([...described].filter((each) => !known.includes(each))).toEqual([]);
  });
});

describe("the tests of GitLab's old dialect", () => {
  const old = new URL("gitlab-v3/", import.meta.url);
  const words = readdirSync(old).map((name) => readFileSync(new URL(name, old), "utf8"));

  it("have one for each assertion of the contract, by its number", () => {
    const numbers = words.flatMap((text) =>
      [...text.matchAll(/\(\s*"(\d+): /g)].map(([, number]) => Number(number)),
    );
    const wanted = [18, 19, ...Array.from({ length: 11 }, (_, place) => place + 170)];
    expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(wanted);
  });
});
