import type { Bulk } from "../engine.ts";

const ROWS = 100;

export interface FoundUser {
  id: number;
  state: string;
  type: string;
}

/** Finds users by name in any case. */
export function userFinder(connection: Bulk): (username: string) => FoundUser | undefined {
  const find = connection.prepare("select id, state, type from users where lower(username) = ?");
  return (username) => find.get(username.toLowerCase()) as FoundUser | undefined;
}

/** Finds users by id. */
export function idFinder(connection: Bulk): (id: number) => FoundUser | undefined {
  const find = connection.prepare("select id, state, type from users where id = ?");
  return (id) => find.get(id) as FoundUser | undefined;
}

/**
 * Makes active users without addresses, in this order, under names that nobody has; they get the
 * ids that follow the one that is returned. `now` is in milliseconds.
 */
export function addUsers(connection: Bulk, usernames: readonly string[], now: number): number {
  const last = connection.prepare("select seq from sqlite_sequence where name = 'users'").get();
  const { seq } = (last ?? { seq: 0 }) as { seq: number };
  const whole = insertion(connection, ROWS);
  for (let from = 0; from < usernames.length; from += ROWS) {
    const names = usernames.slice(from, from + ROWS);
    const values = names.flatMap((name, place) => [seq + from + place + 1, name, now, now, now]);
    const statement = names.length === ROWS ? whole : insertion(connection, names.length);
    statement.run(...values);
  }
  return seq;
}

function insertion(connection: Bulk, rows: number) {
  return connection.prepare(
    "insert into users (id, username, confirmed_at, created_at, updated_at) values " +
      Array(rows).fill("(?, ?, ?, ?, ?)").join(", "),
  );
}

/** Everybody who blocks somebody, and whom. */
export function* blockedPairs(connection: Bulk): Generator<[number, number]> {
  const rows = connection.prepare("select blocker_id as a, blocked_id as b from blocks").iterate();
  for (const row of rows) {
    const { a, b } = row as { a: number; b: number };
    yield [a, b];
  }
}
