import type { SupportPin } from "../../domain/credentials/support-pins.ts";
import type { Preferences } from "../../domain/profile/preferences.ts";
import { MAX_SOCIAL_ACCOUNTS, type SocialAccount } from "../../domain/profile/social-accounts.ts";
import type { ListItem } from "../../domain/user.ts";
import type { PageContext } from "../http/context.ts";
import { buttonForm, checkbox, type FormErrors, field, formError, pagination } from "./forms.ts";
import { html, plural, type SafeHtml, time, when } from "./html.ts";
import { settingsLayout } from "./settings.ts";
import { userItem } from "./users.ts";

export const socialAccountsView = (
  context: PageContext,
  accounts: readonly SocialAccount[],
  errors: FormErrors,
): SafeHtml =>
  settingsLayout(
    context,
    "/settings/social-accounts",
    html`${formError(errors)}
<p>Your profiles elsewhere, as GitHub's API shows them. ${MAX_SOCIAL_ACCOUNTS} at most.</p>
${
  accounts.length === 0
    ? html`<p class="muted">There is no social account.</p>`
    : html`<ul class="people">${accounts.map(
        ({ url }) =>
          html`<li class="person"><div class="who"><a href="${url}" rel="nofollow noopener me">${url}</a></div>
${buttonForm("/settings/social-accounts/remove", "Remove", { kind: "danger", title: `Remove ${url}`, hidden: { url } })}</li>`,
      )}</ul>`
}
${when(
  accounts.length < MAX_SOCIAL_ACCOUNTS,
  () => html`<h2>New social account</h2>
<form method="post" action="/settings/social-accounts">
${field({ name: "url", label: "Address", type: "url", required: true, maxlength: 2048, hint: "The whole address, with https:// in front." }, errors)}
<button class="primary">Add social account</button>
</form>`,
)}`,
  );

export const blockedView = (
  context: PageContext,
  list: { users: readonly ListItem[]; total: number; page: number; pageSize: number },
): SafeHtml => {
  const { users, total, page, pageSize } = list;
  const at = (to: number) => `/settings/blocked?page=${to}`;
  return settingsLayout(
    context,
    "/settings/blocked",
    html`<p>Blocked users can't follow you. To block a user, open their profile.</p>
${
  users.length === 0
    ? html`<p class="muted">You have blocked no one.</p>`
    : html`<h2>${plural(total, "blocked user")}</h2>
<ul class="people">${users.map((each) =>
        userItem(
          each,
          buttonForm(`/-/people/${each.username}/unblock`, "Unblock", {
            title: `Unblock ${each.username}`,
            hidden: { back: "/settings/blocked" },
          }),
        ),
      )}</ul>`
}
${pagination(page > 1 ? at(page - 1) : undefined, page * pageSize < total ? at(page + 1) : undefined)}`,
  );
};

export const preferencesView = (
  context: PageContext,
  preferences: Preferences,
  pin: SupportPin | undefined,
): SafeHtml =>
  settingsLayout(
    context,
    "/settings/preferences",
    html`<p>What GitLab's API tells of how you like things to be.</p>
<form method="post" action="/settings/preferences">
${checkbox("view_diffs_file_by_file", "Show one file at a time in diffs", preferences.viewDiffsFileByFile)}
${checkbox("show_whitespace_in_diffs", "Show changes of whitespace in diffs", preferences.showWhitespaceInDiffs)}
${checkbox("pass_user_identities_to_ci_jwt", "Include external identities in the tokens of CI jobs", preferences.passUserIdentitiesToCiJwt)}
<p><button class="primary">Save preferences</button></p>
</form>${when(context.settings.supportPins, () => supportPin(pin))}`,
  );

const supportPin = (pin: SupportPin | undefined): SafeHtml => html`
<h2>Support PIN</h2>
<p>A number by which support knows that it is you who asks. It counts for seven days.</p>
${
  pin === undefined
    ? html`<p class="muted">There is no PIN.</p>`
    : html`<p><code class="secret">${pin.pin}</code> until ${time(pin.expiresAt)}</p>`
}
<div class="actions">${buttonForm("/settings/preferences/support-pin", pin === undefined ? "Make a PIN" : "Make another PIN")}
${when(pin, () => buttonForm("/settings/preferences/support-pin/end", "End the PIN", { kind: "danger" }))}</div>`;
