import { readFileSync } from "node:fs";
import { Command, Option } from "commander";
import {
  type Complaint,
  type Config,
  type Flags,
  type Key,
  readConfig,
  variableOf,
  withSecrets,
} from "../config/config.ts";
import { SETTINGS, type Setting } from "../config/settings.ts";
import { UsageError } from "../server/errors.ts";

/** A command with `--data`, `--key-file` and `--json`, as all verbs have them. */
export function verb(name: string, description: string): Command {
  const command = new Command(name).description(description);
  addSettings(command, ["data", "keyFile"]);
  return command.option("--json", "write JSON on standard output");
}

/** Adds the flags of settings to a command, and what help says of those that have none. */
export function addSettings(command: Command, keys: readonly Key[]): void {
  const settings = keys.map((key): Setting => SETTINGS[key]);
  const flags = settings.filter(({ secret }) => secret !== true);
  for (const option of flags.flatMap(optionsOf)) command.addOption(option);
  for (const one of settings.filter(({ secret }) => secret === true)) {
    const variable = variableOf(one);
    command.addHelpText(
      "after",
      `\n${variable}, or ${variable}_FILE for a file with it: ${one.description}`,
    );
  }
}

function optionsOf(one: Setting): Option[] {
  const { name, placeholder, default: initial } = one;
  if (placeholder !== undefined) return [new Option(`--${name} <${placeholder}>`, describe(one))];
  // Both spellings exist, so that a flag can undo what the environment says.
  const [shown, hidden] =
    initial === true ? [`--no-${name}`, `--${name}`] : [`--${name}`, `--no-${name}`];
  return [new Option(shown, describe(one)), new Option(hidden).hideHelp()];
}

const describe = (one: Setting): string =>
  `${one.description} (${variableOf(one)}${defaultOf(one)})`;

function defaultOf({ default: initial }: Setting): string {
  return initial === undefined || typeof initial === "object" ? "" : `, ${initial}`;
}

/** What the flags of a command and the environment ask for. Throws on what can't be used. */
export function configOf(options: object): Config {
  const read = readConfig(flagsOf(options), withSecrets(process.env, secretIn));
  if ("config" in read) return read.config;
  throw new UsageError(read.complaints.map(lineOf).join("\n         "));
}

/** The settings among the options of a command. */
export const flagsOf = (options: object): Flags =>
  Object.fromEntries(
    Object.entries(SETTINGS).map(([key, { name }]) => [
      key,
      (options as Record<string, unknown>)[attributeOf(name)],
    ]),
  );

const attributeOf = (name: string): string => new Option(`--${name}`).attributeName();
const lineOf = ({ key, problem }: Complaint): string => `${key}: ${problem}`;

function secretIn(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`The secret in ${file} can't be read.`);
  }
}

/** Writes what machines may read: JSON where it is asked for, else the text. */
export function print(json: boolean | undefined, value: unknown, text: string): void {
  process.stdout.write(`${json === true ? JSON.stringify(value) : text}\n`);
}

/** Writes what only people read. */
export function printInfo(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Reads the value of a flag or an argument that is a whole number. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new UsageError(`“${text}” is not a whole number from ${least} to ${most}.`);
  };
