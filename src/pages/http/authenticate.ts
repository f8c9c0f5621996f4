import { authenticateSession } from "../../domain/credentials/sessions.ts";
import type { User } from "../../domain/user.ts";
import type { PageContext, PageOperation, PageReply } from "./context.ts";
import { clearCookie, getCookie } from "./cookies.ts";

/** Finds out who has signed in in this browser; a session that has ended loses its cookie. */
export async function authenticate(context: PageContext): Promise<void> {
  const text = getCookie(context, "session");
  if (text === undefined) return;
  const found = await authenticateSession(context.store, text);
  if (found === undefined) {
    clearCookie(context, "session");
    return;
  }
  context.session = found.session;
  context.viewer = found.user;
  context.caller = { user: { id: found.user.id } };
}

/**
 * Where a visitor goes instead who may not see a page: to the sign-in and back. Undefined for those
 * who may, "not-found" for signed-in ones without the right, who learn nothing of the page.
 */
export function refusal(
  { viewer, settings, exchange }: PageContext,
  { access, isPublic }: PageOperation,
): PageReply | "not-found" | undefined {
  if (viewer === undefined) {
    const open = access === "anyone" && (isPublic || !settings.privateMode);
    return open ? undefined : { redirect: signInPath(exchange.req) };
  }
  return access === "admin" && !viewer.admin ? "not-found" : undefined;
}

/** The sign-in, which leads back to a page that was asked for. */
function signInPath({ method, originalUrl }: { method: string; originalUrl: string }) {
  if (method !== "GET" && method !== "HEAD") return "/login";
  return originalUrl === "/" ? "/login" : `/login?to=${encodeURIComponent(originalUrl)}`;
}

/** A path of this server to go to; the home page for anything that could lead elsewhere. */
export function localPath(text: string | undefined | null): string {
  if (!text?.startsWith("/") || /^\/[/\\]|[\p{Cc}\\]/u.test(text)) return "/";
  return /^\/(?:login|logout|users\/sign_in)\b/.test(text) ? "/" : text;
}

/** The viewer of a page that only signed-in users are shown. */
export function viewerOf({ viewer }: PageContext): User {
  if (viewer === undefined) throw new Error("This page is for signed-in users.");
  return viewer;
}
