import type { Command } from "commander";
import { configOf, print, printInfo, verb } from "../command.ts";
import type { Report } from "../doctor/check.ts";
import { examinePostgres } from "../doctor/examine-postgres.ts";
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
  return verb("doctor", "Checks the data directory, or the database of --database.")
    .option("--fix", "repair counters and the search index")
    .addHelpText("after", HELP)
    .action(doctor);
}

async function doctor(options: Options): Promise<void> {
  const config = configOf(options);
  const fix = options.fix === true;
  const report = await (config.database === undefined ? examine : examinePostgres)(config, fix);
  const sick = report.filter(({ status }) => status === "problem").length;
  print(options.json, { healthy: sick === 0, checks: report }, report.map(lineOf).join("\n"));
  if (sick > 0) process.exitCode = 1;
  if (options.json !== true)
    printInfo(sick === 0 ? "All checks passed." : `Checks that found problems: ${sick}.`);
}

const lineOf = ({ status, check, told }: Report): string =>
  `${status.padEnd(7)}  ${check}${told === "" ? "" : `: ${told}`}`;
