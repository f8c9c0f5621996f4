import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../config/config.ts";
import { openForInspection } from "../../storage/sqlite/integrity.ts";
import { failedCheck, type Report, runCheck } from "./check.ts";
import { databaseChecks } from "./database-checks.ts";
import { directoryChecks } from "./directory-checks.ts";

/** Examines a data directory; creates nothing, and repairs only with `fix`. */
export async function examine(config: Config, fix: boolean): Promise<Report[]> {
  const database = join(config.data, "followd.db");
  const examination = { database, fix, unfixable: "it can't be mended, restore a backup" };
  const report: Report[] = [];
  for (const check of directoryChecks(config)) report.push(await runCheck(check, examination));
  if (!existsSync(database)) return report;
  try {
    const connection = openForInspection(database);
    try {
      for (const check of databaseChecks(connection, database)) {
        const found = await runCheck(check, examination);
        report.push(found);
        // Other findings about a file that is damaged or foreign may be wrong.
        if (found.status === "problem" && check.fix === undefined) break;
      }
    } finally {
      connection.close();
    }
  } catch (error) {
    report.push(failedCheck("database", error, database));
  }
  return report;
}
