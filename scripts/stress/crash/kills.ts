import { setTimeout as pause } from "node:timers/promises";
import { median } from "../../bench/figures.ts";
import { createDatabase, edgesIn, type Server, startServer, wrongsIn } from "./server.ts";
import type { Row } from "./table.ts";
import { until } from "./waits.ts";
import { Ledger, write } from "./writers.ts";

const READY_WITHIN = 2000;

/**
 * Kills the server in the middle of writes, over and over: what was acknowledged is there, the
 * file is whole, counters are what a recount gives, and it is soon ready again.
 */
export async function kills(folder: string, times: number, random: () => number): Promise<Row[]> {
  const database = await createDatabase(`${folder}/kills`, 200, 16);
  const ledger = new Ledger();
  const [lost, wrongs]: [string[], string[]] = [[], []];
  const starts: number[] = [];
  let server: Server | undefined;
  for (let round = 0; round <= times; round += 1) {
    server = await startServer(database.data);
    // The first start makes nothing up for a kill.
    if (round > 0) starts.push(Math.round(server.readyAfter));
    const stored = edgesIn(database.file);
    lost.push(...ledger.lost(stored));
    wrongs.push(...wrongsIn(database.file));
    ledger.settle(stored);
    if (round === times) break;
    const before = ledger.acknowledged;
    const writing = write(database, server.url, ledger, random);
    // Now and then long enough for the thread that sees to checkpoints to be at work.
    await pause(random() < 0.15 ? 1200 + random() * 1000 : 100 + random() * 300);
    await until("a write before the kill", async () => ledger.acknowledged > before);
    await server.end("SIGKILL");
    await writing.stop();
  }
  await server?.end("SIGTERM");
  const name = `kill -9 under load, ${times} times`;
  return [
    { name, what: "acknowledged writes", value: ledger.acknowledged, least: times },
    { name, what: "of them lost", value: lost.length, most: 0, examples: lost },
    {
      name,
      what: "other answers than 204",
      value: ledger.strange.length,
      most: 0,
      examples: ledger.strange,
    },
    { name, what: "problems in the file", value: wrongs.length, most: 0, examples: wrongs },
    { name, what: "until ready, median, ms", value: median(starts), most: READY_WITHIN },
    { name, what: "until ready, slowest, ms", value: Math.max(0, ...starts), most: READY_WITHIN },
  ];
}
