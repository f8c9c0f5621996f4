import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { table } from "../../src/cli/table.ts";
import { complaint, folders, followd } from "./program.ts";

const folder = folders();
const data = folder();
const run = (...words: string[]) => followd([...words, "--data", data]);

beforeAll(async () => {
  expect((await run("user", "create", "mona", "--email", "mona@example.test")).code).toBe(0);
  expect((await run("token", "create", "mona")).code).toBe(0);
});

it("audit prints who did what through which door, oldest first, and no secret", async () => {
  const { code, stdout } = await run("audit", "--user", "mona");
  expect(code).toBe(0);
  const rows = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows).toMatchObject([
    { action: "user.create", user: "mona", via: "command line", actor_id: null },
    { action: "token.create", user: "mona", target_type: "Token" },
  ]);
  expect(stdout).not.toContain("ghp_");
  const { stdout: tokens } = await run("audit", "--action", "token");
  expect(tokens.trim().split("\n")).toHaveLength(1);
  expect((await run("audit", "--since", "2999-01-01")).stdout).toBe("");
  expect(complaint(await run("audit", "--since", "yesterday"))).toBe(
    "--since yesterday is not a date.",
  );
});

it("a table shows control characters as JSON does, so that no row can be forged", () => {
  const shown = table([
    ["ID", "NAME"],
    ["1", "\u001b[2J\n99  forged\u202e"],
  ]);
  expect(shown).toBe("ID  NAME\n1   \\u001b[2J\\u000a99  forged\\u202e");
});

it("a backup with a trigger of its own is neither restored nor found in order", async () => {
  const copy = join(data, "copy.db");
  expect((await run("backup", copy)).code).toBe(0);
  const connection = new SqliteConnection(copy);
  connection.exec(
    "create trigger gift after update on users begin update users set admin = 1; end",
  );
  connection.close();
  rmSync(`${copy}.sha256`);
  const fresh = folder();
  const restored = await followd(["restore", copy, "--data", fresh]);
  expect(restored.code).not.toBe(0);
  expect(restored.stderr).toContain("gift");
});
