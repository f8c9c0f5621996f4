import type { TokenRow } from "../../domain/credential.ts";
import type { Session } from "../../domain/credentials/sessions.ts";
import type { GpgKey } from "../../domain/keys/gpg-keys.ts";
import type { SshKey } from "../../domain/keys/ssh-keys.ts";
import type { SshSigningKey } from "../../domain/keys/ssh-signing-keys.ts";
import type { CustomAttribute } from "../../domain/profile/custom-attributes.ts";
import type { Email } from "../../domain/profile/emails.ts";
import type { SocialAccount } from "../../domain/profile/social-accounts.ts";
import type { ListItem, User } from "../../domain/user.ts";
import type { PageContext } from "../http/context.ts";
import { type Form, fieldOf } from "../http/forms.ts";
import { adminLayout } from "./admin.ts";
import { ACTIONS, type ActionName, actionButtons } from "./admin-actions.ts";
import { buttonForm, checkbox, type FormErrors, field, formError } from "./forms.ts";
import { html, number, type Piece, type SafeHtml, time, when } from "./html.ts";
import { profileFields } from "./settings.ts";
import { browserName } from "./settings-credentials.ts";
import {
  gpgKeyFields,
  gpgKeyList,
  signingKeyList,
  sshKeyFields,
  sshKeyList,
} from "./settings-keys.ts";
import { createdToken, tokenFields, tokenTable } from "./tokens.ts";
import { avatar, badges, lastActivity, stateWords, userLink } from "./users.ts";

interface AdminUser {
  readonly user: User;
  readonly createdBy: ListItem | undefined;
  readonly identities: readonly { provider: string; externUid: string }[];
  readonly emails: readonly Email[];
  readonly ssh: readonly SshKey[];
  readonly gpg: readonly GpgKey[];
  readonly tokens: readonly TokenRow[];
  readonly sessions: readonly Session[];
  readonly signing: readonly SshSigningKey[];
  readonly social: readonly SocialAccount[];
  readonly attributes: readonly CustomAttribute[];
  readonly errors: FormErrors;
  readonly form?: Form | undefined;
  /** A token's text or a link, shown once. */
  readonly made?: string | undefined;
}

