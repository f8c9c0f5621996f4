import type { User } from "../../domain/user.ts";

/** A profile text as GitLab shows it: null until it is set, empty where it was emptied. */
export function textOrNull(
  { emptiedTexts }: Pick<User, "emptiedTexts">,
  name: string,
  text: string,
): string | null {
  return text === "" && !emptiedTexts.split(" ").includes(name) ? null : text;
}
