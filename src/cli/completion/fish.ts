import type { CommandNode, Flag, Value } from "./command-tree.ts";
import { steps } from "./steps.ts";

/** A script for fish 3 and newer. */
export const fishScript = (places: readonly CommandNode[]): string => `\
# Completion of followd for fish.
function __followd_at
    set -l place ""
    for word in (commandline -opc)[2..]
        switch "$place/$word"
${steps(places).map(stepCase).join("\n")}
        end
    end
    test "$place" = "$argv[1]"
end
complete -c followd -f
${places.flatMap(linesOf).join("\n")}
`;

const stepCase = ({ from, word, path }: { from: string; word: string; path: string }): string =>
  `            case "${from}/${word}"\n                set place "${path}"`;

const quoted = (text: string): string =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

function taking(value: Value): string {
  if (value === "anything") return " -x";
  if (typeof value !== "string") return ` -x -a ${quoted(value.join(" "))}`;
  return value === "folder" ? " -x -a '(__fish_complete_directories)'" : " -r -F";
}

function linesOf({ path, verbs, flags, argument }: CommandNode): string[] {
  const here = `complete -c followd -n "__followd_at '${path}'"`;
  const flag = ({ name, about, takes }: Flag) =>
    `${here} -l ${name.slice(2)} -d ${quoted(about)}${takes === undefined ? "" : taking(takes)}`;
  return [
    ...verbs.map(({ name, about }) => `${here} -a ${name} -d ${quoted(about)}`),
    ...flags.map(flag),
    ...(argument === "file" ? [`${here} -F`] : []),
    ...(Array.isArray(argument) ? [`${here} -a ${quoted(argument.join(" "))}`] : []),
  ];
}
