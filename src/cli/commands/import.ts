import { Command } from "commander";
import { type ImportReport, importFollows } from "../../import/load-follows.ts";
import { readFollows } from "../../import/read-follows.ts";
import { UsageError } from "../../server/errors.ts";
import { print, printInfo, verb } from "../command.ts";
import { eventsCommand } from "./import-events.ts";
import { usersCommand } from "./import-users.ts";
import { type ImportFlags, runImport } from "./run-import.ts";

interface Options extends ImportFlags {
  mutual?: boolean;
  createUsers?: string;
  header?: boolean;
}

interface Report extends ImportReport {
  lines: number;
}

const HELP = `
FILE is CSV (commas, semicolons or tabs) or NDJSON ({"follower": …, "followed": …} or arrays of
two), plain or gzipped; - is standard input. The first line of CSV is a header when one of its cells
is follower, from, source, src, id_1, user_1 or node_1 and the other followed, followee, following,
to, target, dst, id_2, user_2 or node_2, in any case, with _id, _login, _username or _name after it
or not; a header that has them the other way round turns the columns round.
The order of the lines is the order of following. All lines are imported or none. Other programs,
a running server too, can read meanwhile but not write.`;

export function command(): Command {
  const follows = verb("follows", "Loads who follows whom from a file; what exists stays as it is.")
    .argument("<file>")
    .option("--mutual", "each line stands for both directions")
    .option(
      "--create-users <template>",
      "make the missing users; {id} stands for the value: dev-{id}",
    )
    .option("--skip-bad", "leave bad lines out, and count them")
    .option("--header", "the first line is a header, whatever it says")
    .option("--no-header", "the first line is none, whatever it says")
    .addHelpText("after", HELP)
    .action(importFile);
  return new Command("import")
    .addCommand(follows)
    .addCommand(usersCommand())
    .addCommand(eventsCommand());
}

async function importFile(file: string, options: Options): Promise<void> {
  const { mutual = false, createUsers, header } = options;
  if (createUsers?.includes("{id}") === false) {
    throw new UsageError("--create-users needs {id} where the value belongs, as in dev-{id}.");
  }
  const { report, seconds } = await runImport(options, async (store, aids) => {
    const read = await readFollows(file, { ...aids, header });
    const made = await importFollows(store, read.staged, { ...aids, mutual, createUsers });
    return {
      ...made,
      lines: read.lines,
      skipped: { ...made.skipped, bad: made.skipped.bad + read.bad },
    };
  });
  tell(report, seconds, options.json);
}

function tell(
  { lines, usersMade, added, alreadyThere, skipped }: Report,
  seconds: number,
  json?: boolean,
) {
  const rate = Math.round((added + alreadyThere) / seconds);
  const told = {
    lines,
    users_made: usersMade,
    added,
    already_there: alreadyThere,
    skipped,
    seconds: Math.round(seconds * 100) / 100,
    follows_per_second: rate,
  };
  if (json === true) return print(true, told, "");
  const number = (value: number) => value.toLocaleString("en");
  const { bad, self, blocked } = skipped;
  printInfo(
    `${number(lines)} lines read: ${number(added)} follows added, ${number(alreadyThere)} already ` +
      `there, ${number(usersMade)} users made; left out: ${number(bad)} bad lines, ${number(self)} ` +
      `of people who follow themselves, ${number(blocked)} across a block. ` +
      `${seconds.toFixed(1)} s, ${number(rate)} follows/s.`,
  );
}
