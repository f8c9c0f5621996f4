import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Command } from "commander";
import { CommandError } from "../../command-error.ts";
import { CONFIG_VARIABLE, type Key, originOf, variableOf } from "../../config/config.ts";
import type { Setting } from "../../config/setting.ts";
import { SETTINGS } from "../../config/settings.ts";
import { explainError } from "../../server/explain-error.ts";
import { addSettings, configOf, flagsOf, print, printInfo, settingsIn, verb } from "../command.ts";
import { table } from "../table.ts";

interface Options {
  json?: boolean;
  config?: string;
}

const FILE = "followd.env";
const MASK = "********";

const PRINT_HELP = `
Takes the flags, the file and the environment of \`followd serve\` and shows the settings that result;
secrets are shown as ${MASK}. Exit code 2 when a setting can't be used.`;

const INIT_HELP = `
The file has every setting with its default, behind a #. Every command reads it with --config FILE or
FOLLOWD_CONFIG=FILE; so do Docker (--env-file), systemd (EnvironmentFile=) and a shell
(set -a; . ./${FILE}). An existing file is left alone.`;

const KEYS = Object.keys(SETTINGS) as Key[];

export function command(): Command {
  const show = verb("print", "Shows every setting, and where its value comes from.");
  const shared: readonly Key[] = ["data", "keyFile", "database"];
  addSettings(
    show,
    KEYS.filter((key) => !shared.includes(key)),
  );
  show.addHelpText("after", PRINT_HELP).action(printSettings);
  const init = verb("init", `Writes a file of settings to begin with, ${FILE} if none is named.`)
    .argument("[file]")
    .addHelpText("after", INIT_HELP)
    .action(writeSettings);
  return new Command("config").addCommand(show).addCommand(init);
}

function printSettings(options: Options): void {
  const config = configOf(options);
  const flags = flagsOf(options);
  const { config: named = process.env[CONFIG_VARIABLE] } = options;
  const file = named ? settingsIn(named) : {};
  const inFile = (key: Key) => (originOf(key, {}, file) === undefined ? undefined : named);
  const shown = KEYS.map((key) => {
    const one: Setting = SETTINGS[key];
    const value = one.secret && config[key] !== undefined ? MASK : (config[key] ?? null);
    const from = originOf(key, flags, process.env) ?? inFile(key) ?? "default";
    return { name: one.name, variable: variableOf(one), value, from };
  });
  const rows = shown.map(({ name, value, from }) => [name, valueText(value), from]);
  print(options.json, { settings: shown }, table([["SETTING", "VALUE", "FROM"], ...rows]));
}

/** As it would be given; what is not set is left empty. */
const valueText = (value: Setting["default"] | null): string =>
  Array.isArray(value) ? value.join(",") : String((value as string | null) ?? "");

function writeSettings(requested: string | undefined, { json }: Options): void {
  const file = requested ?? FILE;
  try {
    // Secrets may come to stand in it.
    writeFileSync(file, fileText(), { flag: "wx", mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new CommandError(`${file} is there already; choose another name.`);
    if (code === "ENOENT") throw new CommandError(`${dirname(file)} is not there; make it first.`);
    throw explainError(error, file);
  }
  if (json === true) print(true, { file }, "");
  else
    printInfo(`${file} has every setting at its default; take the # from those that you change.`);
}

const HEADER = `# Settings of followd. A flag wins over what is said here; what has a # before it is the default.
# \`followd config print\` shows what holds.
`;

const fileText = (): string => [HEADER, ...KEYS.map((key) => lines(SETTINGS[key]))].join("\n");

function lines(one: Setting): string {
  const fileHint = one.secret ? `; ${variableOf(one)}_FILE names a file with it` : "";
  return `# ${one.description}${fileHint}\n#${variableOf(one)}=${valueText(one.default)}\n`;
}
