import type { CommandNode, Value } from "./command-tree.ts";
import { stepCases, valueCases } from "./steps.ts";

/** A script for zsh, to be found in its fpath or to be sourced. */
export const zshScript = (places: readonly CommandNode[]): string => `\
#compdef followd
# Completion of followd for zsh.
_followd() {
  local place="" word prev="\${words[CURRENT - 1]}"
  local -a found
  for word in "\${(@)words[2,CURRENT - 1]}"; do
    case "$place/$word" in
${stepCases(places)}
    esac
  done
  case "$place $prev" in
${valueCases(places, reply)}
  esac
  case "$place" in
${places.map(placeCase).join("\n")}
  esac
}
if [[ "\${funcstack[1]}" == "_followd" ]]; then _followd "$@"; else compdef _followd followd; fi
`;

function reply(value: Value): string {
  if (value === "anything") return "_message value";
  if (typeof value !== "string") return `compadd -- ${value.join(" ")}`;
  return value === "folder" ? "_files -/" : "_files";
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function described(kind: string, list: readonly { name: string; about: string }[]): string[] {
  if (list.length === 0) return [];
  const items = list.map(({ name, about }) => quoted(`${name}:${about}`));
  return [`found=(${items.join(" ")}); _describe -t ${kind}s ${kind} found`];
}

function placeCase({ path, verbs, flags, argument }: CommandNode): string {
  const steps = [
    ...(argument === undefined ? [] : [reply(argument)]),
    ...described("verb", verbs),
    ...described("flag", flags),
  ];
  return `    "${path}") ${steps.join("; ")} ;;`;
}
