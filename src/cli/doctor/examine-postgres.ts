import type { Config } from "../../config/config.ts";
import { explainError } from "../../server/explain-error.ts";
import { databaseNameOf } from "../../server/open-engine.ts";
import { loadKey } from "../../server/signing-key-file.ts";
import type { Inspection } from "../../storage/postgres/inspection.ts";
import type { Report } from "./check.ts";

/** Examines a PostgreSQL database; changes nothing without `fix`. */
export async function examinePostgres(config: Config, fix: boolean): Promise<Report[]> {
  const { ownConnection } = await import("../../storage/postgres/connection.ts");
  const { inspections } = await import("../../storage/postgres/inspection.ts");
  const name = databaseNameOf(config);
  const report: Report[] = [key(config)];
  try {
    const own = await ownConnection({
      connectionString: config.database,
      application_name: "followd doctor",
    });
    try {
      for (const each of inspections(own, config.databaseConnections)) {
        const found = await outcome(each, fix, name);
        report.push(found);
        // Without our schema there is nothing else to look at.
        if (each.name === "schema" && found.status === "problem") break;
      }
    } finally {
      await own.close();
    }
  } catch (error) {
    report.push({ check: "database", status: "problem", told: lineFor(error, name) });
  }
  return report;
}

function key(config: Config): Report {
  try {
    loadKey(config, true);
    return { check: "key", status: "ok", told: "" };
  } catch (error) {
    return { check: "key", status: "problem", told: (error as Error).message };
  }
}

async function outcome(
  { name: check, find, fix, tell }: Inspection,
  mending: boolean,
  database: string,
): Promise<Report> {
  try {
    const problem = await find();
    if (problem === undefined) return { check, status: "ok", told: (await tell?.()) ?? "" };
    if (fix === undefined) return { check, status: "problem", told: problem };
    if (!mending) {
      return { check, status: "problem", told: `${problem}; run followd doctor --fix` };
    }
    await fix();
    const left = await find();
    return left === undefined
      ? { check, status: "fixed", told: problem }
      : { check, status: "problem", told: `${left}; it can't be mended` };
  } catch (error) {
    return { check, status: "problem", told: lineFor(error, database) };
  }
}

const lineFor = (error: unknown, name: string): string =>
  (explainError(error, name) as Error).message.split("\n")[0] ?? "";
