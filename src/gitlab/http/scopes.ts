import type { Credential } from "../../domain/credential.ts";

/** What GitHub's words open here. */
const FROM_GITHUB: Readonly<Record<string, readonly string[]>> = {
  user: ["read_user", "user", "user:follow"],
};

const seen = new WeakMap<Credential, ReadonlySet<string>>();

/** The scopes of a token as GitLab sees them. */
export function grantedTo(credential: Credential): ReadonlySet<string> {
  let granted = seen.get(credential);
  if (granted === undefined) {
    const words = [...credential.scopes].flatMap((scope) => FROM_GITHUB[scope] ?? scope);
    if (credential.user.admin && credential.scopes.has("site_admin")) words.push("api", "sudo");
    granted = new Set(words);
    seen.set(credential, granted);
  }
  return granted;
}

/** Whether a token may do what needs one of these; `[]` is open to any token. */
export function holds(credential: Credential, needed: readonly string[]): boolean {
  const granted = grantedTo(credential);
  return needed.every((scope) => granted.has(scope));
}
