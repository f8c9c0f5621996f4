import { Command, type Option } from "commander";
import type { Setting } from "../../config/setting.ts";
import { SETTINGS } from "../../config/settings.ts";
import { PERMISSIONS, SCOPES } from "../../domain/credentials/scopes.ts";

/** What may come next: a few words, the name of something on disk, or anything. */
export type Value = readonly string[] | "file" | "folder" | "anything";

export interface Flag {
  /** With its dashes. */
  name: string;
  about: string;
  /** Undefined for a flag that stands alone. */
  takes: Value | undefined;
}

/** A point of a command line, behind the words of its path. */
export interface CommandNode {
  /** `user create`; empty for the program itself. */
  path: string;
  verbs: readonly { name: string; about: string }[];
  flags: readonly Flag[];
  /** What an argument is; undefined where there are none. */
  argument: Value | undefined;
}

/** Every place where a command line with these verbs may go on. */
export function commandNodes(verbs: readonly Command[]): CommandNode[] {
  const program = new Command().helpOption("-h, --help", "tell more");
  for (const verb of verbs) program.addCommand(verb);
  const names = verbs.map((verb) => ({ name: verb.name(), about: verb.summary() }));
  const help = { path: "help", verbs: names, flags: [], argument: undefined };
  return [...commandNodesBelow(program, ""), help];
}

function commandNodesBelow(command: Command, path: string): CommandNode[] {
  const helper = command.createHelp();
  const visible = helper.visibleCommands(command);
  const place: CommandNode = {
    path,
    verbs: visible.map((one) => ({ name: one.name(), about: one.summary() || one.description() })),
    flags: helper.visibleOptions(command).flatMap(flagsOf),
    argument: argumentOf(command),
  };
  const below = command.commands.flatMap((one) =>
    commandNodesBelow(one, `${path} ${one.name()}`.trimStart()),
  );
  return [place, ...below];
}

function flagsOf({ long, flags, description: about }: Option): Flag[] {
  if (!long) return [];
  const [, placeholder] = /<([^<>]+)>/.exec(flags) ?? [];
  const takes = placeholder === undefined ? undefined : (choicesOf(long) ?? kindOf(placeholder));
  return [{ name: long, about, takes }];
}

const KINDS: Readonly<Record<string, Value>> = { dir: "folder", file: "file" };
const kindOf = (placeholder: string): Value => KINDS[placeholder] ?? "anything";

function choicesOf(flag: string): readonly string[] | undefined {
  if (flag === "--scope") return [...SCOPES];
  if (flag === "--permission") return [...PERMISSIONS].map((word) => word.replace(":", "="));
  const settings: readonly Setting[] = Object.values(SETTINGS);
  return settings.find(({ name }) => `--${name}` === flag)?.choices;
}

function argumentOf({ registeredArguments: [first] }: Command): Value | undefined {
  if (first === undefined) return undefined;
  return first.argChoices ?? KINDS[first.name()] ?? "anything";
}
