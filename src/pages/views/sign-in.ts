import type { PageContext } from "../http/context.ts";
import { type FormErrors, field, formError, hiddenFields } from "./forms.ts";
import { html, type SafeHtml, when } from "./html.ts";
import { layout } from "./layout.ts";

export function signInView(
  context: PageContext,
  { to, login, message }: { to: string; login: string; message?: string },
): SafeHtml {
  return layout(context, {
    title: "Sign in",
    width: "narrow",
    main: html`${formError(message === undefined ? {} : { "": [message] })}
<form method="post" action="/login" class="card">
${hiddenFields({ to })}
${field({ name: "login", label: "Username or email", value: login, autocomplete: "username", required: true, autofocus: login === "", maxlength: 255 })}
${field({ name: "password", label: "Password", type: "password", autocomplete: "current-password", required: true, autofocus: login !== "", maxlength: 1024 })}
<button class="primary">Sign in</button>
</form>
${
  context.settings.sendMail === undefined
    ? html`<p class="muted small">Forgot your password? Ask an administrator for a new one.</p>`
    : html`<p><a href="/login/forgotten-password">Forgot your password?</a></p>`
}`,
  });
}

export const secondFactorView = (context: PageContext, message?: string): SafeHtml =>
  layout(context, {
    title: "Two-factor authentication",
    width: "narrow",
    main: html`${formError(message === undefined ? {} : { "": [message] })}
<form method="post" action="/login/two-factor" class="card">
${field({ name: "code", label: "Code", autocomplete: "one-time-code", required: true, autofocus: true, maxlength: 40, hint: "The six digits that your authenticator app shows, or one of your recovery codes." })}
<button class="primary">Verify</button>
</form>
<p><a href="/login">Sign in as another user</a></p>`,
  });

/** The two fields of a password that is chosen anew. */
export const newPasswordFields = (errors: FormErrors) => html`${field(
  {
    name: "new_password",
    label: "New password",
    type: "password",
    autocomplete: "new-password",
    required: true,
    minlength: 8,
    maxlength: 128,
    hint: "At least 8 characters, and none of the usual ones.",
  },
  errors,
)}
${field(
  {
    name: "password_again",
    label: "Repeat the new password",
    type: "password",
    autocomplete: "new-password",
    required: true,
    maxlength: 128,
  },
  errors,
)}`;

export const expiredPasswordView = (context: PageContext, errors: FormErrors = {}): SafeHtml =>
  layout(context, {
    title: "Change your password",
    width: "narrow",
    main: html`<p>Your password was set by an administrator or has expired. Choose a new one to go on.</p>
${formError(errors)}
<form method="post" action="/login/expired-password" class="card">
${newPasswordFields(errors)}
<button class="primary">Change password</button>
</form>`,
  });

export const newPasswordView = (context: PageContext, errors: FormErrors = {}): SafeHtml =>
  layout(context, {
    title: "Choose a password",
    width: "narrow",
    main: html`${formError(errors)}
<form method="post" class="card">
${newPasswordFields(errors)}
<button class="primary">Save password</button>
</form>`,
  });

export const forgottenPasswordView = (context: PageContext, message?: string): SafeHtml =>
  layout(context, {
    title: "Forgotten password",
    width: "narrow",
    main: html`${formError(message === undefined ? {} : { "": [message] })}
${when(context.settings.sendMail === undefined, () => html`<p>This server sends no mail. Ask an administrator for a new password.</p>`)}
${when(
  context.settings.sendMail,
  () => html`<form method="post" action="/login/forgotten-password" class="card">
${field({ name: "login", label: "Username or email", autocomplete: "username", required: true, autofocus: true, maxlength: 255 })}
<button class="primary">Send link</button>
</form>`,
)}
<p><a href="/login">Back to the sign-in</a></p>`,
  });
