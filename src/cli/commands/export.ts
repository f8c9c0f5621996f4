import { createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Command } from "commander";
import { openData } from "../../server/data-directory.ts";
import { CommandError } from "../../server/errors.ts";
import { explained } from "../../server/explain-error.ts";
import { openSnapshot, type Snapshot } from "../../storage/sqlite/export.ts";
import { configOf, print, printInfo, verb } from "../command.ts";

/** Lines that are written at a time; one by one costs twice as much. */
const TOGETHER = 500;

const HELP = `
Writes to standard output, or to FILE, gzipped when its name ends in .gz. It is one moment of the
data; a server may run meanwhile.`;

export function command(): Command {
  const follows = verb("follows", "Writes who follows whom, as `import follows` reads it.")
    .argument("[file]")
    .addHelpText("after", `${HELP} CSV with a header, in the order of following.`)
    .action((file: string | undefined, options: object) => write(file, options, followLines));
  const users = verb("users", "Writes users, a line of JSON each, without what opens doors.")
    .argument("[file]")
    .addHelpText("after", HELP)
    .action((file: string | undefined, options: object) => write(file, options, userLines));
  return [follows, users].reduce((all, below) => all.addCommand(below), new Command("export"));
}

/** Usernames have no sign that CSV would have to quote. */
function* followLines(snapshot: Snapshot): Generator<string> {
  yield "follower,followed\n";
  for (const { follower, followed } of snapshot.follows()) yield `${follower},${followed}\n`;
}

function* userLines(snapshot: Snapshot): Generator<string> {
  for (const user of snapshot.users()) yield `${JSON.stringify(user)}\n`;
}

type Lines = (snapshot: Snapshot) => Generator<string>;

async function write(
  file: string | undefined,
  options: { json?: boolean },
  linesOf: Lines,
): Promise<void> {
  const toFile = file !== undefined && file !== "-";
  if (toFile && existsSync(file))
    throw new CommandError(`${file} is there already; choose another.`);
  // Brings the schema up to date, and says what is wrong with the data.
  const { store, file: database } = await openData(configOf(options));
  await store.engine.close();
  const snapshot = openSnapshot(database);
  try {
    const counted = new Counted(linesOf(snapshot));
    if (!toFile)
      return await pipeline(Readable.from(counted.chunks()), process.stdout, { end: false });
    await writeTo(file, counted);
    if (options.json === true) print(true, { file, lines: counted.lines }, "");
    else printInfo(`${counted.lines.toLocaleString("en")} lines written to ${file}`);
  } catch (error) {
    // A reader such as `head` stops when it has seen enough.
    if ((error as { code?: string }).code !== "EPIPE") throw explained(error, file ?? database);
  } finally {
    snapshot.close();
  }
}

/** The file is there as a whole, or not at all. */
async function writeTo(file: string, counted: Counted): Promise<void> {
  const draft = `${file}.${process.pid}.part`;
  try {
    const out = createWriteStream(draft, { flags: "wx", mode: 0o600 });
    const chunks = Readable.from(counted.chunks());
    if (file.endsWith(".gz")) await pipeline(chunks, createGzip(), out);
    else await pipeline(chunks, out);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Counts lines as they go by, many in a piece. */
class Counted {
  lines = 0;
  readonly #all: Iterable<string>;

  constructor(lines: Iterable<string>) {
    this.#all = lines;
  }

  *chunks(): Generator<string> {
    let piece: string[] = [];
    for (const line of this.#all) {
      this.lines += 1;
      if (piece.push(line) < TOGETHER) continue;
      yield piece.join("");
      piece = [];
    }
    if (piece.length > 0) yield piece.join("");
  }
}
