import type { Command } from "commander";
import { configOf, print, printInfo, verb } from "../command.ts";
import { examine, type Report } from "../doctor/run-checks.ts";

interface Options {
  json?: boolean;
  fix?: boolean;
}

const HELP = `
Each check is a line: ok, problem or fixed, and what to do. --fix sets right what can be derived from
the follows and the users: counters, marks, the search index. A server may run meanwhile; while it is
mended its writes wait. Exit code 0 when nothing is wrong any more, 1 when something is.`;

export function command(): Command {
  return verb("doctor", "Looks for what is wrong with the data directory.")
    .option("--fix", "mend counters and the search index")
    .addHelpText("after", HELP)
    .action(doctor);
}

function doctor(options: Options): void {
  const report = examine(configOf(options), options.fix === true);
  const sick = report.filter(({ status }) => status === "problem").length;
  print(options.json, { healthy: sick === 0, checks: report }, report.map(lineOf).join("\n"));
  if (sick > 0) process.exitCode = 1;
  if (options.json !== true)
    printInfo(sick === 0 ? "Nothing is wrong." : `${sick} of them need you.`);
}

const lineOf = ({ status, check, told }: Report): string =>
  `${status.padEnd(7)}  ${check}${told === "" ? "" : `: ${told}`}`;
