import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { complaint, folders, followd } from "./program.ts";
import { servers } from "./serving.ts";

const folder = folders();
const serve = servers(folder);
const restore = (data: string, file: string, ...words: string[]) =>
  followd(["restore", file, "--data", data, ...words]);
const createUser = (data: string, name: string) =>
  followd(["user", "create", name, "--email", `${name}@example.test`, "--data", data]);
async function names(data: string): Promise<string[]> {
  const { stdout } = await followd(["user", "list", "--json", "--data", data]);
  return (JSON.parse(stdout) as { username: string }[]).map(({ username }) => username);
}

/** A data directory with mona, a backup of it, and hubot who came after that. */
async function backedUp(...words: string[]): Promise<{ data: string; file: string }> {
  const [data, file] = [folder(), folder("backup.db")];
  await createUser(data, "mona");
  const { code, stderr } = await followd(["backup", file, "--json", "--data", data, ...words]);
  expect([code, stderr]).toEqual([0, ""]);
  await createUser(data, "hubot");
  return { data, file };
}

/** The names of what there is, with the times out of them. */
/** What is in a data directory, but for the note of the last backup. */
const listing = (data: string) =>
  readdirSync(data)
    .filter((name) => name !== "followd.last-backup")
    .map((name) => name.replace(/-\d{4}.*Z/, "-TIME"))
    .sort();

/** The file with other content, and a checksum that fits it. */
function spoil(file: string, change: (connection: SqliteConnection.Database) => void): void {
  const connection = new SqliteConnection(file);
  change(connection);
  connection.close();
  rmSync(`${file}.sha256`);
}

describe("what is refused, with nothing changed", () => {
  const unchanged = async (data: string) => {
    expect(await names(data)).toEqual(["root", "mona", "hubot"]);
    expect(listing(data)).toEqual(["followd.db", "followd.key", "followd.lock"]);
  };

  it("is a directory that a server runs on", async () => {
    const { data, file } = await backedUp();
    const { child, ended: gone } = await serve([], data);
    const ended = await restore(data, file);
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toMatch(
      new RegExp(`^${data} is in use by another followd \\(serve, process ${child.pid}, since `),
    );
    child.kill();
    await gone;
    await unchanged(data);
  });

  it("is a database that another program has open", async () => {
    const { data, file } = await backedUp();
    const other = new SqliteConnection(join(data, "followd.db"));
    other.prepare("select 1 from users").get();
    const ended = await restore(data, file);
    other.close();
    expect(complaint(ended)).toBe(
      `${join(data, "followd.db")} is open in another program; end that one first.`,
    );
    await unchanged(data);
  });

  it("is a file that is not there", async () => {
    const { data } = await backedUp();
    expect(complaint(await restore(data, "/nowhere.db"))).toBe("There is no file /nowhere.db.");
  });

  it("is a file that is not what it was", async () => {
    const { data, file } = await backedUp();
    // In a page that nothing refers to, where no check of the structure looks.
    appendFileSync(file, Buffer.alloc(4096));
    expect(complaint(await restore(data, file))).toBe(
      `${file} is not what it was: its SHA-256 is another than in ${file}.sha256. Nothing was changed.`,
    );
    await unchanged(data);
  });

  it.each([
    [
      "a damaged file",
      /is damaged.* Nothing was changed\.$/,
      (file: string) => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 8192, bytes.length - 4096);
        writeFileSync(file, bytes);
        rmSync(`${file}.sha256`);
      },
    ],
    [
      "half a file",
      /is damaged.* Nothing was changed\.$/,
      (file: string) => {
        const bytes = readFileSync(file);
        writeFileSync(file, bytes.subarray(0, bytes.length / 2));
        rmSync(`${file}.sha256`);
      },
    ],
    [
      "a letter",
      /is damaged, or not a database.* Nothing was changed\.$/,
      (file: string) => {
        writeFileSync(file, "Dear mother, ".repeat(1000));
        rmSync(`${file}.sha256`);
      },
    ],
    [
      "a database that a newer followd made",
      /it was made by a newer version of followd; use that one\.$/,
      (file: string) =>
        spoil(file, (engine) => engine.exec("insert into migrations values ('9999_new')")),
    ],
    [
      "another program's database",
      /this is a database of another program/,
      (file: string) =>
        spoil(file, (engine) =>
          engine.exec("drop table migrations; create table migrations (version)"),
        ),
    ],
    [
      "an empty database",
      /there is nothing in it\.$/,
      (file: string) => {
        writeFileSync(file, "");
        rmSync(`${file}.sha256`);
      },
    ],
    [
      "one with rows that refer to nothing",
      /is damaged: emails: 1\. Nothing was changed\.$/,
      (file: string) =>
        spoil(file, (engine) => {
          engine.pragma("foreign_keys = OFF");
          engine.exec(
            "insert into emails (user_id, email, created_at, updated_at) values (9,'a',1,1)",
          );
        }),
    ],
  ])("is %s", async (_, expected, change) => {
    const { data, file } = await backedUp();
    change(file);
    const ended = await restore(data, file);
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toMatch(expected);
    expect(complaint(ended)).toContain(`${file}`);
    await unchanged(data);
  });
});

