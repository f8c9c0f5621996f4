import { costTargets, measureCosts } from "./cost-run.ts";
import { startTarget } from "./target.ts";

/**
 * Every operation of every document and every page, in every shape that ever cost more than it
 * should, at the largest body that it takes. `--only TEXT` keeps to the operations whose name has it.
 */
const LIMITS = { cpuMs: 100, bytes: 50 * 2 ** 20 };

const place = process.argv.indexOf("--only");
const only = place === -1 ? "" : (process.argv[place + 1] ?? "");
const failed: boolean[] = [];
let found = 0;
for (const kind of ["serve", "dev"] as const) failed.push(await hold(kind));
if (found === 0) console.error(`No operation has "${only}" in its name.`);
process.exitCode = failed.includes(true) || found === 0 ? 1 : 0;

/** Holds one kind of server to the limits; says whether something was too dear or failed. */
async function hold(kind: "serve" | "dev"): Promise<boolean> {
  const all = await costTargets(kind);
  const targets = all.filter(({ document, id }) => `${document} ${id}`.includes(only));
  found += targets.length;
  if (targets.length === 0) return false;
  const server = await startTarget(kind);
  try {
    const started = performance.now();
    const { requests, complaints, dearest } = await measureCosts(server, targets, {
      limits: LIMITS,
      wanted: () => true,
      onProgress: (operations, all) => {
        if (operations % 20 === 0) console.error(`${operations} of ${all} operations of ${kind}`);
      },
    });
    const { errors } = await server.state();
    for (const complaint of [...complaints, ...errors]) console.log(complaint);
    console.log(
      `${kind}: ${requests} requests in ${Math.round((performance.now() - started) / 1000)} s`,
    );
    console.log(`dearest: ${dearest.what}: ${dearest.cpuMs.toFixed(0)} ms of CPU`);
    console.log(`${complaints.length} too dear or failed, ${errors.length} errors logged`);
    return complaints.length + errors.length > 0;
  } finally {
    await server.stop();
  }
}
