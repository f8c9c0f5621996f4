import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { folders, followd } from "./program.ts";
import { servers } from "./serving.ts";

/** The number of a user without rights on most systems. */
const UNPRIVILEGED = 65_534;

const folder = folders();
const serve = servers(folder);

interface Told {
  code: number | null;
  healthy: boolean;
  /** The status of each check, by its name. */
  status: Record<string, string>;
  /** What each check had to say. */
  told: Record<string, string>;
}

async function doctor(data: string, ...words: string[]): Promise<Told> {
  const { code, stdout, stderr } = await followd(["doctor", "--json", "--data", data, ...words]);
  expect(stderr).toBe("");
  const { healthy, checks } = JSON.parse(stdout) as {
    healthy: boolean;
    checks: { check: string; status: string; told: string }[];
  };
  return {
    code,
    healthy,
    status: Object.fromEntries(checks.map(({ check, status }) => [check, status])),
    told: Object.fromEntries(checks.map(({ check, told }) => [check, told])),
  };
}

/** A data directory with four people, who follow one another. */
async function made(): Promise<string> {
  const [data, file] = [folder(), folder("pairs.csv")];
  writeFileSync(file, "mona,hubot\nhubot,mona\nmona,octocat\noctocat,mona\nhubot,octocat\n");
  const words = ["import", "follows", file, "--create-users", "{id}", "--data", data];
  expect((await followd(words)).code).toBe(0);
  return data;
}

function inside<T>(data: string, work: (connection: SqliteConnection.Database) => T): T {
  const connection = new SqliteConnection(join(data, "followd.db")).unsafeMode();
  try {
    return work(connection);
  } finally {
    connection.close();
  }
}

const counters = (data: string) =>
  inside(data, (engine) =>
    engine.prepare("select username, followers, following from users where id > 1").raw().all(),
  );

/** What SQLite can't say in its own words. */
const unguarded = (data: string, sql: string) =>
  inside(data, (engine) => {
    engine.pragma("foreign_keys = OFF");
    engine.exec(sql);
  });

describe("what can be mended is told, and mended when asked", () => {
  it.each([
    ["counters", "update users set followers = 7, following = followers + 1 where id < 4"],
    ["counters", "update follows set hidden = 3"],
    ["counters", "update follow_sequence set value = 1"],
    [
      "search index",
      `insert into users_search (users_search, rowid, username, name)
       select 'delete', id, username, name from users where username = 'mona'`,
    ],
    ["search index", "insert into users_search (rowid, username, name) values (99, 'ghost', '')"],
    ["search index", "delete from users_search_data where id > 10"],
    ["search index", "insert into emails_search (rowid, email) values (99, 'ghost@b.test')"],
  ])("%s, after %s", async (check, damage) => {
    const data = await made();
    const before = counters(data);
    inside(data, (engine) => engine.exec(damage));
    const sick = await doctor(data);
    expect([sick.code, sick.healthy, sick.status[check]]).toEqual([1, false, "problem"]);
    expect(sick.told[check]).toMatch(/; run followd doctor --fix$/);
    const mended = await doctor(data, "--fix");
    expect([mended.code, mended.healthy, mended.status[check]]).toEqual([0, true, "fixed"]);
    const well = await doctor(data);
    expect([well.code, well.healthy, well.status[check]]).toEqual([0, true, "ok"]);
    expect(counters(data)).toEqual(before);
    const search = ["user", "list", "--search", "mona", "--json", "--data", data];
    expect(JSON.parse((await followd(search)).stdout)).toHaveLength(1);
  });

  it("is not mended without --repair", async () => {
    const data = await made();
    inside(data, (engine) => engine.exec("update users set followers = 7 where id = 2"));
    const { told } = await doctor(data);
    expect(told.counters).toContain("counters of followers and following: 1 wrong");
    expect(counters(data)[0]).toEqual(["mona", 7, 2]);
  });
});

