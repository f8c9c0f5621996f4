import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { generateKey } from "openpgp";
import { MEMBERS } from "../../src/import/users/members.ts";
import { DSA, ED25519 } from "../domain/keys/ssh-public-keys.ts";
import { FULL_USER } from "../support/full-user.ts";
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

const { publicKey: GPG_KEY } = await generateKey({
  userIDs: [{ name: "Full", email: "two@example.org" }],
});

/** Members that no answer of a user shows, or that can't be true of one who is active. */
const PARTS = {
  ...{ state: "banned", type: "project_bot", admin: true, private_profile: true },
  ...{ suspended_reason: "spam", suspended_at: "2024-02-02T00:00:00.000Z" },
  ...{ enabled_following: false, unconfirmed_email: "new@example.org" },
  password_hash: "$2b$04$abcdefghijklmnopqrstuuK7Sjs7rFYArh/ytIZsOeM/z4RV2Fw2i",
  password_expires_at: "2027-01-01T00:00:00.000Z",
  ...{ otp_secret: "JBSWY3DPEHPK3PXP", otp_enabled_at: "2022-01-01T00:00:00.000Z" },
  ...{ failed_attempts: 3, locked_at: "2025-01-01T00:00:00.000Z" },
  // An emptied text is not one that was never set.
  bio: "",
  ssh_keys: [
    {
      ...{ id: 40, title: "laptop", usage_type: "auth", key: `${DSA} full@laptop` },
      ...{ expires_at: "2030-01-01T00:00:00.000Z", last_used_at: "2025-05-05T00:00:00.000Z" },
      created_at: "2020-02-02T00:00:00.000Z",
    },
  ],
  ssh_signing_keys: [
    { id: 41, title: "signs", key: ED25519, created_at: "2020-02-03T00:00:00.000Z" },
  ],
  gpg_keys: [{ id: 42, name: "mail", key: GPG_KEY, created_at: "2020-02-04T00:00:00.000Z" }],
  counts: { groups: 2, todos: 1 },
  preferences: { view_diffs_file_by_file: true, show_whitespace_in_diffs: false },
  status: {
    ...{ emoji: "coffee", message: "back soon", availability: "busy" },
    clear_status_at: "2030-01-01T00:00:00.000Z",
  },
  social_accounts: ["https://social.example/@full"],
  blocks: ["plain"],
};

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

  it("writes a file that no other user may read, gzipped when its name says so", async () => {
    const [data, file] = [await made(PAIRS), join(shelf(), "follows.csv.gz")];
    const { stdout, stderr } = await run(data, "export", "follows", file, "--json");
    expect([JSON.parse(stdout), stderr]).toEqual([{ file, lines: 5, users: 0, follows: 4 }, ""]);
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
    expect(stdout).not.toMatch(/argon2|password_hash|otp_secret|token/);
  });

  it("writes what import users reads, with passwords where that is asked for", async () => {
    const [data, other] = [folder(), folder()];
    const file = folder("people.ndjson");
    const ann = {
      ...{ id: 7, username: "ann", state: "banned", created_at: "2020-05-31T08:00:00.000Z" },
      emails: ["ann@example.org", { email: "second@example.org", confirmed_at: null }],
      identities: [{ provider: "github", extern_uid: "12" }],
      memberships: [{ source_type: "Project", source_id: 1, source_name: "p", access_level: 30 }],
      ...{ custom_attributes: { team: "blue" }, counts: { issues: 8 }, created_by: "root" },
      status: { emoji: "coffee", message: "back soon" },
      password_hash: "$2b$04$abcdefghijklmnopqrstuuK7Sjs7rFYArh/ytIZsOeM/z4RV2Fw2i",
    };
    writeFileSync(file, JSON.stringify(ann));
    expect((await run(data, "import", "users", file)).code).toBe(0);
    const { stdout: all } = await run(data, "export", "users", "--with-secrets");
    expect(all).toContain("$2b$04$");
    writeFileSync(file, all);
    const ended = await run(other, "import", "users", file, "--json");
    expect(JSON.parse(ended.stdout)).toMatchObject({ users: 2, added: 1, already_there: 1 });
    const { stdout: again } = await run(other, "export", "users", "--with-secrets");
    expect(again.split("\n")[1]).toBe(all.split("\n")[1]);
  });

  it("writes every member that import users reads, so that a second export is the first", async () => {
    const [data, other] = [folder(), folder()];
    const file = folder("people.ndjson");
    const { locked: _, two_factor_enabled: __, ...columns } = FULL_USER;
    const full = { id: 7, username: "full", ...columns, ...PARTS };
    writeFileSync(
      file,
      `${JSON.stringify({ id: 8, username: "plain" })}\n${JSON.stringify(full)}\n`,
    );
    expect(await run(data, "import", "users", file)).toMatchObject({ code: 0 });
    const { stdout: first } = await run(data, "export", "users", "--with-secrets");
    const users = first.trimEnd().split("\n");
    const [usual, written] = users
      .slice(-2)
      .reverse()
      .map((line) => JSON.parse(line));
    const same = Object.keys(MEMBERS).filter(
      (name) => !isDeepStrictEqual(usual[name], written[name]),
    );
    const spoken = ["email", "follows", "suspended", "locked", "bot", "two_factor_enabled"];
    expect([...same, ...spoken].sort()).toEqual(Object.keys(MEMBERS).sort());
    writeFileSync(file, first);
    expect(await run(other, "import", "users", file)).toMatchObject({ code: 0 });
    const { stdout: second } = await run(other, "export", "users", "--with-secrets");
    expect(second.split("\n").slice(1)).toEqual(first.split("\n").slice(1));
  });
});

