/** What one round of one measure showed. */
export interface Figure {
  /** Microseconds of the server's CPU a request. */
  cpu: number;
  /** Requests a second. */
  rate: number;
  /** Milliseconds. */
  p99: number;
  /** Answers that were neither 2xx nor 304. */
  wrong: number;
}

/**
 * The rounds of each measure. CPU is told by the least of them and requests a second by the most, as
 * other programs on a machine, or beside it on its host, only take away; waits by their median.
 */
export class Figures {
  readonly #rounds = new Map<string, Figure[]>();

  /** Not a number where it was not measured, as of the rest. */
  readonly cost = (name: string): number => {
    const costs = this.#all(name, ({ cpu }) => cpu);
    return costs.length === 0 ? Number.NaN : Math.min(...costs);
  };
  readonly rate = (name: string): number => Math.max(...this.#all(name, ({ rate }) => rate));
  /** Requests a second of one as a ratio to another's in the same round, by the median of rounds. */
  readonly pace = (a: string, b: string): number => {
    const others = this.#all(b, ({ rate }) => rate);
    return median(this.#all(a, ({ rate }) => rate).map((rate, n) => rate / (others[n] ?? 0)));
  };
  /** By how much the cost of one went up and down from round to round: its median over its least. */
  readonly spread = (name: string): number => {
    const costs = this.#all(name, ({ cpu }) => cpu);
    return median(costs) / Math.min(...costs) - 1;
  };
  readonly p99 = (name: string): number => median(this.#all(name, ({ p99 }) => p99));

  add(name: string, figure: Figure): void {
    this.#rounds.set(name, [...(this.#rounds.get(name) ?? []), figure]);
  }

  get names(): string[] {
    return [...this.#rounds.keys()];
  }

  get wrong(): number {
    return [...this.#rounds.values()].flat().reduce((sum, { wrong }) => sum + wrong, 0);
  }

  #all(name: string, of: (figure: Figure) => number): number[] {
    return (this.#rounds.get(name) ?? []).map(of);
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** One line of the result: a ratio of two figures of the same run, and what it has to reach. */
export interface Line {
  name: string;
  value: number;
  least?: number;
  most?: number;
}

export const holds = ({ value, least, most }: Line): boolean =>
  (least === undefined || value >= least) && (most === undefined || value <= most);

/** The result as a Markdown table. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map((line) => {
    const { name, value, least, most } = line;
    const bound = least === undefined ? `<= ${most ?? "-"}` : `>= ${least}`;
    return `| ${name} | ${value.toFixed(2)} | ${bound} | ${holds(line) ? "yes" : "**no**"} |`;
  });
  return ["| measure | ratio | wanted | held |", "|---|---|---|---|", ...rows].join("\n");
}
