import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { ownConnection } from "../../src/storage/postgres/connection.ts";
import { complaint, folders, followd } from "../cli/program.ts";
import { databases } from "../support/engine.ts";

const newDatabase = databases();
const folder = folders();
let data: string;
let url: string;

const run = (...words: string[]) => followd([...words, "--database", url, "--data", data]);

/** Runs statements behind the server's back. */
async function by(...texts: string[]): Promise<void> {
  const own = await ownConnection({ connectionString: url });
  try {
    for (const text of texts) await own.send({ text });
  } finally {
    await own.close();
  }
}

beforeAll(async () => {
  url = await newDatabase();
  data = folder();
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(data, "followd.key"), Buffer.alloc(32, "verbs"), { mode: 0o600 });
  const file = join(data, "follows.csv");
  writeFileSync(file, "1,2\n2,1\n3,1\n");
  const made = await run("import", "follows", file, "--create-users", "dev-{id}", "--no-header");
  expect(made.code).toBe(0);
});

interface Examined {
  healthy: boolean;
  checks: { check: string; status: string; told: string }[];
}
const doctor = async (...more: string[]) =>
  JSON.parse((await run("doctor", "--json", ...more)).stdout) as Examined;
const problems = ({ checks }: Examined) =>
  checks.filter(({ status }) => status === "problem").map(({ check }) => check);

describe("verbs on PostgreSQL", () => {
  it("refuse another key, backup and restore, and say what to use instead", async () => {
    const other = join(data, "other.key");
    writeFileSync(other, Buffer.alloc(32, "other"), { mode: 0o600 });
    expect(complaint(await run("user", "list", "--key-file", other))).toMatch(/another key/);
    expect(complaint(await run("backup"))).toMatch(/pg_basebackup/);
    expect(complaint(await run("restore", other))).toMatch(/pg_restore/);
  });

  it("write follows and users out as from a file", async () => {
    const follows = await run("export", "follows");
    expect(follows.stdout).toBe("follower,followed\ndev-1,dev-2\ndev-2,dev-1\ndev-3,dev-1\n");
    const users = await run("export", "users");
    const lines = users.stdout.trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { username: string }).username)).toEqual([
      "root",
      "dev-1",
      "dev-2",
      "dev-3",
    ]);
  });

  it("undo a repair that fails, and go on with the next", async () => {
    await by(
      "update follow_counts set followers = followers + 5 where followers = 2",
      "select setval('follow_places', 1)",
      `create function refused() returns trigger language plpgsql as
         $$ begin raise exception 'refused'; end $$`,
      "create trigger refused before update on versions execute function refused()",
    );
    const { checks } = await doctor("--fix");
    const found = new Map(checks.map(({ check, status, told }) => [check, `${status} ${told}`]));
    expect(found.get("counters")).toMatch(/problem .*refused/);
    expect(found.get("numbers")).toMatch(/fixed .*in follows/);
    await by("drop trigger refused on versions");
    expect(problems(await doctor())).toEqual(["durability", "counters"]);
    await doctor("--fix");
  });

  it("find what is wrong, and mend what can be derived from the rest", async () => {
    // The cluster of the tests does not wait for the disk, which the doctor tells.
    expect(problems(await doctor())).toEqual(["durability"]);
    await by(
      "update follow_counts set followers = followers + 5 where followers = 2",
      "alter table follows disable trigger user",
      "update follows set hidden = 3 where seq = (select max(seq) from follows)",
      "alter table follows enable trigger user",
      "select setval('follow_places', 1)",
      "select setval(pg_get_serial_sequence('users', 'id'), 1)",
    );
    const wrong = await doctor();
    expect(problems(wrong)).toEqual(["durability", "counters", "numbers"]);
    const { told = "" } = wrong.checks.find(({ check }) => check === "counters") ?? {};
    expect(told).toMatch(/counters of users: \d wrong; marks of hidden follows: 1 wrong/);
    const fixed = await doctor("--fix");
    expect(fixed.checks.filter(({ status }) => status === "fixed")).toHaveLength(2);
    expect(problems(await doctor())).toEqual(["durability"]);
    await by("alter table follows disable trigger follows_inserted");
    expect(problems(await doctor())).toContain("triggers and keys");
  });
});
