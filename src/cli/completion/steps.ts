import type { CommandNode, Value } from "./command-tree.ts";

/** What makes a word of the path before it, for each place: `user`, `create` → `user create`. */
export const steps = (
  places: readonly CommandNode[],
): { from: string; word: string; path: string }[] =>
  places
    .filter(({ path }) => path !== "")
    .map(({ path }) => {
      const words = path.split(" ");
      return { from: words.slice(0, -1).join(" "), word: words.at(-1) ?? "", path };
    });

/** Lines of `case`, as bash and zsh have it, that know the place by the words before. */
export const stepCases = (places: readonly CommandNode[]): string =>
  steps(places)
    .map(({ from, word, path }) => `      "${from}/${word}") place="${path}" ;;`)
    .join("\n");

/** The cases that complete the value of the flag before. */
export const valueCases = (
  places: readonly CommandNode[],
  reply: (value: Value) => string,
): string =>
  places
    .flatMap(({ path, flags }) =>
      flags.flatMap(({ name, takes }) =>
        takes === undefined ? [] : [`    "${path} ${name}") ${reply(takes)}; return ;;`],
      ),
    )
    .join("\n");
