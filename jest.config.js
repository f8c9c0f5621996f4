/** Node runs the TypeScript as it is, so nothing is transformed. */
export default {
  testEnvironment: "node",
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  // What needs more than node: `npm run test:programs`.
  testPathIgnorePatterns: ["<rootDir>/tests/programs/"],
  extensionsToTreatAsEsm: [".ts"],
  moduleFileExtensions: ["ts", "js", "json", "node"],
  transform: {},
  testTimeout: 30_000,
};
