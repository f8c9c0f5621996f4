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

/** The numbers of the facts that a document of docs/contract promises. */
function promisedIn(name: string): number[] {
  const text = readFileSync(new URL(`../docs/contract/${name}.md`, import.meta.url), "utf8");
  const facts = text.matchAll(/^(\d+)\. (?!\(Not promised)/gm);
  return [...facts].map(([, number]) => Number(number));
}

describe("the tests of GitHub's dialect", () => {
  it("have one for each assertion of the contract, by its number", () => {
    const numbers = [...found(/\(\s*"(\d+): /g)].map(Number).sort((a, b) => a - b);
    expect(numbers).toEqual(promisedIn("github"));
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

describe("the tests of GitLab's dialects", () => {
  const numbersIn = (folder: string) => {
    const place = new URL(folder, import.meta.url);
    const words = readdirSync(place).map((name) => readFileSync(new URL(name, place), "utf8"));
    return words.flatMap((text) =>
      [...text.matchAll(/"(\d{1,3}): /g)].map(([, number]) => Number(number)),
    );
  };
  const promised = promisedIn("gitlab");
  const isOld = (number: number) => number >= 170;

  it("have one for each fact about version 3, by its number", () => {
    const tested = numbersIn("gitlab-v3/").filter(isOld);
    expect([...new Set(tested)].sort((a, b) => a - b)).toEqual(promised.filter(isOld));
  });

  it("name no number that the contract does not have", () => {
    const all = [...numbersIn("gitlab-v3/"), ...numbersIn("gitlab-v4/")];
    expect(all.filter((number) => !promised.includes(number))).toEqual([]);
    expect(new Set(all).size).toBeGreaterThan(150);
  });
});
