import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { complaint, folders, followd, followdProcess } from "../cli/program.ts";

const folder = folders();
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const list = (data: string, env?: Record<string, string>) =>
  followd(["user", "list", "--json", "--data", data], env === undefined ? {} : { env });

const creation = (data: string, username: string) => [
  ...["user", "create", username, "--email", `${username}@x.test`],
  ...["--data", data],
];

/** Makes a user, and with them the database where there is none. */
const create = (data: string, username = "mona") => followd(creation(data, username));

async function made(): Promise<string> {
  const data = folder();
  const { code, stderr } = await create(data);
  expect([code, stderr]).toEqual([0, "Created mona, number 2.\n"]);
  return data;
}

describe("what is refused, in one line that says what to do", () => {
  it("is a directory that others can read", async () => {
    const data = await made();
    chmodSync(data, 0o755);
    const ended = await list(data);
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toBe(
      `${data} is open to other users of this machine; run: chmod 700 ${data}`,
    );
  });

  it("is a key that others can read", async () => {
    const data = await made();
    const key = join(data, "followd.key");
    chmodSync(key, 0o640);
    const ended = await list(data);
    expect(complaint(ended)).toBe(
      `${key} is open to other users of this machine; run: chmod 600 ${key}`,
    );
  });

  it("is a short key", async () => {
    const data = await made();
    const key = join(data, "followd.key");
    writeFileSync(key, "short");
    expect(complaint(await list(data))).toBe(`${key} has 5 bytes; a key needs 32 or more.`);
  });

  it("is a database whose key is gone, as a new key would end every token", async () => {
    const data = await made();
    const key = join(data, "followd.key");
    rmSync(key);
    const ended = await list(data);
    expect(complaint(ended)).toContain(`${key} is missing. Without it no token works; restore it`);
    expect(existsSync(key)).toBe(false);
  });

  it("is a chosen key that is not there", async () => {
    const words = ["token", "create", "root", "--data", folder()];
    const ended = await followd(words, { env: { FOLLOWD_KEY_FILE: "/nowhere/key" } });
    expect(complaint(ended)).toContain("/nowhere/key is missing. Make one with:");
  });

  it("is a file that is no database", async () => {
    const data = await made();
    const file = join(data, "followd.db");
    writeFileSync(file, "This is a letter to my mother. ".repeat(100));
    const ended = await list(data);
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toBe(
      `${file} is damaged, or not a database; restore it from a backup. (SQLITE_NOTADB)`,
    );
  });

  it("is a database that a newer followd made", async () => {
    const data = await made();
    const connection = new SqliteConnection(join(data, "followd.db"));
    connection.pragma("user_version = 999");
    connection.close();
    const ended = await list(data);
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toMatch(/followd\.db: .*newer version/);
  });

  it("is a database of another program", async () => {
    const data = folder();
    mkdirSync(data, { mode: 0o700 });
    copyFileSync(join(await made(), "followd.key"), join(data, "followd.key"));
    const connection = new SqliteConnection(join(data, "followd.db"));
    connection.exec("create table recipes (name text)");
    connection.close();
    expect(complaint(await list(data))).toMatch(/database of another program; it was left alone/);
  });

  it("is a write while another program holds the database", async () => {
    const data = await made();
    const connection = new SqliteConnection(join(data, "followd.db"));
    connection.exec("BEGIN IMMEDIATE");
    const ended = await followd(["token", "create", "root", "--data", data]);
    connection.close();
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toMatch(/followd\.db is locked by another program; end that one/);
  });

  it("is a path that leads through a file", async () => {
    const file = folder("file");
    writeFileSync(file, "");
    const ended = await create(join(file, "data"));
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toMatch(/can't be made, as something else has its name/);
  });
});

describe("a command that only reads", () => {
  it.each([
    [["user", "list"]],
    [["user", "show", "mona"]],
    [["token", "list"]],
    [["token", "revoke", "1"]],
    [["export", "follows"]],
    [["export", "users"]],
  ])("%j makes no database", async (words) => {
    const data = folder("typo");
    const ended = await followd([...words, "--data", data]);
    expect(complaint(ended)).toBe(
      `There is no database in ${data}; \`followd serve\` or \`followd user create\` makes one.`,
    );
    expect([ended.code, existsSync(data)]).toEqual([1, false]);
  });
});

it("belongs to one owner, also what root makes in another user's directory", async () => {
  const data = folder();
  mkdirSync(data);
  // Only root can give a directory away; for all others the owner is their own.
  const owner = process.getuid?.() === 0 ? 4711 : statSync(data).uid;
  chownSync(data, owner, statSync(data).gid);
  await create(data);
  const backup = join(folder("shelf"), "../kept.db");
  expect((await followd(["backup", "--data", data])).code).toBe(0);
  expect((await followd(["backup", backup, "--data", data])).code).toBe(0);
  expect((await followd(["restore", backup, "--data", data])).code).toBe(0);
  const all = readdirSync(data, { recursive: true, encoding: "utf8" });
  expect(all.length).toBeGreaterThan(5);
  for (const name of all) expect([name, statSync(join(data, name)).uid]).toEqual([name, owner]);
  expect((await followd(["doctor", "--data", data])).stdout).toMatch(/^ok {7}owner$/m);
});

it("is refused, and not looked for without end, where it can't be made", async () => {
  const ended = await create("/proc/x");
  expect(complaint(ended)).toMatch(/^\/proc\/x can't be made; check the directory above it/);
});

describe("an empty directory", () => {
  it("becomes a database, a key and root, which no other user may read", async () => {
    const data = join(folder(), "below");
    await create(data);
    const { stdout } = await list(data);
    expect(JSON.parse(stdout)).toMatchObject([
      { id: 1, username: "root", admin: true },
      { id: 2, username: "mona" },
    ]);
    expect(readdirSync(data).sort()).toEqual(["followd.db", "followd.key"]);
    expect([data, join(data, "followd.db"), join(data, "followd.key")].map(modeOf)).toEqual([
      "700",
      "600",
      "600",
    ]);
    expect(readFileSync(join(data, "followd.key"))).toHaveLength(32);
  });

  it("is closed to others when it was made for the purpose", async () => {
    const data = folder();
    mkdirSync(data, { mode: 0o755 });
    expect((await create(data)).code).toBe(0);
    expect(modeOf(data)).toBe("700");
  });

  it("is set up once by two that come at once", async () => {
    const data = folder();
    const creations = ["ann", "bob", "cat"].map((name) => followdProcess(creation(data, name)));
    const all = await Promise.all(creations);
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(JSON.parse((await list(data)).stdout)).toHaveLength(4);
    expect(readdirSync(data).sort()).toEqual(["followd.db", "followd.key"]);
  });
});

it("keeps the key in the file that is chosen", async () => {
  const data = await made();
  const key = folder("key");
  renameSync(join(data, "followd.key"), key);
  expect((await list(data, { FOLLOWD_KEY_FILE: key })).code).toBe(0);
  expect(existsSync(join(data, "followd.key"))).toBe(false);
});
