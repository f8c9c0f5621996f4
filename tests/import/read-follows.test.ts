import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { CsvReader, cellsOf, layoutOf } from "../../src/import/csv-reader.ts";
import { Lines, Tally } from "../../src/import/line-splitter.ts";
import { StagedFollows } from "../../src/import/staged-follows.ts";
import { Interner } from "../../src/import/string-table.ts";

describe("layoutOf", () => {
  it.each([
    ["follower,followed", true, false],
    ["Follower,Followed", true, false],
    ["follower_id;followed_id", true, false],
    ["from\tto", true, false],
    ["Source Username,Target Username", true, false],
    ["id_1,id_2", true, false],
    ["node-1,node-2", true, false],
    ["followee,follower", true, true],
    ["target,source", true, true],
    ["follower,whom", false, false],
    ["follower,follower", false, false],
    ["1,2", false, false],
    ["to", false, false],
    ["followers,following", false, false],
  ])("takes %j for a header: %p, turned round: %p", (line, isHeader, swapped) => {
    expect(layoutOf(line, undefined)).toMatchObject({ isHeader, swapped });
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
      const reader = new CsvReader(staged, new Tally(undefined), false);
      const cutter = new Lines(reader.take.bind(reader));
      let from = 0;
      for (const place of places.sort((a, b) => a - b)) {
        cutter.feed(bytes.subarray(from, place));
        from = Math.max(from, Math.min(place, bytes.length));
      }
      cutter.feed(bytes.subarray(from));
      cutter.end();
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
