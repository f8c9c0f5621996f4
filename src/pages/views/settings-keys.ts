import type { GpgKey } from "../../domain/keys/gpg-keys.ts";
import type { SshKey } from "../../domain/keys/ssh-keys.ts";
import type { SshSigningKey } from "../../domain/keys/ssh-signing-keys.ts";
import type { Email } from "../../domain/profile/emails.ts";
import type { PageContext } from "../http/context.ts";
import { buttonForm, type FormErrors, field, formError, select } from "./forms.ts";
import { html, type Piece, type SafeHtml, time, when } from "./html.ts";
import { settingsLayout } from "./settings.ts";

export const emailsView = (
  context: PageContext,
  rows: readonly Email[],
  errors: FormErrors,
): SafeHtml =>
  settingsLayout(
    context,
    "/settings/emails",
    html`${formError(errors)}
<ul class="people">${rows.map(
      (row) => html`<li class="person"><div class="who"><b>${row.email}</b>
${when(row.primary, () => html`<span class="badge good">Primary</span>`)}
${when(row.confirmedAt === null, () => html`<span class="badge warn">Not confirmed</span>`)}</div>
${when(!row.primary && row.confirmedAt !== null, () => buttonForm(`/settings/emails/${row.id}/primary`, "Make primary", { title: `Make ${row.email} primary` }))}
${when(!row.primary, () => buttonForm(`/settings/emails/${row.id}/remove`, "Remove", { kind: "danger", title: `Remove ${row.email}` }))}</li>`,
    )}</ul>
<h2>New address</h2>
<form method="post" action="/settings/emails">
${field({ name: "email", label: "Email", type: "email", required: true, maxlength: 254, autocomplete: "email" }, errors)}
<button class="primary">Add email</button>
</form>`,
  );

/** Keys as a list, each with a button that takes it away. */
export const sshKeyList = (keys: readonly SshKey[], removeAt: (id: number) => string): Piece =>
  keys.length === 0
    ? html`<p class="muted">There is no SSH key.</p>`
    : html`<ul class="people">${keys.map(
        (
          key,
        ) => html`<li class="person"><div class="who"><b>${key.title}</b> <span class="badge">${key.usageType.replaceAll("_", " ")}</span>
<p class="mono key">${key.fingerprintSha256}</p><p class="muted small">Added ${time(key.createdAt)}, expires ${time(key.expiresAt)}</p></div>
${buttonForm(removeAt(key.id), "Remove", { kind: "danger", title: `Remove SSH key ${key.title}` })}</li>`,
      )}</ul>`;

export const gpgKeyList = (keys: readonly GpgKey[], removeAt: (id: number) => string): Piece =>
  keys.length === 0
    ? html`<p class="muted">There is no GPG key.</p>`
    : html`<ul class="people">${keys.map(
        (
          key,
        ) => html`<li class="person"><div class="who"><p class="mono key">${key.fingerprint.toUpperCase()}</p><p class="muted small">Added ${time(key.createdAt)}</p></div>
${buttonForm(removeAt(key.id), "Remove", { kind: "danger", title: `Remove GPG key ${key.fingerprint.slice(-16).toUpperCase()}` })}</li>`,
      )}</ul>`;

interface Keys {
  readonly ssh: readonly SshKey[];
  readonly gpg: readonly GpgKey[];
  readonly signing: readonly SshSigningKey[];
}

/** GitHub keeps keys that sign commits in a list of their own. */
export const signingKeyList = (
  keys: readonly SshSigningKey[],
  removeAt?: (id: number) => string,
): Piece =>
  keys.length === 0
    ? html`<p class="muted">There is no signing key.</p>`
    : html`<ul class="people">${keys.map(
        (key) => html`<li class="person"><div class="who"><b>${key.title}</b>
<p class="mono key">${key.fingerprintSha256}</p><p class="muted small">Added ${time(key.createdAt)}</p></div>
${when(removeAt, () => buttonForm(removeAt?.(key.id) ?? "", "Remove", { kind: "danger", title: `Remove signing key ${key.title}` }))}</li>`,
      )}</ul>`;

/** The fields of a new SSH key, on either page. */
export const sshKeyFields = (errors: FormErrors): Piece => html`
${field({ name: "title", label: "Title", maxlength: 255, hint: "The key's own comment where it is left empty." }, errors)}
${field({ name: "ssh_key", label: "Public SSH key", rows: 4, required: true, hint: "A line that begins with ssh-ed25519, ssh-rsa or ecdsa-sha2." }, errors)}
<div class="columns">${select("usage_type", "Usage", "auth_and_signing", [
  ["auth_and_signing", "Authentication and signing"],
  ["auth", "Authentication"],
  ["signing", "Signing"],
])}
${field({ name: "expires_at", label: "Expires on", type: "date" }, errors)}</div>
<button class="primary">Add SSH key</button>`;

export const gpgKeyFields = (errors: FormErrors): Piece => html`
${field({ name: "gpg_key", label: "Public GPG key", rows: 6, required: true, hint: "The whole block, from BEGIN PGP PUBLIC KEY BLOCK to its end." }, errors)}
<button class="primary">Add GPG key</button>`;

export const keysView = (
  context: PageContext,
  { ssh, gpg, signing, errors }: Keys & { readonly errors: FormErrors },
): SafeHtml =>
  settingsLayout(
    context,
    "/settings/keys",
    html`${formError(errors)}
<h2>SSH keys</h2>
${sshKeyList(ssh, (id) => `/settings/keys/ssh/${id}/remove`)}
<form method="post" action="/settings/keys/ssh"><h3>New SSH key</h3>${sshKeyFields(errors)}</form>
<h2>GPG keys</h2>
${gpgKeyList(gpg, (id) => `/settings/keys/gpg/${id}/remove`)}
<form method="post" action="/settings/keys/gpg"><h3>New GPG key</h3>${gpgKeyFields(errors)}</form>
<h2>SSH signing keys</h2>
<p class="muted small">What GitHub's API calls signing keys: a list of its own, beside the SSH keys.</p>
${signingKeyList(signing, (id) => `/settings/keys/signing/${id}/remove`)}
<form method="post" action="/settings/keys/signing"><h3>New signing key</h3>
${field({ name: "signing_title", label: "Title of the signing key", maxlength: 255 }, errors)}
${field({ name: "signing_key", label: "Public signing key", rows: 4, required: true }, errors)}
<button class="primary">Add signing key</button></form>`,
  );
