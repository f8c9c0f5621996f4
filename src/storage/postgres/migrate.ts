import { migrations } from "../../generated/postgres-migrations.ts";
import { SchemaError } from "../errors.ts";
import type { Lanes, Send } from "./lanes.ts";

const BREAKPOINT = "--> statement-breakpoint";
/** "folw": the advisory lock under which one node migrates while the others wait. */
const LOCK = 0x66_6f_6c_77;

interface Migration {
  name: string;
  sql: string;
}

/**
 * Applies the migrations that the database lacks, all of them or none. Several nodes may start at
 * once. Throws SchemaError for a schema that is newer than this program, or another program's.
 */
export async function migrate(
  lanes: Lanes,
  list: readonly Migration[] = migrations,
): Promise<void> {
  if ((await appliedTo(lanes.query, list)) === list.length) return;
  await lanes.use(async (send) => {
    await send({ text: "begin" });
    try {
      await send({ text: "set local statement_timeout = 0" });
      await send({ text: "set local lock_timeout = 0" });
      await send({ text: "select pg_advisory_xact_lock($1)" }, [LOCK]);
      await send({
        text: "create table if not exists migrations (place smallint primary key, name text not null)",
      });
      const applied = await appliedTo(send, list);
      for (const [place, { name, sql }] of list.entries()) {
        if (place < applied) continue;
        for (const statement of sql.split(BREAKPOINT)) await send({ text: statement });
        await send({ text: "insert into migrations values ($1, $2)" }, [place, name]);
      }
      await send({ text: "commit" });
    } catch (error) {
      await send({ text: "rollback" }).catch(() => undefined);
      throw error;
    }
  });
}

/** How many migrations the database has; throws when its history is not a part of ours. */
async function appliedTo(send: Send, list: readonly Migration[]): Promise<number> {
  const { rows } = await send<{ ours: boolean; used: boolean; name: string }>({
    text: `select to_regclass('migrations') is not null as ours,
      to_regclass('users') is not null as used, current_database() as name`,
  });
  const [{ ours, used, name } = { ours: false, used: false, name: "" }] = rows;
  if (!ours) {
    if (!used) return 0;
    throw new SchemaError(`${name}: this database is another program's; it was left alone.`);
  }
  const { rows: applied } = await send<{ place: number; name: string }>({
    text: "select place, name from migrations order by place",
  });
  const unknown = applied.find(({ place, name: own }) => list[place]?.name !== own);
  if (unknown !== undefined) {
    throw new SchemaError(
      `${name}: its schema (${unknown.name}) is not one that this followd knows. It was made by a ` +
        "newer version; use that one.",
    );
  }
  return applied.length;
}
