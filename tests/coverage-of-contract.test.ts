import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { document } from "../src/generated/github-document.ts";

const folder = new URL("github/", import.meta.url);
const texts = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
const found = (pattern: RegExp) =>
  new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, word = ""]) => word)));

/** ETags are our own business here, so that two tokens may see the same one (decision 14). */
const NOT_REQUIRED = [62, 65];

describe("the tests of GitHub's dialect", () => {
  it("have one for each assertion of the contract, by its number", () => {
    const numbers = [...found(/\(\s*"(\d+): /g)].map(Number).sort((a, b) => a - b);
    const wanted = Array.from({ length: 93 }, (_, place) => place + 1);
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
