import { performance } from "node:perf_hooks";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Milliseconds without work after which a server is at rest. */
const QUIET_MS = 5000;
/** The part of that time in which requests may still have been answered. */
const MAX_UTILIZATION = 0.002;
/** Bytes that have to have come since the last time: fewer are not worth the pause. */
const MIN_BYTES = 8 * 2 ** 20;

/** How busy a server is. */
interface Activity {
  /** The part of the time since the last call in which the event loop worked, 0 to 1. */
  readonly utilization: () => number;
  /** Calls `look` again and again, and keeps no process alive; returns what ends it. */
  readonly watch: (look: () => void) => () => void;
}

function eventLoop(): Activity {
  let before = performance.eventLoopUtilization();
  return {
    utilization: () => {
      const { utilization } = performance.eventLoopUtilization(before);
      before = performance.eventLoopUtilization();
      return utilization;
    },
    watch: (look) => {
      const timer = setInterval(look, QUIET_MS).unref();
      return () => clearInterval(timer);
    },
  };
}

type Collect = (how: { type: "major"; flavor: "last-resort" }) => void;

/**
 * Gives memory back when the server is idle. What makes a loaded server quick, room for new
 * objects in which garbage is seldom looked for, V8 would keep for good, though at rest it is
 * 40 of the 88 MB that a server has without this. Collecting stops everything for some 60 ms, which is why it is
 * done when the server is idle, and only if much has come since. Returns what ends it; by itself it
 * keeps no process alive.
 */
export function collectWhenIdle(activity = eventLoop()): () => void {
  let heldAfterwards = 0;
  return activity.watch(() => {
    if (activity.utilization() > MAX_UTILIZATION || held() - heldAfterwards < MIN_BYTES) return;
    collector()({ type: "major", flavor: "last-resort" });
    // The time of the collection is not work.
    activity.utilization();
    heldAfterwards = held();
  });
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
