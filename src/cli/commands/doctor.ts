import type { Command } from "commander";
import { requireDatabaseFile } from "../../server/open-engine.ts";
import { configOf, print, printInfo, verb } from "../command.ts";
import type { Report } from "../doctor/check.ts";
import { examine } from "../doctor/run-checks.ts";

interface Options {
  json?: boolean;
  fix?: boolean;
}

const HELP = `
Each check is a line: ok, problem or fixed, and what to do. --fix repairs what can be derived from
follows and users: counters, marks, the search index. A server may run meanwhile; its writes wait
during a repair. Exit code 0 when no problem is left, 1 otherwise.`;

export function command(): Command {
  return verb("doctor", "Checks the data directory.")
    .option("--fix", "repair counters and the search index")
    .addHelpText("after", HELP)
    .action(doctor);
}

function doctor(options: Options): void {
  const config = configOf(options);
  requireDatabaseFile(config, "use pg_amcheck and the logs of PostgreSQL for now.");
  const report = examine(config, options.fix === true);
  const sick = report.filter(({ status }) => status === "problem").length;
  print(options.json, { healthy: sick === 0, checks: report }, report.map(lineOf).join("\n"));
  if (sick > 0) process.exitCode = 1;
  if (options.json !== true)
    printInfo(sick === 0 ? "All checks passed." : `Checks that found problems: ${sick}.`);
}

const lineOf = ({ status, check, told }: Report): string =>
  `${status.padEnd(7)}  ${check}${told === "" ? "" : `: ${told}`}`;
