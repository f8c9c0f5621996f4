import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { type Line, median } from "./figures.ts";

/**
 * What checkpoints cost the slowest writes: 2,000 a second over users drawn at random, once with
 * the thread that a server has and once with commits that copy the log themselves.
 */
export function checkpointTail(file: string, users: number, rounds: number, seconds: number): Line {
  const waits: Record<string, number[]> = { thread: [], commits: [] };
  for (let round = 0; round < rounds; round += 1) {
    const both = Object.entries(waits);
    // Every other round the other way round, as everywhere.
    for (const [where, found] of round % 2 === 0 ? both : both.toReversed()) {
      found.push(paced(file, where, users, seconds));
    }
  }
  const [thread, commits] = Object.values(waits).map(median);
  const name = "paced writes, p99.9: checkpoints in a thread / in place";
  return { name, value: (thread ?? Number.NaN) / (commits ?? Number.NaN), most: 0.25 };
}

function paced(file: string, where: string, users: number, seconds: number): number {
  const copy = `${file}-paced`;
  copyFileSync(file, copy);
  const script = new URL("paced.ts", import.meta.url).pathname;
  const words = [script, copy, where, String(seconds), String(users)];
  const { p999 } = JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8" }));
  return p999;
}
