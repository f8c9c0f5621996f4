/**
 * Node runs the TypeScript as it is, so nothing is transformed, and test files share the modules
 * that they import: tests/support/jest/runtime.ts says why.
 */
export default {
  testEnvironment: "<rootDir>/tests/support/jest/environment.ts",
  runtime: "<rootDir>/tests/support/jest/runtime.ts",
  testSequencer: "<rootDir>/tests/support/jest/sequencer.ts",
  injectGlobals: false,
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  // What needs more than node: `npm run test:programs`, and PostgreSQL: `npm run test:postgres`.
  testPathIgnorePatterns: [
    "<rootDir>/tests/programs/",
    ...(process.env.FOLLOWD_TEST_DATABASE === undefined ? ["<rootDir>/tests/nodes/"] : []),
  ],
  extensionsToTreatAsEsm: [".ts"],
  moduleFileExtensions: ["ts", "js", "json", "node"],
  transform: {},
  // As many files at a time as there are cores; jest by itself leaves one idle.
  maxWorkers: "100%",
  // Ends what hangs. It measures nothing: the slowest test takes 10 s, and ten times as long beside other work.
  testTimeout: 300_000,
  // Reports a worker that something keeps alive. On a busy machine a large one needs longer to end than jest's 0.5 s.
  workerGracefulExitTimeout: 30_000,
};
