import type * as graph from "../../domain/follows/graph.ts";
import type { PathResult } from "../../domain/follows/shortest-path.ts";
import type { User } from "../../domain/user.ts";
import { assetPath } from "../assets.ts";
import type { PageContext } from "../http/context.ts";
import { field, select } from "./forms.ts";
import { html, number, type Piece, plural, type SafeHtml, when } from "./html.ts";
import { layout } from "./layout.ts";

interface Explorer {
  readonly user: User;
  readonly depth: 1 | 2;
  readonly around: graph.Neighbourhood;
  /** Users that the picture has at most. */
  readonly limit: number;
  readonly mutuals: graph.GraphPage;
  readonly nonMutuals: graph.GraphPage;
  readonly suggestions: readonly (graph.GraphUser & { ties: number })[];
  /** What was typed as the other user, and who that is. */
  readonly other: string;
  readonly friend: User | undefined;
  readonly between:
    | { path: PathResult; following: graph.GraphPage; followers: graph.GraphPage }
    | undefined;
}

/** How many users a picture may have: the largest is what a browser lays out in some seconds. */
const SIZES = [
  ["150", "150 at most"],
  ["500", "500 at most"],
  ["2000", "2,000 at most"],
] as const;

const startForm = (username: string): Piece => html`<form action="/-/graph" class="actions toolbar">
<label for="graph-user">Around</label>
<input id="graph-user" name="user" value="${username}" required maxlength="255" list="people-here">
<button>Explore</button></form>`;

export function explorerView(context: PageContext, data: Explorer | undefined): SafeHtml {
  if (data === undefined) {
    return layout(context, {
      title: "Explorer",
      main: html`<p>A picture of who follows whom around a user. Begin at a username.</p>${startForm("")}`,
    });
  }
  const { user, depth, limit, around } = data;
  return layout(context, {
    title: `Graph around ${user.username}`,
    ...{ width: "wide", scripts: ["explorer.js"] },
    main: html`<div class="actions">${startForm(user.username)}
<form class="actions toolbar" action="/-/graph/${user.username}">${select(
      "depth",
      "Depth",
      String(depth),
      [
        ["1", "Neighbours"],
        ["2", "Neighbours of neighbours"],
      ],
      "graph",
    )}${select("limit", "Users", String(limit), SIZES, "graph")}<button>Show</button></form></div>
<p id="graph-summary">${plural(around.nodes.length, "user")} and ${plural(around.edges.length, "tie")} shown${when(around.truncated, () => html`; there are more`)}.</p>
<div class="graph">
<div>
<div class="canvas" id="canvas" role="img" aria-label="Picture of the graph around ${user.username}; the table has the same" data-user="${user.username}" data-depth="${depth}" data-limit="${limit}" data-layout="${assetPath("layout-worker.js")}"></div>
<ul class="legend"><li><span class="line mutual"></span>follow each other</li><li><span class="line"></span>one follows the other</li><li>Size: followers</li></ul>
<div class="actions" id="graph-tools" hidden>
<label for="graph-find" class="hidden">Find in the picture</label><input id="graph-find" type="search" list="people-here" placeholder="Find in the picture">
<button type="button" data-export="svg">SVG</button><button type="button" data-export="png">PNG</button><button type="button" data-export="graphml">GraphML</button><button type="button" data-export="gexf">GEXF</button><button type="button" data-export="csv">CSV</button></div>
<datalist id="people-here">${around.nodes.map(({ username }) => html`<option value="${username}"></option>`)}</datalist>
</div>
<div>${questions(data)}</div>
</div>
<h2>The same as a table</h2>
<div class="scroll list" tabindex="0" role="region" aria-label="Users around ${user.username}"><table><thead><tr><th scope="col">User</th><th scope="col" class="number">Steps</th><th scope="col" class="number">Followers</th><th scope="col" class="number">Following</th></tr></thead>
<tbody>${around.nodes.map((node) => html`<tr><th scope="row"><a href="/-/graph/${node.username}">${node.username}</a></th><td class="number">${node.depth}</td><td class="number">${number(node.followers)}</td><td class="number">${number(node.following)}</td></tr>`)}</tbody></table></div>`,
  });
}

const names = (users: readonly graph.GraphUser[], more: boolean): Piece =>
  users.length === 0
    ? html`<p class="muted">No one.</p>`
    : html`<ul class="list">${users.map(({ username }) => html`<li><a href="/-/graph/${username}">${username}</a></li>`)}${when(more, () => html`<li class="muted">and more</li>`)}</ul>`;

function questions({
  user,
  mutuals,
  nonMutuals,
  suggestions,
  other,
  friend,
  between,
  depth,
}: Explorer): Piece {
  return html`<h2>${user.username} and another user</h2>
<form action="/-/graph/${user.username}"><input type="hidden" name="depth" value="${depth}">
${field({ name: "with", label: "Username", value: other, required: true, maxlength: 255 })}<button>Find path</button></form>
${when(other !== "" && friend === undefined, () => html`<p class="error" role="alert">There is no such user.</p>`)}
${when(between, () => pathOf(user, friend as User, between as NonNullable<Explorer["between"]>))}
<details open><summary>Follow each other (${countOf(mutuals)})</summary>${names(mutuals.users, mutuals.next !== null)}</details>
<details><summary>Do not follow back (${countOf(nonMutuals)})</summary>${names(nonMutuals.users, nonMutuals.next !== null)}</details>
<details><summary>People to follow (${suggestions.length})</summary>${
    suggestions.length === 0
      ? html`<p class="muted">No one.</p>`
      : html`<ul class="list">${suggestions.map(({ username, ties }) => html`<li><a href="/-/graph/${username}">${username}</a> <span class="muted small">followed by ${ties} whom ${user.username} follows</span></li>`)}</ul>`
  }</details>`;
}

const countOf = ({ users, next }: graph.GraphPage): string =>
  `${users.length}${next === null ? "" : "+"}`;

function pathOf(
  a: User,
  b: User,
  { path, following, followers }: NonNullable<Explorer["between"]>,
): Piece {
  const found = path.path;
  return html`<h3>Shortest path</h3>
${
  found === null
    ? html`<p>${"isBounded" in path && path.isBounded ? "They are too far apart to say." : `No way leads from ${a.username} to ${b.username}.`}</p>`
    : html`<ol id="path">${found.map(({ username }) => html`<li><a href="/-/graph/${username}">${username}</a></li>`)}</ol>`
}
<h3>Both follow (${countOf(following)})</h3>${names(following.users, following.next !== null)}
<h3>Follow both (${countOf(followers)})</h3>${names(followers.users, followers.next !== null)}`;
}
