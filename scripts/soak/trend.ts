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
/** Bytes; SQLite's soft limit of the log, and what one commit can add (storage/checkpoints.ts). */
const MOST_LOG = 80 * MEGABYTE;

const isNumber = (value: number) => !Number.isNaN(value);

/** The first quarter fills caches and compiles what is often called. */
const settled = (samples: readonly Sample[]) => samples.slice(Math.floor(samples.length / 4));

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
    `Per ${PER} requests after the first quarter: ` +
      `${perMany((each) => each.anonymous)} MB anonymous (at most ${megabytes(MOST_ANONYMOUS)}), ` +
      `${perMany((each) => each.heap)} MB of heap (at most ${megabytes(MOST_HEAP)})`,
  ].join("\n");
}