export function adminUserView(context: PageContext, data: AdminUser): SafeHtml {
  const { user, errors, form, made } = data;
  const at = `/-/admin/users/${user.username}`;
  const viewer = context.viewer as User;
  return adminLayout(context, {
    title: user.username,
    path: "/admin/users",
    main: html`${when(made, () => shownOnce(made ?? ""))}
${formError(errors)}
<div class="actions">${avatar(user, 64)}<p>${stateWords(user.state)} ${badges(user)}<br><a href="/${user.username}">Profile</a> · <a href="/-/graph/${user.username}">Graph</a> · <a href="/admin/audit?user=${user.username}">Audit log</a></p></div>
<div class="actions">${actionButtons(viewer, user, Object.keys(ACTIONS) as ActionName[])}</div>
${facts(data)}
<details${when(Object.keys(errors).length > 0, () => html` open`)}><summary>Edit every attribute</summary>
<form method="post" action="${at}/update">
${field({ name: "username", label: "Username", value: form?.fields.get("username") ?? user.username, required: true, maxlength: 255 }, errors)}
${profileFields(user, errors, form)}
${field({ name: "projects_limit", label: "Projects limit", value: user.projectsLimit, inputmode: "numeric" }, errors)}
${field({ name: "note", label: "Admin note", value: user.note, rows: 3 }, errors)}
${when(viewer.id !== user.id, () => checkbox("admin", "Administrator", user.admin))}
${checkbox("external", "External user", user.external)}
${checkbox("private_profile", "Private profile", user.privateProfile)}
${checkbox("can_create_group", "Can create groups", user.canCreateGroup)}
<p><button class="primary">Save user</button></p></form></details>
<h2>Password</h2>
<form method="post" action="${at}/password" class="columns">
${field({ name: "password", label: "New password", type: "password", autocomplete: "new-password", required: true, maxlength: 128 }, errors)}
<div>${checkbox("must_change", "They have to change it when they sign in", true)}<button>Set password</button></div></form>
<h2>Email addresses</h2>${emailList(data, at)}
<form method="post" action="${at}/emails" class="columns">
${field({ name: "email", label: "New address", type: "email", required: true, maxlength: 254 }, errors)}
<div>${checkbox("confirmed", "Count it as confirmed", true)}<button>Add email</button></div></form>
<h2>Identities</h2>${identityList(data, at)}
<form method="post" action="${at}/identities" class="columns">
${field({ name: "provider", label: "Provider", required: true, maxlength: 255 }, errors)}
${field({ name: "extern_uid", label: "ID there", required: true, maxlength: 255 }, errors)}
<div><button>Add identity</button></div></form>
<h2>SSH keys</h2>${sshKeyList(data.ssh, (id) => `${at}/ssh-keys/${id}/remove`)}
<details><summary>New SSH key</summary><form method="post" action="${at}/ssh-keys">${sshKeyFields(errors)}</form></details>
<h2>GPG keys</h2>${gpgKeyList(data.gpg, (id) => `${at}/gpg-keys/${id}/remove`)}
<details><summary>New GPG key</summary><form method="post" action="${at}/gpg-keys">${gpgKeyFields(errors)}</form></details>
${when(data.signing.length > 0, () => html`<h2>SSH signing keys</h2>${signingKeyList(data.signing)}`)}
${when(data.social.length > 0, () => html`<h2>Social accounts</h2><ul>${data.social.map(({ url }) => html`<li>${url}</li>`)}</ul>`)}
<h2>Access tokens</h2>${tokenTable(data.tokens, (id) => `${at}/tokens/${id}/revoke`)}
${when(
  context.settings.impersonation,
  () => html`<details><summary>New impersonation token</summary><form method="post" action="${at}/tokens">
${tokenFields(user.admin, errors, form)}<button>Create impersonation token</button></form></details>`,
)}
<h2>Sessions</h2>${sessionList(data.sessions)}
<h2>Custom attributes</h2>${attributeList(data, at)}
<form method="post" action="${at}/attributes" class="columns">
${field({ name: "key", label: "Key", required: true, maxlength: 255 }, errors)}
${field({ name: "value", label: "Value", required: true, maxlength: 255 }, errors)}
<div><button>Set attribute</button></div></form>`,
  });
}

const shownOnce = (text: string): Piece =>
  text.startsWith("http")
    ? html`<div class="box good" role="status"><p><strong>The user is made. Give them this link, by which they choose a password: it is not shown again.</strong></p><p><code class="secret key" id="made-link">${text}</code></p></div>`
    : createdToken(text);

const facts = ({ user, createdBy }: AdminUser): Piece => html`<dl class="facts">
<dt>ID</dt><dd>${user.id}</dd>
${when(user.name, () => html`<dt>Name</dt><dd>${user.name}</dd>`)}
<dt>Followers</dt><dd>${number(user.followers)}</dd>
<dt>Following</dt><dd>${number(user.following)}</dd>
<dt>Created</dt><dd>${time(user.createdAt)}${when(createdBy, () => html` by ${userLink(createdBy as ListItem)}`)}</dd>
<dt>Confirmed</dt><dd>${time(user.confirmedAt)}</dd>
<dt>Sign-ins</dt><dd>${number(user.signInCount)}</dd>
<dt>Current sign-in</dt><dd>${time(user.currentSignInAt)}${when(user.currentSignInIp, () => html` from ${user.currentSignInIp}`)}</dd>
<dt>Last sign-in</dt><dd>${time(user.lastSignInAt)}${when(user.lastSignInIp, () => html` from ${user.lastSignInIp}`)}</dd>
<dt>Last activity</dt><dd>${lastActivity(user)}</dd>
<dt>Failed tries</dt><dd>${user.failedAttempts}${when(user.lockedAt, () => html`, locked ${time(user.lockedAt)}`)}</dd>
<dt>Two-factor</dt><dd>${user.otpEnabledAt === null ? "off" : html`on since ${time(user.otpEnabledAt)}`}</dd>
<dt>Password</dt><dd>${user.passwordHash === null ? "none" : user.passwordExpiresAt === null ? "set" : html`expires ${time(user.passwordExpiresAt)}`}</dd>
${when(user.suspendedReason, () => html`<dt>Blocked because</dt><dd>${user.suspendedReason}</dd>`)}
${when(user.note, () => html`<dt>Note</dt><dd>${user.note}</dd>`)}
</dl>`;

