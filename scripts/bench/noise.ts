import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";

/** proc(5): the columns of the first line of /proc/stat, in hundredths of a second. */
const [IDLE, WAITING, STOLEN] = [3, 4, 7];

interface Times {
  all: number;
  busy: number;
  stolen: number;
}

function times(): Times {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  // The last two are in the first two already.
  const columns = line.split(/\s+/).slice(1, 9).map(Number);
  const all = columns.reduce((sum, each) => sum + each, 0);
  const at = (column: number) => columns[column] ?? 0;
  const stolen = at(STOLEN);
  return { all, stolen, busy: all - at(IDLE) - at(WAITING) - stolen };
}

const percent = (part: number) => `${(100 * part).toFixed(0)} %`;

/** What else the machine did during a run, which is what figures have to be read by. */
export class Noise {
  readonly #before = times();
  readonly #load = loadavg()[0] ?? 0;

  /** `own` is how many microseconds of CPU the run itself has used, its servers included. */
  report(own: number, spread: number): string {
    const { all, busy, stolen } = times();
    const passed = all - this.#before.all;
    const others = Math.max(0, busy - this.#before.busy - own / 10_000) / passed;
    const load = [this.#load, loadavg()[0] ?? 0].map((each) => each.toFixed(1)).join(" before, ");
    const [{ model } = { model: "unknown" }] = cpus();
    const spreading = Number.isNaN(spread)
      ? ""
      : `; the cost of bare node:http is ${percent(spread)} higher in a usual round than in the best one`;
    return [
      `node ${process.version}, ${availableParallelism()} processors (${model}) shared with the load.`,
      `Noise: ${percent((stolen - this.#before.stolen) / passed)} of the processors' time taken by the host, ` +
        `${percent(others)} by other programs; load average ${load} after${spreading}.`,
    ].join("\n");
  }
}
