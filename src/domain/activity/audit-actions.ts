/** What an act does, in GitHub's words for `operation_type`. */
type AuditOperation = "access" | "authentication" | "create" | "modify" | "remove";

interface Kind {
  readonly operation: AuditOperation;
  /** The action as a sentence, for GitLab's audit events. */
  readonly message: string;
}

const kind = (operation: AuditOperation, message: string): Kind => ({ operation, message });

/** Every act that the audit log knows, by its name there. */
const ACTIONS = {
  credit_card_validated: kind("modify", "Recorded a credit card validation"),
  "custom_attribute.delete": kind("remove", "Removed a custom attribute"),
  "custom_attribute.set": kind("modify", "Set a custom attribute"),
  "gpg_key.create": kind("create", "Added GPG key"),
  "gpg_key.delete": kind("remove", "Removed GPG key"),
  "public_key.create": kind("create", "Added SSH key"),
  "public_key.delete": kind("remove", "Removed SSH key"),
  "runner.create": kind("create", "Registered a runner"),
  "session.revoke": kind("remove", "Ended browser sessions"),
  "social_account.create": kind("create", "Added a social account"),
  "social_account.delete": kind("remove", "Removed a social account"),
  "export.follows": kind("access", "Exported follows"),
  "export.users": kind("access", "Exported users"),
  "import.events": kind("create", "Imported events"),
  "import.follows": kind("create", "Imported follows"),
  "import.users": kind("create", "Imported users"),
  "ssh_signing_key.create": kind("create", "Added SSH signing key"),
  "ssh_signing_key.delete": kind("remove", "Removed SSH signing key"),
  "support_pin.create": kind("create", "Created a support PIN"),
  "support_pin.revoke": kind("remove", "Revoked a support PIN"),
  "token.create": kind("create", "Created an access token"),
  "token.reuse": kind("authentication", "Ended tokens after a rotated one was used again"),
  "token.revoke": kind("remove", "Revoked an access token"),
  "token.rotate": kind("modify", "Rotated an access token"),
  "token.show": kind("access", "Showed a private token"),
  "two_factor_authentication.disabled": kind("modify", "Disabled two-factor authentication"),
  "two_factor_authentication.enabled": kind("modify", "Enabled two-factor authentication"),
  "two_factor_authentication.recovery_codes_generated": kind(
    "modify",
    "Generated two-factor recovery codes",
  ),
  "user.activate": kind("modify", "Activated user"),
  "user.add_email": kind("create", "Added email"),
  "user.approve": kind("modify", "Approved user"),
  "user.ban": kind("modify", "Banned user"),
  "user.block": kind("modify", "Blocked user"),
  "user.change_email": kind("modify", "Changed primary email"),
  "user.change_email_visibility": kind("modify", "Changed the visibility of the primary email"),
  "user.change_password": kind("modify", "Changed password"),
  "user.confirm_email": kind("modify", "Confirmed email"),
  "user.confirm_email_link": kind("create", "Sent a link to confirm an email"),
  "user.create": kind("create", "User was created"),
  "user.deactivate": kind("modify", "Deactivated user"),
  "user.demote": kind("modify", "Changed access level to regular"),
  "user.destroy": kind("remove", "User was removed"),
  "user.failed_login": kind("authentication", "Failed to sign in"),
  "user.lock": kind("modify", "Locked user"),
  "user.login": kind("authentication", "Signed in"),
  "user.promote": kind("modify", "Changed access level to administrator"),
  "user.reject": kind("remove", "Rejected user's request to sign up"),
  "user.remove_email": kind("remove", "Removed email"),
  "user.remove_identity": kind("remove", "Removed an external identity"),
  "user.rename": kind("modify", "Changed username"),
  "user.reset_password_link": kind("create", "Sent a link to choose a password"),
  "user.stand_in": kind("access", "Acted in another user's name"),
  "user.set_identity": kind("modify", "Set an external identity"),
  "user.state": kind("modify", "Changed the state of user"),
  "user.suspend": kind("modify", "Suspended user"),
  "user.unban": kind("modify", "Unbanned user"),
  "user.unblock": kind("modify", "Unblocked user"),
  "user.unlock": kind("modify", "Unlocked user"),
  "user.unsuspend": kind("modify", "Unsuspended user"),
  "user.update": kind("modify", "Changed user"),
} as const satisfies Readonly<Record<string, Kind>>;

export type AuditAction = keyof typeof ACTIONS;

const KINDS: ReadonlyMap<string, Kind> = new Map(Object.entries(ACTIONS));

/** What an act does; entries of a newer version of the log may have a name that is unknown here. */
export const auditOperationOf = (action: string): AuditOperation =>
  KINDS.get(action)?.operation ?? "modify";

/** An act as a sentence; its name where there is none. */
export const auditMessageOf = (action: string): string => KINDS.get(action)?.message ?? action;

/** The acts that do something. */
export const auditActionsThat = (operation: string): string[] =>
  [...KINDS].flatMap(([name, each]) => (each.operation === operation ? name : []));
