import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CsvReader } from "../../src/import/csv-reader.ts";
import { cellsOf } from "../../src/import/follow-columns.ts";
import { Lines, Tally } from "../../src/import/line-splitter.ts";
import { type ReadOptions, readFollows } from "../../src/import/read-follows.ts";
import { StagedFollows } from "../../src/import/staged-follows.ts";
import { Interner } from "../../src/import/string-table.ts";

const followsOf = (content: string, options: ReadOptions = {}) => {
  const file = join(folder, "list");
  writeFileSync(file, content);
  return readFollows(file, options).then(({ staged, layout, lines }) => ({
    layout,
    lines,
    follows: Array.from({ length: staged.count }, (_, line) =>
      [staged.followers[line], staged.followed[line]].map((value) =>
        staged.values.textOf(value ?? Number.NaN),
      ),
    ),
  }));
};

const folder = mkdtempSync(join(tmpdir(), "followd-follows-"));
afterAll(() => rmSync(folder, { recursive: true }));

const AB = [["a", "b"]];

describe("a list of follows", () => {
  it.each<[string, string]>([
    ["follower,followed", "a,b"],
    ["\ufeffFollower,Followed", "a,b"],
    ["follower_id;followed_id", "a;b"],
    ["from\tto", "a\tb"],
    ["Source Username,Target Username", "a,b"],
    ["id_1,id_2", "a,b"],
    ["node-1,node-2", "a,b"],
    ["followee,follower", "b,a"],
    ["target,source", "b,a"],
    ["user_id,follower_id", "b,a"],
    ["username,following", "a,b"],
    ["FromNodeId ToNodeId", "a b"],
    ["Source,Target,Type,Id,Label,timeset,Weight", "a,b,Directed,0,,,1.0"],
    ["id|src|dst|time", "7|a|b|2024-01-01"],
    ['"source";"target"', '"a";"b"'],
    ["to_user,created_at,from_user", "b,2024,a"],
  ])("takes %j for a header that says which end is which", async (header, line) => {
    const { follows, layout } = await followsOf(`${header}\n${line}\n`);
    expect(follows).toEqual(AB);
    expect(layout).toMatchObject({ isHeader: true });
  });

  it.each<[string, string]>([
    ["# Directed graph: wiki\n# FromNodeId\tToNodeId\na\tb\n", "SNAP"],
    ["# ToNodeId\tFromNodeId\nb\ta\n", "SNAP, turned round"],
    ["a b\n", "one blank"],
    ["  a    b  \n", "blanks"],
    ["a b {'weight': 3}\n", "networkx"],
    ["a,b,0.5\n", "weights"],
    ["a\tb\t2024-01-01T00:00:00Z\n", "times"],
    ["a|b\r\n", "pipes"],
    ["% sym\na b 1 1082040961\n", "KONECT"],
    ["a,b\r", "carriage returns alone"],
  ])("takes %j: %s", async (content) => {
    const { follows, layout } = await followsOf(content);
    expect(follows).toEqual(AB);
    expect(layout).toMatchObject({ isHeader: false });
  });

  it.each([
    "follower,whom\n1,2\n",
    "followers,following\n1,2\n",
    "user1_name,user2_name\n1,2\n",
    "name,name\na,b\n",
    "abc,def\n1,2\n",
    "follower,follower\na,b\n",
    "a,b,c\n",
    "1,a,b\n",
    "source,target,source\na,b,c\n",
  ])("refuses %j, and names the flags that help", async (content) => {
    await expect(followsOf(content)).rejects.toThrow(/--follower-column and --followed-column/);
  });

  it("takes the columns that flags name", async () => {
    const named = { followerColumn: "Fan Name", followedColumn: "idol" };
    expect((await followsOf("idol,fan_name\nb,a\n", named)).follows).toEqual(AB);
    const numbered = { followerColumn: "3", followedColumn: "2" };
    expect((await followsOf("1,b,a\n", numbered)).follows).toEqual(AB);
    expect((await followsOf("x,y\na,b\n", { header: true, followerColumn: "1" })).follows).toEqual(
      AB,
    );
    expect((await followsOf("a\\b\n", { delimiter: "\\" })).follows).toEqual(AB);
    expect((await followsOf("// x\na,b\n", { comment: "//" })).follows).toEqual(AB);
    expect((await followsOf("to,from\n", { header: false })).follows).toEqual([["to", "from"]]);
    await expect(followsOf("x,y\n", { followerColumn: "z" })).rejects.toThrow(
      "There is no column “z”; there are x, y.",
    );
    await expect(followsOf("x,y\n", { followerColumn: "x", followedColumn: "1" })).rejects.toThrow(
      /two different columns/,
    );
  });

  it("refuses lines without a direction unless both are meant", async () => {
    const content = "Source,Target,Type\na,b,Undirected\n";
    await expect(followsOf(content)).rejects.toThrow(/^Line 2: it is undirected; --mutual/);
    expect((await followsOf(content, { mutual: true })).follows).toEqual(AB);
  });

  it("takes times where they are asked for, of any spelling", async () => {
    const noon = Date.UTC(2024, 1, 29, 12) / 1000;
    const timesOf = async (content: string, options: ReadOptions = { withTimes: true }) => {
      const file = join(folder, "list");
      writeFileSync(file, content);
      const { staged } = await readFollows(file, options);
      return [...(staged.times ?? [])].slice(0, staged.count);
    };
    const spelled = ["2024-02-29T12:00:00Z", "2024-02-29 12:00:00", "2024-02-29T13:00:00.5+01:00"];
    spelled.push("2024-02-29 12:00:00+00:00", "2024-02-29T12:00Z", String(noon), `${noon}000`);
    for (const text of spelled) {
      expect(await timesOf(`a,b,${text}\n`)).toEqual([noon]);
      expect(await timesOf(`created_at,follower,followed\n${text},a,b\n`)).toEqual([noon]);
      expect(await timesOf(`{"follower":"a","followed":"b","time":"${text}"}\n`)).toEqual([noon]);
      expect(await timesOf(`["a","b","${text}"]\n`)).toEqual([noon]);
    }
    const named = "id,src,dst,began\n7,a,b,2024-02-29\n";
    const options = { withTimes: true, timeColumn: "began", followerColumn: "src" };
    expect(await timesOf(named, { ...options, followedColumn: "dst" })).toEqual([noon - 43_200]);
    expect(await timesOf("a,b,\nc,d,2024-02-29 12:00\n")).toEqual([0, noon]);
    expect(await timesOf(`a b ${noon}\n`, {})).toEqual([]);
  });

  it.each([
    ...["yesterday", "2024-02-30", "2024-13-01", "-1", "1969-12-31T23:59:59Z", "2200-01-01"],
    ...["2024-02-29T25:00:00Z", "20240229T120000Z", "99999999999999999"],
  ])("refuses %j for a time, by its line", async (text) => {
    const reading = followsOf(`follower,followed,time\na,b,${text}\n`, { withTimes: true });
    await expect(reading).rejects.toThrow(/^Line 2: “.*” is not a time such as 2024-01-31T12/);
  });

  it("refuses times where nothing says which column has them", async () => {
    const message = /--time-column says it/;
    await expect(followsOf("a,b\n", { withTimes: true })).rejects.toThrow(message);
    const content = "from,to,weight\na,b,1\n";
    await expect(followsOf(content, { withTimes: true })).rejects.toThrow(message);
    const turned = { withTimes: true, followerColumn: "3", followedColumn: "1" };
    await expect(followsOf("b,1,a\n", turned)).rejects.toThrow(message);
  });

  it("shows the line that has too few columns", async () => {
    await expect(followsOf("a,b\nc\n")).rejects.toThrow(
      "Line 2: two columns are needed, and it has 1: “c”.",
    );
  });
});

