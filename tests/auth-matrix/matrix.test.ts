import { existsSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { leaksIn } from "./leaks.ts";
import { described, documents } from "./scene.ts";

it("has a table for every document", () => {
  expect(documents).toEqual(described);
  const tested = documents.filter((name) =>
    existsSync(new URL(`./${name}.test.ts`, import.meta.url)),
  );
  expect(tested).toEqual(described);
});

describe("the search for leaks", () => {
  const table = { tells: new Set<string>(), adminsSeeAll: true };
  const una = { table, operation: "x", viewer: "una", admin: false } as const;

  it.each([
    ['{"id":4,"username":"vera","note":"n"}', "note"],
    ['{"id":4,"username":"vera","email":"n"}', "email"],
    ['[{"user":{"id":4,"login":"vera","plan":{}}}]', "plan"],
    ['{"a":[{"password_hash":"x"}]}', "password_hash"],
    ['{"email":"vera@example.test"}', "vera@example.test"],
    ['"HASHMARK"', "HASHMARK"],
    ['"eyJa.eyJb.c"', "a token"],
    ['"203.0.113.4"', "notes or IPs"],
  ])("finds what is wrong with %s", (text, found) => {
    expect(leaksIn({ ...una, text })).toEqual([found]);
  });

  it("lets people see themselves, and administrators others", () => {
    const self = '{"id":3,"username":"una","email":"una@example.test","is_followed":false}';
    expect(leaksIn({ ...una, text: self })).toEqual([]);
    const other = '{"id":4,"username":"vera","email":"vera@example.test","note":"NOTEMARK"}';
    expect(leaksIn({ ...una, text: other, viewer: "root", admin: true })).toEqual([]);
  });
});
