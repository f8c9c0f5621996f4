import type Pg from "pg";
import { DuplicateRowError, type RowsOfUser, type UserStage, type UserWriter } from "../bulk.ts";
import { copyRow, ownConnection } from "./connection.ts";
import type { Result, Send } from "./lanes.ts";

type Row = RowsOfUser["columns"];

const USERS_PER_PAGE = 1000;

/** Users wait in a temporary table of a connection of its own. */
export async function stageUsers(connection: Pg.ClientConfig): Promise<UserStage> {
  const own = await ownConnection(connection);
  await own.send({
    text: "create temp table staged_users (line bigint primary key, user_text text)",
  });
  return {
    add: (lines) =>
      own.copy(
        "staged_users (line, user_text)",
        lines.map(([line, user]) => copyRow(line, user)),
      ),
    async *users() {
      for (let last = -1; ; ) {
        const { rows: batch } = await own.send<{ line: number; user: string }>(
          {
            text: `select line, user_text as "user" from staged_users
              where line > $1::bigint order by line limit ${USERS_PER_PAGE}`,
          },
          [last],
        );
        yield* batch;
        if (batch.length < USERS_PER_PAGE) return;
        last = batch.at(-1)?.line ?? 0;
      }
    },
    close: () => own.close(),
  };
}

/** Triggers keep the counters and marks of follows. Values come as texts, so 1 is true. */
export class PostgresUserWriter implements UserWriter {
  readonly #send: Send;
  /** Tables whose rows came with ids. */
  readonly #numbered = new Set<string>();

  constructor(send: Send) {
    this.#send = send;
  }

  async find(username: string): Promise<number | undefined> {
    const { rows } = await this.#run<{ id: number }>(
      // Until the end of the import it can't be deleted: follows and blocks are about to name it.
      "select id from users where lower(username) = lower($1) for key share",
      [username],
    );
    return rows[0]?.id;
  }

  add(rows: RowsOfUser, now: number): Promise<number> {
    return this.#together(async () => {
      const createdAt = rows.columns.created_at ?? now;
      const times = { created_at: createdAt, updated_at: createdAt, confirmed_at: createdAt };
      const { rows: made } = await this.#insert<{ id: number }>(
        "users",
        { ...times, ...rows.columns },
        "returning id",
      );
      const { id } = made[0] as { id: number };
      await this.#writeParts(id, rows, now);
      return id;
    });
  }

  update(id: number, rows: RowsOfUser, now: number): Promise<void> {
    return this.#together(async () => {
      const columns = { updated_at: now, ...rows.columns };
      const names = Object.keys(columns);
      const sets = names.map((name, place) => `"${name}" = $${place + 1}`).join(", ");
      const text = `update users set ${sets} where id = $${names.length + 1}`;
      await this.#run(text, [...Object.values(columns), id]);
      for (const table of Object.keys(rows.lists)) {
        await this.#run(`delete from ${table} where user_id = $1`, [id]);
      }
      await this.#writeParts(id, rows, now);
    });
  }

  async emptiedTexts(id: number): Promise<string> {
    const { rows } = await this.#run<{ emptied_texts: string }>(
      "select emptied_texts from users where id = $1",
      [id],
    );
    return rows[0]?.emptied_texts ?? "";
  }

  async setCreator(id: number, creatorId: number | null): Promise<void> {
    await this.#run("update users set created_by_id = $1 where id = $2", [creatorId, id]);
  }

  async block(blockerId: number, blockedId: number, at: number): Promise<void> {
    await this.#run(
      `insert into blocks (blocker_id, blocked_id, created_at) values ($1, $2, $3)
        on conflict do nothing`,
      [blockerId, blockedId, at],
    );
    const end = "delete from follows where follower_id = $1 and followed_id = $2";
    await this.#run(end, [blockerId, blockedId]);
    await this.#run(end, [blockedId, blockerId]);
  }

  async nameSource(type: "Namespace" | "Project", id: number, name: string): Promise<void> {
    await this.#run(
      `insert into sources (type, id, name) values ($1, $2, $3)
        on conflict (type, id) do update set name = excluded.name`,
      [type, id, name],
    );
  }

  /**
   * Moves what gives out ids behind those that were given. Others may take ids meanwhile, so it is
   * never moved back.
   */
  async skipGivenIds(): Promise<void> {
    for (const table of this.#numbered) {
      const sequence = `pg_get_serial_sequence('${table}', 'id')`;
      await this.#run(
        `select setval(${sequence}, largest) from (select max(id) as largest from ${table}) as given
          where largest > coalesce(pg_sequence_last_value(${sequence}), 0)`,
        [],
      );
    }
  }

  async #writeParts(id: number, { lists, singles, primary }: RowsOfUser, now: number) {
    for (const [table, rows] of Object.entries(lists)) {
      for (const row of rows) await this.#insert(table, { user_id: id, ...row });
    }
    for (const [table, row] of Object.entries(singles)) {
      if (row === null) await this.#run(`delete from ${table} where user_id = $1`, [id]);
      else await this.#insert(table, { user_id: id, ...row }, upsertOf(row));
    }
    if (primary !== undefined) await this.#setPrimary(id, primary, now);
  }

  async #setPrimary(userId: number, email: string, now: number): Promise<void> {
    const found = await this.#run(
      "update emails set email = $1, updated_at = $2 where user_id = $3 and is_primary",
      [email, now, userId],
    );
    if ((found.rowCount ?? 0) > 0) return;
    const times = { confirmed_at: now, created_at: now, updated_at: now };
    await this.#insert("emails", { user_id: userId, email, is_primary: 1, ...times });
  }

  #insert<Returned>(table: string, row: Row, ending = ""): Promise<Result<Returned>> {
    const names = Object.keys(row);
    if (row.id !== undefined) this.#numbered.add(table);
    const places = names.map((_, place) => `$${place + 1}`).join(", ");
    const columns = names.map((name) => `"${name}"`).join(", ");
    return this.#run<Returned>(
      `insert into ${table} (${columns}) values (${places}) ${ending}`,
      Object.values(row),
    );
  }

  #run<Returned>(text: string, values: unknown[]): Promise<Result<Returned>> {
    return this.#send<Returned>({ text }, values);
  }

  async #together<T>(work: () => Promise<T>): Promise<T> {
    await this.#run("savepoint one_user", []);
    try {
      const done = await work();
      await this.#run("release one_user", []);
      return done;
    } catch (error) {
      await this.#run("rollback to one_user", []);
      throw duplicateFrom(error);
    }
  }
}

const upsertOf = (row: Row): string =>
  `on conflict (user_id) do update set ${Object.keys(row)
    .map((name) => `"${name}" = excluded."${name}"`)
    .join(", ")}`;

function duplicateFrom(error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === "23505" ? new DuplicateRowError(constraint ?? "a value") : error;
}
