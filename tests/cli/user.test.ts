import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { isPassword } from "../../src/domain/credentials/passwords.ts";
import { complaint, folders, followd } from "./program.ts";

const folder = folders();
const data = folder();
const env = { FOLLOWD_DATA: data };
const user = (...words: string[]) => followd(["user", ...words], { env });
const mona = ["create", "mona", "--email", "mona@example.test"];

describe("user create", () => {
  it.each([
    ["-", "a@example.test", /^A username has up to 255 letters/],
    ["a b", "a@example.test", /^A username has up to 255 letters/],
    ["ok", "nowhere", /^That is no e-mail address/],
  ])("refuses %s with %s", async (username, email, expected) => {
    const ended = await user("create", "--email", email, "--", username);
    expect(complaint(ended)).toMatch(expected);
    expect(ended.code).toBe(2);
  });

  it("refuses a short password, and makes nobody", async () => {
    const file = folder("password");
    writeFileSync(file, "1234567\n");
    const ended = await user(...mona, "--password-file", file);
    expect(complaint(ended)).toBe("A password has 8 characters or more, and 1024 bytes at most.");
    expect(ended.code).toBe(2);
    expect((await user("show", "mona")).code).toBe(1);
  });

  it("prints the id alone", async () => {
    expect(await user(...mona, "--name", "Mona Lisa")).toEqual({
      code: 0,
      stdout: "2\n",
      stderr: "",
    });
  });

  it.each([
    ["MONA", "other@example.test", "Somebody is called MONA already."],
    ["other", "Mona@Example.test", "Somebody has the address Mona@Example.test already."],
  ])("refuses what somebody has: %s, %s", async (username, email, expected) => {
    const ended = await user("create", username, "--email", email);
    expect(complaint(ended)).toBe(expected);
    expect(ended.code).toBe(1);
  });

  it("keeps a password as nobody can read it", async () => {
    const words = ["user", "create", "hubot", "--email", "hubot@example.test", "--admin", "--json"];
    const ended = await followd([...words, "--password-file", "-", "--data", data], {
      input: "correct horse battery staple\n",
    });
    expect(JSON.parse(ended.stdout)).toMatchObject({ id: 3, username: "hubot", admin: true });
    const connection = new SqliteConnection(join(data, "followd.db"));
    const stored = connection.prepare("select password_hash from users where id = 3").pluck().get();
    connection.close();
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword("correct horse battery staple", String(stored))).toBe(true);
  });
});

describe("user list", () => {
  it("lists the oldest first, in columns", async () => {
    const { stdout } = await user("list");
    expect(stdout.split("\n").map((line) => line.split(/ +/).slice(0, 4))).toEqual([
      ["ID", "USERNAME", "STATE", "ADMIN"],
      ["1", "root", "active", "yes"],
      ["2", "mona", "active", "no"],
      ["3", "hubot", "active", "yes"],
      [""],
    ]);
  });

  it.each([
    ["MON", ["mona"]],
    ["lisa", ["mona"]],
    ["o", ["root", "mona", "hubot"]],
    ["%", []],
    ["_", []],
  ])("finds %s", async (text, expected) => {
    const { stdout } = await user("list", "--search", text, "--json");
    const found = JSON.parse(stdout) as { username: string }[];
    expect(found.map(({ username }) => username)).toEqual(expected);
  });

  it("stops at the limit", async () => {
    expect(JSON.parse((await user("list", "--limit", "2", "--json")).stdout)).toHaveLength(2);
  });
});

describe("user show", () => {
  it("shows a user in any case", async () => {
    const { stdout } = await user("show", "Mona", "--json");
    expect(JSON.parse(stdout)).toEqual({
      id: 2,
      username: "mona",
      name: "Mona Lisa",
      state: "active",
      type: "human",
      admin: false,
      followers: 0,
      following: 0,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      emails: ["mona@example.test"],
    });
  });
});

describe("user delete", () => {
  it("deletes nobody without a yes", async () => {
    const ended = await user("delete", "mona");
    expect(complaint(ended)).toBe("Delete mona and all that is theirs? Say so with --yes.");
    expect(ended.code).toBe(2);
  });

  it("deletes", async () => {
    expect(await user("delete", "mona", "--yes")).toEqual({
      code: 0,
      stdout: "",
      stderr: "Deleted mona (id 2).\n",
    });
    expect((await user("delete", "mona", "--yes")).code).toBe(1);
  });
});
