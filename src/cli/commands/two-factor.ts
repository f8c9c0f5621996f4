import { Command } from "commander";
import { CommandError } from "../../command-error.ts";
import { disable, enable } from "../../domain/credentials/two-factor.ts";
import { withData } from "../../server/data-directory.ts";
import { configOf, print, printInfo, verb } from "../command.ts";
import { userCalled } from "../find-user.ts";

interface Options {
  json?: boolean;
}

export function twoFactor(): Command {
  const on = verb("enable", "Switches it on, and prints the address for an authenticator app.")
    .argument("<username>")
    .action(switchOn);
  const off = verb("disable", "Switches it off.").argument("<username>").action(switchOff);
  return new Command("two-factor")
    .description("Two-factor authentication with codes from an app.")
    .addCommand(on)
    .addCommand(off);
}

async function switchOn(username: string, options: Options): Promise<void> {
  await withData(configOf(options), async (store) => {
    const enrolment = await enable(store, await userCalled(store, username));
    print(options.json, enrolment, enrolment.url);
  });
}

async function switchOff(username: string, options: Options): Promise<void> {
  await withData(configOf(options), async (store) => {
    const user = await userCalled(store, username);
    const { id } = user;
    if (!(await disable(store, id))) {
      throw new CommandError(`${user.username} has no two-factor authentication.`);
    }
    if (options.json === true) print(true, { disabled: id }, "");
    else printInfo(`${user.username} needs no code any more.`);
  });
}
