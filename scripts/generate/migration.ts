import { spawnSync } from "node:child_process";
import { join } from "node:path";

/**
 * Writes the next migration of every engine from its tables: `npm run migration -- --name NAME`. Of
 * an engine whose tables did not change nothing is written.
 */
const root = join(import.meta.dirname, "../..");
const configs = ["drizzle.config.ts", "drizzle-postgres.config.ts"];

for (const config of configs) {
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/drizzle-kit/bin.cjs"),
      "generate",
      ...["--config", join("scripts/generate", config)],
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: "inherit" },
  );
  if (status !== 0) process.exit(status ?? 1);
}
