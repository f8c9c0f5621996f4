import { setTimeout as pause } from "node:timers/promises";
import { createDatabase, edgesIn, startServer, wrongsIn } from "./server.ts";
import type { Row } from "./table.ts";
import { until } from "./waits.ts";
import { Ledger, write } from "./writers.ts";

const ENDED_WITHIN = 10_000;

/** Asks the server to stop in the middle of writes: what it did, it has answered. */
export async function stops(folder: string, times: number, random: () => number): Promise<Row[]> {
  const database = await createDatabase(`${folder}/stops`, 200, 16);
  const ledger = new Ledger();
  const [wrong, unanswered]: [string[], string[]] = [[], []];
  let slowest = 0;
  for (let round = 0; round < times; round += 1) {
    const server = await startServer(database.data);
    const before = ledger.acknowledged;
    const writing = write(database, server.url, ledger, random);
    await pause(100 + random() * 300);
    await until("a write before the stop", async () => ledger.acknowledged > before);
    const { code, after } = await server.end("SIGTERM");
    await writing.stop();
    slowest = Math.max(slowest, after);
    if (code !== 0) wrong.push(`it ended with ${code}`);
    wrong.push(...wrongsIn(database.file));
    const stored = edgesIn(database.file);
    // Requests that came too late got no answer, and so must have done nothing.
    ledger.unknown.clear();
    unanswered.push(...ledger.lost(stored));
  }
  const name = `SIGTERM under load, ${times} times`;
  return [
    { name, what: "acknowledged writes", value: ledger.acknowledged, least: times },
    {
      name,
      what: "lost, or done and not answered",
      value: unanswered.length,
      most: 0,
      examples: unanswered,
    },
    {
      name,
      what: "other answers than 204",
      value: ledger.strange.length,
      most: 0,
      examples: ledger.strange,
    },
    { name, what: "problems in the file, or ends", value: wrong.length, most: 0, examples: wrong },
    { name, what: "slowest end, ms", value: Math.round(slowest), most: ENDED_WITHIN },
  ];
}
