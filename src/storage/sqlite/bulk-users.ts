import type { FoundUser } from "../bulk.ts";
import type { RawConnection } from "./raw-connection.ts";

const ROWS_PER_INSERT = 100;

/** Finds users by name in any case. */
export function userFinder(connection: RawConnection): (username: string) => FoundUser | undefined {
  const find = connection.prepare("select id, state, type from users where lower(username) = ?");
  return (username) => find.get(username.toLowerCase()) as FoundUser | undefined;
}

/** Finds users by id. */
export function idFinder(connection: RawConnection): (id: number) => FoundUser | undefined {
  const find = connection.prepare("select id, state, type from users where id = ?");
  return (id) => find.get(id) as FoundUser | undefined;
}

/**
 * Makes active users without addresses, in this order, under names that are free, and returns their
 * ids. `now` is in milliseconds.
 */
export function addUsers(
  connection: RawConnection,
  usernames: readonly string[],
  now: number,
): Float64Array {
  const last = connection.prepare("select seq from sqlite_sequence where name = 'users'").get();
  const { seq } = (last ?? { seq: 0 }) as { seq: number };
  const whole = insertion(connection, ROWS_PER_INSERT);
  for (let from = 0; from < usernames.length; from += ROWS_PER_INSERT) {
    const names = usernames.slice(from, from + ROWS_PER_INSERT);
    const values = names.flatMap((name, place) => [seq + from + place + 1, name, now, now, now]);
    const statement =
      names.length === ROWS_PER_INSERT ? whole : insertion(connection, names.length);
    statement.run(...values);
  }
  return Float64Array.from(usernames, (_, place) => seq + place + 1);
}

function insertion(connection: RawConnection, rows: number) {
  return connection.prepare(
    "insert into users (id, username, confirmed_at, created_at, updated_at) values " +
      Array(rows).fill("(?, ?, ?, ?, ?)").join(", "),
  );
}

/** Every block, as the ids of the blocker and the blocked. */
export function blockedPairs(connection: RawConnection): [number, number][] {
  const rows = connection.prepare("select blocker_id as a, blocked_id as b from blocks").iterate();
  return Array.from(rows, (row) => {
    const { a, b } = row as { a: number; b: number };
    return [a, b];
  });
}
