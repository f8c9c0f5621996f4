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
  "tests/http/nul-in-texts",
  "tests/one-graph",
  "tests/import/import-users",
];

const root = join(import.meta.dirname, "../..");
const cluster = await startCluster();
const { values, positionals: given } = parseArgs({
  options: { nodes: { type: "string", default: "1" } },
  allowPositionals: true,
});
const jest = spawn(
  process.execPath,
  [
    "--disable-warning=ExperimentalWarning",
    join(root, "node_modules/jest/bin/jest.js"),
    ...["--maxWorkers", "2"],
    ...(given.length > 0 ? given : SUITES),
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, FOLLOWD_TEST_DATABASE: cluster.url, FOLLOWD_TEST_NODES: values.nodes },
  },
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => jest.kill(signal));
const code = await new Promise<number | null>((resolve) => jest.on("exit", resolve));
cluster.stop();
process.exitCode = code ?? 1;
