import { Command } from "commander";
import { UsageError } from "../../command-error.ts";
import type { Layout } from "../../import/follow-columns.ts";
import { type ImportReport, importFollows } from "../../import/load-follows.ts";
import { readFollows } from "../../import/read-follows.ts";
import { print, printInfo, verb } from "../command.ts";
import { count } from "../count.ts";
import { eventsCommand } from "./import-events.ts";
import { usersCommand } from "./import-users.ts";
import { type ImportFlags, runImport } from "./run-import.ts";

interface Options extends ImportFlags {
  mutual?: boolean;
  createUsers?: string;
  header?: boolean;
  followerColumn?: string;
  followedColumn?: string;
  delimiter?: string;
  comment?: string;
  withTimes?: boolean;
  timeColumn?: string;
}

interface Report extends ImportReport {
  lines: number;
  layout: Layout | undefined;
}

const HELP = `
FILE is NDJSON ({"follower": …, "followed": …} or arrays of two) or lines of columns: commas, semicolons,
tabs, pipes or blanks, in UTF-8 or UTF-16, plain or gzipped; - is standard input. Lines that begin
with # or % are comments. A header says which columns are the two ends, as follower and followed, from
and to, source and target do; other columns are left out. Without one the first column is the follower. A
header that does not say it is refused until --follower-column and --followed-column do.
The order of the lines is the order of following. With --with-times a follow gets the time of its line,
ISO 8601 or seconds since 1970, else it is made now; NDJSON has it as time or created_at. All lines are imported or none. Other programs,
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
    .option("--follower-column <column>", "the column of the follower, by name or number")
    .option("--followed-column <column>", "the column of who is followed, by name or number")
    .option("--with-times", "a column says when: time, timestamp, date, created_at, or the third")
    .option("--time-column <column>", "the column that says when, by name or number")
    .option("--delimiter <sign>", "what separates columns: a sign, tab, or space for any blanks")
    .option("--comment <sign>", "what lines that are no follows begin with, instead of # and %")
    .option("--header", "take the first line as a header")
    .option("--no-header", "take the first line as a row")
    .addHelpText("after", HELP)
    .action(importFile);
  return new Command("import")
    .addCommand(follows)
    .addCommand(usersCommand())
    .addCommand(eventsCommand());
}

async function importFile(file: string, options: Options): Promise<void> {
  const { mutual = false, createUsers, header } = options;
  const { followerColumn, followedColumn, delimiter, comment, timeColumn } = options;
  const withTimes = options.withTimes === true || timeColumn !== undefined;
  const columns = {
    ...{ followerColumn, followedColumn, delimiter, comment, header, mutual },
    ...{ withTimes, timeColumn },
  };
  if (createUsers?.includes("{id}") === false) {
    throw new UsageError("--create-users needs {id} where the value belongs, as in dev-{id}.");
  }
  const { report, seconds } = await runImport(options, "follows", async (store, aids) => {
    const read = await readFollows(file, { ...aids, ...columns });
    const made = await importFollows(store, read.staged, { ...aids, mutual, createUsers });
    return {
      ...made,
      lines: read.lines,
      layout: read.layout,
      skipped: { ...made.skipped, bad: made.skipped.bad + read.bad },
    };
  });
  printResult(report, seconds, options.json);
}

function printResult(
  { lines, layout, usersMade, added, alreadyThere, skipped }: Report,
  seconds: number,
  json?: boolean,
) {
  const rate = Math.round((added + alreadyThere) / seconds);
  const summary = {
    lines,
    ...(layout === undefined ? {} : { columns: presentColumns(layout) }),
    users_made: usersMade,
    added,
    already_there: alreadyThere,
    skipped,
    seconds: Math.round(seconds * 100) / 100,
    follows_per_second: rate,
  };
  if (json === true) return print(true, summary, "");
  if (layout !== undefined) printInfo(describeHeader(layout));
  printInfo(
    `${count(lines, "line")} read: ${count(added, "follow")} added, ` +
      `${alreadyThere.toLocaleString("en")} already there, ${count(usersMade, "user")} made; ` +
      `left out: ${leftOut(skipped)}. ${seconds.toFixed(1)} s, ${rate.toLocaleString("en")} follows/s.`,
  );
}

/** How many lines were left out for each reason; reasons without a line are omitted. */
function leftOut({ bad, self, blocked }: ImportReport["skipped"]): string {
  const reasons = [
    ...(bad === 0 ? [] : [count(bad, "bad line")]),
    ...(self === 0 ? [] : [`${count(self, "follow")} of oneself`]),
    ...(blocked === 0 ? [] : [`${count(blocked, "follow")} across a block`]),
  ];
  return reasons.length === 0 ? "nothing" : reasons.join(", ");
}

const presentColumns = ({ isHeader, follower, followed }: Layout) => ({
  ...{ header: isHeader, follower: follower + 1, followed: followed + 1 },
});

function describeHeader({ names, follower, followed }: Layout): string {
  if (names !== undefined) {
    return `The first line is taken for a header: “${names[0]}” follows “${names[1]}”.`;
  }
  return `There is no header: column ${follower + 1} follows column ${followed + 1}.`;
}
