import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { isPassword } from "../../src/domain/credentials/passwords.ts";
import { useRealPasswordCost } from "../support/password-cost.ts";
import { complaint, folders, followd } from "./program.ts";

// The command that hashes one runs in another process.
beforeAll(() => useRealPasswordCost(true));
afterAll(() => useRealPasswordCost(false));

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

  it("refuses a short password, and makes no user", async () => {
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
      stderr: "Created mona, number 2.\n",
    });
  });

  it.each([
    ["MONA", "other@example.test", "The username MONA is taken."],
    ["other", "Mona@Example.test", "The address Mona@Example.test is taken."],
  ])("refuses what is taken: %s, %s", async (username, email, expected) => {
    const ended = await user("create", username, "--email", email);
    expect(complaint(ended)).toBe(expected);
    expect(ended.code).toBe(1);
  });

  it("keeps a password so that it can't be read", async () => {
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
  it("deletes no user without a yes", async () => {
    const ended = await user("delete", "mona");
    expect(complaint(ended)).toBe("Delete mona and all that is theirs? Say so with --yes.");
    expect(ended.code).toBe(2);
  });

  it("deletes a user who is there, and fails for one who is not", async () => {
    expect(await user("delete", "mona", "--yes")).toEqual({
      code: 0,
      stdout: "",
      stderr: "Deleted mona (id 2).\n",
    });
    expect((await user("delete", "mona", "--yes")).code).toBe(1);
  });
});

describe("user update and states", () => {
  beforeAll(async () => {
    await user("create", "lena", "--email", "lena@example.test", "--name", "Lena");
  });

  describe("user update", () => {
    it("refuses a command without a change, a wrong name and a taken address", async () => {
      expect(complaint(await user("update", "lena"))).toMatch(/^There is nothing to change/);
      expect(complaint(await user("update", "lena", "--username", "a b"))).toMatch(
        /^A username has/,
      );
      expect(complaint(await user("update", "lisa", "--bio", "x"))).toMatch(
        /^There is no user lisa/,
      );
      const taken = await user("update", "lena", "--email", "root@localhost");
      expect([complaint(taken), taken.code]).toEqual(["The address root@localhost is taken.", 1]);
    });

    it("changes what it is given, and nothing else", async () => {
      const words = ["--bio", "hello", "--email", "new@example.test", "--admin"];
      const { code, stderr } = await user("update", "lena", ...words);
      expect([code, stderr]).toEqual([0, "Changed lena.\n"]);
      const shown = JSON.parse((await user("show", "lena", "--json")).stdout) as {
        emails: string[];
      };
      expect(shown).toMatchObject({ username: "lena", name: "Lena", admin: true });
      expect(shown.emails).toContain("new@example.test");
      expect((await user("update", "lena", "--no-admin")).code).toBe(0);
      expect(JSON.parse((await user("show", "lena", "--json")).stdout)).toMatchObject({
        admin: false,
      });
    });
  });

  describe("user suspend and its siblings", () => {
    it("follow the table of states", async () => {
      expect(complaint(await user("suspend", "lisa"))).toMatch(/^There is no user lisa/);
      const refused = await user("approve", "lena");
      expect([complaint(refused), refused.code]).toEqual(["lena does not wait for approval.", 1]);
      expect((await user("suspend", "lena")).stderr).toBe("lena is blocked.\n");
      expect((await user("suspend", "lena")).stderr).toBe("lena is blocked already.\n");
      const { stdout } = await user("unsuspend", "lena", "--json");
      expect(JSON.parse(stdout)).toMatchObject({ username: "lena", state: "active" });
    });
  });
});
