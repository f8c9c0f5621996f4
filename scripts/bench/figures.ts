/** Figures by measure and server, a number a round. */
export type Rounds = Map<string, number[]>;

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
