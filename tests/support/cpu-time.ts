const TIMES = 100;

/**
 * Milliseconds of CPU that work takes in this thread, on average of a hundred times: the system
 * counts in steps of up to ten milliseconds. Other programs on the machine do not count.
 */
export function cpuMillisecondsOf(work: () => void): number {
  const before = process.threadCpuUsage();
  for (let time = 0; time < TIMES; time += 1) work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / TIMES;
}
