import type { PageContext } from "./context.ts";

/** Cookies of pages. Over https they have the prefix that no other host or path can set. */
export const COOKIES = {
  session: "followd_session",
  secondFactor: "followd_second_factor",
  expiredPassword: "followd_expired_password",
  notice: "followd_notice",
} as const;

type CookieName = keyof typeof COOKIES;

const nameOf = (name: CookieName, isSecure: boolean): string =>
  isSecure ? `__Host-${COOKIES[name]}` : COOKIES[name];

const isSecure = (origin: string): boolean => origin.startsWith("https:");

/** The cookies of a request; of several with one name the first counts. */
export function parseCookies(header: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pair of (header ?? "").split(";")) {
    const equals = pair.indexOf("=");
    const name = pair.slice(0, equals).trim();
    if (equals > 0 && !found.has(name)) found.set(name, pair.slice(equals + 1).trim());
  }
  return found;
}

export const getCookie = (
  { cookies, origin }: Pick<PageContext, "cookies" | "origin">,
  name: CookieName,
): string | undefined => cookies.get(nameOf(name, isSecure(origin)));

/** Sets a cookie for a time in seconds, or until the browser is closed. */
export function setCookie(
  { setCookies, origin }: Pick<PageContext, "setCookies" | "origin">,
  name: CookieName,
  value: string,
  maxAge?: number,
): void {
  const secure = isSecure(origin);
  const age = maxAge === undefined ? "" : `; Max-Age=${maxAge}`;
  const only = `; Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  setCookies.push(`${nameOf(name, secure)}=${value}${age}${only}`);
}

export const clearCookie = (context: PageContext, name: CookieName): void => {
  if (getCookie(context, name) !== undefined) setCookie(context, name, "", 0);
};
