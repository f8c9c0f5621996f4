/** Node runs the TypeScript as it is, so nothing is transformed. */
export default {
  testEnvironment: "node",
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  // What needs more than node: `npm run test:programs`.
  testPathIgnorePatterns: ["<rootDir>/tests/programs/"],
  extensionsToTreatAsEsm: [".ts"],
  moduleFileExtensions: ["ts", "js", "json", "node"],
  transform: {},
  // As many files at a time as there are cores; jest by itself leaves one idle.
  maxWorkers: "100%",
  // Ends what hangs. It measures nothing: the slowest test takes 10 s, and ten times as long beside other work.
  testTimeout: 300_000,
};
