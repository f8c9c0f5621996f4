import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { Command, Option } from "commander";
import { UsageError } from "../command-error.ts";
import {
  CONFIG_VARIABLE,
  type Config,
  type ConfigProblem,
  type Environment,
  type Flags,
  type Key,
  readConfig,
  variableOf,
  withSecrets,
} from "../config/config.ts";
import type { Setting } from "../config/setting.ts";
import { SETTINGS } from "../config/settings.ts";

/** A command with `--data`, `--key-file` and `--json`, as all verbs have them. */
export function verb(name: string, description: string): Command {
  const command = new Command(name).description(description);
  addSettings(command, ["data", "keyFile", "database"]);
  return addConfigOption(command).option("--json", "write JSON on standard output");
}

/** Adds `--config`, as every command has it. */
export const addConfigOption = (command: Command): Command =>
  command.option(
    "--config <file>",
    `file of settings, as \`followd config init\` writes it (${CONFIG_VARIABLE})`,
  );

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

/** What help says of the flag that it shows: of a setting that is on, the one that turns it off. */
function describe(one: Setting): string {
  const negation = one.default === true ? "do not " : "";
  return `${negation}${one.description} (${variableOf(one)}${defaultOf(one)})`;
}

function defaultOf({ default: initial }: Setting): string {
  return initial === undefined || typeof initial === "object" ? "" : `, ${initial}`;
}

/**
 * The environment on top of the file of settings that `--config` or FOLLOWD_CONFIG names. Throws
 * when the file can't be read or names anything but settings.
 */
function environmentOf(options: object): Environment {
  const { config = process.env[CONFIG_VARIABLE] } = options as { config?: string };
  return config ? { ...settingsIn(config), ...process.env } : process.env;
}

/** The settings of a file in the form of an env file: NAME=VALUE, # for comments. */
export function settingsIn(file: string): Environment {
  let values: NodeJS.Dict<string>;
  try {
    values = parseEnv(readFileSync(file, "utf8"));
  } catch {
    throw new UsageError(`The settings in ${file} can't be read.`);
  }
  const stray = Object.keys(values).find((name) => !name.startsWith("FOLLOWD_"));
  if (stray === undefined) return values;
  throw new UsageError(`${file}: ${stray} is no setting; settings begin with FOLLOWD_.`);
}

/** The settings from flags, environment and file. Throws on what can't be used. */
export function configOf(options: object): Config {
  const read = readConfig(flagsOf(options), withSecrets(environmentOf(options), secretIn));
  if ("config" in read) {
    const { database } = flagsOf(options);
    if (typeof database === "string" && URL.parse(database)?.password) throw new UsageError(SECRET);
    return read.config;
  }
  throw new UsageError(read.complaints.map(lineOf).join("\n         "));
}

const SECRET =
  "--database has a password, which other users of this machine can read; put the address into " +
  "FOLLOWD_DATABASE, or the password into ~/.pgpass or PGPASSWORD.";

/** The settings among the options of a command. */
export const flagsOf = (options: object): Flags =>
  Object.fromEntries(
    Object.entries(SETTINGS).map(([key, { name }]) => [
      key,
      (options as Record<string, unknown>)[attributeOf(name)],
    ]),
  );

const attributeOf = (name: string): string => new Option(`--${name}`).attributeName();
const lineOf = ({ key, problem }: ConfigProblem): string => `${key}: ${problem}`;

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
