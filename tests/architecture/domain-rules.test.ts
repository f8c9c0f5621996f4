import { describe, expect, it } from "@jest/globals";
import { read, sources } from "./sources.ts";

describe("the rules in domain", () => {
  const END = /^(?:get|all|run|values|execute|prepare|sync)$/;

  /** The methods that are called one after the other on a builder that begins at a place. */
  function chainAt(text: string, start: number): string[] {
    const methods: string[] = [];
    for (let at = start; ; ) {
      const [link, name] = /^\s*\.(\w+)(?:<[^>()]*>)?\(/.exec(text.slice(at)) ?? [];
      if (link === undefined || name === undefined) return methods;
      methods.push(name);
      at = behindBracket(text, at + link.length);
    }
  }

  function behindBracket(text: string, start: number): number {
    let depth = 1;
    let at = start;
    for (; depth > 0 && at < text.length; at += 1) {
      if (text[at] === "(") depth += 1;
      if (text[at] === ")") depth -= 1;
    }
    return at;
  }

  const chainsIn = (text: string) =>
    [...text.matchAll(/\bquery(?=\s*\.\w)/g)].map(({ index }) =>
      chainAt(text, index + "query".length),
    );

  it("wait for every builder, and end none in a way that only one engine has", () => {
    const wrong: string[] = [];
    let chains = 0;
    for (const file of sources.filter((name) => name.startsWith("domain/"))) {
      for (const chain of chainsIn(read(`src/${file}`))) {
        chains += 1;
        // `insert(…).values(…)` gives rows; `select(…).values()` would be another thing.
        const ends = chain.filter(
          (name) => END.test(name) && !(name === "values" && chain[0] === "insert"),
        );
        if (ends.length > 0) wrong.push(`${file}: ${chain.join(".")}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(chains).toBeGreaterThan(20);
  });

  it("would be told of one that does", () => {
    const text =
      "const row = people.db.query\n  .select({ id: f(users.id) })\n  .from(users).get();";
    expect(chainsIn(text)).toEqual([["select", "from", "get"]]);
  });
});

describe("SQL in domain", () => {
  /** What one engine alone understands; `engine.sql` has such expressions for both. */
  const ENGINE_WORDS =
    /\b(?:json_\w+|match|rowid|pragma|glob|i?like \$|unixepoch|sqlite_\w+|nextval)|= *[01]\b|(?:^|[\s(])\+\$/i;
  const sqlIn = (text: string) =>
    [...text.matchAll(/\bsql(?:<[^`]*?>)?`([^`]*)`/g)].map(([, words = ""]) => words);

  it("has no word that one engine alone understands", () => {
    const texts = sources
      .filter((file) => file.startsWith("domain/"))
      .flatMap((file) => sqlIn(read(`src/${file}`)));
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => ENGINE_WORDS.test(text))).toEqual([]);
  });

  it.each([
    "${users.admin} = 1",
    "+${users.type} = 'human'",
    "${users.id} in (select value from json_each(${ids}))",
    "select rowid from users_search where users_search match ${terms}",
    "${users.name} like ${pattern}",
  ])("would be refused: %s", (words) => {
    expect(sqlIn(`sql<number>\`${words}\``)).toEqual([words]);
    expect(ENGINE_WORDS.test(words)).toBe(true);
  });
});

describe("domain/invalidation.ts", () => {
  const CLEARS =
    /\b(?:\w*[vV]ersions|listOffsets|credentials|ids|userRows|searchResults)\s*\.(?:touch|touchAll|clear|delete|moved)\(/;

  it("is the only file of the rules and above that clears a cache", () => {
    const clearing = sources.filter(
      (file) => !file.startsWith("cache/") && CLEARS.test(read(`src/${file}`)),
    );
    expect(clearing).toEqual(["domain/invalidation.ts"]);
  });
});
