import SqliteConnection from "better-sqlite3";

/**
 * Who follows whom by name, in the order of following. Numbers are sorted, not names, which would
 * take several times the room; without a limit SQLite would see no reason to sort in there.
 */
const FOLLOWS = `
  select a.username as follower, b.username as followed
  from (select follower_id, followed_id from follows order by seq limit -1) as ordered
  cross join users as a on a.id = ordered.follower_id
  cross join users as b on b.id = ordered.followed_id`;

/** Nothing that opens doors: no password, no second factor, no token. */
const USERS = `
  select id, username, name, state, type, admin, bio, location, organization, website_url, twitter,
    linkedin, skype, discord, job_title, pronouns, hireable, public_email, timezone, note,
    private_profile, followers, following, created_at, updated_at,
    (select json_group_array(json_object('email', email, 'primary', is_primary,
      'confirmed_at', confirmed_at) order by emails.id) from emails where user_id = users.id) as emails
  from users order by id`;

const FLAGS = ["admin", "private_profile", "hireable"];
const TIMES = ["created_at", "updated_at"];

type Row = Record<string, unknown>;

/** One moment of a database, to be read from its first row to its last while others write on. */
export interface Snapshot {
  follows(): Iterable<{ follower: string; followed: string }>;
  users(): Iterable<Row>;
  close(): void;
}

/** Opens a database that is up to date. It is read row by row, whatever its size. */
export function openSnapshot(file: string): Snapshot {
  const connection = new SqliteConnection(file, { readonly: true, fileMustExist: true });
  return {
    follows: () =>
      connection.prepare(FOLLOWS).iterate() as Iterable<{ follower: string; followed: string }>,
    *users() {
      for (const row of connection.prepare(USERS).iterate()) yield shown(row as Row);
    },
    close: () => connection.close(),
  };
}

/** As JSON has such values, where SQLite has but numbers and text. */
function shown(row: Row): Row {
  const emails = (JSON.parse(String(row.emails)) as Row[]).map((email) => ({
    ...email,
    primary: email.primary === 1,
    confirmed_at: timeOf(email.confirmed_at),
  }));
  const flags = FLAGS.map((name) => [name, row[name] === null ? null : row[name] === 1]);
  const times = TIMES.map((name) => [name, timeOf(row[name])]);
  return { ...row, ...Object.fromEntries([...flags, ...times]), emails };
}

const timeOf = (value: unknown): string | null =>
  typeof value === "number" ? new Date(value).toISOString() : null;
