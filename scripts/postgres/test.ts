import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startCluster } from "./cluster.ts";

/**
 * `npm run test:postgres [-- --nodes 3] [SUITES]`: the suites for which the engine matters, on a PostgreSQL of
 * their own. Left out are those that never reach a database, and those about SQLite's file, whose
 * subject is not there: tests/storage/sqlite, backup, restore, dev, the library. With `--nodes` so many servers stand over each
 * database, and every request goes to another of them.
 */
const SUITES = [
  "tests/github/",
  "tests/gitlab-v4/",
  "tests/gitlab-v3/",
  "tests/domain/follows/",
  "tests/domain/follows-graph",
  "tests/graph/",
  "tests/storage/postgres/",
  "tests/nodes/",
  "tests/http/(nul-in-texts|names-of-unicode)",
  "tests/one-graph",
  "tests/import/import-users",
];

/** Suites that a run of all has once more over three nodes, where each request goes to another. */
const NODES = 3;
const SUITES_OF_NODES = [
  "tests/one-graph",
  "tests/auth-matrix/(github|gitlab-v[34]|graph|instance|mass-assignment).test",
];

const root = join(import.meta.dirname, "../..");
const { values, positionals: given } = parseArgs({
  options: { nodes: { type: "string", default: "1" } },
  allowPositionals: true,
});
const cluster = await startCluster();

function run(suites: readonly string[], nodes: string): Promise<number> {
  const jest = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      join(root, "node_modules/jest/bin/jest.js"),
      ...["--maxWorkers", "2"],
      ...suites,
    ],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, FOLLOWD_TEST_DATABASE: cluster.url, FOLLOWD_TEST_NODES: nodes },
    },
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => jest.kill(signal));
  return new Promise((resolve) => jest.on("exit", (code) => resolve(code ?? 1)));
}

const codes =
  given.length > 0 || values.nodes !== "1"
    ? [await run(given.length > 0 ? given : SUITES, values.nodes)]
    : [await run(SUITES, "1"), await run(SUITES_OF_NODES, String(NODES))];
cluster.stop();
process.exitCode = codes.find((code) => code !== 0) ?? 0;
