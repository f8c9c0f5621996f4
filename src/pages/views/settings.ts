import type { Email } from "../../domain/profile/emails.ts";
import type { Status } from "../../domain/profile/statuses.ts";
import type { User } from "../../domain/user.ts";
import type { PageContext } from "../http/context.ts";
import { type Form, fieldOf } from "../http/forms.ts";
import { buttonForm, checkbox, type FormErrors, field, formError, select } from "./forms.ts";
import { html, type Piece, type SafeHtml, when } from "./html.ts";
import { layout } from "./layout.ts";
import { avatar } from "./users.ts";

const SECTIONS = [
  ["/settings", "Profile"],
  ["/settings/social-accounts", "Social accounts"],
  ["/settings/emails", "Email addresses"],
  ["/settings/keys", "SSH and GPG keys"],
  ["/settings/tokens", "Access tokens"],
  ["/settings/password", "Password"],
  ["/settings/two-factor", "Two-factor authentication"],
  ["/settings/sessions", "Sessions"],
  ["/settings/blocked", "Blocked users"],
  ["/settings/preferences", "Preferences"],
] as const;

/** A page of the settings, with the list of all beside it. */
export const settingsLayout = (context: PageContext, path: string, main: Piece): SafeHtml => {
  const title = SECTIONS.find(([each]) => each === path)?.[1] ?? "Settings";
  return layout(context, {
    title: `${title} · Settings`,
    heading: null,
    main: html`<div class="split">
<nav class="side" aria-label="Settings"><ul>${SECTIONS.map(
      ([each, text]) =>
        html`<li><a href="${each}"${when(each === path, () => html` aria-current="page"`)}>${text}</a></li>`,
    )}</ul></nav>
<div><h1>${title}</h1>${main}</div></div>`,
  });
};

interface ProfileSettings {
  readonly user: User;
  readonly status: Status | undefined;
  readonly emails: readonly Email[];
  readonly errors: FormErrors;
  /** What was typed, where it could not be saved. */
  readonly form?: Form | undefined;
}

/** The fields that a user and an administrator can change alike. */
export function profileFields(user: User, errors: FormErrors, form?: Form): Piece {
  const text = (name: string, value: string | null) =>
    form === undefined || !form.fields.has(name) ? (value ?? "") : fieldOf(form, name);
  return html`<div class="columns">
${field({ name: "name", label: "Name", value: text("name", user.name), maxlength: 255, autocomplete: "name" }, errors)}
${field({ name: "pronouns", label: "Pronouns", value: text("pronouns", user.pronouns), maxlength: 50 }, errors)}
</div>
${field({ name: "bio", label: "Bio", value: text("bio", user.bio), rows: 3, maxlength: 255 }, errors)}
<div class="columns">
${field({ name: "location", label: "Location", value: text("location", user.location), maxlength: 500 }, errors)}
${field({ name: "organization", label: "Organization", value: text("organization", user.organization), maxlength: 500, autocomplete: "organization" }, errors)}
${field({ name: "job_title", label: "Job title", value: text("job_title", user.jobTitle), maxlength: 255, autocomplete: "organization-title" }, errors)}
${field({ name: "website_url", label: "Website", value: text("website_url", user.websiteUrl), type: "url", maxlength: 500, autocomplete: "url" }, errors)}
${field({ name: "twitter", label: "Twitter", value: text("twitter", user.twitter), maxlength: 500 }, errors)}
${field({ name: "linkedin", label: "LinkedIn", value: text("linkedin", user.linkedin), maxlength: 500 }, errors)}
${field({ name: "skype", label: "Skype", value: text("skype", user.skype), maxlength: 500 }, errors)}
${field({ name: "discord", label: "Discord user ID", value: text("discord", user.discord), maxlength: 500 }, errors)}
</div>`;
}

export function profileSettingsView(context: PageContext, data: ProfileSettings): SafeHtml {
  const { user, status, errors, form } = data;
  const addresses = data.emails.map(({ email }) => [email, email] as const);
  return settingsLayout(
    context,
    "/settings",
    html`${formError(errors)}
<form method="post" action="/settings/profile">
${profileFields(user, errors, form)}
${select("public_email", "Public email", user.publicEmail, [["", "Show none"], ...addresses])}
${checkbox("hireable", "Available for hire", user.hireable === true)}
${checkbox("private_profile", "Private profile: only administrators see more than your name", user.privateProfile)}
${checkbox("enabled_following", "Show how many people follow me and whom I follow in GitLab's answers", user.enabledFollowing)}
<p><button class="primary">Save profile</button></p>
</form>
<h2>Picture</h2>
<div class="actions">${avatar(user, 96)}
<form method="post" action="/settings/picture" enctype="multipart/form-data">
${when(errors.picture, () => html`<p class="error" id="field-picture-error">Picture ${errors.picture?.join(", ")}.</p>`)}
<div class="field"><label for="field-picture">Picture file</label>
<input id="field-picture" name="picture" type="file" accept="image/*" aria-describedby="field-picture-hint">
<p class="hint" id="field-picture-hint">At most 200 KiB: png, jpg, gif, bmp, tiff, ico or webp.</p></div>
<button>Upload picture</button>
</form>
${when(user.avatar, () => buttonForm("/settings/picture/remove", "Remove picture", { kind: "danger" }))}</div>
<h2>Status</h2>
<form method="post" action="/settings/status">
<div class="columns">
${field({ name: "emoji", label: "Emoji", value: status?.emoji ?? "", maxlength: 60, hint: "By its name, for example palm_tree." }, errors)}
${field({ name: "message", label: "Message", value: status?.message ?? "", maxlength: 100 }, errors)}
${select("clear_after", "Clear after", "", [
  ["", "Never"],
  ["0.5", "30 minutes"],
  ["3", "3 hours"],
  ["8", "8 hours"],
  ["24", "1 day"],
  ["72", "3 days"],
  ["168", "7 days"],
  ["720", "30 days"],
])}
</div>
${checkbox("busy", "Busy", status?.availability === "busy")}
<p><button class="primary">Save status</button></p>
</form>`,
  );
}