describe("cellsOf", () => {
  it.each<[string, string[] | undefined]>([
    ["a,b", ["a", "b"]],
    [" a , b ", ["a", "b"]],
    ['"a","b"', ["a", "b"]],
    [' "a" , "b" ', ["a", "b"]],
    ['"a,b",c', ["a,b", "c"]],
    ['"a ""b""",c', ['a "b"', "c"]],
    [",", ["", ""]],
    ["a,", ["a", ""]],
    ["", [""]],
    ['"a', undefined],
    ['"a"b,c', undefined],
    ['a"b,c', undefined],
  ])("cuts %j into %j", (line, expected) => {
    expect(cellsOf(line, ",")).toEqual(expected);
  });
});

it("reads the same from any pieces", () => {
  const name = fc.stringMatching(/^[A-Za-z0-9é_.-]{1,8}$/);
  const end = fc.constantFrom("\n", "\r\n", "\n\n");
  const file = fc.array(fc.tuple(name, name, end), { maxLength: 20 });
  const cuts = fc.array(fc.nat(200), { maxLength: 10 });
  fc.assert(
    fc.property(file, cuts, (lines, places) => {
      const bytes = Buffer.from(lines.map(([a, b, ending]) => `${a},${b}${ending}`).join(""));
      const staged = new StagedFollows();
      const reader = new CsvReader(staged, new Tally(undefined), { header: false, delimiter: "," });
      const cutter = new Lines(reader.take.bind(reader));
      let from = 0;
      for (const place of places.sort((a, b) => a - b)) {
        cutter.feed(bytes.subarray(from, place));
        from = Math.max(from, Math.min(place, bytes.length));
      }
      cutter.feed(bytes.subarray(from));
      cutter.end();
      reader.end();
      const textOf = (values: Uint32Array, line: number) =>
        staged.values.textOf(values[line] ?? Number.NaN);
      const read = Array.from({ length: staged.count }, (_, line) => [
        textOf(staged.followers, line),
        textOf(staged.followed, line),
      ]);
      expect(read).toEqual(lines.map(([a, b]) => [a, b]));
    }),
  );
});

it("numbers a hundred thousand texts as a map would", () => {
  const [interner, map] = [new Interner(), new Map<string, number>()];
  const wrong: string[] = [];
  for (let step = 0; step < 200_000; step += 1) {
    const text = `user-${(step * 7919) % 100_003}`;
    const bytes = Buffer.from(`<${text}>`);
    if (!map.has(text)) map.set(text, map.size);
    if (interner.number(bytes, 1, bytes.length - 1) !== map.get(text)) wrong.push(text);
  }
  for (const [text, number] of map) if (interner.textOf(number) !== text) wrong.push(text);
  expect(wrong).toEqual([]);
  expect(interner.size).toBe(map.size);
});

it("tells texts apart that are equal as far as one goes", () => {
  const interner = new Interner();
  const number = (text: string) => interner.number(Buffer.from(text), 0, Buffer.byteLength(text));
  expect(["a", "ab", "", "a", "ab", "b", ""].map(number)).toEqual([0, 1, 2, 0, 1, 3, 2]);
});
