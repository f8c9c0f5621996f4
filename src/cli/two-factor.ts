import { Command } from "commander";
import { disable, enable } from "../people/two-factor.ts";
import { withData } from "./data-directory.ts";
import { Failure } from "./failure.ts";
import { userCalled } from "./user-called.ts";
import { configOf, print, say, verb } from "./verb.ts";

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
  await withData(configOf(options), async (people) => {
    const enrolment = await enable(people, await userCalled(people, username));
    print(options.json, enrolment, enrolment.url);
  });
}

async function switchOff(username: string, options: Options): Promise<void> {
  await withData(configOf(options), async (people) => {
    const user = await userCalled(people, username);
    const { id } = user;
    if (!(await disable(people, id))) {
      throw new Failure(`${user.username} has no two-factor authentication.`);
    }
    if (options.json === true) print(true, { disabled: id }, "");
    else say(`${user.username} needs no code any more.`);
  });
}
