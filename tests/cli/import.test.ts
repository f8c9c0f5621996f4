import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { complaint, type Ended, folders, followd } from "./program.ts";

const folder = folders();

/** What a database says about follows, read behind the program's back. */
interface Graph {
  /** In the order of following. */
  edges: string[];
  users: string[];
  /** Users whose counters are not what counting gives. */
  miscounted: unknown[];
  sequence: number;
}

function graph(data: string): Graph {
  const connection = new SqliteConnection(join(data, "followd.db"), { readonly: true });
  const column = (sql: string) => connection.prepare(sql).pluck().all() as string[];
  const found = {
    edges: column(
      `select a.username || ' ' || b.username from follows
        join users a on a.id = follower_id join users b on b.id = followed_id order by seq`,
    ),
    users: column("select username from users order by id"),
    miscounted: column(
      `select username from users u where
        followers <> (select count(*) from follows where followed_id = u.id and hidden & 1 = 0) or
        following <> (select count(*) from follows where follower_id = u.id and hidden & 2 = 0)`,
    ),
    sequence: connection.prepare("select value from follow_sequence").pluck().get() as number,
  };
  expect(connection.pragma("integrity_check", { simple: true })).toBe("ok");
  expect(connection.pragma("foreign_key_check")).toEqual([]);
  connection.close();
  return found;
}

function file(name: string, content: string | Buffer): string {
  const path = folder(name);
  writeFileSync(path, content);
  return path;
}

interface Loaded extends Ended {
  data: string;
  report: Record<string, unknown>;
}

async function load(path: string, ...words: string[]): Promise<Loaded> {
  const data = folder();
  const ended = await followd(["import", "follows", path, "--json", "--data", data, ...words]);
  const report = ended.stdout === "" ? {} : (JSON.parse(ended.stdout) as Loaded["report"]);
  return { ...ended, data, report };
}

const MAKE = ["--create-users", "dev-{id}"];
/** 1 follows 2, then 3; 3 follows 2; 2 follows 1; made last first, so that order is seen. */
const PAIRS = [
  ["3", "2"],
  ["1", "3"],
  ["2", "1"],
  ["1", "2"],
] as const;
const EDGES = ["dev-3 dev-2", "dev-1 dev-3", "dev-2 dev-1", "dev-1 dev-2"];
const csv = PAIRS.map((pair) => pair.join(",")).join("\n");
const json = PAIRS.map(([follower, followed]) => JSON.stringify({ follower, followed }));

