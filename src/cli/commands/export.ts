import { createWriteStream, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Command, Option } from "commander";
import { CommandError, UsageError } from "../../command-error.ts";
import type { Config } from "../../config/config.ts";
import { openData } from "../../server/data-directory.ts";
import { explainError } from "../../server/explain-error.ts";
import {
  GRAPH_PARTS,
  type GraphPart,
  openSnapshot,
  type Snapshot,
} from "../../storage/sqlite/export.ts";
import { configOf, print, printInfo, verb } from "../command.ts";
import { count } from "../count.ts";
import {
  type Counts,
  countRows,
  followLines,
  GRAPH_FORMATS,
  type GraphFormat,
} from "./graph-formats.ts";

/** Lines that are written at a time; one by one costs twice as much. */
const ROWS_PER_WRITE = 500;

const HELP = `
Writes to standard output, or to FILE, gzipped when its name ends in .gz. It is one moment of the
data; a server may run meanwhile.`;

interface FollowOptions {
  json?: boolean;
  format?: GraphFormat;
  withTimes?: boolean;
  user?: string;
  part?: GraphPart;
}

export function command(): Command {
  const users = verb("users", "Writes users, a line of JSON each, as `import users` reads them.")
    .argument("[file]")
    .option("--with-secrets", "with hashes of passwords and secrets of second factors")
    .addHelpText("after", HELP)
    .action((file: string | undefined, options: { json?: boolean; withSecrets?: boolean }) =>
      write(file, options, (snapshot, counts) =>
        userLines(countRows(snapshot.users(options.withSecrets), counts, "users")),
      ),
    );
  const follows = followCommand("follows", "Writes who follows whom.", "csv");
  const graph = followCommand(
    "graph",
    "Writes users and who follows whom for graph tools.",
    "graphml",
  );
  return [follows, graph, users].reduce(
    (all, below) => all.addCommand(below),
    new Command("export"),
  );
}

const FOLLOW_HELP = `
The format is that of --format, else of FILE's ending (.csv, .graphml, .gexf, .json, .dot). CSV has a
header, and \`import follows\` reads it. JSON is node-link, as networkx and d3 have it. All are in the
order of following.`;

function followCommand(name: string, description: string, usual: GraphFormat): Command {
  return verb(name, description)
    .argument("[file]")
    .addOption(new Option("--format <format>", `${usual} by default`).choices(GRAPH_FORMATS))
    .option("--with-times", "with a third column of CSV, when it was; graphs always have it")
    .option("--user <username>", "only what is around one user")
    .addOption(
      new Option("--part <part>", "which part around the user; neighbourhood by default").choices(
        GRAPH_PARTS,
      ),
    )
    .addHelpText("after", `${HELP}\n${FOLLOW_HELP}`)
    .action((file: string | undefined, options: FollowOptions) => {
      const { user, part, format: requested } = options;
      if (part !== undefined && user === undefined) {
        throw new UsageError("--part is a part around a user: --user NAME says whom.");
      }
      const toOutput = file === undefined || file === "-";
      if (toOutput && options.json === true && (requested ?? "json") !== "json") {
        throw new UsageError("--json writes JSON; leave it out, or name a FILE.");
      }
      const asJson = toOutput && options.json === true ? "json" : usual;
      const format = requested ?? formatOf(file) ?? asJson;
      const withTimes = options.withTimes === true;
      return write(file, options, (snapshot, counts) => {
        const around = user === undefined ? undefined : partAround(snapshot, user, part);
        return followLines(snapshot, format, { withTimes, around, counts });
      });
    });
}

function partAround(snapshot: Snapshot, username: string, part: GraphPart = "neighbourhood") {
  const id = snapshot.idOf(username);
  if (id !== undefined) return { id, part };
  throw new CommandError(`There is no user ${username}; \`followd user list\` lists them.`);
}

function formatOf(file = ""): GraphFormat | undefined {
  const [, ending = ""] = /\.(\w+)(?:\.gz)?$/.exec(file) ?? [];
  return GRAPH_FORMATS.find((format) => format === ending.toLowerCase());
}

function* userLines(users: Iterable<object>): Generator<string> {
  for (const user of users) yield `${JSON.stringify(user)}\n`;
}

type Lines = (snapshot: Snapshot, counts: Counts) => Generator<string>;

async function write(
  file: string | undefined,
  options: { json?: boolean },
  linesOf: Lines,
): Promise<void> {
  const toFile = file !== undefined && file !== "-";
  if (toFile && existsSync(file))
    throw new CommandError(`${file} is there already; choose another.`);
  // Brings the schema up to date, and reports faults of the data.
  const config = configOf(options);
  const { store, file: own } = await openData(config);
  await store.engine.close();
  const copy = config.database === undefined ? undefined : await copyOf(config.database, config);
  const database = copy ?? own;
  const snapshot = openSnapshot(database);
  try {
    const counts = { users: 0, follows: 0 };
    const lines = new CountedLines(linesOf(snapshot, counts));
    if (!toFile)
      return await pipeline(Readable.from(lines.chunks()), process.stdout, { end: false });
    await writeTo(file, lines);
    if (options.json === true) print(true, { file, lines: lines.count, ...counts }, "");
    else printInfo(`${describeCounts(counts)} written to ${file}`);
  } catch (error) {
    // A reader such as `head` stops when it has seen enough.
    if ((error as { code?: string }).code !== "EPIPE") throw explainError(error, file ?? database);
  } finally {
    snapshot.close();
    if (copy !== undefined) rmSync(dirname(copy), { recursive: true });
  }
}

/** One moment of a PostgreSQL database as a file, which is removed when it has been written out. */
async function copyOf(connectionString: string, { data }: Pick<Config, "data">): Promise<string> {
  const { withSnapshot } = await import("../../storage/postgres/move.ts");
  const { shapes } = await import("../../storage/postgres/shapes.ts");
  const { writeFileFrom } = await import("../../storage/sqlite/snapshot.ts");
  const folder = mkdtempSync(join(data, "export-"));
  const file = join(folder, "followd.db");
  try {
    await withSnapshot(
      { connectionString },
      (snapshot) => writeFileFrom(file, shapes(), snapshot, () => undefined),
      { stopped: false },
    );
    return file;
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

function describeCounts({ users, follows }: Counts): string {
  if (users === 0) return count(follows, "follow");
  const userCount = count(users, "user");
  return follows === 0 ? userCount : `${userCount}, ${count(follows, "follow")}`;
}

/** The file is there as a whole, or not at all. */
async function writeTo(file: string, lines: CountedLines): Promise<void> {
  const draft = `${file}.${process.pid}.part`;
  try {
    const out = createWriteStream(draft, { flags: "wx", mode: 0o600 });
    const chunks = Readable.from(lines.chunks());
    if (file.endsWith(".gz")) await pipeline(chunks, createGzip(), out);
    else await pipeline(chunks, out);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Counts lines as they go by, many in a piece. */
class CountedLines {
  count = 0;
  readonly #all: Iterable<string>;

  constructor(lines: Iterable<string>) {
    this.#all = lines;
  }

  *chunks(): Generator<string> {
    let piece: string[] = [];
    for (const line of this.#all) {
      this.count += 1;
      if (piece.push(line) < ROWS_PER_WRITE) continue;
      yield piece.join("");
      piece = [];
    }
    if (piece.length > 0) yield piece.join("");
  }
}
