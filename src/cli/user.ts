import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import * as accounts from "../people/accounts.ts";
import { search } from "../people/directory.ts";
import * as emails from "../people/emails.ts";
import { hashPassword, setPassword } from "../people/passwords.ts";
import type { User } from "../people/users.ts";
import { withData } from "./data-directory.ts";
import { Failure, WrongUsage } from "./failure.ts";
import { password, passwordIn } from "./password.ts";
import { table } from "./table.ts";
import { twoFactor } from "./two-factor.ts";
import { refused, userCalled } from "./user-called.ts";
import { configOf, print, say, verb, wholeNumber } from "./verb.ts";

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
  return [create, list, show, remove, password(), twoFactor()].reduce(
    (user, below) => user.addCommand(below),
    new Command("user"),
  );
}

const shown = ({
  id,
  username,
  name,
  state,
  type,
  admin,
  followers,
  following,
  createdAt,
}: User) => ({
  id,
  username,
  name,
  state,
  type,
  admin,
  followers,
  following,
  created_at: new Date(createdAt).toISOString(),
});

interface Creation extends Common {
  email: string;
  name?: string;
  admin?: boolean;
  passwordFile?: string;
}

async function createUser(username: string, options: Creation): Promise<void> {
  const { email, name, admin = false, passwordFile, json } = options;
  const chosen = passwordFile === undefined ? undefined : passwordIn(passwordFile);
  await withData(configOf(options), async (people) => {
    try {
      // Before the user is made, so that a password that is refused leaves nothing behind.
      if (chosen !== undefined) await hashPassword(chosen);
      const user = await accounts.create(people, { username, email, name, admin });
      if (chosen !== undefined) await setPassword(people, user.id, chosen);
      print(json, shown(user), String(user.id));
    } catch (error) {
      throw refused(error, { username, email });
    }
  });
}

async function listUsers(options: Common & { search?: string; limit: number }): Promise<void> {
  const found = await withData(configOf(options), (people) =>
    search(people, options.search ?? "", options.limit),
  );
  const rows = found.map(({ id, username, state, admin, followers, following }) =>
    [id, username, state, admin ? "yes" : "no", followers, following].map(String),
  );
  const names = ["ID", "USERNAME", "STATE", "ADMIN", "FOLLOWERS", "FOLLOWING"];
  print(options.json, found.map(shown), table([names, ...rows]));
}

async function showUser(username: string, options: Common): Promise<void> {
  await withData(configOf(options), async (people) => {
    const user = await userCalled(people, username);
    const addresses = (await emails.of(people, user.id)).map(({ email }) => email);
    const all = { ...shown(user), emails: addresses };
    const rows = Object.entries(all).map(([name, value]) => [`${name}:`, String(value)]);
    print(options.json, all, table(rows));
  });
}

async function deleteUser(username: string, options: Common & { yes?: boolean }): Promise<void> {
  await withData(configOf(options), async (people) => {
    const user = await userCalled(people, username);
    if (options.yes !== true) await confirm(`Delete ${user.username} and all that is theirs?`);
    await accounts.remove(people, user.id);
    if (options.json === true) print(true, { deleted: user.id }, "");
    else say(`Deleted ${user.username} (id ${user.id}).`);
  });
}

async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new WrongUsage(`${question} Say so with --yes.`);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`${question} [y/N] `);
  asking.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Failure("Nothing was deleted.");
}
