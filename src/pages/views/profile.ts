import type { User } from "../../domain/user.ts";
import type { PageContext } from "../http/context.ts";
import { buttonForm, hiddenFields, pagination, tabs } from "./forms.ts";
import { day, html, number, type Piece, plural, type SafeHtml, when } from "./html.ts";
import { layout } from "./layout.ts";
import { avatar, badges, type UserLine, userLine } from "./users.ts";

/** What the visitor is to the user of a profile. */
export type Relation =
  | { readonly kind: "signed-out" }
  | { readonly kind: "self" }
  | {
      readonly kind: "other";
      readonly follows: boolean;
      readonly followsBack: boolean;
      readonly blocks: boolean;
    };

interface ProfileData {
  readonly user: User;
  /** Whether the visitor may see more than who it is. */
  readonly isShown: boolean;
  readonly tab: Tab;
  readonly page: number;
  readonly relation: Relation;
  readonly status: { emoji: string; message: string | null; availability: string } | undefined;
  readonly list:
    | { users: readonly UserLine[]; followed: ReadonlySet<number>; hasMore: boolean }
    | undefined;
}

export function profileView(context: PageContext, data: ProfileData): SafeHtml {
  const { user, isShown, tab } = data;
  const shownName = user.name === "" ? user.username : user.name;
  const address = `/${user.username}`;
  return layout(context, {
    title: user.name === "" ? user.username : `${user.name} (${user.username})`,
    heading: null,
    main: html`<div class="profile" id="profile">
<div>
${avatar(user, 256)}
<h1>${shownName}<br><span class="muted small">@${user.username}${when(user.pronouns, () => html` · ${user.pronouns}`)}</span></h1>
${when(context.viewer?.admin || user.admin, () => html`<p>${badges(user)}</p>`)}
${when(data.status, () => html`<p class="status">${data.status?.emoji} ${data.status?.message}${when(data.status?.availability === "busy", () => html` <span class="badge warn">Busy</span>`)}</p>`)}
${actions(data)}
${when(isShown, () => about(user))}
${when(context.viewer?.admin, () => html`<p><a href="/admin/users/${user.username}">Administer this user</a></p>`)}
</div>
<div>
${
  isShown
    ? html`${tabs("Profile", [
        [address, "Overview", tab === "overview"],
        [
          `${address}?tab=followers`,
          html`Followers <span class="badge" data-count="followers">${number(user.followers)}</span>`,
          tab === "followers",
        ],
        [
          `${address}?tab=following`,
          html`Following <span class="badge" data-count="following">${number(user.following)}</span>`,
          tab === "following",
        ],
      ])}
${tab === "overview" ? overview(user) : people(context, data)}`
    : html`<p class="box">This profile is private.</p>`
}
</div>
</div>`,
  });
}

/** Buttons of forms that change the page in place where scripts run. */
export const followButton = (
  { username }: Pick<User, "username">,
  follows: boolean,
  part: string,
  back: string,
): Piece => {
  const word = follows ? "Unfollow" : "Follow";
  // On a profile the button needs no name: the page has it.
  const label = when(part !== "profile", () => html` aria-label="${word} ${username}"`);
  return html`<form method="post" class="inline" data-swap="${part}" action="/-/people/${username}/${word.toLowerCase()}">${hiddenFields({ back })}<button class="${follows ? "" : "primary"}"${label}>${word}</button></form>`;
};

function actions({ user, relation, tab, page }: ProfileData): Piece {
  if (relation.kind === "signed-out") {
    return html`<p><a class="button" href="/login?to=${encodeURIComponent(`/${user.username}`)}">Sign in to follow</a></p>`;
  }
  if (relation.kind !== "other")
    return html`<p><a class="button" href="/settings">Edit profile</a></p>`;
  const back =
    tab === "overview" ? `/${user.username}` : `/${user.username}?tab=${tab}&page=${page}`;
  const { follows, followsBack, blocks } = relation;
  const path = `/-/people/${user.username}`;
  return html`<div class="actions">
${when(!blocks, () => followButton(user, follows, "profile", back))}
${blocks ? buttonForm(`${path}/unblock`, "Unblock", { hidden: { back } }) : buttonForm(`${path}/block`, "Block", { hidden: { back }, kind: "danger" })}
</div>
${when(followsBack, () => html`<p class="muted small">Follows you</p>`)}
${when(blocks, () => html`<p class="muted small">You have blocked this user.</p>`)}`;
}

/** Only what is an address of the web is a link. */
const link = (url: string): Piece =>
  /^https?:\/\//i.test(url)
    ? html`<a href="${url}" rel="nofollow noopener me">${url.replace(/^https?:\/\//, "")}</a>`
    : url;

function about(user: User): Piece {
  const facts: [string, Piece][] = [
    ["Location", user.location],
    ["Organization", user.organization],
    ["Job title", user.jobTitle],
    ["Website", user.websiteUrl === "" ? "" : link(user.websiteUrl)],
    [
      "Email",
      user.publicEmail === ""
        ? ""
        : html`<a href="mailto:${user.publicEmail}">${user.publicEmail}</a>`,
    ],
    ["Twitter", user.twitter === "" ? "" : `@${user.twitter.replace(/^@/, "")}`],
    ["LinkedIn", user.linkedin],
    ["Skype", user.skype],
    ["Discord", user.discord],
    ["Member since", day(user.createdAt)],
  ];
  return html`${when(user.bio, () => html`<p>${user.bio}</p>`)}
<dl class="facts">${facts
    .filter(([, value]) => value !== "")
    .map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** A user's two counts, each a link to its list. */
export const countCards = (user: User): Piece => html`<ul class="cards">
<li><a href="/${user.username}?tab=followers"><b>${number(user.followers)}</b>${user.followers === 1 ? "follower" : "followers"}</a></li>
<li><a href="/${user.username}?tab=following"><b>${number(user.following)}</b>following</a></li>
</ul>`;

const overview = (user: User): Piece => html`${countCards(user)}
<p><a href="/-/graph/${user.username}">Explore the graph around ${user.username}</a></p>
<p class="muted small">Keys: <a href="/${user.username}.keys">SSH</a>, <a href="/${user.username}.gpg">GPG</a></p>`;

function people({ viewer }: PageContext, { user, list, tab, page }: ProfileData): Piece {
  if (list === undefined || list.users.length === 0) {
    return html`<p class="muted">${tab === "followers" ? "No followers yet." : "Follows no one yet."}</p>`;
  }
  const at = (to: number) => `/${user.username}?tab=${tab}&page=${to}`;
  const lines = list.users.map((each) =>
    userLine(
      each,
      viewer === undefined || viewer.id === each.id
        ? undefined
        : listButton(each.username, list.followed.has(each.id)),
    ),
  );
  const all = html`<ul class="people" id="people">${lines}</ul>`;
  return html`<h2 class="hidden">${tab === "followers" ? plural(user.followers, "follower") : `${number(user.following)} following`}</h2>
${viewer === undefined ? all : html`<form method="post" data-swap="people">${hiddenFields({ back: at(page) })}${all}</form>`}
${pagination(page > 1 ? at(page - 1) : undefined, list.hasMore ? at(page + 1) : undefined)}`;
}

/** One form has the buttons of a whole list: a form for each would double the page. */
const listButton = (username: string, follows: boolean): Piece =>
  follows
    ? html`<button formaction="/-/people/${username}/unfollow" aria-label="Unfollow ${username}">Unfollow</button>`
    : html`<button class="primary" formaction="/-/people/${username}/follow" aria-label="Follow ${username}">Follow</button>`;

export type Tab = "overview" | "followers" | "following";
