import { setTimeout as pause } from "node:timers/promises";

/** No wait of a run takes longer, on a machine that is busy with other things, either. */
export const LONGEST_WAIT_MS = 120_000;
const POLL_MS = 50;

interface Wait {
  readonly what: string;
  readonly since: number;
}

const underWay = new Set<Wait>();

/** What is waited for now, a line each, the longest wait first. */
export const waits = (): string[] =>
  [...underWay]
    .sort((a, b) => a.since - b.since)
    .map(({ what, since }) => `${what}, for ${Math.round(performance.now() - since)} ms`);

/**
 * Waits for something that has a name. Rejects when it takes longer than anything should, with the
 * name and with what else is waited for: so a run that is stuck ends, and says where.
 */
export async function within<T>(
  what: string,
  work: Promise<T>,
  most = LONGEST_WAIT_MS,
): Promise<T> {
  const wait = { what, since: performance.now() };
  underWay.add(wait);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const others = waits().filter((line) => !line.startsWith(`${what}, `));
      const beside = others.length === 0 ? "" : `; beside it ${others.join("; ")}`;
      reject(new Error(`Nothing after ${most} ms of waiting for ${what}${beside}.`));
    }, most);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    underWay.delete(wait);
  }
}

/** Asks again and again until it is so. Rejects, naming it, when that takes too long. */
export const until = (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + LONGEST_WAIT_MS;
  const ask = async () => {
    while (!(await isSo()) && performance.now() < end) await pause(POLL_MS);
  };
  return within(what, ask());
};
