import type { Credential } from "../../domain/credential.ts";
import { memoizeWeak } from "../../http/memoize-weak.ts";

/** What GitHub's words open here. */
const FROM_GITHUB: Readonly<Record<string, readonly string[]>> = {
  user: ["read_user", "user", "user:follow"],
};

/** The scopes of a token as GitLab sees them. */
const grantedTo = memoizeWeak(({ scopes, user }: Credential): ReadonlySet<string> => {
  const words = [...scopes].flatMap((scope) => FROM_GITHUB[scope] ?? scope);
  if (user.admin && scopes.has("site_admin")) words.push("api", "sudo");
  return new Set(words);
});

/** Whether a token may do what needs one of these; `[]` is open to any token. */
export function hasScope(credential: Credential, needed: readonly string[]): boolean {
  const granted = grantedTo(credential);
  return needed.every((scope) => granted.has(scope));
}
