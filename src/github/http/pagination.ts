import type { Context } from "./context.ts";

const DEFAULT_PAGE_SIZE = 30;
const MAX_PAGE_SIZE = 100;
const MAX_PAGE_NUMBER = 2 ** 31;
/**
 * Above so many characters links have what makes a difference alone: Node's clients refuse an
 * answer with more than 16 KiB of headers, and a page has up to four of them.
 */
const MAX_SEARCH_LENGTH = 2000;
const MAKES_A_DIFFERENCE = new Set(["page", "per_page", "since", "callback"]);

/** Which part of a list is asked for. */
interface Page {
  /** From 1. */
  number: number;
  size: number;
  offset: number;
}

/** GitHub never refuses a page: what is no positive number means the usual one. */
export function pageOf(query: { page?: string; per_page?: string }): Page {
  const number = Math.min(positive(query.page) ?? 1, MAX_PAGE_NUMBER);
  const size = Math.min(positive(query.per_page) ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  return { number, size, offset: (number - 1) * size };
}

function positive(text: string | undefined): number | undefined {
  const value = Number.parseInt(text ?? "", 10);
  return value > 0 ? value : undefined;
}

/** The id after which GET /users begins. */
export const sinceOf = ({ since }: { since?: string }): number => positive(since) ?? 0;

/**
 * The Link header of a page, or none where everything fits on one. The caller's parameters stay
 * as they were typed and where they stood; past the end, `prev` is the last page that has rows.
 */
export function linkHeader(context: Context, path: string, page: Page, total: number): string[] {
  const last = Math.ceil(total / page.size);
  if (last <= 1) return [];
  const to = (number: number, rel: string) =>
    link(`${context.base.api}${path}?${withParameter(context, "page", number)}`, rel);
  const links: string[] = [];
  if (page.number > 1) links.push(to(Math.min(page.number - 1, last), "prev"));
  if (page.number < last) links.push(to(page.number + 1, "next"));
  if (page.number !== last) links.push(to(last, "last"));
  if (page.number > 1) links.push(to(1, "first"));
  return ["Link", links.join(", ")];
}

/** The Link header of GET /users, which goes by id; `first` is an unexpanded template. */
export function sinceLinkHeader(context: Context, next: number | undefined): string[] {
  const { api } = context.base;
  const links = [link(`${api}/users{?since}`, "first")];
  if (next !== undefined) {
    links.unshift(link(`${api}/users?${withParameter(context, "since", next)}`, "next"));
  }
  return ["Link", links.join(", ")];
}

/** Fronts take no longer line, and Node's clients no more than 16 KiB of headers in all. */
const MAX_LINKS_LENGTH = 8000;
const OF_CURSORS = new Set(["after", "before", "page"]);

/** The Link header of a list that goes by cursors; both names stand in each link, as at GitHub. */
export function cursorLinkHeader(
  context: Context,
  path: string,
  { next, previous }: { next?: string | undefined; previous?: string | undefined },
): string[] {
  const otherPairs = searchOf(context)
    .split("&")
    .filter((pair) => pair !== "" && !OF_CURSORS.has(nameOf(pair)))
    .map(safe);
  const to = (after: string, before: string, rel: string) =>
    link(
      `${context.base.api}${path}?${[...otherPairs, `after=${after}`, `before=${before}`].join("&")}`,
      rel,
    );
  const links = [
    ...(next === undefined ? [] : [to(next, "", "next")]),
    ...(previous === undefined ? [] : [to("", "", "first"), to("", previous, "prev")]),
  ];
  while (links.join(", ").length > MAX_LINKS_LENGTH) links.pop();
  return links.length === 0 ? [] : ["Link", links.join(", ")];
}

const link = (url: string, rel: string): string => `<${url}>; rel="${rel}"`;

/** The part of the URL behind the question mark. */
export function searchOf({ exchange: { req } }: Context): string {
  const mark = req.url.indexOf("?");
  return mark === -1 ? "" : req.url.slice(mark + 1);
}

function withParameter(context: Context, name: string, value: number): string {
  const parameter = `${name}=${value}`;
  const search = searchOf(context);
  const isKept =
    search.length <= MAX_SEARCH_LENGTH
      ? (pair: string) => pair !== ""
      : (pair: string) => MAKES_A_DIFFERENCE.has(nameOf(pair));
  const pairs = search.split("&").filter(isKept);
  const place = pairs.findIndex((pair) => nameOf(pair) === name);
  const others = pairs.map(safe).filter((pair, at) => at === place || nameOf(pair) !== name);
  if (place === -1) others.push(parameter);
  else others[place] = parameter;
  return others.join("&");
}

const nameOf = (pair: string): string => pair.split("=")[0] ?? "";

/** Characters that would end the URL or the header early. */
const safe = (pair: string): string =>
  pair.replace(/[^\x21-\x7e]|[<>"\\^`{|}]/g, (character) => encodeURIComponent(character));
