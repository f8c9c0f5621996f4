import type { State } from "./server.ts";

export interface Sample extends State {
  /** Sent by then. */
  requests: number;
  /** Of those since the last sample, without an answer or with one of the server's errors. */
  failed: number;
}

const MEGABYTE = 2 ** 20;
const PER = 100_000;
/** Bytes that may come with so many requests: what is left of a warm-up, and chance. */
const MOST_HEAP = MEGABYTE;
const MOST_ANONYMOUS = 3 * MEGABYTE;
/** Bytes; SQLite's soft limit of the log, and what one commit can add (storage/sqlite/wal-checkpointer.ts). */
const MOST_LOG = 80 * MEGABYTE;

const isNumber = (value: number) => !Number.isNaN(value);

/** By then every cache is full and what is often called is compiled. */
const FILLED = 300_000;

/** What follows the first quarter, or as much as fills the caches, of which a short run has less. */
function settled(samples: readonly Sample[]): readonly Sample[] {
  const all = samples.at(-1)?.requests ?? 0;
  const from = Math.max(all / 4, Math.min(FILLED, (3 * all) / 4));
  return samples.filter(({ requests }) => requests >= from);
}

/** What comes with 100,000 requests, by least squares. */
export function slope(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const points = samples.map((each) => [each.requests, of(each)] as const);
  const mean = (place: 0 | 1) => points.reduce((sum, each) => sum + each[place], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, each) => sum + (each[0] - x) * (each[1] - y), 0);
  const under = points.reduce((sum, each) => sum + (each[0] - x) ** 2, 0);
  return (over / under) * PER;
}

/** Whether nothing grows, and nothing failed. */
export function holds(samples: readonly Sample[]): boolean {
  const rest = settled(samples);
  const anonymous = slope(rest, (each) => each.anonymous);
  const descriptors = slope(rest, (each) => each.descriptors);
  return (
    samples.every(({ failed, log }) => failed === 0 && log <= MOST_LOG) &&
    slope(rest, (each) => each.heap) <= MOST_HEAP &&
    (!isNumber(anonymous) || anonymous <= MOST_ANONYMOUS) &&
    (!isNumber(descriptors) || descriptors < 1)
  );
}

/** The samples as a Markdown table, and below it what comes with 100,000 requests. */
export function tableOf(samples: readonly Sample[]): string {
  const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(1);
  const row = (cells: readonly unknown[]) => `| ${cells.join(" | ")} |`;
  const rest = settled(samples);
  const perMany = (of: (sample: Sample) => number) => megabytes(slope(rest, of));
  return [
    row(["requests", "anonymous MB", "heap MB", "descriptors", "log MB", "failed"]),
    row(Array(6).fill("---:")),
    ...samples.map(({ requests, anonymous, heap, descriptors, log, failed }) =>
      row([requests, megabytes(anonymous), megabytes(heap), descriptors, megabytes(log), failed]),
    ),
    "",
    `Per ${PER} requests from ${rest[0]?.requests} on: ` +
      `${perMany((each) => each.anonymous)} MB anonymous (at most ${megabytes(MOST_ANONYMOUS)}), ` +
      `${perMany((each) => each.heap)} MB of heap (at most ${megabytes(MOST_HEAP)})`,
  ].join("\n");
}
