import type { Credential } from "../../domain/credential.ts";
import { memoizeWeak } from "../../http/memoize-weak.ts";

/** What each scope brings with it, one step down (docs: scopes for OAuth apps). */
const INCLUDES: Readonly<Record<string, readonly string[]>> = {
  user: ["read:user", "user:email", "user:follow"],
  repo: ["repo:status", "repo_deployment", "public_repo", "repo:invite", "security_events"],
  "admin:repo_hook": ["write:repo_hook"],
  "write:repo_hook": ["read:repo_hook"],
  "admin:org": ["write:org", "manage_runners:org"],
  "write:org": ["read:org"],
  "admin:public_key": ["write:public_key"],
  "write:public_key": ["read:public_key"],
  "admin:gpg_key": ["write:gpg_key"],
  "write:gpg_key": ["read:gpg_key"],
  "admin:ssh_signing_key": ["write:ssh_signing_key"],
  "write:ssh_signing_key": ["read:ssh_signing_key"],
  "admin:enterprise": ["manage_runners:enterprise", "manage_billing:enterprise", "read:enterprise"],
  "write:packages": ["read:packages"],
  "write:discussion": ["read:discussion"],
  project: ["read:project"],
  audit_log: ["read:audit_log"],
};

const ALONE = [
  "admin:org_hook",
  "codespace",
  "copilot",
  "delete:packages",
  "delete_repo",
  "gist",
  "notifications",
  "site_admin",
  "workflow",
];

/** Every scope that GitHub knows. */
export const SCOPES: ReadonlySet<string> = new Set([
  ...Object.entries(INCLUDES).flatMap(([scope, included]) => [scope, ...included]),
  ...ALONE,
]);

const READING = [
  ...["read:user", "user:email"],
  ...["read:public_key", "read:gpg_key", "read:ssh_signing_key"],
];

/** What GitLab's words open here. */
const FROM_GITLAB: Readonly<Record<string, readonly string[]>> = {
  api: [
    ...["user", "repo", "read:org"],
    ...["admin:public_key", "admin:gpg_key", "admin:ssh_signing_key"],
  ],
  read_user: READING,
  read_api: READING,
};

/** The scopes of a token as GitHub sees them. */
interface Granted {
  /** Named ones and those that they bring with them. */
  readonly all: ReadonlySet<string>;
  /** The value of X-OAuth-Scopes: sorted, and nothing that another one brings. */
  readonly header: string;
}

export const grantedTo = memoizeWeak(({ scopes, user }: Credential): Granted => {
  const named = new Set([...scopes].flatMap((scope) => FROM_GITLAB[scope] ?? scope));
  if (user.admin && scopes.has("api") && scopes.has("sudo")) named.add("site_admin");
  const words = [...named].filter((scope) => SCOPES.has(scope));
  const brought = new Set(words.flatMap(below));
  const header = words.filter((scope) => !brought.has(scope)).sort();
  return { all: new Set([...words, ...brought]), header: header.join(", ") };
});

function below(scope: string): string[] {
  return (INCLUDES[scope] ?? []).flatMap((each) => [each, ...below(each)]);
}

/** Whether a token may do what needs these scopes; site_admin also needs an administrator. */
export function hasScope(credential: Credential, needed: readonly string[]): boolean {
  const { all } = grantedTo(credential);
  return needed.every(
    (scope) => all.has(scope) && (scope !== "site_admin" || credential.user.admin),
  );
}

/** Whether a fine-grained token has these permissions; write brings read with it. */
export function hasPermission(credential: Credential, needed: readonly string[]): boolean {
  const held = credential.permissions;
  if (held === null) return false;
  return needed.every((word) => held.has(word) || held.has(word.replace(/:read$/, ":write")));
}