describe("restoring", () => {
  it("brings back what was, keeps what is, and lets old tokens in again", async () => {
    const { data, file } = await backedUp();
    const { stdout: token } = await followd(["token", "create", "mona", "--data", data]);
    const again = folder("again.db");
    await followd(["backup", again, "--data", data]);
    await followd(["token", "revoke", "1", "--data", data]);
    chmodSync(again, 0o644);
    const { code, stdout, stderr } = await restore(data, again);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(/: 3 users, 0 follows\.\nWhat was there is kept as \S+\n$/);
    expect(listing(data)).toEqual([
      "followd.db",
      "followd.db.before-restore-TIME",
      "followd.key",
      "followd.lock",
    ]);
    expect((statSync(join(data, "followd.db")).mode & 0o777).toString(8)).toBe("600");
    const { child, url, ended } = await serve([], data);
    const headers = { Authorization: `token ${token.trim()}`, "User-Agent": "test" };
    expect((await fetch(`${url}/api/v3/user`, { headers })).status).toBe(200);
    child.kill();
    await ended;
    expect((await restore(data, file)).code).toBe(0);
    expect(await names(data)).toEqual(["root", "mona"]);
  });

  it("says so as JSON, and when there was no checksum", async () => {
    const { data, file } = await backedUp();
    rmSync(`${file}.sha256`);
    const { stdout } = await restore(data, file, "--json");
    const told = JSON.parse(stdout);
    expect(told).toEqual({
      file: join(data, "followd.db"),
      kept: expect.stringMatching(/followd\.db\.before-restore-/),
      checksum: false,
      users: 2,
      follows: 0,
      key: true,
    });
    // What is kept is whole, and can be put back the same way.
    expect((await restore(data, told.kept)).code).toBe(0);
    expect(await names(data)).toEqual(["root", "mona", "hubot"]);
  });

  it("sets up another machine, key and all", async () => {
    const { file } = await backedUp("--with-key");
    const data = folder();
    const { code, stderr } = await restore(data, file);
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/kept|missing/);
    expect(readFileSync(join(data, "followd.key"))).toEqual(readFileSync(`${file}.key`));
    expect(await names(data)).toEqual(["root", "mona"]);
  });

  it("tells that the key is missing where it is, and leaves another one alone", async () => {
    const { file } = await backedUp("--with-key");
    const data = folder();
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(join(data, "followd.key"), "k".repeat(32), { mode: 0o600 });
    expect((await restore(data, file)).code).toBe(0);
    expect(readFileSync(join(data, "followd.key"), "utf8")).toBe("k".repeat(32));
    rmSync(`${file}.key`);
    const bare = folder();
    expect((await restore(bare, file)).stderr).toContain(
      `${join(bare, "followd.key")} is missing: put the key back, too, or no token works.`,
    );
  });

  it("replaces a database that can't be read any more, and keeps it with its log", async () => {
    const { data, file } = await backedUp();
    const { child, ended } = await serve([], data);
    await createUser(data, "late");
    child.kill("SIGKILL");
    await ended;
    expect(existsSync(join(data, "followd.db-wal"))).toBe(true);
    writeFileSync(join(data, "followd.db"), "no database any more".repeat(500));
    expect((await restore(data, file)).code).toBe(0);
    expect(await names(data)).toEqual(["root", "mona"]);
    expect(listing(data)).toEqual([
      "followd.db",
      "followd.db.before-restore-TIME",
      "followd.db.before-restore-TIME-wal",
      "followd.key",
      "followd.lock",
    ]);
  });

  it("takes a copy that was made by hand, with the log that belongs to it", async () => {
    const { data } = await backedUp();
    const { child, ended } = await serve([], data);
    await createUser(data, "late");
    child.kill("SIGKILL");
    await ended;
    const copy = folder("copy.db");
    for (const part of ["", "-wal"]) copyFileSync(join(data, `followd.db${part}`), copy + part);
    const elsewhere = folder();
    mkdirSync(elsewhere, { mode: 0o700 });
    copyFileSync(join(data, "followd.key"), join(elsewhere, "followd.key"));
    expect((await restore(elsewhere, copy)).code).toBe(0);
    expect(await names(elsewhere)).toEqual(["root", "mona", "hubot", "late"]);
  });
});