describe("export graph", () => {
  it("refuses a part of nothing, and a user who is not there", async () => {
    const data = await made(PAIRS);
    expect((await run(data, "export", "graph", "--part", "mutuals")).code).toBe(2);
    const csv = ["export", "follows", "--format", "csv", "--json"];
    expect(complaint(await run(data, ...csv))).toBe(
      "--json writes JSON; leave it out, or name a FILE.",
    );
    const ended = await run(data, "export", "graph", "--user", "missing");
    expect(complaint(ended)).toContain("There is no user missing");
  });

  it("writes times, and the parts around a user", async () => {
    const data = await made("a,b\nb,a\nc,a\na,d\nc,b\nd,e\n");
    const part = async (...words: string[]) => {
      const { stdout } = await run(data, "export", "follows", "--user", "A", ...words);
      return stdout.trimEnd().split("\n").slice(1);
    };
    expect(await part("--part", "followers")).toEqual(["b,a", "c,a"]);
    expect(await part("--part", "following")).toEqual(["a,b", "a,d"]);
    expect(await part("--part", "mutuals")).toEqual(["a,b", "b,a"]);
    expect(await part()).toEqual(["a,b", "b,a", "c,a", "a,d", "c,b"]);
    const next = await part("--part", "neighbourhood-2");
    expect(next).toEqual(["a,b", "b,a", "c,a", "a,d", "c,b", "d,e"]);
    const [timed] = await part("--part", "followers", "--with-times");
    expect(timed).toMatch(/^b,a,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it("brings times back with import follows --with-times", async () => {
    const file = join(shelf(), "timed.csv");
    const lines = "follower,followed,time\na,b,2011-01-26T19:01:12Z\nc,b,2020-02-29T00:00:00Z\n";
    writeFileSync(file, lines);
    const data = folder();
    const words = ["import", "follows", file, "--with-times", "--create-users", "{id}"];
    expect((await run(data, ...words)).code).toBe(0);
    expect((await run(data, "export", "follows", "--with-times")).stdout).toBe(lines);
    const more = "d,b,2010-01-01T00:00:00Z\n";
    writeFileSync(file, `${lines}${more}`);
    const ended = await run(data, ...words, "--json");
    expect(JSON.parse(ended.stdout)).toMatchObject({ added: 1, already_there: 2 });
    // A late line is the newest follow, whenever it was made.
    expect((await run(data, "export", "follows", "--with-times")).stdout).toBe(`${lines}${more}`);
  });

  it("writes node-link JSON and DOT, with names that need quotation marks escaped", async () => {
    const data = await made("a,b\n");
    const name = 'Ann "the \\ fox" <a>';
    expect((await run(data, "user", "update", "a", "--name", name)).code).toBe(0);
    const { stdout } = await run(data, "export", "graph", "--format", "json");
    const graph = JSON.parse(stdout);
    expect(graph).toMatchObject({
      ...{ directed: true, multigraph: false },
      links: [{ source: "a", target: "b", time: expect.stringMatching(/^20\S+Z$/) }],
    });
    expect(graph.nodes[1]).toEqual({ id: "a", name, followers: 0, following: 1 });
    const { stdout: dot } = await run(data, "export", "graph", "--format", "dot");
    expect(dot).toContain('"a" [label="Ann \\"the \\\\ fox\\" <a>"];');
    expect(dot).toContain('"a" -> "b";');
  });

  it("writes GraphML and GEXF by the file's ending", async () => {
    const data = await made("a,b\n");
    const files = ["g.graphml", "g.gexf"].map((name) => join(shelf(), name));
    for (const file of files) {
      const { code, stderr } = await run(data, "export", "graph", file);
      expect([code, stderr]).toEqual([0, `3 users, 1 follow written to ${file}\n`]);
    }
    const [graphml = "", gexf = ""] = files.map((file) => readFileSync(file, "utf8"));
    expect(graphml).toMatch(
      /<node id="root">[\s\S]*<edge source="a" target="b"><data key="time">20/,
    );
    expect(gexf).toMatch(
      /<node id="b" label="b"\/>[\s\S]*<edge id="0" source="a" target="b" start="20/,
    );
  });
});
