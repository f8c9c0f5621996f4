import type { ListItem, User } from "../../domain/user.ts";
import type { PageContext } from "../http/context.ts";
import { pagination } from "./forms.ts";
import { html, type SafeHtml, when } from "./html.ts";
import { layout } from "./layout.ts";
import { countCards, followButton } from "./profile.ts";
import { userItem } from "./users.ts";

/** What a visitor without a session sees: what this is, and what to give to clients. */
export const welcomeView = (context: PageContext): SafeHtml => {
  const { origin, settings } = context;
  return layout(context, {
    title: "followd",
    main: html`<p>This server keeps who follows whom. Programs speak GitHub's followers API and GitLab's Users API with it; people sign in here.</p>
<p class="actions"><a class="button primary" href="/login">Sign in</a> <a class="button" href="/-/graph">Explore the graph</a></p>
<h2>Addresses for programs</h2>
<dl class="facts">
<dt>GitHub REST</dt><dd><code>${origin}/api/v3</code></dd>
<dt>GitHub GraphQL</dt><dd><code>${origin}/api/graphql</code></dd>
<dt>GitLab REST</dt><dd><code>${origin}/api/v4</code></dd>
</dl>
<p>A token is made under <a href="/settings/tokens">Settings, Access tokens</a>.${when(settings.docs, () => html` The <a href="/-/docs">API reference</a> shows every operation.`)}</p>
<h2>Find people</h2>
<form action="/search" class="field"><label for="find">Username or name</label><input id="find" type="search" name="q" maxlength="255"></form>`,
  });
};

export const homeView = (
  context: PageContext,
  {
    viewer,
    latest,
    followed,
  }: { viewer: User; latest: readonly ListItem[]; followed: ReadonlySet<number> },
): SafeHtml =>
  layout(context, {
    title: "Home",
    heading: `Hello, ${viewer.name === "" ? viewer.username : viewer.name}`,
    main: html`${countCards(viewer)}
<h2>New followers</h2>
${
  latest.length === 0
    ? html`<p class="muted">No followers yet. <a href="/search">Find people</a> to follow.</p>`
    : html`<ul class="people" id="people">${latest.map((each) =>
        userItem(each, followButton(each, followed.has(each.id), "people", "/")),
      )}</ul>`
}
<h2>Find people</h2>
<form action="/search" class="field"><label for="find">Username or name</label><input id="find" type="search" name="q" maxlength="255"></form>
<p><a href="/-/graph/${viewer.username}">Explore the graph around you</a></p>`,
  });

export function searchView(
  context: PageContext,
  {
    text,
    page,
    users,
    followed,
    hasMore,
  }: {
    text: string;
    page: number;
    users: readonly User[];
    followed: ReadonlySet<number>;
    hasMore: boolean;
  },
): SafeHtml {
  const { viewer } = context;
  const at = (to: number) =>
    `/search?${new URLSearchParams({ q: text, page: String(to) }).toString()}`;
  return layout(context, {
    title: text === "" ? "Search people" : `${text} · Search`,
    heading: "Search people",
    main: html`<form action="/search" class="field"><label for="find">Username or name</label>
<input id="find" type="search" name="q" value="${text}" maxlength="255" data-live autocomplete="off"></form>
<div id="results" aria-live="polite">${
      users.length === 0
        ? html`<p class="muted">${text === "" ? "Type a name, a part of one, or a public address." : "No one was found."}</p>`
        : html`<ul class="people">${users.map((each) =>
            userItem(
              each,
              when(viewer !== undefined && viewer.id !== each.id, () =>
                followButton(each, followed.has(each.id), "results", at(page)),
              ),
              each.privateProfile ? undefined : each.bio,
            ),
          )}</ul>`
    }
${pagination(page > 1 ? at(page - 1) : undefined, hasMore ? at(page + 1) : undefined)}</div>`,
  });
}
