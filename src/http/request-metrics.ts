import type { Logger } from "pino";
import { lineOf, membersOf } from "./access-log.ts";
import { addressOf } from "./client-address.ts";
import type { Exchange, Operation } from "./dialect.ts";

/** The upper bounds of the buckets that times are counted in, in seconds. */
export const BOUNDS: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** What nginx writes for callers who went away before they had their answer. */
const CALLER_LEFT = 499;
const NO_OPERATION = "none";

/** What was counted of one operation, or of everything in a dialect that is no operation. */
export interface Series {
  readonly dialect: string;
  readonly operation: string;
  /** How many answers had each status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** How many took at most as long as each bound, and longer than the one before it. */
  readonly buckets: readonly number[];
  readonly count: number;
  /** What all of them took together. */
  readonly seconds: number;
}

/** What happened so far, for the metrics. */
export interface Observed {
  series(): Iterable<Series>;
}

export interface Observer extends Observed {
  /** Call for each request as it comes in; the rest happens when its answer is out. */
  readonly seen: (exchange: Exchange, started?: number) => void;
}

interface Counts extends Series {
  statuses: Map<number, number>;
  buckets: number[];
  count: number;
  seconds: number;
}

/**
 * Counts requests, and writes a line for each one where there is a log that takes it. `writeLine`
 * takes whole lines of JSON, which is faster than a logger that makes them.
 */
export function observer(log?: Logger, writeLine?: (line: string) => void): Observer {
  // Keyed by the operation itself: making a text of labels would cost more than all the rest.
  const counts = new Map<Operation | string, Counts>();

  function finished(exchange: Exchange, started: number, address?: string): void {
    const { res, match, dialect } = exchange;
    const milliseconds = performance.now() - started;
    const status = res.writableFinished ? res.statusCode : CALLER_LEFT;
    const key = match?.target ?? dialect;
    let mine = counts.get(key);
    if (mine === undefined) {
      mine = emptyCounts(dialect, match?.target.id ?? NO_OPERATION);
      counts.set(key, mine);
    }
    count(mine, status, milliseconds / 1000);
    if (log?.isLevelEnabled("info") !== true) return;
    const members = membersOf(exchange, status, milliseconds, address);
    if (writeLine === undefined) log.info(JSON.parse(`{${members}}`), "request");
    else writeLine(lineOf(members, Date.now()));
  }

  return {
    seen(exchange, started = performance.now()) {
      // A connection that was closed no longer knows who was there.
      const address = log === undefined ? undefined : addressOf(exchange.req);
      // "finish" does not come when the caller hangs up; "close" always does.
      exchange.res.on("close", () => finished(exchange, started, address));
    },
    series: () => counts.values(),
  };
}

function emptyCounts(dialect: string, operation: string): Counts {
  const buckets = BOUNDS.map(() => 0);
  return { dialect, operation, statuses: new Map(), buckets, count: 0, seconds: 0 };
}

function count(counts: Counts, status: number, seconds: number): void {
  counts.statuses.set(status, (counts.statuses.get(status) ?? 0) + 1);
  counts.count += 1;
  counts.seconds += seconds;
  for (let place = 0; place < BOUNDS.length; place += 1) {
    if (seconds > (BOUNDS[place] as number)) continue;
    counts.buckets[place] = (counts.buckets[place] as number) + 1;
    return;
  }
}
