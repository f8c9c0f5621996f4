import { DuplicateRowError, type RowsOfUser, type UserStage, type UserWriter } from "../bulk.ts";
import type { RawConnection } from "./raw-connection.ts";

type Row = RowsOfUser["columns"];

const USERS_PER_BATCH = 1000;

/** Users wait in a temporary table, which is no part of the file. */
export function openUserStage(connection: RawConnection): UserStage {
  const close = () => connection.exec("drop table if exists temp.staged_users");
  close();
  connection.exec("create temp table staged_users (line integer primary key, user text)");
  const insertion = connection.prepare("insert into temp.staged_users (line, user) values (?, ?)");
  const read = connection.prepare(
    "select line, user from temp.staged_users where line > ? order by line limit ?",
  );
  return {
    add: async (lines) => {
      for (const [line, user] of lines) insertion.run(line, user);
    },
    async *users() {
      for (let last = Number.MIN_SAFE_INTEGER; ; ) {
        // A statement that is being read would keep others from writing.
        const batch = [...read.iterate(last, USERS_PER_BATCH)] as { line: number; user: string }[];
        yield* batch;
        if (batch.length < USERS_PER_BATCH) return;
        last = batch.at(-1)?.line ?? 0;
      }
    },
    close: async () => close(),
  };
}

/** A load that is at least this part of the table that it makes builds its indexes anew. */
const MIN_REBUILD_SHARE = 0.5;
const BARE = ["users", "emails", "identities", "custom_attributes"];
/** Searches by any part of a text, which are built from their tables at the end. */
const SEARCHES = ["users_search", "emails_search"];

interface Part {
  type: string;
  name: string;
  tbl_name: string;
  sql: string;
}

/**
 * Runs a load of so many users. A large one finds the tables without the indexes and triggers that
 * only reading needs; they are made again afterwards.
 */
export async function withoutReadIndexes<T>(
  connection: RawConnection,
  count: number,
  load: () => Promise<T>,
): Promise<T> {
  const { size } = connection.prepare("select count(*) as size from users").get() as {
    size: number;
  };
  if (count < MIN_REBUILD_SHARE * (size + count) || count < 1000) return load();
  const places = BARE.map(() => "?").join(", ");
  const all = [
    ...connection
      .prepare(`select type, name, tbl_name, sql from sqlite_master where tbl_name in (${places})`)
      .iterate(...BARE),
  ] as Part[];
  const bare = all.filter(
    ({ type, name, sql }) =>
      (type === "index" && sql !== null && !sql.startsWith("CREATE UNIQUE")) ||
      (type === "trigger" && SEARCHES.some((search) => name === `${search}_inserted`)),
  );
  for (const { type, name } of bare) connection.exec(`drop ${type} "${name}"`);
  const done = await load();
  for (const { sql } of bare) connection.exec(sql);
  for (const name of SEARCHES) connection.exec(`insert into ${name} (${name}) values ('rebuild')`);
  connection.exec("pragma analysis_limit = 1000; analyze");
  return done;
}

/** Triggers keep the counters and marks of follows. */
export class SqliteUserWriter implements UserWriter {
  readonly #connection: RawConnection;
  readonly #statements = new Map<string, ReturnType<RawConnection["prepare"]>>();

  constructor(connection: RawConnection) {
    this.#connection = connection;
  }

