import type { User } from "../../domain/user.ts";
import type { PageContext } from "../http/context.ts";
import { adminLayout } from "./admin.ts";
import { buttonForm, hiddenFields } from "./forms.ts";
import { html, number, type Piece, plural, type SafeHtml, when } from "./html.ts";

interface Action {
  readonly label: string;
  /** What it does; actions that have it ask first. */
  readonly warning?: string;
  /** Whether it needs no question. */
  readonly isForOthers?: boolean;
  readonly isDangerous?: boolean;
  /** When a user's page offers it. */
  readonly fits: (user: User) => boolean;
}

const is =
  (...states: User["state"][]) =>
  ({ state }: User) =>
    states.includes(state);

const TABLE = {
  approve: { label: "Approve", fits: is("blocked_pending_approval") },
  reject: {
    label: "Reject",
    warning: "The account is deleted, with everything that is theirs. This can't be undone.",
    ...{ isDangerous: true, isForOthers: true, fits: is("blocked_pending_approval") },
  },
  block: {
    label: "Block",
    warning:
      "They can't sign in, their tokens open nothing, their sessions end, and they leave all lists and counters. Their follows come back when you unblock them.",
    ...{ isDangerous: true, isForOthers: true, fits: is("active", "deactivated") },
  },
  unblock: { label: "Unblock", fits: is("blocked", "ldap_blocked") },
  ban: {
    label: "Ban",
    warning:
      "They can't sign in, their tokens open nothing, their sessions end, and they leave all lists and counters. Their follows come back when you lift the ban.",
    ...{ isDangerous: true, isForOthers: true, fits: is("active") },
  },
  unban: { label: "Unban", fits: is("banned") },
  deactivate: {
    label: "Deactivate",
    warning:
      "Their tokens open nothing, their sessions end, and they leave all lists. They come back by signing in, or when you activate them.",
    ...{ isDangerous: true, isForOthers: true, fits: is("active") },
  },
  activate: { label: "Activate", fits: is("deactivated") },
  unlock: { label: "Unlock", fits: ({ lockedAt }: User) => lockedAt !== null },
  confirm: { label: "Confirm address", fits: ({ confirmedAt }: User) => confirmedAt === null },
  "make-admin": {
    label: "Make administrator",
    warning: "They can do everything that you can, to every user.",
    fits: ({ admin, type }: User) => !admin && type === "human",
  },
  "remove-admin": {
    label: "Remove administrator",
    warning: "They are an ordinary user afterwards.",
    ...{ isForOthers: true, fits: ({ admin }: User) => admin },
  },
  "disable-two-factor": {
    label: "Disable 2FA",
    warning: "Their password alone signs them in afterwards; their recovery codes are gone.",
    ...{ isDangerous: true, fits: ({ otpEnabledAt }: User) => otpEnabledAt !== null },
  },
  "end-sessions": { label: "End all sessions", isForOthers: true, fits: () => true },
  delete: {
    label: "Delete",
    warning: "The account is deleted, with everything that is theirs. This can't be undone.",
    ...{ isDangerous: true, isForOthers: true, fits: () => true },
  },
  "delete-everything": {
    label: "Delete user and contributions",
    warning:
      "The account is deleted, with everything that is theirs and what they did, even where a group has no other owner. This can't be undone.",
    ...{ isDangerous: true, isForOthers: true, fits: () => true },
  },
} satisfies Record<string, Action>;

export type ActionName = keyof typeof TABLE;

/** What an administrator can do to a user by a button. */
export const ACTIONS: Readonly<Record<ActionName, Action>> = TABLE;

/** What several users can be chosen for. */
export const BULK_ACTIONS: readonly ActionName[] = [
  ...(["approve", "reject", "block", "unblock", "ban", "unban", "deactivate", "activate"] as const),
  ...(["unlock", "end-sessions", "disable-two-factor", "delete"] as const),
];

/** Buttons of what fits a user: those that delete or shut out lead to a page that asks. */
export const actionButtons = (viewer: User, user: User, names: readonly ActionName[]): Piece =>
  names
    .filter((name) => ACTIONS[name].fits(user))
    .filter((name) => viewer.id !== user.id || !ACTIONS[name].isForOthers)
    .map((name) => {
      const { label, warning, isDangerous } = ACTIONS[name];
      const kind = isDangerous ? "danger" : "";
      const path = `/-/admin/users/${user.username}/${name}`;
      return warning === undefined
        ? buttonForm(path, label, { kind })
        : html`<form method="get" action="${path}" class="inline"><button class="${kind}">${label}</button></form>`;
    });

/** What would go with a user who is deleted. */
const losses = ({ followers, following }: User): string =>
  `${plural(followers, "follower")} and ${number(following)} followed users lose the tie to them.`;

/** Asks whether it is meant. */
export function confirmView(
  context: PageContext,
  users: readonly User[],
  name: ActionName,
): SafeHtml {
  const { label, warning, isDangerous } = ACTIONS[name];
  const [only] = users;
  const whom =
    users.length === 1 && only !== undefined ? only.username : plural(users.length, "user");
  const takes = name.startsWith("delete") || name === "reject";
  const button = html`<button class="${isDangerous ? "danger" : "primary"}">${label}</button>`;
  return adminLayout(context, {
    title: `${label} ${whom}?`,
    path: "/admin/users",
    main: html`<p>${warning ?? "This is done at once."}</p>
<ul>${users.map((user) => html`<li><a href="/admin/users/${user.username}">${user.username}</a>${when(takes, () => html`: ${losses(user)}`)}</li>`)}</ul>
<div class="actions">
${
  users.length === 1 && only !== undefined
    ? html`<form method="post" action="/-/admin/users/${only.username}/${name}" class="inline">${button}</form>`
    : html`<form method="post" action="/-/admin/users" class="inline">${hiddenFields({ action: name, confirmed: "1" })}${users.map(({ id }) => hiddenFields({ user: String(id) }))}${button}</form>`
}
<a class="button" href="${users.length === 1 && only !== undefined ? `/admin/users/${only.username}` : "/admin/users"}">Cancel</a></div>`,
  });
}
