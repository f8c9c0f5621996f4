import { parseArgs } from "node:util";
import { holds, table } from "../figures.ts";
import { measureGraph } from "./graph.ts";
import { linesOf } from "./lines.ts";
import { measureRows } from "./rows.ts";

/** `npm run bench:postgres`: a node beside a server on SQLite; with `--graph`, a large graph alone. */
const { values: options } = parseArgs({
  options: {
    graph: { type: "boolean", default: false },
    users: { type: "string" },
    many: { type: "string", default: "1000000" },
    follows: { type: "string" },
    rounds: { type: "string", default: "3" },
    requests: { type: "string", default: "6000" },
    seconds: { type: "string", default: "2" },
  },
});

if (options.graph) {
  const { users = "1000000", follows = "20000000" } = options;
  await measureGraph({ users: Number(users), follows: Number(follows) });
} else {
  const { users = "50000", follows = "1000000", many, rounds, requests, seconds } = options;
  const found = await measureRows({
    ...{ users: Number(users), follows: Number(follows), many: Number(many) },
    ...{ rounds: Number(rounds), requests: Number(requests), seconds: Number(seconds) },
  });
  const { servers, large } = found;
  for (const name of servers.names) {
    const [cpu, rate] = [servers.cost(name).toFixed(0), servers.rate(name).toFixed(0)];
    console.log(`| ${name} | ${cpu} us | ${rate}/s | p99 ${servers.p99(name).toFixed(0)} ms |`);
  }
  for (const [what, time] of Object.entries(large)) {
    console.log(`| ${what}, of ${many} users | ${time.toFixed(2)} ms |`);
  }
  const lines = linesOf(found);
  console.log(`\n${table(lines)}`);
  process.exitCode = lines.every(holds) ? 0 : 1;
}
