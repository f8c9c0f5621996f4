import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { complaint, folders, followd } from "./program.ts";

const folder = folders();
const run = (data: string, ...words: string[]) => followd([...words, "--data", data]);

/** A data directory in which people follow one another in this order. */
async function made(lines: string): Promise<string> {
  const [data, file] = [folder(), folder("pairs.csv")];
  writeFileSync(file, lines);
  const { code } = await run(data, "import", "follows", file, "--create-users", "{id}");
  expect(code).toBe(0);
  return data;
}

const PAIRS = "mona,hubot\noctocat,mona\nhubot,mona\nmona,octocat\n";

function shelf(): string {
  const path = folder("shelf");
  mkdirSync(path);
  return path;
}

describe("what is refused", () => {
  it("is a name that is taken", async () => {
    const [data, file] = [await made(PAIRS), join(shelf(), "taken.csv")];
    writeFileSync(file, "precious");
    const ended = await run(data, "export", "follows", file);
    expect(complaint(ended)).toBe(`${file} is there already; choose another.`);
    expect(ended.code).toBe(1);
    expect(readFileSync(file, "utf8")).toBe("precious");
  });

  it("is a folder that is not there, in one line", async () => {
    const data = await made(PAIRS);
    const ended = await run(data, "export", "follows", "/nowhere/at/all.csv");
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toContain("/nowhere/at/all.csv");
  });

  it("is a thing that can't be exported", async () => {
    expect((await run(folder(), "export", "tokens")).code).toBe(2);
  });
});

describe("export follows", () => {
  it("writes what import reads, in the order of following", async () => {
    const data = await made(PAIRS);
    const { code, stdout, stderr } = await run(data, "export", "follows");
    expect([code, stdout, stderr]).toEqual([0, `follower,followed\n${PAIRS}`, ""]);
    const again = await made(stdout);
    expect((await run(again, "export", "follows")).stdout).toBe(stdout);
  });

  it("has the follows of people out of sight, who come back with them", async () => {
    const data = await made(PAIRS);
    const { default: SqliteConnection } = await import("better-sqlite3");
    const connection = new SqliteConnection(join(data, "followd.db"));
    connection.exec("update users set state = 'blocked' where username = 'mona'");
    connection.close();
    expect((await run(data, "export", "follows")).stdout).toBe(`follower,followed\n${PAIRS}`);
  });

  it("writes a file for nobody else to read, gzipped when its name says so", async () => {
    const [data, file] = [await made(PAIRS), join(shelf(), "follows.csv.gz")];
    const { stdout, stderr } = await run(data, "export", "follows", file, "--json");
    expect([JSON.parse(stdout), stderr]).toEqual([{ file, lines: 5 }, ""]);
    expect(gunzipSync(readFileSync(file)).toString()).toBe(`follower,followed\n${PAIRS}`);
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
    expect(readdirSync(dirname(file))).toEqual(["follows.csv.gz"]);
    const other = folder();
    const words = ["import", "follows", file, "--create-users", "{id}"];
    expect((await run(other, ...words)).code).toBe(0);
    expect((await run(other, "export", "follows", "-")).stdout).toContain(PAIRS);
  });

  it("is a header alone where there are no follows", async () => {
    const data = folder();
    await run(data, "token", "create", "root");
    expect((await run(data, "export", "follows")).stdout).toBe("follower,followed\n");
  });

  it("ends quietly when its reader has seen enough", async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => `user-${n},mona`).join("\n");
    const data = await made(many);
    const main = resolve(import.meta.dirname, "../../src/main.js");
    const command = `"$0" ${main} export follows --data ${data} | head -1; echo "\${PIPESTATUS[0]}"`;
    const child = spawn("bash", ["-c", command, process.execPath]);
    const [out, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk) => out.push(chunk));
    child.stderr.on("data", (chunk) => errors.push(chunk));
    await once(child, "close");
    expect(Buffer.concat(errors).toString()).toBe("");
    expect(Buffer.concat(out).toString()).toBe("follower,followed\n0\n");
  });
});

describe("export users", () => {
  it("writes a line of JSON for each, with their addresses, and nothing that opens doors", async () => {
    const data = folder();
    const password = folder("password");
    writeFileSync(password, "correct horse battery staple\n");
    const words = ["--email", "mona@example.test", "--name", "Mona Lisa", "--password-file"];
    await run(data, "user", "create", "mona", ...words, password);
    const { code, stdout, stderr } = await run(data, "export", "users");
    expect([code, stderr]).toEqual([0, ""]);
    const users = stdout.trimEnd().split("\n");
    expect(users).toHaveLength(2);
    const mona = JSON.parse(users[1] ?? "");
    expect(mona).toMatchObject({
      id: 2,
      username: "mona",
      name: "Mona Lisa",
      state: "active",
      type: "human",
      admin: false,
      hireable: null,
      followers: 0,
      following: 0,
      emails: [{ email: "mona@example.test", primary: true }],
    });
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
    expect(mona.created_at).toMatch(time);
    expect(mona.emails[0].confirmed_at).toMatch(time);
    expect(stdout).not.toMatch(/argon2|password|otp|token/);
  });
});
