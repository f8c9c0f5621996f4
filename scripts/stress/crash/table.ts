/** One thing that was tried, and what it has to be. */
export interface Row {
  name: string;
  what: string;
  value: number;
  least?: number;
  most?: number;
  /** Some of what was counted. */
  examples?: readonly string[];
}

const TOLD = 3;

export const holds = ({ value, least, most }: Row): boolean =>
  (least === undefined || value >= least) && (most === undefined || value <= most);

/** The rows as a Markdown table; those that do not hold say some of what was found. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const bound = row.least === undefined ? `<= ${row.most ?? "-"}` : `>= ${row.least}`;
    const found = holds(row) ? "yes" : `**no** ${(row.examples ?? []).slice(0, TOLD).join("; ")}`;
    return `| ${row.name} | ${row.what} | ${row.value} | ${bound} | ${found} |`;
  });
  return ["| tried | counted | found | wanted | held |", "|---|---|---|---|---|", ...lines].join(
    "\n",
  );
}
