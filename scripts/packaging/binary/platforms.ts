import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const prebuilds = join(dirname(require.resolve("better-sqlite3/package.json")), "prebuilds");

/** What better-sqlite3 is built for: `linux-x64`, `linuxmusl-arm64`, `darwin-arm64`, … */
export const platforms = (): string[] =>
  readdirSync(prebuilds)
    .map((name) => name.replace(/\.node$/, ""))
    .sort();

/** The platform that this runs on. */
export function here(): string {
  const { header } = process.report.getReport() as {
    header: { glibcVersionRuntime?: string };
  };
  const isMusl = process.platform === "linux" && header.glibcVersionRuntime === undefined;
  return `${isMusl ? "linuxmusl" : process.platform}-${process.arch}`;
}

/** The native part of better-sqlite3 for a platform. Throws when there is none. */
export function prebuildFor(platform: string): string {
  const file = join(prebuilds, `${platform}.node`);
  if (existsSync(file)) return file;
  throw new Error(`There is no platform ${platform}, but ${platforms().join(", ")}.`);
}
