import { Agent } from "node:http";
import { afterAll, describe, expect, it } from "@jest/globals";
import { ask } from "../http/wire.ts";
import { leaksIn } from "./leaks.ts";
import { wantedOf } from "./requests.ts";
import { restore } from "./rows.ts";
import { described, documents, type Reviewed, reviewed, scene } from "./scene.ts";

/**
 * Every operation of every document for every class of caller. What is expected stands in a table
 * beside this file for each document, written from what the vendor says; a document without its
 * table and an operation without its row fail.
 */
const all = new Map<string, Reviewed>();
for (const name of documents) all.set(name, await reviewed(name));

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterAll(() => agent.destroy());

it("has a table for every document", () => {
  expect(documents).toEqual(described);
});

describe.each(documents)("%s", (name) => {
  const { table, operations, rows, operationOf } = all.get(name) as Reviewed;

  it("has a row for every operation, and no other", () => {
    const named = new Set(rows.map(([label]) => label.split(": ")[0]));
    const known = new Set(operations.map(({ id }) => id));
    expect(named).toEqual(known);
  });

  describe.each(table.versions ?? [{}])("with all classes of callers, %j", (version) => {
    const made = scene({ ...table.config, ...version });

    const present = rows.filter(([label]) => table.has?.(operationOf(label).id, version) ?? true);
    it.each(present)("%s", async (label, row) => {
      const { here, store, all: callers, saved } = made;
      const operation = operationOf(label);
      const wrong: string[] = [];
      restore(here.store, saved);
      for (const caller of callers) {
        const wanted = await wantedOf(table, row, operation, caller, store);
        const { status, text } = await ask(here.url, agent, wanted);
        const due = table.expected(row, caller);
        if (status !== due) wrong.push(`${caller.name}: ${status} instead of ${due} ${text}`);
        const viewer = status < 300 ? table.runsFor(caller) : undefined;
        const admin = viewer === "root" || viewer === "ada";
        const leaked = leaksIn({ text, table, operation: operation.id, viewer, admin });
        if (leaked.length > 0) wrong.push(`${caller.name} is told ${leaked.join(", ")}: ${text}`);
        if (status < 300 && operation.method !== "GET") restore(here.store, saved);
      }
      expect(wrong).toEqual([]);
    });

    it("knows that many classes of callers", () => {
      expect(made.all.length).toBeGreaterThan(100);
      expect(new Set(made.all.map((caller) => caller.name)).size).toBe(made.all.length);
    });
  });

  // What the server says about itself is for everybody.
  const hidden = name === "instance" ? [] : rows;
  describe("in private mode", () => {
    const made = scene({ ...table.config, privateMode: true });

    it("tells strangers nothing", async () => {
      const { here, store, all: callers } = made;
      const strangers = callers.filter(({ standing }) => standing === "anonymous");
      const answered: string[] = [];
      for (const [label, row] of hidden) {
        for (const caller of strangers) {
          const wanted = await wantedOf(table, row, operationOf(label), caller, store);
          const { status } = await ask(here.url, agent, wanted);
          if (status < 400) answered.push(`${label}, ${caller.name}: ${status}`);
        }
      }
      expect(strangers.length).toBeGreaterThan(5);
      expect(answered).toEqual([]);
    });
  });
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
