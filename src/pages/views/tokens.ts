import type { TokenRow } from "../../domain/credential.ts";
import { splitScopes } from "../../domain/credentials/scopes.ts";
import type { PageContext } from "../http/context.ts";
import { type Form, fieldOf } from "../http/forms.ts";
import { buttonForm, checkbox, type FormErrors, field, formError } from "./forms.ts";
import { html, type Piece, type SafeHtml, time, when } from "./html.ts";
import { settingsLayout } from "./settings.ts";

/** What a token may be made for, in words; every other scope of the APIs is made by them. */
const CHOICES: readonly (readonly [scope: string, words: string])[] = [
  ["user", "Read and change your profile, follow and unfollow, in GitHub's API"],
  ["read:user", "Read your profile in GitHub's API"],
  ["user:email", "Read your email addresses in GitHub's API"],
  ["user:follow", "Follow and unfollow"],
  ["repo", "Be taken by tools that want access to repositories (there are none here)"],
  ["read:org", "Be taken by tools that want to read organizations (there are none here)"],
  ["admin:public_key", "Manage your SSH keys in GitHub's API"],
  ["admin:gpg_key", "Manage your GPG keys in GitHub's API"],
  ["api", "Everything in GitLab's API"],
  ["read_api", "Read everything in GitLab's API"],
  ["read_user", "Read your profile in GitLab's API"],
];
const ADMIN_CHOICES: typeof CHOICES = [
  ["site_admin", "Administer users in GitHub's API"],
  ["sudo", "Act as any user in GitLab's API"],
];

/** The fields of a new token. */
export function tokenFields(isAdmin: boolean, errors: FormErrors, form?: Form): Piece {
  const chosen = new Set(form?.fields.getAll("scope") ?? []);
  const all = isAdmin ? [...CHOICES, ...ADMIN_CHOICES] : CHOICES;
  return html`${field({ name: "name", label: "Token name", required: true, maxlength: 255, value: form && fieldOf(form, "name") }, errors)}
${field({ name: "expires_in", label: "Expires in days", inputmode: "numeric", value: form ? fieldOf(form, "expires_in") : "90", hint: "Empty for a token that does not expire." }, errors)}
<fieldset${when(errors.scope, () => html` aria-describedby="scope-error"`)}><legend>Scopes</legend>
${when(errors.scope, () => html`<p class="error" id="scope-error">Scopes ${errors.scope?.join(", ")}.</p>`)}
${all.map(([scope, words]) => checkbox("scope", html`<code>${scope}</code> ${words}`, chosen.has(scope), scope))}
</fieldset>`;
}

/** Tokens as a table, each with a button that ends it. */
export const tokenTable = (rows: readonly TokenRow[], revokeAt: (id: number) => string): Piece =>
  rows.length === 0
    ? html`<p class="muted">There is no token.</p>`
    : html`<div class="scroll" tabindex="0" role="region" aria-label="Tokens"><table>
<thead><tr><th scope="col">Name</th><th scope="col">Scopes</th><th scope="col">Created</th><th scope="col">Last used</th><th scope="col">Expires</th><th scope="col"><span class="hidden">Actions</span></th></tr></thead>
<tbody>${rows.map(
        (
          row,
        ) => html`<tr><th scope="row">${row.name}${when(row.kind !== "personal", () => html` <span class="badge">${row.kind.replaceAll("_", " ")}</span>`)}</th>
<td>${splitScopes(row.permissions ?? row.scopes).map((scope) => html`<code>${scope}</code> `)}</td>
<td>${time(row.createdAt)}</td><td>${time(row.lastUsedAt)}</td>
<td>${time(row.expiresAt === null ? null : row.expiresAt * 1000)}</td>
<td>${buttonForm(revokeAt(row.id), "Revoke", { kind: "danger", title: `Revoke ${row.name}` })}</td></tr>`,
      )}</tbody></table></div>`;

/** A token's text, in the one answer that shows it. */
export const createdToken = (text: string): Piece => html`<div class="box good" role="status">
<p><strong>This is the new token. Copy it now: it is not shown again.</strong></p>
<p><code class="secret key" id="made-token" data-testid="token">${text}</code>
<button type="button" data-copy="made-token" hidden>Copy token</button></p></div>`;

export const tokensView = (
  context: PageContext,
  data: { rows: readonly TokenRow[]; errors?: FormErrors; form?: Form; made?: string },
): SafeHtml => {
  const { rows, errors = {}, form, made } = data;
  return settingsLayout(
    context,
    "/settings/tokens",
    html`${when(made, () => createdToken(made ?? ""))}
${formError(errors)}
<p>A token stands for you in programs: as a password for <code>curl</code>, <code>gh</code>, <code>glab</code> and every client of either API.</p>
<h2>New token</h2>
<form method="post" action="/settings/tokens">
${tokenFields(context.viewer?.admin === true, errors, form)}
<button class="primary">Create token</button>
</form>
<h2>Active tokens</h2>
${tokenTable(rows, (id) => `/settings/tokens/${id}/revoke`)}`,
  );
};
