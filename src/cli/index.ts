import { Command, CommanderError } from "commander";
import { CommandError } from "../server/errors.ts";
import { version } from "../version.ts";
import { HELP_GROUP, loadVerb, VERBS } from "./commands-index.ts";

const EXAMPLES = `
Examples:
  followd serve                  answers at http://127.0.0.1:3000 until Ctrl-C
  followd token create root      a token for the administrator, to send with requests
  followd dev                    the same from memory, with users and tokens ready, for tests

Data lies in ./data, or where --data or FOLLOWD_DATA says: the database in followd.db, and in
followd.key what signs tokens. Settings come from flags, then from FOLLOWD_* in the environment,
then from defaults; \`followd config print\` shows what holds.

Exit codes: 0 done, 1 failed, 2 asked for wrongly.

Read on: \`followd help VERB\`, and, while it serves, /-/docs in a browser.`;

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
    .usage("VERB [options]")
    .description("One follow graph behind GitHub's followers API and GitLab's Users API.")
    .version(version)
    .addHelpCommand(helpVerb())
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(withoutSurplus(text).replace(/^error:/, "followd:")),
    });
  const [asked] = words.filter((word) => !word.startsWith("-") && word !== "help");
  for (const [name, verb] of Object.entries(VERBS)) {
    const command = name === asked ? await loadVerb(name, verb) : new Command(name);
    program.addCommand(command.summary(verb.summary).helpGroup(verb.group));
    if (name === asked) inherit(command, program);
  }
  return program;
}

/** Of too many arguments one may be a secret that somebody took for an argument. */
const withoutSurplus = (text: string): string => text.replace(/( but got \d+): .*/s, "$1.\n");

const helpVerb = (): Command =>
  new Command("help")
    .argument("[verb]")
    .summary("tell more of a verb")
    .helpGroup(HELP_GROUP)
    .helpOption(false);

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
  if (error instanceof CommandError) return error.exitCode;
  if (process.env.FOLLOWD_LOG_LEVEL === "trace") process.stderr.write(`${stack}\n`);
  return 1;
}
