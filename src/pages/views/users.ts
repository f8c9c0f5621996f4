import type { User } from "../../domain/user.ts";
import { day, html, type Piece, type SafeHtml, when } from "./html.ts";

type Pictured = Pick<User, "id" | "avatar">;

/** Where a user's picture is: the uploaded one, or the drawn one. */
export const avatarPath = ({ id, avatar: name }: Pictured, size: number): string =>
  name === null ? `/avatars/u/${id}?s=${size * 2}` : `/uploads/-/system/user/avatar/${id}/${name}`;

/** A user's picture, decorative: the name stands beside it. */
export const avatar = (user: Pictured, size: number): Piece =>
  html`<img class="avatar" src="${avatarPath(user, size)}" alt="" width="${size}" height="${size}" loading="lazy">`;

/** A user as a line of a list. */
interface ListedUser extends Pictured {
  readonly username: string;
  readonly name: string;
}

export const userLink = ({ username }: Pick<User, "username">): Piece =>
  html`<a href="/${username}">${username}</a>`;

/** A line of a list of users, with what stands at its end. */
export const userItem = (
  user: ListedUser,
  end?: Piece,
  more?: Piece,
): Piece => html`<li class="person">
${pictureAndName(user)}${when(more, () => html`<p>${more}</p>`)}</div>
${end}</li>`;

const pictureAndName = (user: ListedUser): SafeHtml => html`${avatar(user, 48)}
<div class="who"><a class="name" href="/${user.username}">${user.name === "" ? user.username : user.name}</a>
<span class="muted">@${user.username}</span>`;

/** What of a line of a list depends on its user alone, as a text that a cache can keep. */
export interface UserLine {
  readonly id: number;
  readonly username: string;
  readonly shown: SafeHtml;
}

/** The second line of an item, below the line with the name. */
export const writeLine = (user: ListedUser): string =>
  `${user.id} ${user.username}\n${String(pictureAndName(user))}`;

export function readLine(text: string): UserLine {
  const [blank, end] = [text.indexOf(" "), text.indexOf("\n")];
  return {
    id: Number(text.slice(0, blank)),
    username: text.slice(blank + 1, end),
    shown: html.raw`${text.slice(end + 1)}`,
  };
}

/** The line again, with what stands at its end. */
export const userLine = ({ shown }: UserLine, end: Piece): Piece => html`<li class="person">
${shown}</div>
${end}</li>`;

/** The day of a user's last request or sign-in. */
export const lastActivity = ({
  lastActivityOn,
  currentSignInAt,
}: Pick<User, "lastActivityOn" | "currentSignInAt">): Piece => {
  const at = lastActivityOn === null ? currentSignInAt : Date.parse(lastActivityOn);
  return at === null ? "never" : day(at);
};

const STATES: Readonly<Record<User["state"], string>> = {
  active: "Active",
  blocked: "Blocked",
  ldap_blocked: "Blocked by LDAP",
  banned: "Banned",
  deactivated: "Deactivated",
  blocked_pending_approval: "Pending approval",
};

export const stateWords = (state: User["state"]): string => STATES[state];

/** The state of an account, and what else an administrator wants to see at once. */
export function badges(user: User): Piece {
  const marks: [boolean, string, string][] = [
    [user.state !== "active", stateWords(user.state), "warn"],
    [user.admin, "Admin", "good"],
    [user.lockedAt !== null, "Locked", "warn"],
    [user.type === "project_bot", "Bot", ""],
    [user.type === "internal", "Internal", ""],
    [user.external, "External", ""],
    [user.otpEnabledAt !== null, "2FA", ""],
    [user.privateProfile, "Private", ""],
    [user.confirmedAt === null, "Unconfirmed", "warn"],
  ];
  return marks
    .filter(([holds]) => holds)
    .map(([, text, kind]) => html`<span class="badge ${kind}">${text}</span> `);
}
