import { existsSync, renameSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { CommandError, UsageError } from "../../command-error.ts";
import type { Config } from "../../config/config.ts";
import { giveFilesToOwner } from "../../server/data-directory.ts";
import { explainError } from "../../server/explain-error.ts";
import { databaseFileOf, databaseNameOf, openEngine } from "../../server/open-engine.ts";
import { lockData } from "../../server/server-lock.ts";
import { loadKey } from "../../server/signing-key-file.ts";
import type { TableChecksum } from "../../storage/postgres/move.ts";
import { fsyncDirectory, fsyncFile } from "../../storage/sqlite/backup.ts";
import { openSqlite } from "../../storage/sqlite/open.ts";
import { configOf, print, printInfo, verb } from "../command.ts";
import { openProgress } from "../progress.ts";

const HELP = `
From the file of --data into an empty PostgreSQL database, as \`followd move postgres://user@host/name\`;
or, with --database, out of one into a new file, as \`followd move followd.db\`. Ids, tokens, passwords,
pictures, the audit log and the order of following stay as they are, so that tokens and links stay good
under the same key. All servers have to be stopped. At the end every table of both ends is counted and
its checksum compared; what is there already is never written to.`;

const POSTGRES = /^postgres(ql)?:\/\//;

export function command(): Command {
  return verb("move", "Moves everything into another database: SQLite to PostgreSQL, or back.")
    .argument("<to>", "address of a database, or a file that is not there yet")
    .addHelpText("after", HELP)
    .action(move);
}

async function move(to: string, options: { json?: boolean }): Promise<void> {
  const config = configOf(options);
  const into = POSTGRES.test(to);
  if (into && config.database !== undefined) {
    throw new UsageError("Both are PostgreSQL; use pg_dump and pg_restore.");
  }
  if (!into && config.database === undefined) {
    throw new UsageError("Both are files; use followd backup.");
  }
  if (into && URL.parse(to)?.password) {
    throw new UsageError(
      "The address has a password, which other users of this machine can read; put it into " +
        "~/.pgpass or PGPASSWORD.",
    );
  }
  const progress = await openProgress();
  const show = (table: string, rows: number) => progress.show(table, rows, rows);
  try {
    const tables = into
      ? await intoPostgres(config, to, show)
      : await intoFile(config, resolve(to), show);
    progress.close();
    print(options.json, { to, tables }, tableOf(tables));
    if (options.json !== true) printInfo(`Every table is the same at both ends: ${to}`);
  } finally {
    progress.close();
  }
}

type Show = (table: string, rows: number) => void;

async function intoPostgres(config: Config, to: string, show: Show): Promise<TableChecksum[]> {
  const file = databaseFileOf(config);
  if (!existsSync(file)) throw new CommandError(`${file} is not there: nothing to move.`);
  const { moveInto, withSnapshot, checksumTables } = await import("../../storage/postgres/move.ts");
  const { openPostgres } = await import("../../storage/postgres/open.ts");
  const { openFileSnapshot } = await import("../../storage/sqlite/snapshot.ts");
  const key = loadKey(config, true);
  const lock = lockData(config, "move");
  try {
    // Brings the file's schema up to date; its rows are only read.
    await openSqlite({ file }).close();
    const target = await openPostgres({ url: to, connections: 5, wait: config.databaseWait });
    const { connection } = target;
    await target.close();
    const source = openFileSnapshot(file);
    try {
      await moveInto(connection, source, show);
      const before = await checksumTables(source, show);
      const after = await withSnapshot(connection, (snapshot) => checksumTables(snapshot, show));
      await requireSame(before, after);
      // Notes the key, without which no other server may use the database.
      await (await openEngine({ ...config, database: to }, key)).close();
      return after;
    } finally {
      source.close();
    }
  } catch (error) {
    throw explainRefusal(error, databaseNameOf({ ...config, database: to }));
  } finally {
    lock.release();
    giveFilesToOwner(config);
  }
}

async function intoFile(config: Config, file: string, show: Show): Promise<TableChecksum[]> {
  const { withSnapshot, checksumTables } = await import("../../storage/postgres/move.ts");
  const { openPostgres } = await import("../../storage/postgres/open.ts");
  const { shapes } = await import("../../storage/postgres/shapes.ts");
  const { openFileSnapshot, writeFileFrom } = await import("../../storage/sqlite/snapshot.ts");
  if (existsSync(file)) throw new CommandError(`${file} is there already; choose another name.`);
  const name = databaseNameOf(config);
  const draft = `${file}.${process.pid}.part`;
  process.umask(0o077);
  try {
    const url = config.database ?? "";
    const engine = await openPostgres({ url, connections: 5, wait: config.databaseWait });
    const { connection } = engine;
    await engine.close();
    return await withSnapshot(connection, async (snapshot) => {
      await writeFileFrom(draft, shapes(), snapshot, show);
      const written = openFileSnapshot(draft);
      try {
        const before = await checksumTables(snapshot, show);
        const after = await checksumTables(written, show);
        await requireSame(before, after);
        return after;
      } finally {
        written.close();
        fsyncFile(draft);
        renameSync(draft, file);
        fsyncDirectory(file);
      }
    });
  } catch (error) {
    throw explainRefusal(error, name);
  } finally {
    for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(draft + end, { force: true });
  }
}

async function requireSame(before: TableChecksum[], after: TableChecksum[]): Promise<void> {
  const { differing } = await import("../../storage/postgres/move.ts");
  const wrong = differing(before, after);
  if (wrong.length === 0) return;
  throw new CommandError(`These tables differ after the move: ${wrong.join(", ")}. Don't use it.`);
}

function explainRefusal(error: unknown, name: string): unknown {
  if (error instanceof Error && error.name === "UnfitDatabaseError") {
    return new CommandError(`${name}: ${error.message}; nothing was changed.`);
  }
  return explainError(error, name);
}

function tableOf(tables: readonly TableChecksum[]): string {
  const lines = tables.map(
    ({ table, rows, sha256 }) => `${table.padEnd(22)}${String(rows).padStart(12)}  ${sha256}`,
  );
  return lines.join("\n");
}
