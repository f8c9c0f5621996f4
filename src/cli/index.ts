import { writeSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { CommandError } from "../command-error.ts";
import { version } from "../version.ts";
import { HELP_GROUP, loadVerb, VERBS } from "./commands-index.ts";

const EXAMPLES = `
Examples:
  followd serve                  answers at http://127.0.0.1:3000 until Ctrl-C
  followd token create root      a token for the administrator, to send with requests
  followd dev                    the same from memory, with users and tokens ready, for tests

Data is kept in ./data, or in the directory of --data or FOLLOWD_DATA: the database in followd.db,
the signing key in followd.key. Settings come from flags, then from FOLLOWD_* in the environment,
then from defaults; \`followd config print\` shows the result.

Exit codes: 0 success, 1 failure, 2 usage error.

Read on: \`followd help VERB\`; while the server runs, /-/docs in a browser.`;

/** Runs a command line and sets the exit code. */
export async function run(words: readonly string[]): Promise<void> {
  process.stdout.on("error", endWithOutput);
  process.stderr.on("error", endWithOutput);
  try {
    const program = await programFor(words);
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    process.exitCode = report(error, words.includes("--json"));
  }
}

/** A reader that goes away (`| head`) ends the program quietly; output that can't be kept does not. */
function endWithOutput({ code }: NodeJS.ErrnoException): never {
  if (code === "EPIPE") process.exit(process.exitCode ?? 0);
  try {
    writeSync(2, `followd: The output can't be written; make room and try again. (${code})\n`);
  } finally {
    process.exit(1);
  }
}

function printError(message: string, exitCode: number): void {
  process.stderr.write(`${JSON.stringify({ error: message.trim(), exit_code: exitCode })}\n`);
}

async function programFor(words: readonly string[]): Promise<Command> {
  const program = new Command("followd")
    .usage("VERB [options]")
    .description("One follow graph behind GitHub's followers API and GitLab's Users API.")
    .version(version)
    .addHelpCommand(helpVerb())
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        if (words.includes("--json")) return;
        write(withoutSurplus(text).replace(/^error:/, "followd:"));
      },
    });
  const [asked] = words.filter((word) => !word.startsWith("-") && word !== "help");
  for (const [name, verb] of Object.entries(VERBS)) {
    const command = name === asked ? await loadVerb(name, verb) : new Command(name);
    program.addCommand(command.summary(verb.summary).helpGroup(verb.group));
    if (name === asked) inherit(command, program);
  }
  return program;
}

/** Surplus arguments are not repeated: one of them may be a secret. */
const withoutSurplus = (text: string): string => text.replace(/( but got \d+): .*/s, "$1.\n");

const helpVerb = (): Command =>
  new Command("help")
    .argument("[verb]")
    .summary("show the help of a verb")
    .helpGroup(HELP_GROUP)
    .helpOption(false);

/** Commands are made on their own; this hands them the settings of the program for errors and exits. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const below of command.commands) inherit(below, command);
}

/** Prints an error as one line, for people or as JSON; returns the exit code. */
function report(error: unknown, json: boolean): number {
  const { message = String(error), stack } = error as Partial<Error>;
  if (error instanceof CommanderError) {
    const exitCode = error.exitCode === 0 ? 0 : 2;
    if (json && exitCode !== 0)
      printError(withoutSurplus(message).replace(/^error: /, ""), exitCode);
    return exitCode;
  }
  const exitCode = error instanceof CommandError ? error.exitCode : 1;
  if (json) printError(message, exitCode);
  else process.stderr.write(`followd: ${message}\n`);
  if (error instanceof CommandError) return exitCode;
  if (process.env.FOLLOWD_LOG_LEVEL === "trace") process.stderr.write(`${stack}\n`);
  return 1;
}
