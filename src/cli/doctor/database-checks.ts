import {
  brokenReferences,
  foreignTriggers,
  type Inspected,
  integrityErrors,
  migrationsBehind,
  rebuildSearch,
  recount,
  sample,
  searchIsWhole,
  wrongCounters,
} from "../../storage/sqlite/integrity.ts";
import type { Check } from "./check.ts";

/** What there is to look at in a database, in the order in which the next trusts the last. */
export function* databaseChecks(db: Inspected, file: string): Generator<Check> {
  yield { name: "integrity", find: () => broken(integrityErrors(db)) };
  yield { name: "schema", find: () => schema(db, file), tell: () => pending(migrationsBehind(db)) };
  yield { name: "references", find: () => broken(brokenReferences(db)) };
  yield { name: "triggers", find: () => broken(foreignTriggers(db)) };
  // What an older schema lacks can't be asked for; the next start brings it.
  if (migrationsBehind(db) === 0) yield* derived(db);
}

const broken = (lines: string[]): string | undefined =>
  lines.length === 0 ? undefined : `${sample(lines)}; restore a backup`;

function schema(db: Inspected, file: string): string | undefined {
  if (migrationsBehind(db) >= 0) return undefined;
  return `${file} was made by a newer version of followd; use that one`;
}

const pending = (count: number): string =>
  count === 0 ? "" : `${count} migrations behind; the next start brings it up to date`;

/** What can be made anew from the rest. */
function derived(db: Inspected): Check[] {
  return [
    {
      name: "counters",
      find() {
        const found = wrongCounters(db).map(({ problem, count }) => `${problem}: ${count} wrong`);
        return found.length === 0 ? undefined : found.join("; ");
      },
      fix: () => recount(db),
    },
    {
      name: "search index",
      find: () => (searchIsWhole(db) ? undefined : "it is not what the users are called"),
      fix: () => rebuildSearch(db),
    },
  ];
}