describe("what an operator has to mend", () => {
  it("is a directory without a database, in which nothing is made", async () => {
    const data = folder();
    const { code, status, told } = await doctor(data);
    expect([code, status]).toEqual([1, { "data directory": "problem" }]);
    expect(told["data directory"]).toContain("followd.db is not there");
  });

  it.each<[string, string, (data: string) => void, RegExp]>([
    [
      "permissions",
      "a directory open to others",
      (data) => chmodSync(data, 0o755),
      /is open to other users of this machine; run: chmod 700/,
    ],
    [
      "permissions",
      "a database open to others",
      (data) => chmodSync(join(data, "followd.db"), 0o644),
      /followd\.db is open to other users of this machine; run: chmod 600/,
    ],
    [
      "permissions",
      "a database that its owner can't write",
      (data) => chmodSync(join(data, "followd.db"), 0o400),
      /^their owner can't write them; run: chmod 600 \S+followd\.db$/,
    ],
    [
      "key",
      "a key that is gone",
      (data) => rmSync(join(data, "followd.key")),
      /followd\.key is missing\. Without it no token works/,
    ],
    [
      "key",
      "a key that is short",
      (data) => writeFileSync(join(data, "followd.key"), "short"),
      /followd\.key has 5 bytes; a key needs 32 or more/,
    ],
    [
      "leftover files",
      "half of a backup",
      (data) => {
        mkdirSync(join(data, "backups"), { mode: 0o700 });
        // No process has this number: it is above what Linux gives out.
        writeFileSync(join(data, "backups/x.db.99999999.part"), "");
      },
      /^rm \S+\/backups\/x\.db\.99999999\.part$/,
    ],
    [
      "references",
      "rows that refer to no user",
      (data) =>
        unguarded(
          data,
          `insert into emails (user_id, email, created_at, updated_at)
           values (99, 'a@b.test', 1, 1)`,
        ),
      /^emails: 1; restore a backup$/,
    ],
    [
      "schema",
      "a newer schema",
      (data) => inside(data, (engine) => engine.exec("insert into migrations values ('9999_new')")),
      /was made by a newer version of followd; use that one$/,
    ],
    [
      "database",
      "another program's database",
      (data) => unguarded(data, "drop table migrations; create table migrations (version text)"),
      /database of another program/,
    ],
    [
      "database",
      "a letter in its place",
      (data) => writeFileSync(join(data, "followd.db"), "Dear mother, ".repeat(1000)),
      /is damaged, or not a database; restore it from a backup/,
    ],
    [
      "integrity",
      "a page of nonsense",
      (data) => {
        const file = join(data, "followd.db");
        const bytes = readFileSync(file);
        const connection = new SqliteConnection(file);
        const sql = "select rootpage from sqlite_master where name = 'follows_by_time'";
        const page = connection.prepare(sql).pluck().get() as number;
        connection.close();
        bytes.fill(0xa5, (page - 1) * 4096, page * 4096);
        writeFileSync(file, bytes);
      },
      /restore it from a backup/,
    ],
  ])("is the %s: %s", async (check, _, change, expected) => {
    const data = await made();
    change(data);
    for (const words of [[], ["--fix"]]) {
      const { code, healthy, status, told } = await doctor(data, ...words);
      expect([code, healthy, status[check]]).toEqual([1, false, "problem"]);
      expect(told[check]).toMatch(expected);
    }
  });
});

it("names the log and its index when these alone can't be written", async () => {
  const data = await made();
  // What is left of a server that started while the database was 0400.
  for (const end of ["-wal", "-shm"]) {
    writeFileSync(join(data, `followd.db${end}`), "", { mode: 0o400 });
  }
  const { code, told } = await doctor(data);
  const file = join(data, "followd.db");
  expect([code, told.permissions]).toEqual([
    1,
    `their owner can't write them; run: chmod 600 ${file}-wal ${file}-shm`,
  ]);
});

