import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { promptTwice } from "../../src/cli/commands/password.ts";
import { isPassword } from "../../src/domain/credentials/passwords.ts";
import { useRealPasswordCost } from "../support/password-cost.ts";
import { complaint, folders, followd } from "./program.ts";
import { servers } from "./serving.ts";

// The server that checks them is another process.
beforeAll(() => useRealPasswordCost(true));
afterAll(() => useRealPasswordCost(false));

const folder = folders();
const serve = servers(folder);
const data = folder();
const GOOD = "correct horse battery staple";

const password = (words: string[], input?: string) =>
  followd(["user", "password", ...words, "--data", data], input === undefined ? {} : { input });

function rows<T>(sql: string): T[] {
  const connection = new SqliteConnection(join(data, "followd.db"));
  const found = connection.prepare(sql).all() as T[];
  connection.close();
  return found;
}
const stored = () =>
  rows<{ password_hash: string | null; password_expires_at: number | null }>(
    "select password_hash, password_expires_at from users where username = 'mona'",
  )[0];

beforeAll(async () => {
  const words = ["user", "create", "mona", "--email", "mona@example.test", "--data", data];
  expect((await followd(words)).code).toBe(0);
});

describe("user password", () => {
  it.each<[string, string[], string, number, RegExp]>([
    ["of an unknown user", ["hubot"], GOOD, 1, /^There is no user hubot/],
    ["that is short", ["mona"], "1234567\n", 2, /^A password has 8 characters or more/],
    ["that is long", ["mona"], "x".repeat(1025), 2, /^A password has 8 characters or more/],
    ["that is empty", ["mona"], "", 2, /^A password has 8 characters or more/],
    ["in no file", ["mona", "--password-file", "/nowhere"], "", 2, /nowhere can't be read\.$/],
    ["as an argument", ["mona", GOOD], "", 2, /^too many arguments .* but got 2\.$/],
  ])("refuses one %s, and changes nothing", async (_, words, input, code, expected) => {
    const ended = await password(words, input);
    expect(complaint(ended)).toMatch(expected);
    expect(ended.code).toBe(code);
    expect(complaint(ended)).not.toContain(GOOD);
    expect(stored()?.password_hash).toBeNull();
    expect(rows("select * from audit_events where action <> 'user.create'")).toEqual([]);
  });

  it("takes one from standard input, with which its owner signs in at once", async () => {
    const { url } = await serve([], data);
    const signIn = (secret: string) =>
      fetch(`${url}/api/v3/session`, {
        method: "POST",
        body: new URLSearchParams({ login: "mona", password: secret }),
      });
    expect((await signIn(GOOD)).status).not.toBe(201);
    const connection = new SqliteConnection(join(data, "followd.db"));
    connection.exec("update users set password_expires_at = 1 where username = 'mona'");
    connection.close();
    const ended = await password(["MONA"], `${GOOD}\n`);
    expect(ended).toEqual({ code: 0, stdout: "", stderr: "mona has another password.\n" });
    expect(stored()?.password_expires_at).toBeNull();
    expect((await signIn(GOOD)).status).toBe(201);
    expect((await signIn(`${GOOD}r`)).status).toBe(401);
  });

  it("takes one from a file, and writes down that it did, without what it is", async () => {
    const file = folder("password");
    writeFileSync(file, "another good password\r\n");
    const ended = await password(["mona", "--password-file", file, "--json"]);
    expect(ended).toEqual({ code: 0, stdout: '{"changed":2}\n', stderr: "" });
    expect(await isPassword("another good password", String(stored()?.password_hash))).toBe(true);
    expect(
      rows(
        "select actor_id, user_id, action, details from audit_events where action = 'user.change_password'",
      ),
    ).toEqual([
      { actor_id: null, user_id: 2, action: "user.change_password", details: null },
      { actor_id: null, user_id: 2, action: "user.change_password", details: null },
    ]);
  });
});

describe("a password that is typed on a terminal", () => {
  async function typed(keys: string) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end(keys);
    const asked = promptTwice("mona", { input, output });
    const outcome = await asked.catch((error: Error) => error.message);
    output.end();
    return [outcome, await text(output)];
  }
  const PROMPTS = "Password for mona: \nOnce more: \n";

  it("counts when it is the same twice, and is not shown", async () => {
    expect(await typed(`${GOOD}\r${GOOD}\r`)).toEqual([GOOD, PROMPTS]);
    expect(await typed(`coreect\b\b\b\brect horse\r\x15correct horse\r`)).toEqual([
      "correct horse",
      PROMPTS,
    ]);
  });

  it.each([
    ["two", `${GOOD}\r${GOOD}r\r`, "The passwords do not match; nothing was changed.", PROMPTS],
    ["one, and then nothing", `${GOOD}\r`, "Nothing was changed.", PROMPTS],
    ["Ctrl+C", "corr\x03", "Nothing was changed.", "Password for mona: \n"],
    ["Ctrl+D", "\x04", "Nothing was changed.", "Password for mona: \n"],
  ])("is none when it is %s", async (_, keys, outcome, shown) => {
    expect(await typed(keys)).toEqual([outcome, shown]);
  });
});
