import type { Command } from "commander";
import { version } from "../../version.ts";
import { print, verb } from "../command.ts";

export function command(): Command {
  return verb("version", "Tells the version of followd.").action(({ json }: { json?: boolean }) => {
    print(json, { followd: version, node: process.versions.node }, version);
  });
}