describe("what ends an import, with nothing done", () => {
  it.each<[string, string, RegExp]>([
    ["one.csv", "1,2\n1\n", /^Line 2: two columns are needed, and it has 1: “1”\./],
    ["three.csv", "1,2\n\n1,2,3\n", /^Line 3: two columns are needed, and it has 3: “1,2,3”\./],
    ["empty.csv", "1,2\n2,\n", /^Line 2: a column is empty/],
    ["quote.csv", '1,2\n"1,2\n', /^Line 2: a quotation mark has no other/],
    ["space.csv", "1,2\nno one,2\n", /^Line 2: “dev-no one” can't be a username/],
    ["text.ndjson", '{"follower":1,"followed":2}\nnonsense\n', /^Line 2: it is neither/],
    ["half.ndjson", '{"follower":1}\n', /^Line 1: it is neither/],
    ["three.ndjson", "[1,2,3]\n", /^Line 1: it is neither/],
    ["float.ndjson", "[1,2]\n[1.5,2]\n", /^Line 2: it is neither/],
  ])("%s", async (name, content, expected) => {
    const ended = await load(file(name, content), ...MAKE);
    expect(complaint(ended)).toMatch(expected);
    expect(complaint(ended)).toMatch(/Nothing was imported; --skip-bad leaves such lines out\.$/);
    expect(ended.code).toBe(1);
    expect(graph(ended.data)).toEqual({ edges: [], users: ["root"], miscounted: [], sequence: 0 });
  });

  it("a user who is missing", async () => {
    const ended = await load(file("f.csv", "root,root\nroot,lisa\n"));
    expect(complaint(ended)).toMatch(/^Line 2: there is no user “lisa”; --create-users \{id\}/);
    expect(ended.code).toBe(1);
  });

  it("a file that is not there, or not whole", async () => {
    expect(complaint(await load("/nowhere.csv"))).toBe("There is no file /nowhere.csv");
    const cut = file("cut.csv.gz", gzipSync(`${csv}\n`.repeat(100)).subarray(0, 40));
    expect(complaint(await load(cut))).toBe(`The end of this gzip file is missing: ${cut}`);
    expect(complaint(await load(join(folder(), "..")))).toMatch(/^This is a folder, not a file/);
  });

  it("a template that has no place for the value", async () => {
    const ended = await load(file("f.csv", csv), "--create-users", "dev");
    expect(ended.code).toBe(2);
    expect(existsSync(ended.data)).toBe(false);
  });
});

describe("what is read", () => {
  it.each<[string, string | Buffer]>([
    ["plain.csv", csv],
    ["ended.csv", `${csv}\n`],
    ["windows.csv", `\ufeff${csv.replaceAll("\n", "\r\n")}\r\n`],
    ["spaces.csv", csv.replaceAll(",", " , ")],
    ["quoted.csv", csv.replaceAll(/\d/g, '"$&"')],
    ["semicolons.csv", csv.replaceAll(",", ";")],
    ["tabs.tsv", csv.replaceAll(",", "\t")],
    ["blank-lines.txt", `\n\n${csv.replaceAll("\n", "\n\n")}`],
    ["header.csv", `follower,followed\n${csv}`],
    ["ids.csv", `id_1,id_2\n${csv}`],
    ["graph.csv", `"Source","Target"\n${csv}`],
    ["logins.csv", `From Login,To Login\n${csv}`],
    ["turned.csv", `followed_id,follower_id\n${PAIRS.map(([a, b]) => `${b},${a}`).join("\n")}`],
    ["zipped.csv.gz", gzipSync(csv)],
    ["twice.csv.gz", Buffer.concat([gzipSync(csv.slice(0, 6)), gzipSync(csv.slice(6))])],
    ["not-called-so.csv", gzipSync(csv)],
    ["objects.ndjson", json.join("\n")],
    ["objects.jsonl.gz", gzipSync(json.join("\r\n"))],
    ["by-its-first-byte", json.join("\n")],
    ["arrays", PAIRS.map(([a, b]) => `[${a}, "${b}"]`).join("\n")],
  ])("%s", async (name, content) => {
    const { code, stderr, data, report } = await load(file(name, content), ...MAKE);
    expect([code, stderr]).toEqual([0, ""]);
    expect(report).toMatchObject({ lines: 4, users_made: 3, added: 4, already_there: 0 });
    const { users, ...rest } = graph(data);
    expect(rest).toEqual({ edges: EDGES, miscounted: [], sequence: 4 });
    expect(users.sort()).toEqual(["dev-1", "dev-2", "dev-3", "root"]);
  });

  it("standard input, where the file is named -", async () => {
    const data = folder();
    const words = ["import", "follows", "-", "--data", data, ...MAKE];
    const { code, stdout, stderr } = await followd(words, { input: csv });
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(
      /^There is no header: column 1 follows column 2\.\n4 lines read: 4 follows added, 0 already there, 3 users made;/,
    );
    expect(graph(data).edges).toEqual(EDGES);
  });

  it("a first line as a header or as data, by the flag", async () => {
    const unclear = await load(file("f.csv", `who,whom\n${csv}`), "--header", ...MAKE);
    expect(complaint(unclear)).toContain("--follower-column and --followed-column");
    const columns = ["--follower-column", "who", "--followed-column", "whom"];
    const odd = await load(file("f.csv", `who,whom\n${csv}`), ...columns, ...MAKE);
    expect(graph(odd.data).edges).toEqual(EDGES);
    const names = await load(file("f.csv", "from,to\n"), "--no-header", ...MAKE);
    expect(graph(names.data).edges).toEqual(["dev-from dev-to"]);
  });

  it("usernames in any case, without a template", async () => {
    const data = folder();
    const create = (name: string) =>
      followd(["user", "create", name, "--email", `${name}@example.test`, "--data", data]);
    await create("Mona");
    await create("Hubot");
    const path = file("f.csv", "mona,HUBOT\nMONA,root\nHubot,Mona\n");
    const { stdout } = await followd(["import", "follows", path, "--json", "--data", data]);
    expect(JSON.parse(stdout)).toMatchObject({ lines: 3, added: 3, users_made: 0 });
    expect(graph(data).edges).toEqual(["Mona Hubot", "Mona root", "Hubot Mona"]);
  });

  it("an empty file", async () => {
    const { code, report } = await load(file("f.csv", ""), ...MAKE);
    expect(code).toBe(0);
    expect(report).toMatchObject({ lines: 0, added: 0, follows_per_second: 0 });
  });
});

describe("what becomes of it", () => {
  it("puts both directions side by side with --mutual", async () => {
    const { data, report } = await load(file("f.csv", "1,2\n3,1\n2,1\n"), "--mutual", ...MAKE);
    expect(report).toMatchObject({ lines: 3, added: 4, already_there: 2 });
    expect(graph(data)).toMatchObject({
      edges: ["dev-1 dev-2", "dev-2 dev-1", "dev-3 dev-1", "dev-1 dev-3"],
      miscounted: [],
      sequence: 4,
    });
  });

  it("keeps the first of lines that say the same", async () => {
    const { data, report } = await load(file("f.csv", "1,2\n3,2\n1,2\n3,2\n1,3\n"), ...MAKE);
    expect(report).toMatchObject({ lines: 5, added: 3, already_there: 2 });
    expect(graph(data)).toMatchObject({
      edges: ["dev-1 dev-2", "dev-3 dev-2", "dev-1 dev-3"],
      sequence: 3,
    });
  });

  it("counts those who follow themselves, and leaves them out", async () => {
    const { data, report } = await load(file("f.csv", "1,1\n1,2\na,A\n"), ...MAKE);
    expect(report).toMatchObject({ lines: 3, added: 1, skipped: { bad: 0, self: 2, blocked: 0 } });
    expect(graph(data)).toMatchObject({
      edges: ["dev-1 dev-2"],
      users: ["root", "dev-1", "dev-2", "dev-a"],
    });
  });

  it("counts bad lines with --skip-bad, and says which they are", async () => {
    const content = "1,2\n1\nno one,2\n2,3\nno one,3\n3,1,2\n";
    const { code, stderr, data, report } = await load(
      file("f.csv", content),
      "--skip-bad",
      ...MAKE,
    );
    expect(code).toBe(0);
    expect(report).toMatchObject({ lines: 6, added: 2, skipped: { bad: 4, self: 0, blocked: 0 } });
    expect(stderr.match(/Line \d+/g)).toEqual(["Line 2", "Line 6", "Line 3"]);
    expect(graph(data)).toMatchObject({
      edges: ["dev-1 dev-2", "dev-2 dev-3"],
      users: ["root", "dev-1", "dev-2", "dev-3"],
    });
  });

  it("makes no user who is on bad lines only", async () => {
    const content = "1,2\nno one,9\n";
    const { data } = await load(file("f.csv", content), "--skip-bad", ...MAKE);
    expect(graph(data).users).toEqual(["root", "dev-1", "dev-2"]);
  });

  it("changes nothing when it is run again, and adds what is new", async () => {
    const path = file("f.csv", csv);
    const { data } = await load(path, ...MAKE);
    const before = graph(data);
    const again = (from: string) =>
      followd(["import", "follows", from, "--json", "--data", data, ...MAKE]);
    expect(JSON.parse((await again(path)).stdout)).toMatchObject({
      users_made: 0,
      added: 0,
      already_there: 4,
    });
    expect(graph(data)).toEqual(before);
    const longer = file("g.csv", `3,1\n${csv}\n4,1\n`);
    expect(JSON.parse((await again(longer)).stdout)).toMatchObject({ users_made: 1, added: 2 });
    expect(graph(data)).toMatchObject({
      edges: [...EDGES, "dev-3 dev-1", "dev-4 dev-1"],
      miscounted: [],
      sequence: 6,
    });
  });
});
