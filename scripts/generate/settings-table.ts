import { variableOf } from "../../src/config/config.ts";
import type { Setting } from "../../src/config/setting.ts";
import { SETTINGS } from "../../src/config/settings.ts";

const HEAD = ["flag", "environment", "default", "means"];
const BEGINS = /^\| flag +\| environment +\|.*\n(?:\|.*\n)+/m;

/** A page of documentation with its table of settings made anew from the settings themselves. */
export function withSettingsTable(page: string): string {
  if (!BEGINS.test(page)) throw new Error("The page has no table of settings.");
  const rows = Object.values(SETTINGS).map(rowOf);
  const widths = HEAD.map((word, column) =>
    Math.max(word.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |\n`;
  return page.replace(BEGINS, () => line(HEAD) + rule + rows.map(line).join(""));
}

function rowOf(one: Setting): string[] {
  const isOn = one.default === true;
  const flag = one.secret === true ? "" : code(`--${isOn ? "no-" : ""}${one.name}`);
  const variable = variableOf(one);
  const inFile = one.secret === true ? `. \`${variable}_FILE\` names a file that has it` : "";
  const means = `${one.description}${inFile}`.replaceAll("|", "\\|");
  return [flag, code(variable), defaultOf(one), means];
}

function defaultOf({ default: initial }: Setting): string {
  if (initial === undefined || (Array.isArray(initial) && initial.length === 0)) return "none";
  return code(String(initial));
}

const code = (text: string): string => `\`${text}\``;
