import { afterAll, describe, expect, it } from "@jest/globals";
import { KeptConnections } from "../http/kept-connections.ts";
import { leaksIn, type Told } from "./leaks.ts";
import { wantedOf } from "./requests.ts";
import { reviewed, scene } from "./scene.ts";

/**
 * Tests of every operation of a document for every class of caller. What is expected stands in the
 * document's table beside this file, written from what the vendor says; an operation without its
 * row fails.
 */
export async function matrix(name: string): Promise<void> {
  const { table, operations, rows, operationOf } = await reviewed(name);
  const connections = new KeptConnections();
  afterAll(() => connections.destroy());

  describe(name, () => {
    it("has a row for every operation, and no other", () => {
      const named = new Set(rows.map(([label]) => label.split(": ")[0]));
      const known = new Set(operations.map(({ id }) => id));
      expect(named).toEqual(known);
    });

    describe.each(table.versions ?? [{}])("with all classes of callers, %j", (version) => {
      const made = scene({ ...table.config, ...version });

      const present = rows.filter(([label]) => table.has?.(operationOf(label).id, version) ?? true);
      it.each(present)("%s", async (label, row) => {
        const { here, store, all: callers, kept } = made;
        const operation = operationOf(label);
        const wrong: string[] = [];
        const leaks = onceEach(leaksIn);
        await kept.restore();
        for (const caller of callers) {
          const wanted = await wantedOf(table, row, operation, caller, store);
          const { status, text } = await connections.ask(here.url, wanted);
          const due = table.expected(row, caller);
          if (status !== due) wrong.push(`${caller.name}: ${status} instead of ${due} ${text}`);
          const viewer = status < 300 ? table.runsFor(caller) : undefined;
          const admin = viewer === "root" || viewer === "ada";
          const leaked = leaks({ text, table, operation: operation.id, viewer, admin });
          if (leaked.length > 0) wrong.push(`${caller.name} is told ${leaked.join(", ")}: ${text}`);
          if (status < 300 && operation.method !== "GET") await kept.restore();
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
            const { status } = await connections.ask(here.url, wanted);
            if (status < 400) answered.push(`${label}, ${caller.name}: ${status}`);
          }
        }
        expect(strangers.length).toBeGreaterThan(5);
        expect(answered).toEqual([]);
      });
    });
  });
}

/** Searches a text once for all readers of one kind: most callers are told the same. */
function onceEach(search: (told: Told) => string[]): (told: Told) => string[] {
  const known = new Map<string, string[]>();
  return (told) => {
    const key = `${told.viewer} ${told.admin} ${told.text}`;
    const found = known.get(key) ?? search(told);
    known.set(key, found);
    return found;
  };
}
