import type { Command } from "commander";
import { CommandError, UsageError } from "../../command-error.ts";
import * as states from "../../domain/users/account-states.ts";
import * as accounts from "../../domain/users/accounts.ts";
import type { Transition, TransitionRefusal } from "../../domain/users/state-machine.ts";
import { getUserById } from "../../domain/users/users.ts";
import { withData } from "../../server/data-directory.ts";
import { configOf, print, printInfo, verb } from "../command.ts";
import { toCommandError, userCalled } from "../find-user.ts";
import { shownUser } from "./shown-user.ts";

interface Update {
  json?: boolean;
  username?: string;
  name?: string;
  email?: string;
  note?: string;
  bio?: string;
  admin?: boolean;
}

/** `user update`: the attributes that an operator is asked to change. */
export function updateUser(): Command {
  return verb("update", "Changes a user.")
    .argument("<username>")
    .option("--username <name>", "another username; old links end")
    .option("--name <name>", "the name to show")
    .option("--email <address>", "the primary address, which counts as confirmed")
    .option("--note <text>", "a note that administrators see")
    .option("--bio <text>", "the text of the profile")
    .option("--admin", "may do everything")
    .option("--no-admin", "is an ordinary user")
    .action(update);
}

async function update(username: string, { json, ...options }: Update): Promise<void> {
  const { email, username: renamed, name, note, bio, admin } = options;
  const columns = withoutUndefined({ username: renamed, name, note, bio, admin });
  if (email === undefined && Object.keys(columns).length === 0) {
    throw new UsageError(
      "There is nothing to change; `followd help user update` lists what can be.",
    );
  }
  await withData(configOf(options), async (store) => {
    const { id } = await userCalled(store, username);
    const primary = email === undefined ? {} : { primary: email };
    try {
      const user = await accounts.updateAccount(store, id, { ...columns, ...primary });
      if (json === true) print(true, shownUser(user), "");
      else printInfo(`Changed ${user.username}.`);
    } catch (error) {
      throw toCommandError(error, { username: renamed ?? username, email: email ?? "" });
    }
  });
}

const withoutUndefined = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** The state commands, each a transition of GitLab's table (domain/users/state-machine.ts). */
const STATE_COMMANDS: readonly [name: string, transition: Transition, summary: string][] = [
  ["suspend", "block", "Keeps a user out and takes them off every list (GitLab: block)."],
  ["unsuspend", "unblock", "Lets a suspended user in again."],
  ["deactivate", "deactivate", "Deactivates a user who was not there for 90 days."],
  ["activate", "activate", "Activates a deactivated user."],
  ["ban", "ban", "Bans a user."],
  ["unban", "unban", "Lifts a ban."],
  ["approve", "approve", "Approves a user who waits for it."],
  ["reject", "reject", "Rejects a user who waits for approval, and deletes the account."],
];

const REFUSALS: Readonly<Record<TransitionRefusal, string>> = {
  blocked: "is suspended; unsuspend first",
  deactivated: "is deactivated; activate first",
  internal: "is an account of the program itself",
  ldap: "is blocked by the directory, which alone can undo it",
  "not-pending": "does not wait for approval",
  "recently-active": "was there within the last 90 days",
  self: "is the caller",
  "wrong-state": "is in a state from which that is not possible",
};

/** `user suspend`, `unsuspend` and their siblings. */
export function stateCommands(): Command[] {
  return STATE_COMMANDS.map(([name, transition, summary]) =>
    verb(name, summary)
      .argument("<username>")
      .action((username: string, options: { json?: boolean }) =>
        changeState(username, transition, options),
      ),
  );
}

/** The operator at the command line is no user; the audit log and attributes show number 0. */
const OPERATOR = { id: 0, username: "the command line" };

async function changeState(
  username: string,
  transition: Transition,
  options: { json?: boolean },
): Promise<void> {
  await withData(configOf(options), async (store) => {
    const user = await userCalled(store, username);
    const outcome = await states.apply(store, OPERATOR, user, transition);
    if (typeof outcome === "object") {
      throw new CommandError(`${user.username} ${REFUSALS[outcome.refused]}.`);
    }
    const state = transition === "reject" ? "removed" : (await getUserById(store, user.id)).state;
    if (options.json === true) print(true, { id: user.id, username: user.username, state }, "");
    else printInfo(`${user.username} is ${state}${outcome === "done" ? "" : " already"}.`);
  });
}