  async find(username: string): Promise<number | undefined> {
    const sql = "select id from users where lower(username) = ?";
    return (this.#get(sql).get(username.toLowerCase()) as { id: number } | undefined)?.id;
  }

  async add(rows: RowsOfUser, now: number): Promise<number> {
    return this.#together(() => {
      const createdAt = rows.columns.created_at ?? now;
      const times = { created_at: createdAt, updated_at: createdAt, confirmed_at: createdAt };
      this.#insert("users", { ...times, ...rows.columns });
      const { id } = this.#get("select last_insert_rowid() as id").get() as { id: number };
      this.#writeParts(id, rows, now);
      return id;
    });
  }

  async update(id: number, rows: RowsOfUser, now: number): Promise<void> {
    this.#together(() => {
      const columns = { updated_at: now, ...rows.columns };
      const names = Object.keys(columns);
      const sets = names.map((name) => `"${name}" = ?`).join(", ");
      this.#get(`update users set ${sets} where id = ?`).run(...Object.values(columns), id);
      for (const table of Object.keys(rows.lists)) {
        this.#get(`delete from ${table} where user_id = ?`).run(id);
      }
      this.#writeParts(id, rows, now);
    });
  }

  async emptiedTexts(id: number): Promise<string> {
    const row = this.#get("select emptied_texts from users where id = ?").get(id);
    return (row as { emptied_texts: string } | undefined)?.emptied_texts ?? "";
  }

  async setCreator(id: number, creatorId: number | null): Promise<void> {
    this.#get("update users set created_by_id = ? where id = ?").run(creatorId, id);
  }

  async block(blockerId: number, blockedId: number, at: number): Promise<void> {
    this.#get(
      `insert into blocks (blocker_id, blocked_id, created_at) values (?, ?, ?)
        on conflict do nothing`,
    ).run(blockerId, blockedId, at);
    const end = this.#get("delete from follows where follower_id = ? and followed_id = ?");
    end.run(blockerId, blockedId);
    end.run(blockedId, blockerId);
  }

  async nameSource(type: "Namespace" | "Project", id: number, name: string): Promise<void> {
    this.#get(
      `insert into sources (type, id, name) values (?, ?, ?)
        on conflict do update set name = excluded.name`,
    ).run(type, id, name);
  }

  #writeParts(id: number, { lists, singles, primary }: RowsOfUser, now: number): void {
    for (const [table, rows] of Object.entries(lists)) {
      for (const row of rows) this.#insert(table, { user_id: id, ...row });
    }
    for (const [table, row] of Object.entries(singles)) {
      if (row === null) this.#get(`delete from ${table} where user_id = ?`).run(id);
      else this.#upsert(table, { user_id: id, ...row });
    }
    if (primary !== undefined) this.#setPrimary(id, primary, now);
  }

  #setPrimary(userId: number, email: string, now: number): void {
    const found = this.#get(
      "update emails set email = ?, updated_at = ? where user_id = ? and is_primary = 1",
    ).run(email, now, userId);
    if (found.changes > 0) return;
    const times = { confirmed_at: now, created_at: now, updated_at: now };
    this.#insert("emails", { user_id: userId, email, is_primary: 1, ...times });
  }

  #insert(table: string, row: Row) {
    const names = Object.keys(row);
    const places = names.map(() => "?").join(", ");
    const columns = names.map((name) => `"${name}"`).join(", ");
    return this.#get(`insert into ${table} (${columns}) values (${places})`).run(
      ...Object.values(row),
    );
  }

  #upsert(table: string, row: Row): void {
    const names = Object.keys(row);
    const places = names.map(() => "?").join(", ");
    const columns = names.map((name) => `"${name}"`).join(", ");
    const sets = names.map((name) => `"${name}" = excluded."${name}"`).join(", ");
    this.#get(
      `insert into ${table} (${columns}) values (${places}) on conflict (user_id) do update set ${sets}`,
    ).run(...Object.values(row));
  }

  #get(sql: string) {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #together<T>(work: () => T): T {
    this.#get("savepoint one_user").run();
    try {
      const done = work();
      this.#get("release one_user").run();
      return done;
    } catch (error) {
      this.#get("rollback to one_user").run();
      this.#get("release one_user").run();
      throw duplicateFrom(error);
    }
  }
}

const TAKEN = /UNIQUE constraint failed: (?:index '([^']+)'|(.+))/;

function duplicateFrom(error: unknown): unknown {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  if (!code.startsWith("SQLITE_CONSTRAINT")) return error;
  const [, index, columns] = TAKEN.exec(message) ?? [];
  const place = index ?? columns;
  return place === undefined ? error : new DuplicateRowError(place);
}
