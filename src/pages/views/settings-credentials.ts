import type { Session } from "../../domain/credentials/sessions.ts";
import type { Enrolment } from "../../domain/credentials/two-factor.ts";
import type { PageContext } from "../http/context.ts";
import { buttonForm, type FormErrors, field, formError } from "./forms.ts";
import { html, type Piece, type SafeHtml, time, when } from "./html.ts";
import { settingsLayout } from "./settings.ts";
import { newPasswordFields } from "./sign-in.ts";

const currentPassword = (): Piece =>
  field({
    name: "current_password",
    label: "Current password",
    type: "password",
    autocomplete: "current-password",
    required: true,
    maxlength: 1024,
  });

export const passwordView = (context: PageContext, errors: FormErrors = {}): SafeHtml =>
  settingsLayout(
    context,
    "/settings/password",
    html`${formError(errors)}
<form method="post" action="/settings/password">
${when(context.viewer?.passwordHash, currentPassword)}
${newPasswordFields(errors)}
<p class="hint">All your other sessions end when you change it.</p>
<button class="primary">Change password</button>
</form>`,
  );

interface TwoFactorData {
  readonly enrolment?: Enrolment;
  readonly codes?: readonly string[];
  readonly codesLeft?: number;
  readonly errors?: FormErrors;
}

export async function twoFactorView(context: PageContext, data: TwoFactorData): Promise<SafeHtml> {
  const { enrolment, errors = {} } = data;
  const main =
    enrolment === undefined ? enabled(context, data) : await enrolling(enrolment, errors);
  return settingsLayout(context, "/settings/two-factor", html`${formError(errors)}${main}`);
}

async function enrolling({ url, secret }: Enrolment, errors: FormErrors): Promise<Piece> {
  const { default: encodeQR } = await import("qr");
  const picture = encodeQR(url, "svg", { border: 1 });
  return html`<p>A code of an authenticator app on your phone will be asked for after your password.</p>
<ol>
<li>Scan this with the app:
<div class="qr" role="img" aria-label="QR code of the secret below">${html.raw`${picture}`}</div>
<p>Or type the secret into it: <code class="secret key" data-testid="totp-secret">${secret}</code></p></li>
<li>Type the code that it shows:
<form method="post" action="/settings/two-factor/enable">
${field({ name: "code", label: "Code", inputmode: "numeric", autocomplete: "one-time-code", required: true, maxlength: 10 }, errors)}
<button class="primary">Enable two-factor authentication</button>
</form></li>
</ol>`;
}

const enabled = (
  { viewer }: PageContext,
  { codes, codesLeft = 0 }: TwoFactorData,
): Piece => html`<p class="box good">Two-factor authentication is on.</p>
${when(
  codes,
  () => html`<div class="box" role="status"><p><strong>These are your recovery codes. Keep them: they are not shown again.</strong> Each signs you in once without the app.</p>
<ul class="codes" id="recovery-codes">${codes?.map((code) => html`<li><code>${code}</code></li>`)}</ul></div>`,
)}
<h2>Recovery codes</h2>
<p>${codesLeft} of your recovery codes are left.</p>
${buttonForm("/settings/two-factor/recovery-codes", "Make new recovery codes")}
<h2>Switch it off</h2>
<form method="post" action="/settings/two-factor/disable">
${when(viewer?.passwordHash, currentPassword)}
<button class="danger">Disable two-factor authentication</button>
</form>`;

export const sessionsView = (context: PageContext, sessions: readonly Session[]): SafeHtml =>
  settingsLayout(
    context,
    "/settings/sessions",
    html`<p>These browsers are signed in as you.</p>
<ul class="people">${sessions.map(
      (one) => html`<li class="person"><div class="who"><b>${browserName(one.userAgent)}</b>
${when(one.id === context.session?.id, () => html`<span class="badge good">This session</span>`)}
<p class="muted small">From ${one.ip ?? "an unknown address"}, since ${time(one.createdAt)}, last seen ${time(one.lastSeenAt)}</p></div>
${
  one.id === context.session?.id
    ? undefined
    : buttonForm(`/settings/sessions/${one.id}/end`, "End session", { kind: "danger" })
}</li>`,
    )}</ul>
<div class="actions">${buttonForm("/settings/sessions/end-others", "End all other sessions")}
${buttonForm("/settings/sessions/end-all", "Sign out everywhere", { kind: "danger" })}</div>`,
  );

/** The browser and the system that a User-Agent names; the text itself where it names neither. */
export function browserName(userAgent: string | null): string {
  if (userAgent === null) return "Unknown program";
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\/(\d+)/.exec(userAgent);
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux|CrOS)/.exec(userAgent);
  if (browser === null) return userAgent.slice(0, 80);
  const [, name = "", version = ""] = browser;
  const plain = { Edg: "Edge", OPR: "Opera" }[name] ?? name;
  return `${plain} ${version}${system === null ? "" : ` on ${system[1]}`}`;
}
