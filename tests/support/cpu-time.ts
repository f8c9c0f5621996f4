const ROUNDS = 3;

/**
 * Milliseconds of CPU that work takes in this thread, at best of three: other programs on the
 * machine and a collection of garbage do not count.
 */
export function cpuMillisecondsOf(work: () => void): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...rounds);
}
