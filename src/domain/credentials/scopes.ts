import { DomainError } from "../errors.ts";

const GITHUB_SCOPES = [
  "admin:enterprise",
  "admin:gpg_key",
  "admin:org",
  "admin:org_hook",
  "admin:public_key",
  "admin:repo_hook",
  "admin:ssh_signing_key",
  "audit_log",
  "codespace",
  "copilot",
  "delete:packages",
  "delete_repo",
  "gist",
  "manage_billing:enterprise",
  "manage_runners:enterprise",
  "manage_runners:org",
  "notifications",
  "project",
  "public_repo",
  "read:audit_log",
  "read:discussion",
  "read:enterprise",
  "read:gpg_key",
  "read:org",
  "read:packages",
  "read:project",
  "read:public_key",
  "read:repo_hook",
  "read:ssh_signing_key",
  "read:user",
  "repo",
  "repo:invite",
  "repo:status",
  "repo_deployment",
  "security_events",
  "site_admin",
  "user",
  "user:email",
  "user:follow",
  "workflow",
  "write:discussion",
  "write:gpg_key",
  "write:org",
  "write:packages",
  "write:public_key",
  "write:repo_hook",
  "write:ssh_signing_key",
] as const;

const GITLAB_SCOPES = [
  "admin_mode",
  "ai_features",
  "api",
  "create_runner",
  "email",
  "k8s_proxy",
  "manage_runner",
  "openid",
  "profile",
  "read_api",
  "read_registry",
  "read_repository",
  "read_service_ping",
  "read_user",
  "self_rotate",
  "sudo",
  "write_registry",
  "write_repository",
] as const;

/** Every scope that a token can have: the words of both vendors, in one list. */
export const SCOPES: ReadonlySet<string> = new Set([...GITHUB_SCOPES, ...GITLAB_SCOPES]);

const EVERYDAY = ["user", "repo", "read:org", "admin:public_key", "api"] as const;
const ADMINISTRATORS = ["site_admin", "sudo"] as const;

/** The scopes of a token that was made without any: all that its user may do in either dialect. */
export const defaultScopes = (admin: boolean): readonly string[] =>
  admin ? [...EVERYDAY, ...ADMINISTRATORS] : EVERYDAY;

/** What fine-grained tokens are made of: subjects, with the right to read or to write. */
export const PERMISSIONS: ReadonlySet<string> = new Set(
  ["followers", "blocking", "emails", "keys", "gpg_keys", "ssh_signing_keys", "profile"].flatMap(
    (subject) => [`${subject}:read`, `${subject}:write`],
  ),
);

/** The words of a column that holds several. */
export const splitScopes = (text: string): string[] =>
  text.split(" ").filter((word) => word !== "");

/** The words of a list of scopes, each once and sorted. Throws `invalid` for an unknown one. */
export function scopesFrom(words: readonly string[] | null | undefined): string[] {
  const scopes = [...new Set(words ?? [])].sort();
  if (!scopes.every((scope) => SCOPES.has(scope))) {
    throw new DomainError("invalid", "no such scope", "scopes");
  }
  return scopes;
}
