import type { Config } from "../../config/config.ts";
import { databaseNameOf } from "../../server/open-engine.ts";
import { loadKey } from "../../server/signing-key-file.ts";
import { failedCheck, type Report, runCheck } from "./check.ts";

/** Examines a PostgreSQL database; changes nothing without `fix`. */
export async function examinePostgres(config: Config, fix: boolean): Promise<Report[]> {
  const { ownConnection } = await import("../../storage/postgres/connection.ts");
  const { inspections } = await import("../../storage/postgres/inspection.ts");
  const database = databaseNameOf(config);
  const examination = { database, fix, unfixable: "it can't be mended" };
  const report = [await runCheck(keyCheck(config), examination)];
  try {
    const own = await ownConnection({
      connectionString: config.database,
      application_name: "followd doctor",
    });
    try {
      for (const each of inspections(own, config.databaseConnections)) {
        const found = await runCheck(each, examination);
        report.push(found);
        // Without our schema there is nothing else to look at.
        if (each.name === "schema" && found.status === "problem") break;
      }
    } finally {
      await own.close();
    }
  } catch (error) {
    report.push(failedCheck("database", error, database));
  }
  return report;
}

const keyCheck = (config: Config) => ({
  name: "key",
  find() {
    try {
      loadKey(config, true);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  },
});
