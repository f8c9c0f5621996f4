import type { RequestHead } from "../../http/dialect.ts";
import type { Match, Routes } from "../../http/path-router.ts";
import type { PageOperation } from "./context.ts";

/** Headers and parameters that bring an API's credential: such a request is never a page's. */
const CREDENTIAL_HEADERS = ["authorization", "private-token", "job-token"] as const;
const CREDENTIAL_PARAMETERS = /[?&](?:private_token|access_token|job_token)=/;

/** `/mona.keys`: files about a user, which clients without any Accept fetch. */
const USER_FILE = /^\/([^/]+)\.(keys|gpg|png)$/i;

type PageRoutes = Pick<Routes<PageOperation>, "find">;

/**
 * The page that answers a request; undefined where the dialects answer. A page is what a browser
 * asks for at the bare root: GET or HEAD, with an Accept that prefers HTML, without an API's
 * credential. The forms of pages, their files and `/mona.keys` need no Accept. `isKnown` says
 * whether a dialect has the path: what neither has is a page that says so.
 */
export function choosePage(
  routes: PageRoutes,
  head: RequestHead,
  isKnown: (method: string, path: string) => boolean,
): Match<PageOperation> | undefined {
  const { path, headers } = head;
  if (path === "/api" || path.startsWith("/api/") || hasApiCredential(head)) return undefined;
  const method = head.method === "HEAD" ? "GET" : head.method;
  const reads = method === "GET";
  const [, username = "", ending = ""] = (reads && USER_FILE.exec(path)) || [];
  if (ending !== "") return routes.find("GET", `/-/files/${username}/${ending.toLowerCase()}`);
  const match = routes.find(method, path);
  if (match?.target.isForPrograms === true || !reads) return match;
  if (!prefersHtml(headers.accept)) return undefined;
  if (match !== undefined) return match;
  return isKnown(method, path) ? undefined : routes.find("GET", "/-/not-found");
}

/**
 * Whether a request may be a page's, by a glance that costs an API's caller next to nothing: only
 * then are the pages loaded and asked.
 */
export function couldBePage({ method, path, headers }: RequestHead): boolean {
  if (path.startsWith("/api/")) return false;
  if (method === "POST") return headers["content-type"]?.includes("json") !== true;
  if (method !== "GET" && method !== "HEAD") return false;
  return (
    /html/i.test(headers.accept ?? "") ||
    path.startsWith("/-/assets/") ||
    path.startsWith("/-/graph-data/") ||
    /\.(?:keys|gpg|png|ico)$/i.test(path)
  );
}

const hasApiCredential = ({ headers, url }: RequestHead): boolean =>
  CREDENTIAL_HEADERS.some((name) => headers[name] !== undefined) || CREDENTIAL_PARAMETERS.test(url);

/** Whether HTML is named in an Accept header, and nothing that APIs speak is liked better. */
export function prefersHtml(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  let html = 0;
  let json = 0;
  for (const part of accept.split(",")) {
    const [type = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const quality = parameters.find((text) => text.startsWith("q="))?.slice(2);
    const q = quality === undefined ? 1 : Number(quality) || 0;
    if (type === "text/html" || type === "application/xhtml+xml") html = Math.max(html, q);
    else if (/^application\/(?:.*\+)?json$|^application\/vnd\.github/.test(type)) {
      json = Math.max(json, q);
    }
  }
  return html > 0 && html > json;
}
