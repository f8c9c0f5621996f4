import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import type { Command } from "commander";
import { CommandError, UsageError } from "../../command-error.ts";
import { setPassword } from "../../domain/credentials/passwords.ts";
import { withData } from "../../server/data-directory.ts";
import { configOf, print, printInfo, verb } from "../command.ts";
import { toCommandError, userCalled } from "../find-user.ts";

interface Options {
  json?: boolean;
  passwordFile?: string;
}

/** The terminal that asks and is typed on. */
interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

const HELP = `
On a terminal it asks for the password, which is not shown; else it reads it from standard input. It is
never an argument, as other users of the machine can read those. Tokens stay what they are.`;

export function password(): Command {
  return verb("password", "Gives a user another password.")
    .argument("<username>")
    .option("--password-file <file>", "a file with the password; - for standard input")
    .addHelpText("after", HELP)
    .action(givePassword);
}

async function givePassword(username: string, options: Options): Promise<void> {
  await withData(configOf(options), async (store) => {
    const user = await userCalled(store, username);
    const chosen = await passwordFrom(options.passwordFile, user.username);
    try {
      await setPassword(store, user.id, chosen);
    } catch (error) {
      throw toCommandError(error, { username, email: "" });
    }
    if (options.json === true) print(true, { changed: user.id }, "");
    else printInfo(`${user.username} has another password.`);
  });
}

function passwordFrom(file: string | undefined, username: string): string | Promise<string> {
  if (file !== undefined) return passwordIn(file);
  if (!process.stdin.isTTY) return passwordIn("-");
  return promptTwice(username, { input: process.stdin, output: process.stderr });
}

/** The password in a file; `-` is standard input. */
export function passwordIn(file: string): string {
  try {
    // Editors end a file with a line feed that is no part of the password.
    return readFileSync(file === "-" ? 0 : file, "utf8").replace(/\r?\n$/, "");
  } catch {
    throw new UsageError(`The password in ${file} can't be read.`);
  }
}

/** Asks for a password twice, because the typed text is not shown. */
export async function promptTwice(username: string, terminal: Terminal): Promise<string> {
  const lines = unseenLines(terminal);
  try {
    const first = await lines.next(`Password for ${username}: `);
    const second = await lines.next("Once more: ");
    if (first !== second)
      throw new CommandError("The passwords do not match; nothing was changed.");
    return first;
  } finally {
    lines.close();
  }
}

/** Lines that are typed on a terminal and not shown there. */
function unseenLines({ input, output }: Terminal) {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reading = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  const typed = reading[Symbol.asyncIterator]();
  return {
    async next(question: string): Promise<string> {
      output.write(question);
      const { done, value } = await typed.next();
      output.write("\n");
      if (done === true) throw new CommandError("Nothing was changed.");
      return value;
    },
    close: () => reading.close(),
  };
}
