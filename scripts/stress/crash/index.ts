import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Random } from "../fuzz/random.ts";
import { full } from "./full.ts";
import { kills } from "./kills.ts";
import { crashPostgres } from "./postgres/index.ts";
import { stops } from "./stops.ts";
import { holds, table } from "./table.ts";
import { torn } from "./torn.ts";

const { values: options } = parseArgs({
  options: {
    kills: { type: "string" },
    torn: { type: "string", default: "1000" },
    stops: { type: "string", default: "20" },
    full: { type: "string", default: "20" },
    engine: { type: "string", default: "sqlite" },
    /** On PostgreSQL, how often the primary is killed; kills are then of nodes. */
    primaries: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});

const folder = mkdtempSync(join(tmpdir(), "followd-crash-"));
const random = new Random(Number(options.seed));
const next = () => random.next();
try {
  const onPostgres = options.engine === "postgres";
  const rows = onPostgres
    ? await crashPostgres(
        folder,
        { kills: Number(options.kills ?? "50"), primaries: Number(options.primaries) },
        next,
      )
    : [
        ...(await kills(folder, Number(options.kills ?? "200"), next)),
        ...(await torn(folder, Number(options.torn), next)),
        ...(await stops(folder, Number(options.stops), next)),
        ...(await full(folder, Number(options.full))),
      ];
  console.log(`Seed ${options.seed}, node ${process.version}\n\n${table(rows)}`);
  process.exitCode = rows.every(holds) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