it("is told the file that is shut, where it is another than the database", () => {
  const data = mkdtempSync(join(tmpdir(), "followd-shut-"));
  chmodSync(data, 0o755);
  const file = join(data, "followd.db");
  for (const end of ["", "-wal"]) writeFileSync(`${file}${end}`, "", { mode: 0o600 });
  writeFileSync(`${file}-shm`, "", { mode: 0o400 });
  // Root may write files of any mode, so another user asks.
  const isRoot = process.getuid?.() === 0;
  if (isRoot)
    for (const end of ["", "-wal", "-shm"]) chownSync(`${file}${end}`, UNPRIVILEGED, UNPRIVILEGED);
  const source = `
    import { explainError } from ${JSON.stringify(join(import.meta.dirname, "../../src/server/explain-error.ts"))};
    if (${isRoot}) process.setuid(${UNPRIVILEGED});
    console.log(explainError({ code: "SQLITE_READONLY" }, ${JSON.stringify(file)}).message);`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", source]);
  expect(String(stdout)).toBe(
    `${file}-shm can't be written; check owner and mode. (SQLITE_READONLY)\n`,
  );
  rmSync(data, { recursive: true });
});

describe("a data directory in good health", () => {
  const ALL_WELL = {
    "data directory": "ok",
    server: "ok",
    triggers: "ok",
    filesystem: "ok",
    permissions: "ok",
    owner: "ok",
    key: "ok",
    "disk space": "ok",
    "leftover files": "ok",
    "kept copies": "ok",
    integrity: "ok",
    schema: "ok",
    references: "ok",
    counters: "ok",
    "search index": "ok",
  };

  it("is a line for each check, and nothing else", async () => {
    const data = await made();
    const { code, stdout, stderr } = await followd(["doctor", "--data", data]);
    expect([code, stderr]).toEqual([0, "All checks passed.\n"]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(Object.keys(ALL_WELL).length);
    for (const line of lines) expect(line).toMatch(/^ok {7}[a-z ]+(: .+)?$/);
  });

  it("is so beside a running server, which it names, and which hears of what was mended", async () => {
    const data = await made();
    const { child, url } = await serve([], data);
    const followers = async () => {
      const headers = { "User-Agent": "test" };
      const answer = await fetch(`${url}/api/v3/users/mona`, { headers });
      return ((await answer.json()) as { followers: number }).followers;
    };
    expect(await followers()).toBe(2);
    inside(data, (engine) => engine.exec("update users set followers = 7 where username = 'mona'"));
    expect(await followers()).toBe(7);
    const { code, status, told } = await doctor(data, "--fix");
    expect([code, status]).toEqual([0, { ...ALL_WELL, counters: "fixed" }]);
    expect(told.server).toContain(`in use by another followd (serve, process ${child.pid}, since`);
    expect(await followers()).toBe(2);
  });

  it("with copies from before an upgrade and a restore is told how much they are", async () => {
    const data = await made();
    expect((await doctor(data)).told["kept copies"]).toBe("none");
    const [old, aside] = ["followd.db.before-0002_gitlab", "followd.db.before-restore-2026"];
    writeFileSync(join(data, old), Buffer.alloc(3 * 2 ** 20), { mode: 0o600 });
    writeFileSync(join(data, aside), Buffer.alloc(1500), { mode: 0o600 });
    const { code, healthy, status, told } = await doctor(data);
    expect([code, healthy, status]).toEqual([0, true, ALL_WELL]);
    const [first, second] = [join(data, old), join(data, aside)];
    expect(told["kept copies"]).toBe(
      `${first} (3 MB), ${second} (2 KB); unless needed: rm ${first} ${second}`,
    );
  });

  it("that an older followd made is told of, and looked at as far as it goes", async () => {
    const data = folder();
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(join(data, "followd.key"), "k".repeat(32), { mode: 0o600 });
    const fixture = readFileSync(join(import.meta.dirname, "../fixtures/schema-0001.sql"), "utf8");
    inside(data, (engine) => engine.exec(fixture));
    chmodSync(join(data, "followd.db"), 0o600);
    const { code, status, told } = await doctor(data);
    const { counters: _, "search index": __, ...before } = ALL_WELL;
    expect([code, status]).toEqual([0, before]);
    expect(told.schema).toMatch(/^\d+ migrations behind; the next start brings it up to date$/);
  });
});
