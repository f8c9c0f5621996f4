import { parseArgs } from "node:util";
import { type Flooded, flood } from "./flood.ts";
import { KINDS } from "./requests.ts";
import { startTarget } from "./target.ts";

const MEGABYTE = 2 ** 20;
/** The heap is compared with what it was after so many requests, when everything is set up. */
const WARM = 20_000;
const MOST_GROWTH = 50 * MEGABYTE;

const { values: options } = parseArgs({
  options: {
    requests: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    json: { type: "boolean", default: false },
  },
});
process.exitCode = (await run(Number(options.requests), Number(options.seed))) ? 0 : 1;

async function run(requests: number, seed: number): Promise<boolean> {
  say(`seed ${seed}; the same again: npm run fuzz -- --requests ${requests} --seed ${seed}`);
  const target = await startTarget();
  try {
    const { url } = target;
    const renew = () => target.renew();
    const warm = Math.min(WARM, Math.ceil(requests / 5));
    const first = await flood({ url, renew, seed: seed ^ 1, requests: warm });
    const before = await target.state();
    const started = performance.now();
    const onProgress = progress(requests - warm, started);
    const rest = await flood({ url, renew, seed, requests: requests - warm, onProgress });
    const seconds = (performance.now() - started) / 1000;
    const after = await target.state();
    const complaints = [...first.complaints, ...rest.complaints];
    const errors = [...before.errors, ...after.errors];
    const grown = after.heap - before.heap;
    const told = {
      ...{ seed, requests, seconds: Math.round(seconds), complaints, errors },
      requests_per_second: Math.round((requests - warm) / seconds),
      cpu_microseconds_per_request: Math.round((after.cpu - before.cpu) / (requests - warm)),
      heap_mb: [before.heap, after.heap].map(inMegabytes),
      memory_mb: [before.memory, after.memory].map(inMegabytes),
    };
    if (options.json) console.log(JSON.stringify(told));
    else report(told, rest.counts);
    return complaints.length === 0 && errors.length === 0 && grown < MOST_GROWTH;
  } finally {
    await target.stop();
  }
}

function inMegabytes(bytes: number): number {
  return Math.round((bytes / MEGABYTE) * 10) / 10;
}

function say(text: string): void {
  console.error(text);
}

/** A line a tenth of the way. */
function progress(requests: number, started: number) {
  let next = requests / 10;
  return (done: number) => {
    if (done < next) return;
    next += requests / 10;
    say(`${done} requests, ${Math.round((done * 1000) / (performance.now() - started))}/s`);
  };
}

function report(told: Record<string, unknown>, counts: Flooded["counts"]): void {
  const statuses = [...new Set([...counts.values()].flatMap((each) => [...each.keys()]))];
  statuses.sort((a, b) => a - b);
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  // No status: the server closed the connection without a word.
  const head = ["kind", "requests", ...statuses.map((each) => (each === 0 ? "closed" : each))];
  console.log([row(head), row(head.map(() => "---"))].join("\n"));
  for (const kind of KINDS) {
    const found = counts.get(kind) ?? new Map<number, number>();
    const all = [...found.values()].reduce((sum, each) => sum + each, 0);
    console.log(row([kind, all, ...statuses.map((each) => found.get(each) ?? 0)]));
  }
  console.log("");
  for (const [name, value] of Object.entries(told)) {
    if (!Array.isArray(value)) console.log(`${name}: ${String(value)}`);
    else if (typeof value[0] === "number") console.log(`${name}: ${value.join(" before, ")} after`);
    else console.log(`${name}: ${value.length}${value.map((each) => `\n  ${each}`).join("")}`);
  }
}
