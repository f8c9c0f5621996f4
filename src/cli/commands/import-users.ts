import { type Command, Option } from "commander";
import { BadLine } from "../../import/staged-follows.ts";
import { UserImport, type UserImportReport } from "../../import/users/load-users.ts";
import { readUsers, type UserFile, type UserFormat } from "../../import/users/read-users.ts";
import { print, printInfo, verb } from "../command.ts";
import { count } from "../count.ts";
import { type ImportFlags, runImport } from "./run-import.ts";

interface Options extends ImportFlags {
  format?: UserFormat;
  delimiter?: string;
  update?: boolean;
  newIds?: boolean;
  dryRun?: boolean;
  ignore?: string[];
  provider: string;
}

interface Report extends UserFile, UserImportReport {
  bad: number;
}

const HELP = `
FILE is NDJSON (an object a line, as \`export users\` writes), CSV whose header names members, or
LDIF, plain or gzipped; - is standard input. Members: docs/operations.md lists them. All users are
imported or none. Users who are there already stay as they are, unless --update is given.`;

const MAX_LEFT_OUT_SHOWN = 8;

const listOf = (text: string, before: string[] = []): string[] => [
  ...before,
  ...text.split(",").map((name) => name.trim()),
];

/** The command `import users`. */
export function usersCommand(): Command {
  return verb("users", "Loads users with all that is theirs from a file.")
    .argument("<file>")
    .addOption(
      new Option("--format <format>", "what the file is, where its name does not say").choices([
        "csv",
        "ndjson",
        "ldif",
      ]),
    )
    .option(
      "--delimiter <sign>",
      "what separates the columns of CSV, where the header does not say",
    )
    .option("--update", "change the members given of users who are there already")
    .option("--new-ids", "give new ids instead of the file's")
    .option("--ignore <members>", "leave members, columns or attributes out: avatar,phone", listOf)
    .option("--provider <name>", "the provider of the identities that LDIF gives", "ldapmain")
    .option("--dry-run", "read and check everything, and write nothing")
    .option("--skip-bad", "leave bad users out, and count them")
    .addHelpText("after", HELP)
    .action(importFile);
}

async function importFile(file: string, options: Options): Promise<void> {
  const { format, delimiter, ignore = [], provider } = options;
  const { report, seconds } = await runImport(
    options,
    "users",
    async (store, { onBad, onProgress }) => {
      let bad = 0;
      const reject = (line: number, problem: string) => {
        const error = new BadLine(line, problem);
        if (onBad === undefined) throw error;
        bad += 1;
        onBad(error);
      };
      const users = await UserImport.open(store, {
        ...{ reject, onProgress },
        update: options.update === true,
        newIds: options.newIds === true,
        dryRun: options.dryRun === true,
      });
      try {
        const read = await readUsers(file, {
          ...{ format, delimiter, ignore, provider, onProgress, reject },
          take: (line, value) => users.take(line, value),
        });
        return { ...read, ...(await users.finish()), bad };
      } finally {
        await users.close();
      }
    },
  );
  printResult(report, seconds, options);
}

function printResult(report: Report, seconds: number, { json, dryRun = false }: Options) {
  const { format, users, added, updated, alreadyThere, follows, bad, leftOut } = report;
  if (json === true) {
    const summary = {
      ...{ format, users, added, updated, already_there: alreadyThere, follows },
      ...{ skipped: { bad }, left_out: Object.fromEntries(leftOut), dry_run: dryRun },
      seconds: Math.round(seconds * 100) / 100,
    };
    return print(true, summary, "");
  }
  const number = (value: number) => value.toLocaleString("en");
  const missing = [...leftOut].slice(0, MAX_LEFT_OUT_SHOWN);
  const more = leftOut.size > missing.length ? ` and ${leftOut.size - missing.length} more` : "";
  if (missing.length > 0) {
    const names = missing.map(([name, count]) => `${name} (${number(count)})`).join(", ");
    printInfo(`Left out, as no member holds it: ${names}${more}.`);
  }
  printInfo(
    `${dryRun ? "Dry run, nothing was written. " : ""}${count(users, "user")} read as ${format}: ` +
      `${number(added)} added, ${number(updated)} changed, ${number(alreadyThere)} already there, ` +
      `${number(bad)} bad; ${count(follows, "follow")} added. ${seconds.toFixed(1)} s.`,
  );
}
