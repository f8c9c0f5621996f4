import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import jwt from "jsonwebtoken";
import { complaint, folders, followd } from "./program.ts";

const data = folders()();
const token = (...words: string[]) => followd(["token", ...words, "--data", data]);
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+\n$/;
const DAY = 86_400;

interface Shown {
  id: number;
  token: string;
  name: string;
  scopes: string[];
  permissions: string[] | null;
  expires_at: string | null;
}

async function made(...words: string[]): Promise<Shown> {
  const { stdout, stderr } = await token("create", ...words, "--json");
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Shown;
}

beforeAll(async () => {
  const words = ["user", "create", "mona", "--email", "mona@example.test", "--data", data];
  expect((await followd(words)).code).toBe(0);
});

describe("token create", () => {
  it.each([
    [
      ["mona", "--scope", "user,read:orgg"],
      2,
      "There is no scope read:orgg; did you mean read:org?",
    ],
    [["mona", "--scope", "API"], 2, /^There is no scope API; did you mean /],
    [
      ["mona", "--permission", "follower=write"],
      2,
      "There is no permission follower=write; did you mean followers=write?",
    ],
    [
      ["mona", "--scope", "user", "--permission", "followers=read"],
      2,
      "A token has either scopes or permissions; leave out one of the two.",
    ],
    [
      ["mona", "--expires-in", "tomorrow"],
      2,
      "--expires-in tomorrow is not a time such as 90m, 12h, 30d or 1y.",
    ],
    [["mona", "--expires-in", "0d"], 2, /^--expires-in 0d is not a time/],
    [["lisa"], 1, /^Nobody is called lisa/],
  ])("refuses %j", async (words, code, expected) => {
    const ended = await token("create", ...words);
    const line = complaint(ended);
    if (typeof expected === "string") expect(line).toBe(expected);
    else expect(line).toMatch(expected);
    expect(ended.code).toBe(code);
  });

  it("prints the token alone", async () => {
    const { code, stdout, stderr } = await token("create", "root");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(JWT);
    const claims = jwt.verify(stdout.trim(), readFileSync(join(data, "followd.key")));
    expect(claims).toMatchObject({ iss: "followd", sub: "1" });
  });

  it("gives an administrator's token more", async () => {
    const everyday = ["admin:public_key", "api", "read:org", "repo", "user"];
    expect((await made("mona")).scopes).toEqual(everyday);
    expect((await made("root")).scopes).toEqual([...everyday, "site_admin", "sudo"].sort());
  });

  it("takes the words of both vendors", async () => {
    const { scopes, permissions, name } = await made(
      "mona",
      "--scope",
      "read_user,user:follow",
      "--name",
      "ci",
    );
    expect({ scopes, permissions, name }).toEqual({
      scopes: ["read_user", "user:follow"],
      permissions: null,
      name: "ci",
    });
  });

  it("makes a fine-grained token", async () => {
    const words = ["--permission", "followers=write", "--permission", "emails=read"];
    const { scopes, permissions } = await made("mona", ...words);
    expect({ scopes, permissions }).toEqual({
      scopes: [],
      permissions: ["followers:write", "emails:read"],
    });
  });

  it.each([
    ["90m", 5400],
    ["12h", 43_200],
    ["30d", 30 * DAY],
    ["1y", 365 * DAY],
  ])("lets a token end in %s", async (time, seconds) => {
    const { token: text, expires_at } = await made("mona", "--expires-in", time);
    const { iat = 0, exp = 0 } = jwt.decode(text) as { iat?: number; exp?: number };
    expect(exp - iat).toBe(seconds);
    expect(Date.parse(expires_at ?? "") / 1000).toBe(exp);
  });
});

describe("token list and revoke", () => {
  it("lists what counts, and never a token", async () => {
    const { id, token: text } = await made("mona", "--name", "laptop");
    const before = await token("list", "mona", "--json");
    expect(JSON.parse(before.stdout)).toContainEqual(
      expect.objectContaining({ id, name: "laptop" }),
    );
    expect(before.stdout).not.toContain(text);
    expect((await token("list", "mona")).stdout).toMatch(/^ID +NAME +EXPIRES +USED +OPENS\n/);
    expect(await token("revoke", String(id))).toEqual({
      code: 0,
      stdout: "",
      stderr: `Revoked token ${id}.\n`,
    });
    expect((await token("list", "mona")).stdout).not.toContain("laptop");
    const again = await token("revoke", String(id));
    expect(complaint(again)).toMatch(/^There is no token \d+; `followd token list/);
    expect(again.code).toBe(1);
  });
});
