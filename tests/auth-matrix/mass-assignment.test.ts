import { afterAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { KeptConnections } from "../http/kept-connections.ts";
import type { Caller } from "./callers.ts";
import { wantedOf } from "./requests.ts";
import type { Rows } from "./rows.ts";
import { documents, type Reviewed, reviewed, scene } from "./scene.ts";

/** Members of a body that an operation does not name reach nothing, from any caller. */
const RUNS = 6;
const all = new Map<string, Reviewed>();
for (const name of documents) all.set(name, await reviewed(name));

const connections = new KeptConnections();
afterAll(() => connections.destroy());

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The names of all columns, as they are written in SQL, in the program and by the vendors. */
function names(saved: Rows): string[] {
  const columns = [...saved.values()].flatMap((rows) => Object.keys(rows[0] ?? {}));
  const vendors = ["is_admin", "site_admin", "role", "roles", "user", "user_id", "owner", "login"];
  return [...new Set([...columns, ...columns.map(camel), ...vendors, "__proto__", "constructor"])];
}

const value = fc.oneof(
  fc.constantFrom<unknown>(true, false, null, 0, 1, 2, 999, "active", "banned", "admin", "1", ""),
  fc.constantFrom<unknown>([], {}, { id: 1, admin: true }, [1, 2], "root@example.test"),
);

/** What is there, less what chance made (names of tokens, passwords, links) and SQLite's own clock. */
function told(rows: Rows): [table: string, rows: string[]][] {
  const random = new Set([
    ...["jti", "password_hash", "token_digest", "token_hash", "token_last_eight", "digest"],
    ...["request_id", "counted_at"],
  ]);
  const drop = (key: string, each: unknown) => (random.has(key) ? undefined : each);
  const textOf = (row: object) => JSON.stringify(row, drop).replaceAll(/token=[\w-]+/g, "token=…");
  const sorted = (texts: string[]) => texts.toSorted((a, b) => (a < b ? -1 : 1));
  return [...rows].map(([name, each]) => [name, sorted(each.map(textOf))]);
}

/** The rows whose operations take a JSON body. */
function taking(name: string) {
  const { rows, operationOf } = all.get(name) as Reviewed;
  return rows.filter(([label, { body }]) => {
    const { id, members } = operationOf(label);
    return (
      members.length > 0 &&
      name !== "dev" &&
      !(body instanceof URLSearchParams) &&
      id !== "setUserAvatar"
    );
  });
}

describe.each(documents.filter((name) => taking(name).length > 0))("%s", (name) => {
  const { table, operationOf } = all.get(name) as Reviewed;
  const withBody = taking(name);
  const made = scene(table.config);

  it.each(withBody)("%s", async (label, row) => {
    const { here, store, all: callers, kept } = made;
    const operation = operationOf(label);
    const known = new Set(operation.members);
    const strange = names(kept.saved).filter((key) => !known.has(key));
    const request = "body" in row ? row : { ...row, body: {} };
    const try_ = async (caller: Caller, more: object) => {
      await kept.restore();
      const wanted = await wantedOf(table, request, operation, caller, store, more);
      const { status } = await connections.ask(here.url, wanted);
      return { status, after: told(await kept.rows()) };
    };
    for (const title of ["everything", "administrator, everything"]) {
      const caller = callers.find((each) => each.name === title) as Caller;
      const plain = await try_(caller, {});
      const extras = fc.dictionary(fc.constantFrom(...strange), value, { minKeys: 1, maxKeys: 12 });
      for (const more of fc.sample(extras, { numRuns: RUNS, seed: 1 })) {
        const { status, after } = await try_(caller, more);
        // Of what is refused only a failed sign-in leaves something: it counts, and is written down.
        const leaves = operation.id === "createSession" && status === plain.status;
        const unchanged = status >= 400 && !leaves ? told(kept.saved) : plain.after;
        expect({ more, status, after }).toEqual({ more, status, after: unchanged });
        // A strict operation may refuse what it does not know, and nothing else may come of it.
        expect([plain.status, 400, 422]).toContain(status);
      }
    }
  });
});
