import { performance } from "node:perf_hooks";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Milliseconds without work after which a server is at rest. */
const QUIET = 5000;
/** The part of that time in which requests may still have been answered. */
const BUSY = 0.002;
/** Bytes that have to have come since the last time: fewer are not worth the pause. */
const WORTH = 8 * 2 ** 20;

type Collect = (how: { type: "major"; flavor: "last-resort" }) => void;

/**
 * Gives memory back when the server is idle. What makes a loaded server quick, room for new
 * objects in which garbage is seldom looked for, V8 would keep for good, though at rest it is a
 * third of all that a server has. Collecting stops everything for some 60 ms, which is why it is
 * done when the server is idle, and only if much has come since. Returns what ends it; by itself it
 * keeps no process alive.
 */
export function collectWhenIdle(quiet = QUIET): () => void {
  let before = performance.eventLoopUtilization();
  let kept = 0;
  const timer = setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    if (utilization > BUSY || held() - kept < WORTH) return;
    collector()({ type: "major", flavor: "last-resort" });
    before = performance.eventLoopUtilization();
    kept = held();
  }, quiet).unref();
  return () => clearInterval(timer);
}

const held = (): number => getHeapStatistics().total_physical_size;

/**
 * V8's own function, which it gives to contexts made while this flag is set. The inspector's
 * HeapProfiler.collectGarbage does the same, but waits for itself where its session is ended soon.
 */
function collector(): Collect {
  setFlagsFromString("--expose-gc");
  try {
    return runInNewContext("gc") as Collect;
  } finally {
    setFlagsFromString("--no-expose-gc");
  }
}
