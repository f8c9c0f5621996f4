import type { LinkBase } from "../../cache/response-cache.ts";
import type { User } from "../../domain/user.ts";
import type { UserSearch } from "../../domain/users/search/search-users.ts";
import type { components } from "../../generated/github-types.ts";

type Item = components["schemas"]["user-search-result-item"];
type TextMatches = NonNullable<Item["text_matches"]>;

/** Where the words of a search are in a user (docs: "Text match metadata"). */
export function presentTextMatches(user: User, search: UserSearch, { api }: LinkBase): TextMatches {
  const texts = { login: user.username, name: user.name, email: user.publicEmail };
  const words = search.words.filter(({ isExcluded }) => !isExcluded).map(({ text }) => text);
  return search.fields.flatMap((property) => {
    const fragment = texts[property];
    const matches = words.flatMap((word) => occurrences(fragment, word));
    if (matches.length === 0) return [];
    const object = { object_url: `${api}/users/${user.username}`, object_type: "User" };
    return [{ ...object, property, fragment, matches }];
  });
}

function occurrences(fragment: string, word: string): { text: string; indices: number[] }[] {
  const found: { text: string; indices: number[] }[] = [];
  const [text, sought] = [fragment.toLowerCase(), word.toLowerCase()];
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + sought.length)) {
    const end = at + sought.length;
    found.push({ text: fragment.slice(at, end), indices: [at, end] });
  }
  return found;
}
