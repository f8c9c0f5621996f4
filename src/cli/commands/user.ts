import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { CommandError, UsageError } from "../../command-error.ts";
import { hashPassword, setPassword } from "../../domain/credentials/passwords.ts";
import * as emails from "../../domain/profile/emails.ts";
import * as accounts from "../../domain/users/accounts.ts";
import { searchUsersByText } from "../../domain/users/search/list-users.ts";
import { withData } from "../../server/data-directory.ts";
import { configOf, print, printInfo, verb, wholeNumber } from "../command.ts";
import { toCommandError, userCalled } from "../find-user.ts";
import { table } from "../table.ts";
import { password, passwordIn } from "./password.ts";
import { shownUser } from "./shown-user.ts";
import { twoFactor } from "./two-factor.ts";
import { stateCommands, updateUser } from "./update-user.ts";

interface Common {
  json?: boolean;
}

const DEFAULT_LIMIT = 30;

export function command(): Command {
  const create = verb("create", "Makes a user, and tells the new id.")
    .argument("<username>", "letters, digits and _ - .")
    .requiredOption("--email <address>", "the address, which counts as confirmed")
    .option("--name <name>", "the name to show")
    .option("--admin", "may do everything")
    .option("--password-file <file>", "a file with the password; - for standard input")
    .action(createUser);
  const list = verb("list", "Lists users, oldest first.")
    .option("--search <text>", "only those with the text in their username or name")
    .option("--limit <number>", "at most so many", wholeNumber(1, 1_000_000), DEFAULT_LIMIT)
    .action(listUsers);
  const show = verb("show", "Shows a user.").argument("<username>").action(showUser);
  const remove = verb("delete", "Deletes a user with everything that is theirs.")
    .argument("<username>")
    .option("--yes", "do not ask")
    .action(deleteUser);
  const all = [
    create,
    list,
    show,
    updateUser(),
    ...stateCommands(),
    remove,
    password(),
    twoFactor(),
  ];
  return all.reduce((user, below) => user.addCommand(below), new Command("user"));
}

interface Creation extends Common {
  email: string;
  name?: string;
  admin?: boolean;
  passwordFile?: string;
}

async function createUser(username: string, options: Creation): Promise<void> {
  const { email, name, admin = false, passwordFile, json } = options;
  const chosen = passwordFile === undefined ? undefined : passwordIn(passwordFile);
  await withData(
    configOf(options),
    async (store) => {
      try {
        // Before the user is made, so that a password that is refused leaves nothing behind.
        if (chosen !== undefined) await hashPassword(chosen);
        const user = await accounts.createAccount(store, { username, email, name, admin });
        if (chosen !== undefined) await setPassword(store, user.id, chosen);
        print(json, shownUser(user), String(user.id));
        if (json !== true) printInfo(`Created ${user.username}, number ${user.id}.`);
      } catch (error) {
        throw toCommandError(error, { username, email });
      }
    },
    { mayCreate: true },
  );
}

async function listUsers(options: Common & { search?: string; limit: number }): Promise<void> {
  const found = await withData(configOf(options), (store) =>
    searchUsersByText(store, options.search ?? "", options.limit),
  );
  const rows = found.map(({ id, username, state, admin, followers, following }) =>
    [id, username, state, admin ? "yes" : "no", followers, following].map(String),
  );
  const names = ["ID", "USERNAME", "STATE", "ADMIN", "FOLLOWERS", "FOLLOWING"];
  print(options.json, found.map(shownUser), table([names, ...rows]));
}

async function showUser(username: string, options: Common): Promise<void> {
  await withData(configOf(options), async (store) => {
    const user = await userCalled(store, username);
    const addresses = (await emails.listByUser(store, user.id)).map(({ email }) => email);
    const all = { ...shownUser(user), emails: addresses };
    const rows = Object.entries(all).map(([name, value]) => [`${name}:`, String(value)]);
    print(options.json, all, table(rows));
  });
}

async function deleteUser(username: string, options: Common & { yes?: boolean }): Promise<void> {
  await withData(configOf(options), async (store) => {
    const user = await userCalled(store, username);
    if (options.yes !== true) await confirm(`Delete ${user.username} and all that is theirs?`);
    await accounts.deleteAccount(store, user.id);
    if (options.json === true) print(true, { deleted: user.id }, "");
    else printInfo(`Deleted ${user.username} (id ${user.id}).`);
  });
}

async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError(`${question} Say so with --yes.`);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`${question} [y/N] `);
  asking.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError("Nothing was deleted.");
}
