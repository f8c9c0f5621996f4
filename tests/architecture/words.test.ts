import { globSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { read, root } from "./sources.ts";

/** Pronouns for persons hide which caller, process or program a sentence is about. */
const VAGUE = /\b(?:(?:no|some)body|(?:who|what)ever)\b/i;

/** Files that have such a word for a reason. */
const EXEMPT = new Set([
  // A list of words that are in many passwords.
  "src/domain/credentials/password-strength.ts",
  // Migrations are never edited, so their texts stay, also where they are generated from.
  "db/postgres/0001_rules.sql",
  "src/generated/postgres-migrations.ts",
]);

const FILES = [
  ...["src", "scripts", "tests", "browser"].map((folder) => `${folder}/**/*.{ts,js,md}`),
  ...[
    "docs/**/*.md",
    "db/**/*.{md,sql}",
    "openapi/*.yaml",
    "openapi/{dev,git*,instance}*/**/*.yaml",
  ],
  "*.md",
];

const vagueLines = (text: string): string[] => text.split("\n").filter((line) => VAGUE.test(line));

describe("a sentence", () => {
  it.each(FILES)("names its subject (%s)", (pattern) => {
    const files = globSync(pattern, { cwd: root }).filter((file) => !EXEMPT.has(file));
    expect(files.length).toBeGreaterThan(0);
    expect(
      files.flatMap((file) => vagueLines(read(file)).map((line) => `${file}: ${line}`)),
    ).toEqual([]);
  });

  it("would be found", () => {
    const [no, what] = ["no", "what"];
    expect(vagueLines(`for ${no}body\n${what}ever it is\nanybody`)).toHaveLength(2);
  });
});
