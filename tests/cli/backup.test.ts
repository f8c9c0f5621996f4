import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { eventually } from "../support/eventually.ts";
import { complaint, folders, followd } from "./program.ts";
import { servers } from "./serving.ts";

const folder = folders();
const serve = servers(folder);
const backup = (data: string, ...words: string[]) => followd(["backup", "--data", data, ...words]);
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const digestOf = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** A data directory with root, and so many more users. */
async function made(users = 0): Promise<string> {
  const data = folder();
  const names = Array.from({ length: users }, (_, n) => `user-${n}`);
  const pairs = `${names.map((name) => `root,${name}`).join("\n")}\n`;
  const file = folder("pairs.csv");
  writeFileSync(file, pairs);
  const words = ["import", "follows", file, "--create-users", "{id}", "--no-header"];
  expect((await followd([...words, "--data", data])).code).toBe(0);
  return data;
}

/** A place for backups that is there. */
function shelf(): string {
  const path = folder("shelf");
  mkdirSync(path);
  return path;
}

const count = (file: string, table: string) => {
  const connection = new SqliteConnection(file, { readonly: true });
  const found = connection.prepare(`select count(*) from ${table}`).pluck().get();
  connection.close();
  return found;
};

describe("what is refused, with nothing left behind", () => {
  it("is a directory without a database, which stays as it is", async () => {
    const data = folder();
    const ended = await backup(data);
    expect(complaint(ended)).toBe(`${join(data, "followd.db")} is not there: nothing to back up.`);
    expect(ended.code).toBe(1);
    expect(existsSync(data)).toBe(false);
  });

  it("is a name that is taken", async () => {
    const [data, file] = [await made(), join(shelf(), "taken.db")];
    writeFileSync(file, "precious");
    const ended = await backup(data, file);
    expect(complaint(ended)).toBe(`${file} is there already; choose another name.`);
    expect(readFileSync(file, "utf8")).toBe("precious");
    expect(readdirSync(dirname(file))).toEqual(["taken.db"]);
  });

  it("is a folder that is not there", async () => {
    const ended = await backup(await made(), "/nowhere/at/all.db");
    expect(complaint(ended)).toBe("/nowhere/at is not there; make it first.");
  });

  it("is a database that is damaged", async () => {
    const [data, file] = [await made(2000), join(shelf(), "bad.db")];
    const bytes = readFileSync(join(data, "followd.db"));
    bytes.fill(0xa5, 40_000, 120_000);
    writeFileSync(join(data, "followd.db"), bytes);
    const ended = await backup(data, file);
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toMatch(/damaged/);
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it("is another program's database", async () => {
    const [data, file] = [folder(), join(shelf(), "strange.db")];
    mkdirSync(data, { mode: 0o700 });
    const connection = new SqliteConnection(join(data, "followd.db"));
    connection.exec("create table recipes (name text)");
    connection.close();
    expect(complaint(await backup(data, file))).toMatch(/database of another program/);
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it("is a key that is missing, when it is asked for", async () => {
    const [data, file] = [await made(), join(shelf(), "keyless.db")];
    rmSync(join(data, "followd.key"));
    expect(complaint(await backup(data, file, "--with-key"))).toBe(
      `${join(data, "followd.key")} is missing, so it can't be copied.`,
    );
    expect(readdirSync(dirname(file))).toEqual([]);
  });
});

describe("a backup", () => {
  it("is one whole file that no other user may read, with its checksum, and without the key", async () => {
    const [data, file] = [await made(50), join(shelf(), "whole.db")];
    const { code, stdout, stderr } = await backup(data, file);
    expect([code, stdout]).toEqual([0, `${digestOf(file)}  ${file}\n`]);
    expect(stderr).toMatch(/^[\d,]+ bytes, checked: 51 users, 50 follows\. The key is not in it/);
    expect(readdirSync(dirname(file)).sort()).toEqual(["whole.db", "whole.db.sha256"]);
    expect(readFileSync(`${file}.sha256`, "utf8")).toBe(`${digestOf(file)}  whole.db\n`);
    expect([modeOf(file), modeOf(`${file}.sha256`)]).toEqual(["600", "600"]);
    expect([count(file, "users"), count(file, "follows")]).toEqual([51, 50]);
    expect(readFileSync(file).includes(readFileSync(join(data, "followd.key")))).toBe(false);
    expect(readdirSync(data).sort()).toEqual(["followd.db", "followd.key", "followd.last-backup"]);
  });

  it("writes its checksum through no link that stands in its place", async () => {
    const [data, place] = [await made(3), shelf()];
    const [file, precious] = [join(place, "linked.db"), join(place, "precious.txt")];
    writeFileSync(precious, "mine");
    symlinkSync(precious, `${file}.sha256`);
    const { code } = await backup(data, file);
    expect(code).not.toBe(0);
    expect(readFileSync(precious, "utf8")).toBe("mine");
  });

  it("is told as JSON, and has a name of its own when none is given", async () => {
    const data = await made(3);
    const { stdout, stderr } = await backup(data, "--json");
    const told = JSON.parse(stdout);
    expect(stderr).toBe("");
    expect(dirname(told.file)).toBe(join(data, "backups"));
    expect(basename(told.file)).toMatch(/^followd-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.db$/);
    expect(told).toEqual({
      file: told.file,
      bytes: statSync(told.file).size,
      sha256: digestOf(told.file),
      users: 4,
      follows: 3,
    });
    expect(modeOf(join(data, "backups"))).toBe("700");
  });

  it("has the key beside it when it is asked for", async () => {
    const [data, file] = [await made(), join(shelf(), "keyed.db")];
    expect((await backup(data, file, "--with-key")).code).toBe(0);
    expect(readFileSync(`${file}.key`)).toEqual(readFileSync(join(data, "followd.key")));
    expect(modeOf(`${file}.key`)).toBe("600");
  });
});

it("made while follows end has all that were acknowledged before it", async () => {
  const USERS = 20_000;
  const data = await made(USERS);
  const { url } = await serve([], data);
  const { stdout } = await followd(["token", "create", "root", "--data", data]);
  const Authorization = `token ${stdout.trim()}`;
  const acknowledged = new Set<string>();
  let [next, stopped] = [0, false];
  const unfollow = async () => {
    const name = `user-${next}`;
    next += 1;
    const path = `${url}/api/v3/user/following/${name}`;
    const headers = { Authorization, "User-Agent": "test" };
    const { status } = await fetch(path, { method: "DELETE", headers });
    if (status === 204) acknowledged.add(name);
  };
  const writing = (async () => {
    while (!stopped && next < USERS) await Promise.all([1, 2, 3, 4, 5].map(unfollow));
  })();
  await eventually(() => acknowledged.size > 10);
  const before = [...acknowledged];
  const file = join(shelf(), "busy.db");
  const ended = await backup(data, file, "--json");
  await eventually(() => acknowledged.size > before.length);
  stopped = true;
  await writing;
  expect([ended.code, ended.stderr]).toEqual([0, ""]);
  const connection = new SqliteConnection(file, { readonly: true });
  const kept = connection
    .prepare("select username from follows join users on id = followed_id where follower_id = 1")
    .pluck()
    .all() as string[];
  const counted = connection.prepare("select following from users where id = 1").pluck().get();
  connection.close();
  const still = new Set(kept);
  expect(before.filter((name) => still.has(name))).toEqual([]);
  expect(counted).toBe(kept.length);
});
