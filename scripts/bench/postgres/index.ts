import { parseArgs } from "node:util";
import { holds, table } from "../figures.ts";
import { measureGraph } from "./graph.ts";
import { measureRows } from "./rows.ts";

/** `npm run bench:postgres`: a node beside a server on SQLite; with `--graph`, a large graph alone. */
const { values: options } = parseArgs({
  options: {
    graph: { type: "boolean", default: false },
    users: { type: "string" },
    follows: { type: "string" },
    rounds: { type: "string", default: "4" },
    seconds: { type: "string", default: "2" },
  },
});

if (options.graph) {
  const { users = "1000000", follows = "20000000" } = options;
  await measureGraph({ users: Number(users), follows: Number(follows) });
} else {
  const { users = "50000", follows = "1000000", rounds, seconds } = options;
  const lines = await measureRows({
    ...{ users: Number(users), follows: Number(follows) },
    ...{ rounds: Number(rounds), seconds: Number(seconds) },
  });
  console.log(`\n${table(lines)}`);
  process.exitCode = lines.every(holds) ? 0 : 1;
}
