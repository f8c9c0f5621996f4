import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The exact versions that are compared; none of them is a dependency of ours. */
export const VERSIONS = {
  "@stoplight/prism-cli": "5.16.0",
  // Not 1.0.2, the newest by number: that is another program, by who had the name before.
  emulate: "0.12.2",
  "json-server": "0.17.4",
  "@mockoon/cli": "9.9.0",
} as const;

/** Installs them into a folder of their own, without running any script of theirs. */
export function install(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const wanted = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`);
  const quietly = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error"];
  execFileSync("npm", ["install", ...quietly, ...wanted], { cwd: folder, stdio: "inherit" });
}
