import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../config/config.ts";
import { explainError } from "../../server/explain-error.ts";
import { openForInspection } from "../../storage/sqlite/integrity.ts";
import type { Check, Report } from "./check.ts";
import { databaseChecks } from "./database-checks.ts";
import { directoryChecks } from "./directory-checks.ts";

/** Examines a data directory; creates nothing, and repairs only with `fix`. */
export function examine(config: Config, fix: boolean): Report[] {
  const file = join(config.data, "followd.db");
  const report = directoryChecks(config).map((check) => outcome(check, false, file));
  if (!existsSync(file)) return report;
  try {
    const connection = openForInspection(file);
    try {
      for (const check of databaseChecks(connection, file)) {
        const found = outcome(check, fix, file);
        report.push(found);
        // Other findings about a file that is damaged or foreign may be wrong.
        if (found.status === "problem" && check.fix === undefined) break;
      }
    } finally {
      connection.close();
    }
  } catch (error) {
    report.push({ check: "database", status: "problem", told: lineFor(error, file) });
  }
  return report;
}

function outcome({ name, find, fix, tell }: Check, mending: boolean, file: string): Report {
  try {
    const problem = find();
    if (problem === undefined) return { check: name, status: "ok", told: tell?.() ?? "" };
    if (fix === undefined) return { check: name, status: "problem", told: problem };
    if (!mending) {
      return { check: name, status: "problem", told: `${problem}; run followd doctor --fix` };
    }
    fix();
    const left = find();
    return left === undefined
      ? { check: name, status: "fixed", told: problem }
      : { check: name, status: "problem", told: `${left}; it can't be mended, restore a backup` };
  } catch (error) {
    return { check: name, status: "problem", told: lineFor(error, file) };
  }
}

const lineFor = (error: unknown, file: string): string =>
  (explainError(error, file) as Error).message.split("\n")[0] ?? "";
