import { type AssetName, assetPath } from "../assets.ts";
import type { PageContext } from "../http/context.ts";
import { html, type Piece, type SafeHtml, when } from "./html.ts";
import { avatar } from "./users.ts";

/** What a page has inside the frame that all share. */
export interface PageContent {
  /** The title of the tab, and the page's first heading where `heading` is left out. */
  readonly title: string;
  /** Null where the page writes its own. */
  readonly heading?: Piece | null;
  readonly main: Piece;
  /** Scripts beside the one that every page has. */
  readonly scripts?: readonly AssetName[];
  /** How wide the page may become. */
  readonly width?: "narrow" | "wide";
  /** What the search box has in it. */
  readonly search?: string;
}

/** A whole page. */
export function layout(context: PageContext, page: PageContent): SafeHtml {
  const { title, heading = title, main, scripts = [], width, search = "" } = page;
  const { viewer, notice, settings } = context;
  const isShut = viewer === undefined && settings.privateMode;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · followd</title>
<link rel="icon" href="${assetPath("icon.svg")}" type="image/svg+xml">
<link rel="stylesheet" href="${assetPath("style.css")}">
<script src="${assetPath("app.js")}" type="module"></script>
${scripts.map((name) => html`<script src="${assetPath(name)}" type="module"></script>\n`)}</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<div class="bar">
<a class="brand" href="/">followd</a>
${when(!isShut, () => searchBox(search))}
<nav aria-label="Site">${navigation(context)}</nav>
</div>
</header>
<main id="main" class="${width ?? "usual"}" tabindex="-1">
${when(notice, () => html`<p class="notice" role="status">${notice}</p>`)}
${when(heading !== null, () => html`<h1>${heading}</h1>`)}
${main}
</main>
<footer class="bottom"><p>followd ${settings.version}${when(
    settings.docs,
    () => html` · <a href="/-/docs">API reference</a>`,
  )}</p></footer>
</body>
</html>
`;
}

const searchBox = (text: string) => html`<form class="search" action="/search" role="search">
<label class="hidden" for="top-search">Search people</label>
<input id="top-search" type="search" name="q" value="${text}" placeholder="Search people" maxlength="255">
</form>`;

function navigation({ viewer, settings }: PageContext): Piece {
  const isShut = viewer === undefined && settings.privateMode;
  return html`<ul>
${when(!isShut, () => html`<li><a href="/-/graph">Explorer</a></li>`)}
${when(settings.dev, () => html`<li><a href="/-/dev">Inspector</a></li>`)}
${when(viewer?.admin, () => html`<li><a href="/admin">Administration</a></li>`)}
${
  viewer === undefined
    ? html`<li><a class="button" href="/login">Sign in</a></li>`
    : html`<li><a href="/settings">Settings</a></li>
<li><a class="me" href="/${viewer.username}">${avatar(viewer, 24)}<span>${viewer.username}</span></a></li>
<li><form method="post" action="/logout"><button class="plain">Sign out</button></form></li>`
}
</ul>`;
}
