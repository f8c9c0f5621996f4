import { beforeAll, describe, expect, it } from "@jest/globals";
import { complaint, folders, followd } from "./program.ts";

const data = folders()();
const token = (...words: string[]) => followd(["token", ...words, "--data", data]);
const DAY = 86_400;

interface Shown {
  id: number;
  token: string;
  name: string;
  created_at: string;
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
    [["lisa"], 1, /^There is no user lisa/],
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
    expect(stdout).toMatch(/^ghp_[0-9A-Za-z]{36}\n$/);
  });

  it("looks like GitLab's with --gitlab, and like GitHub's where it is fine-grained", async () => {
    expect((await made("mona", "--gitlab")).token).toMatch(/^glpat-[\w-]{20}$/);
    const fine = await made("mona", "--permission", "followers=read");
    expect(fine.token).toMatch(/^github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}$/);
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
    const { created_at, expires_at } = await made("mona", "--expires-in", time);
    const begin = Math.floor(Date.parse(created_at) / 1000);
    expect(Date.parse(expires_at ?? "") / 1000 - begin).toBe(seconds);
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
    expect((await token("list", "mona")).stdout).toMatch(
      /^ID +USERNAME +NAME +KIND +EXPIRES +USED +OPENS\n/,
    );
    const all = JSON.parse((await token("list", "--json")).stdout) as object[];
    expect(all).toContainEqual(expect.objectContaining({ id, username: "mona" }));
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
