import { hasBody } from "../../http/body-parsing.ts";
import type { Context } from "./context.ts";
import { type Declared, declarationOf } from "./declared-parameters.ts";

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;
/** Above this many rows GitLab no longer says how many there are. */
export const MAX_SHOWN_COUNT = 10_000;
/** Generated URLs are no longer, except for what the operation needs. */
const MAX_URL_LENGTH = 2000;
/** Proxies such as GitLab's own accept no longer line (nginx: large_client_header_buffers). */
const MAX_LINE_LENGTH = 8000;

export interface Page {
  number: number;
  size: number;
  offset: number;
}

/** Sizes above 100 mean 100, negative ones the usual; page 0 and below mean the first. */
export function pageOf({
  page = 1,
  per_page = DEFAULT_PAGE_SIZE,
}: {
  page?: number;
  per_page?: number;
}) {
  const number = Math.max(1, page);
  const size = per_page < 0 ? DEFAULT_PAGE_SIZE : Math.min(per_page, MAX_PAGE_SIZE);
  // Beyond this no number is exact, and no engine takes it.
  const offset = Math.min((number - 1) * size, Number.MAX_SAFE_INTEGER);
  return { number, size, offset } satisfies Page;
}

/** How many pages are known of by reading one with a row more than it holds. */
const pagesSeen = ({ number, size }: Page, read: number): number =>
  number + (read > size ? 1 : read > 0 ? 0 : -1);

/**
 * The headers of a page of a list with so many rows. Where counting stopped, `pages`
 * says how many pages are known of.
 */
export function pageHeaders(
  context: Context,
  page: Page,
  rows: number,
  pages: number = Math.max(1, Math.ceil(rows / page.size)),
): string[] {
  const counted = rows <= MAX_SHOWN_COUNT;
  const next = page.number < pages ? String(page.number + 1) : "";
  const previous = page.number > 1 && page.number <= pages ? String(page.number - 1) : "";
  const totals = ["X-Total", String(rows), "X-Total-Pages", String(pages)];
  const links = linksOf(context, page.number, pages, counted);
  return [
    ...(counted ? totals : []),
    "X-Per-Page",
    String(page.size),
    "X-Page",
    String(page.number),
    "X-Next-Page",
    next,
    "X-Prev-Page",
    previous,
    ...linkHeader(links),
  ];
}

/** A page that was read with a row more than it holds, so that it is known whether it is the last. */
export function paginateRows<T>(context: Context, page: Page, read: readonly T[], rows: number) {
  const pages = rows > MAX_SHOWN_COUNT ? pagesSeen(page, read.length) : undefined;
  return { shown: read.slice(0, page.size), headers: pageHeaders(context, page, rows, pages) };
}

type Link = readonly [rel: string, url: string];

/** The number of the page in a query, whose values have no such signs. */
const PAGE_NUMBER = /(?<=(?:^|&)page=)[^&]*/;

/** All links are the longest one, with the number of another page. */
function linksOf(context: Context, number: number, pages: number, counted: boolean): Link[] {
  const url = urlWith(context, { page: Math.max(number, pages) });
  if (url === undefined) return [];
  const query = url.indexOf("?") + 1;
  const [before = "", after = ""] = url.slice(query).split(PAGE_NUMBER);
  const to = (page: number, rel: string): Link => [
    rel,
    `${url.slice(0, query)}${before}${page}${after}`,
  ];
  const links: Link[] = [];
  if (number > 1 && number <= pages) links.push(to(number - 1, "prev"));
  if (number < pages) links.push(to(number + 1, "next"));
  links.push(to(1, "first"));
  if (counted) links.push(to(pages, "last"));
  return links;
}

/**
 * Node's clients refuse an answer with more than 16 KiB of headers. Where all links together would
 * be too much only the one to the next page stays, and not even that when it is too long to be requested.
 */
export function linkHeader(links: readonly Link[]): string[] {
  const written = (some: readonly Link[]) =>
    some.map(([rel, url]) => `<${url}>; rel="${rel}"`).join(", ");
  const all = written(links);
  if (all.length <= MAX_LINE_LENGTH) return all === "" ? [] : ["Link", all];
  const next = links.filter(([rel]) => rel === "next");
  return next.length === 0 ? [] : ["Link", written(next)];
}

/**
 * The URL of this request with other values: GitLab shows every parameter, those of the path and
 * the defaults too, sorted by name. Of too many, or too long ones, it has those that the operation
 * knows, as the others make no difference. Undefined where even those are longer than a client may
 * ask for.
 */
export function urlWith(context: Context, changes: Record<string, unknown>): string | undefined {
  const { match } = context.exchange;
  const declared = match === undefined ? [] : declarationOf(match.target).all;
  const shown = { ...publicPart(context.parameters), ...changes };
  const url = urlOf(context, declared, shown, MAX_URL_LENGTH);
  if (url !== undefined) return url;
  const names = ["sudo", ...declared.map(({ name }) => name)];
  const known = names.filter((name) => name in context.parameters);
  const given = Object.fromEntries(known.map((name) => [name, context.parameters[name]]));
  return urlOf(context, declared, { ...publicPart(given), ...changes }, MAX_LINE_LENGTH);
}

/** Undefined where it would be longer; nothing beyond that is written. */
function urlOf(
  { exchange, base }: Context,
  declared: readonly Declared[],
  given: Record<string, unknown>,
  longest: number,
): string | undefined {
  const shown: Record<string, unknown> = {};
  for (const { name, shownDefault } of declared) {
    if (shownDefault !== undefined) shown[name] = shownDefault;
  }
  Object.assign(shown, given);
  const path = (exchange.req.url.split("?")[0] ?? "").slice(exchange.prefix.length);
  let url = `${base.api}${path}?`;
  let separator = "";
  for (const name of Object.keys(shown).sort()) {
    for (const pair of pairsOf(name, shown[name])) {
      url += separator + pair;
      separator = "&";
      if (url.length > longest) return undefined;
    }
  }
  return url;
}

const PAGING = new Set(["id", "page", "per_page"]);

/**
 * What a page of a list is kept by: its URL, which its links repeat. Undefined where something else
 * was given as well: tokens must not be cached, and one-off queries are not worth it.
 */
export function pageKeyOf({ exchange: { req }, base, parameters }: Context): string | undefined {
  for (const name in parameters) if (!PAGING.has(name)) return undefined;
  if (hasBody({ req })) return undefined;
  return `GitLab ${base.api} ${req.url}`;
}

const SECRETS = new Set(["private_token", "access_token", "job_token"]);

/** Tokens never go into links. */
function publicPart(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !SECRETS.has(name)));
}

function* pairsOf(name: string, value: unknown): Generator<string> {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const each of value) yield* pairsOf(`${name}[]`, each);
  } else if (typeof value === "object") {
    for (const [key, each] of Object.entries(value)) yield* pairsOf(`${name}[${key}]`, each);
  } else {
    yield `${escaped(name)}=${escaped(String(value as string | number | boolean))}`;
  }
}

/** JSON can name halves of characters, for which a URL has no bytes. */
const escaped = (text: string): string => encodeURIComponent(text.toWellFormed());

/** A page of a list that is small enough to be read whole. */
export function paginateList<T>(
  context: Context,
  query: { page?: number; per_page?: number },
  all: readonly T[],
) {
  const page = pageOf(query);
  const body = all.slice(page.offset, page.offset + page.size);
  return { status: 200, body, headers: pageHeaders(context, page, all.length) } as const;
}
