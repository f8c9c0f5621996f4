import { readFileSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DataFigures } from "../domain/data-figures.ts";

const LAST_BACKUP = "followd.last-backup";

/** Reads the figures of a data directory; nothing is kept in between. */
export function dataFigures(data: string): DataFigures {
  const database = join(data, "followd.db");
  return {
    ...readFigure("databaseBytes", () => statSync(database).size),
    ...readFigure("logBytes", () => statSync(`${database}-wal`).size),
    ...readFigure("freeBytes", () => {
      const { bavail, bsize } = statfsSync(data);
      return bavail * bsize;
    }),
    ...readFigure("lastBackupAt", () =>
      Date.parse(readFileSync(join(data, LAST_BACKUP), "utf8").trim()),
    ),
  };
}

function readFigure(name: keyof DataFigures, read: () => number): DataFigures {
  try {
    const value = read();
    return Number.isFinite(value) ? { [name]: value } : {};
  } catch {
    return {};
  }
}

/** Notes the time of a backup for the metrics. A directory that can't be written has none. */
export function recordBackupTime(data: string): void {
  try {
    writeFileSync(join(data, LAST_BACKUP), `${new Date().toISOString()}\n`, { mode: 0o600 });
  } catch {
    // The backup is good without it.
  }
}
