import { parseArgs } from "node:util";
import { startCluster } from "../../postgres/cluster.ts";
import { meetings } from "./meetings.ts";
import { race } from "./race.ts";

const { values: options } = parseArgs({
  options: {
    engine: { type: "string", default: "sqlite" },
    requests: { type: "string", default: "100000" },
    rounds: { type: "string", default: "150" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    users: { type: "string", default: "50" },
    connections: { type: "string", default: "16" },
  },
});
const [requests, rounds, seed] = [options.requests, options.rounds, options.seed].map(Number) as [
  number,
  number,
  number,
];
console.error(`seed ${seed}; another's luck differs, as no two runs are timed alike`);

/** The changes of a run, on an empty database each: PostgreSQL's by their names, else SQLite's. */
async function run(databaseOf: (name: string) => string | undefined): Promise<string[]> {
  const met = await meetings({ rounds, seed, database: databaseOf("meetings") });
  console.log("| met | requests |\n|---|---|");
  for (const [name, count] of met.asked) console.log(`| ${name} | ${count} |`);
  console.log(
    `\n${rounds} rounds, ${met.retries} deadlocks sent again, ${met.problems.length} problems\n`,
  );
  const { problems, answers, imports, seconds } = await race({
    ...{ requests, seed, users: Number(options.users), connections: Number(options.connections) },
    database: databaseOf("race"),
    onProgress: (done) => console.error(`${done} requests`),
  });
  console.log("| asked | answered | times |\n|---|---|---|");
  for (const [name, count] of [...answers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`| ${name.slice(0, -4)} | ${name.slice(-3)} | ${count} |`);
  }
  console.log(
    `\n${requests} requests in ${seconds.toFixed(1)} s (${Math.round(requests / seconds)}/s), ` +
      `${imports} imports beside them, ${problems.length} problems`,
  );
  return [...met.problems, ...problems];
}

/** Runs on two empty databases of a cluster that is removed afterwards. */
async function onPostgres(): Promise<string[]> {
  const cluster = await startCluster();
  try {
    return await run((name) => {
      cluster.run(
        "createdb",
        "-h",
        "127.0.0.1",
        "-p",
        String(cluster.port),
        "-U",
        "postgres",
        name,
      );
      return cluster.url.replace(/postgres$/, name);
    });
  } finally {
    cluster.stop();
  }
}

const problems = await (options.engine === "postgres" ? onPostgres() : run(() => undefined));
for (const problem of problems.slice(0, 20)) console.log(problem.slice(0, 4000));
process.exitCode = problems.length === 0 ? 0 : 1;