const emailList = ({ emails }: AdminUser, at: string): Piece =>
  html`<ul class="people">${emails.map(
    (row) => html`<li class="person"><div class="who"><b>${row.email}</b>
${when(row.primary, () => html`<span class="badge good">Primary</span>`)}
${when(row.confirmedAt === null, () => html`<span class="badge warn">Not confirmed</span>`)}</div>
${when(!row.primary, () => buttonForm(`${at}/emails/${row.id}/primary`, "Make primary", { title: `Make ${row.email} primary` }))}
${when(!row.primary, () => buttonForm(`${at}/emails/${row.id}/remove`, "Remove", { kind: "danger", title: `Remove ${row.email}` }))}</li>`,
  )}</ul>`;

const identityList = ({ identities }: AdminUser, at: string): Piece =>
  identities.length === 0
    ? html`<p class="muted">There is no identity.</p>`
    : html`<ul class="people">${identities.map(
        ({
          provider,
          externUid,
        }) => html`<li class="person"><div class="who"><b>${provider}</b> ${externUid}</div>
${buttonForm(`${at}/identities/${encodeURIComponent(provider)}/remove`, "Remove", { kind: "danger", title: `Remove identity ${provider}` })}</li>`,
      )}</ul>`;

const attributeList = ({ attributes }: AdminUser, at: string): Piece =>
  attributes.length === 0
    ? html`<p class="muted">There is no custom attribute.</p>`
    : html`<ul class="people">${attributes.map(
        ({ key, value }) => html`<li class="person"><div class="who"><b>${key}</b> ${value}</div>
${buttonForm(`${at}/attributes/${encodeURIComponent(key)}/remove`, "Remove", { kind: "danger", title: `Remove attribute ${key}` })}</li>`,
      )}</ul>`;

const sessionList = (sessions: readonly Session[]): Piece =>
  sessions.length === 0
    ? html`<p class="muted">They are not signed in.</p>`
    : html`<ul>${sessions.map((one) => html`<li>${browserName(one.userAgent)} from ${one.ip ?? "an unknown address"}, since ${time(one.createdAt)}, last seen ${time(one.lastSeenAt)}</li>`)}</ul>`;

export const newUserView = (
  context: PageContext,
  errors: FormErrors = {},
  form?: Form,
): SafeHtml => {
  const text = (name: string) => (form === undefined ? "" : fieldOf(form, name));
  const isTicked = (name: string, initial: boolean) => form?.fields.has(name) ?? initial;
  return adminLayout(context, {
    title: "New user",
    path: "/admin/users",
    main: html`${formError(errors)}
<form method="post" action="/-/admin/new-user" class="card">
${field({ name: "username", label: "Username", value: text("username"), required: true, maxlength: 255, autofocus: true }, errors)}
${field({ name: "email", label: "Email", type: "email", value: text("email"), required: true, maxlength: 254 }, errors)}
${field({ name: "name", label: "Name", value: text("name"), maxlength: 255 }, errors)}
${field({ name: "password", label: "Password", type: "password", autocomplete: "new-password", maxlength: 128, hint: "Left empty, the user gets a link to choose one: by mail where this server sends mail, else shown to you once." }, errors)}
${checkbox("must_change", "They have to change it when they sign in", isTicked("must_change", true))}
${checkbox("admin", "Administrator", isTicked("admin", false))}
${checkbox("external", "External user", isTicked("external", false))}
<p><button class="primary">Create user</button></p></form>`,
  });
};
