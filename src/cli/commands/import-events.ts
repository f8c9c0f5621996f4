import type { Command } from "commander";
import { Lines, Tally } from "../../import/line-splitter.ts";
import { EventImport, type EventImportReport } from "../../import/load-events.ts";
import { chunksOf } from "../../import/read-chunks.ts";
import { print, printInfo, verb } from "../command.ts";
import { count } from "../count.ts";
import { type ImportFlags, runImport } from "./run-import.ts";

interface Options extends ImportFlags {
  public?: boolean;
}

interface Report extends EventImportReport {
  lines: number;
  bad: number;
  /** Lines of which something could not be kept. */
  lost: number;
}

/** A note may have a million characters, each of them six in JSON. */
const MAX_LINE_BYTES = 2 ** 23;

const MAX_LOST_SHOWN = 10;

const HELP = `
FILE is NDJSON, an event a line as GET /users/:id/events of GitLab's API v4 shows them, plain or
gzipped; - is standard input. An answer of that API becomes such a file with jq -c '.[]'.
Whose an event is says author.username, else author_username, else author_id. An event that has
an id is known by it when it comes again, any other by all that it says; what is there already
stays as it is. Events without created_at happen at the time of the import.
All lines are imported or none.`;

export function eventsCommand(): Command {
  return verb("events", "Loads what users did elsewhere, as GitLab's API v4 shows it.")
    .argument("<file>")
    .option("--public", "show these events to all callers, not only to members of their projects")
    .option("--skip-bad", "leave bad lines out, and count them")
    .addHelpText("after", HELP)
    .action(importFile);
}

async function importFile(file: string, options: Options): Promise<void> {
  const { report, seconds } = await runImport(
    options,
    "events",
    async (store, { onBad, onProgress }) => {
      const tally = new Tally(onBad);
      let lost = 0;
      const events = await EventImport.open(store, {
        open: options.public === true,
        reject: (line, problem) => tally.reject(line, problem),
        onLost: (line, members) => {
          lost += 1;
          if (lost <= MAX_LOST_SHOWN) {
            printInfo(`followd: Line ${line}: ${members.join(", ")} can't be kept.`);
          }
        },
      });
      const take = (bytes: Buffer, from: number, to: number, number: number) => {
        const text = bytes.toString("utf8", from, to).trim();
        if (text === "") return;
        tally.lines += 1;
        events.take(number, text);
      };
      const lines = new Lines(take, { longest: MAX_LINE_BYTES, things: "events" });
      try {
        for await (const chunk of chunksOf(file, onProgress)) {
          lines.feed(chunk);
          await events.layAside();
        }
        lines.end();
        onProgress("Writing", 0, 1);
        return { ...(await events.finish()), lines: tally.lines, bad: tally.bad, lost };
      } finally {
        await events.close();
      }
    },
  );
  printResult(report, seconds, options.json);
}

function printResult(report: Report, seconds: number, json?: boolean) {
  const { lines, added, alreadyThere, undated, bad, lost } = report;
  if (json === true) {
    const summary = { lines, added, already_there: alreadyThere, undated, lost, skipped: { bad } };
    return print(true, { ...summary, seconds: Math.round(seconds * 100) / 100 }, "");
  }
  const number = (value: number) => value.toLocaleString("en");
  const missing =
    undated === 0 ? "" : `; ${number(undated)} without a time, which happen now if they are new`;
  printInfo(
    `${count(lines, "line")} read: ${count(added, "event")} added, ${number(alreadyThere)} already ` +
      `there; left out: ${count(bad, "bad line")}, and parts of ${count(lost, "other")}${missing}. ${seconds.toFixed(1)} s.`,
  );
}
