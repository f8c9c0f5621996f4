import { tmpdir } from "node:os";
import { join } from "node:path";

// Jest's workers and the processes that tests start compile the same thousand modules: where src/main.js has them, too.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "node-compile-cache");

import { availableParallelism } from "node:os";

const arePrograms = process.env.TEST_PROGRAMS !== undefined;

/**
 * `npm test` runs what one process of followd, or the process of the tests, can answer: it needs nothing but node.
 * `npm run test:programs` sets TEST_PROGRAMS and runs tests/programs: what starts other people's programs, and the
 * long harnesses of scripts/stress. `npm run test:postgres` sets FOLLOWD_TEST_DATABASE, which tests/nodes needs.
 *
 * Node runs the TypeScript as it is, so nothing is transformed, and test files share the modules
 * that they import: tests/support/jest/runtime.ts says why.
 */
export default {
  testEnvironment: "<rootDir>/tests/support/jest/environment.ts",
  runtime: "<rootDir>/tests/support/jest/runtime.ts",
  testSequencer: "<rootDir>/tests/support/jest/sequencer.ts",
  injectGlobals: false,
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  testPathIgnorePatterns: [
    arePrograms ? "<rootDir>/tests/(?!programs/)" : "<rootDir>/tests/programs/",
    ...(process.env.FOLLOWD_TEST_DATABASE === undefined ? ["<rootDir>/tests/nodes/"] : []),
  ],
  extensionsToTreatAsEsm: [".ts"],
  moduleFileExtensions: ["ts", "js", "json", "node"],
  transform: {},
  // Files that start a process of followd wait a good part of their time, so there is one worker more than cores.
  // Other programs and PostgreSQL fill the cores beside their workers.
  maxWorkers:
    arePrograms || process.env.FOLLOWD_TEST_DATABASE !== undefined
      ? "100%"
      : availableParallelism() + 1,
  // Ends what hangs. It measures nothing: the slowest test takes 10 s, and ten times as long beside other work.
  testTimeout: 300_000,
  // Reports a worker that something keeps alive. On a busy machine a large one needs longer to end than jest's 0.5 s.
  workerGracefulExitTimeout: 30_000,
};
