import { Command, CommanderError } from "commander";
import { version } from "../version.ts";
import { Failure } from "./failure.ts";

interface Verb {
  summary: string;
  /** Only the verb that is asked for is loaded, as most of them need half of the program. */
  load: () => Promise<{ command: () => Command }>;
}

const VERBS: Readonly<Record<string, Verb>> = {
  serve: { summary: "answer requests", load: () => import("./serve.ts") },
  user: { summary: "make, list, show and delete users", load: () => import("./user.ts") },
  token: { summary: "make, list and revoke tokens", load: () => import("./token.ts") },
  import: { summary: "load follows or events from a file", load: () => import("./import.ts") },
  export: { summary: "write follows or users to a file", load: () => import("./export.ts") },
  backup: { summary: "copy the database to one file", load: () => import("./backup.ts") },
  restore: { summary: "put a backup in place", load: () => import("./restore.ts") },
  doctor: { summary: "look for what is wrong, and mend it", load: () => import("./doctor.ts") },
  healthcheck: {
    summary: "ask a server whether it is ready",
    load: () => import("./healthcheck.ts"),
  },
  dev: { summary: "serve from memory, for tests", load: () => import("./dev.ts") },
  version: { summary: "tell the version", load: () => import("./version.ts") },
};

const HELP = `
Settings come from flags, then from FOLLOWD_* in the environment, then from defaults;
\`followd serve --help\` lists them. Exit codes: 0 done, 1 failed, 2 asked for wrongly.`;

/** Carries out a command line, and sets the exit code. */
export async function run(words: readonly string[]): Promise<void> {
  try {
    const program = await programFor(words);
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    process.exitCode = report(error);
  }
}

async function programFor(words: readonly string[]): Promise<Command> {
  const program = new Command("followd")
    .description("One follow graph behind GitHub's followers API and GitLab's Users API.")
    .version(version)
    .addHelpText("after", HELP)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error:/, "followd:")),
    });
  const [asked] = words.filter((word) => !word.startsWith("-") && word !== "help");
  for (const [name, { summary, load }] of Object.entries(VERBS)) {
    const command = name === asked ? (await load()).command() : new Command(name);
    program.addCommand(command.summary(summary));
    if (name === asked) inherit(command, program);
  }
  return program;
}

/** Verbs are made on their own, and so know nothing yet of how the program ends and complains. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const below of command.commands) inherit(below, command);
}

/** Says in one line what went wrong; returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const { message = String(error), stack } = error as Partial<Error>;
  process.stderr.write(`followd: ${message}\n`);
  if (error instanceof Failure) return error.exitCode;
  if (process.env.FOLLOWD_LOG_LEVEL === "trace") process.stderr.write(`${stack}\n`);
  return 1;
}
