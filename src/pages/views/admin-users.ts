import type { User } from "../../domain/user.ts";
import type { UserAssociations } from "../../domain/users/user-associations.ts";
import type { UserCounts } from "../../domain/users/user-statistics.ts";
import type { PageContext } from "../http/context.ts";
import { adminLayout } from "./admin.ts";
import { ACTIONS, BULK_ACTIONS } from "./admin-actions.ts";
import { pagination, select, tabs } from "./forms.ts";
import { day, html, number, type Piece, type SafeHtml, when } from "./html.ts";
import { avatar, badges, lastActivity, stateWords } from "./users.ts";

/** GitLab's tabs, by the word of `?filter=`. */
export const TABS: readonly (readonly [name: string, label: string, count: keyof UserCounts])[] = [
  ["active", "Active", "active"],
  ["admins", "Admins", "admins"],
  ["two_factor_enabled", "2FA on", "withTwoFactor"],
  ["two_factor_disabled", "2FA off", "withoutTwoFactor"],
  ["external", "External", "external"],
  ["blocked", "Blocked", "blocked"],
  ["banned", "Banned", "banned"],
  ["blocked_pending_approval", "Pending approval", "pending"],
  ["deactivated", "Deactivated", "deactivated"],
  ["bots", "Bots", "bots"],
  ["all", "All", "total"],
];

export const SORTS = [
  ["", "Best match or newest"],
  ["name_asc", "Name"],
  ["username_asc", "Username"],
  ["created_desc", "Last created"],
  ["created_asc", "Oldest created"],
  ["updated_desc", "Last updated"],
] as const;

interface UsersTable {
  readonly filter: string;
  readonly sort: string;
  readonly text: string;
  readonly users: readonly User[];
  readonly facts: ReadonlyMap<number, UserAssociations>;
  readonly counts: UserCounts;
  readonly next: Readonly<Record<string, string>> | undefined;
  readonly isFirst: boolean;
}

export function adminUsersView(context: PageContext, data: UsersTable): SafeHtml {
  const { filter, sort, text, users, counts, next, isFirst } = data;
  const at = (change: Record<string, string>) => {
    const all = {
      filter,
      ...(sort === "" ? {} : { sort }),
      ...(text === "" ? {} : { search: text }),
      ...change,
    };
    return `/admin/users?${new URLSearchParams(all).toString()}`;
  };
  return adminLayout(context, {
    title: "Users",
    path: "/admin/users",
    main: html`<p class="actions"><a class="button primary" href="/admin/new-user">Add user</a></p>
${tabs(
  "Kinds of users",
  TABS.map(([name, label, count]) => [
    `/admin/users?${new URLSearchParams({ filter: name }).toString()}`,
    html`${label} <span class="badge">${number(counts[count])}</span>`,
    name === filter,
  ]),
)}
<form action="/admin/users" class="columns">
<input type="hidden" name="filter" value="${filter}">
<div class="field"><label for="field-search">Search by name, email or username</label>
<input id="field-search" type="search" name="search" value="${text}" maxlength="255"></div>
${select("sort", "Sort by", sort, SORTS)}
<div class="actions"><button>Search</button></div>
</form>
${users.length === 0 ? html`<p class="muted">No users found.</p>` : table(data)}
${pagination(isFirst ? undefined : at({}), next === undefined ? undefined : at(next))}`,
  });
}

const table = ({
  users,
  facts,
}: UsersTable): Piece => html`<form method="post" action="/-/admin/users">
<div class="scroll" tabindex="0" role="region" aria-label="Users"><table>
<caption class="hidden">Users</caption>
<thead><tr><th scope="col"><input type="checkbox" data-all hidden aria-label="Select all users of this page"></th>
<th scope="col">User</th><th scope="col">State</th><th scope="col" class="number">Followers</th><th scope="col" class="number">Following</th><th scope="col">Created</th><th scope="col">Last activity</th></tr></thead>
<tbody>${users.map(
  (
    user,
  ) => html`<tr><td><input type="checkbox" name="user" value="${user.id}" aria-label="Select ${user.username}"></td>
<th scope="row"><div class="actions">${avatar(user, 32)}<span><a href="/admin/users/${user.username}">${user.username}</a><br>
<span class="muted small">${user.name}${when(facts.get(user.id)?.email, () => html` ${facts.get(user.id)?.email}`)}</span></span></div></th>
<td>${user.state === "active" ? "Active " : undefined}${badges(user)}<span class="hidden">${stateWords(user.state)}</span></td>
<td class="number">${number(user.followers)}</td><td class="number">${number(user.following)}</td>
<td>${day(user.createdAt)}</td><td>${lastActivity(user)}</td></tr>`,
)}</tbody></table></div>
<div class="actions">
${select("action", "With the selected users", "", [["", "Choose"], ...BULK_ACTIONS.map((name) => [name, ACTIONS[name].label] as const)])}
<button>Go on</button></div>
</form>`;
