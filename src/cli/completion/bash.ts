import type { CommandNode, Value } from "./command-tree.ts";
import { stepCases, valueCases } from "./steps.ts";

/** A script for bash 3.2 and newer, which needs no other. */
export const bashScript = (places: readonly CommandNode[]): string => `\
# Completion of followd for bash.
_followd() {
  local line="\${COMP_LINE:0:COMP_POINT}" place="" cur prev word before
  # bash takes words apart at : and =, so the line is read here.
  cur="\${line##*[[:space:]]}"
  read -ra before <<<"\${line%"$cur"}"
  prev="\${before[\${#before[@]} - 1]}"
  if [[ "$cur" == --*=* ]]; then
    prev="\${cur%%=*}"
    cur="\${cur#*=}"
  fi
  for word in "\${before[@]:1}"; do
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
_followd_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
  [[ "$cur" != *:* ]] || COMPREPLY=("\${COMPREPLY[@]#"\${cur%"\${cur##*:}"}"}")
}
_followd_names() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$cur"))
}
complete -F _followd followd
`;

function reply(value: Value): string {
  if (value === "anything") return "COMPREPLY=()";
  if (typeof value !== "string") return `_followd_words "${value.join(" ")}"`;
  return `_followd_names ${value === "folder" ? "-d" : "-f"}`;
}

function placeCase({ path, verbs, flags, argument }: CommandNode): string {
  const first = Array.isArray(argument) ? argument : verbs.map(({ name }) => name);
  const words = reply([...first, ...flags.map(({ name }) => name)]);
  if (argument !== "file") return `    "${path}") ${words} ;;`;
  return `    "${path}") if [[ "$cur" == -* ]]; then ${words}; else ${reply("file")}; fi ;;`;
}
