import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "@jest/globals";
import { full } from "../../../scripts/stress/crash/full.ts";
import { kills } from "../../../scripts/stress/crash/kills.ts";
import { stops } from "../../../scripts/stress/crash/stops.ts";
import { holds, type Row } from "../../../scripts/stress/crash/table.ts";
import { torn } from "../../../scripts/stress/crash/torn.ts";
import { Random } from "../../../scripts/stress/fuzz/random.ts";

// The short form of `npm run test:crash`; how long things take is for the long one to say.
const folder = mkdtempSync(join(tmpdir(), "followd-crash-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const random = new Random(1);
const next = () => random.next();
const broken = (rows: Row[]) =>
  rows
    .filter((row) => !/ ms$/.test(row.what) && !holds(row))
    .map(({ what, examples }) => ({ what, examples }));

it("loses no acknowledged write to kill -9", async () => {
  expect(broken(await kills(folder, 3, next))).toEqual([]);
});

it("opens a torn log as a moment of the past", async () => {
  expect(broken(await torn(folder, 100, next))).toEqual([]);
});

it("answers what it did before it stops", async () => {
  expect(broken(await stops(folder, 2, next))).toEqual([]);
});

it("reads on a full disk, refuses to write, and recovers", async () => {
  expect(broken(await full(folder, 1))).toEqual([]);
});
