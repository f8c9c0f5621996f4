import { writeFileSync } from "node:fs";
import type { Start } from "./cold-start.ts";
import { holds, type Line, table } from "./figures.ts";
import { linesOf, type Measured } from "./thresholds.ts";

/** What the names of the other checkout's figures end with. */
export const AGAINST = " against";

export interface Report extends Measured {
  /** Whether all groups were measured, so that every ratio has to be there. */
  isWhole: boolean;
  /** Where the figures go as JSON. */
  file: string;
}

/** Prints what was measured, and the ratios; tells whether they hold. */
export function report({ isWhole, file, ...measured }: Report): boolean {
  const { figures, start, memory } = measured;
  const { cost, rate, p99, names } = figures;
  const details = names.map(
    (name) =>
      `| ${name} | ${cost(name).toFixed(1)} | ${Math.round(rate(name))} | ${p99(name).toFixed(1)} |`,
  );
  if (names.length > 0) {
    const head = [
      "| request and server | CPU µs a request | requests/s | p99 ms |",
      "|---|---|---|---|",
    ];
    console.log(`${[...head, ...details].join("\n")}\n`);
  }
  for (const [name, { wall, cpu }] of Object.entries(start ?? {})) {
    console.log(`Cold start, ${name}: ${wall.toFixed(0)} ms, ${cpu.toFixed(0)} of CPU.`);
  }
  for (const [name, held] of Object.entries(memory ?? {})) {
    console.log(`MB at rest, ${name}: ${held.toFixed(1)}`);
  }
  const all = linesOf(measured);
  // A part of a run judges what it has measured.
  const lines = isWhole ? all : all.filter(({ value }) => !Number.isNaN(value));
  console.log(`\n${table(lines)}`);
  const compared = comparison(measured);
  if (compared.length > 0) {
    const rows = compared.map(({ name, value }) => `| ${name} | ${value.toFixed(2)} |`);
    console.log(["\n| measure | this / against |", "|---|---|", ...rows].join("\n"));
  }
  const rows = names.map((name) => [name, { cpu: cost(name), rate: rate(name), p99: p99(name) }]);
  const told = { figures: Object.fromEntries(rows), start, memory };
  const result = { node: process.version, lines, compared, ...told };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return lines.every(holds);
}

/** This checkout's figures as ratios to those of the other. */
function comparison({ figures, start, memory }: Measured): Line[] {
  const costs = Object.fromEntries(figures.names.map((name) => [name, figures.cost(name)]));
  const of = (figure: keyof Start) =>
    Object.fromEntries(Object.entries(start ?? {}).map(([name, each]) => [name, each[figure]]));
  return [
    ...ratios("CPU", costs),
    ...ratios("CPU of a start", of("cpu")),
    ...ratios("time of a start", of("wall")),
    ...ratios("memory at rest", memory ?? {}),
  ];
}

const ratios = (what: string, all: Readonly<Record<string, number>>): Line[] =>
  Object.entries(all).flatMap(([name, own]) => {
    const others = all[name + AGAINST];
    if (others === undefined) return [];
    return [{ name: `${name}: ${what}`, value: own / others }];
  });
