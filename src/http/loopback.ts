/** Names and addresses that lead to this machine and nowhere else (RFC 6761, section 6.3). */
const LOOPBACK = /^(?:(?:[a-z0-9_-]{1,63}\.){0,9}localhost|127(?:\.\d{1,3}){3}|\[::1\]|::1)$/i;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** The name in a Host header, without its port; empty where there is none. */
export const hostnameOf = (host: string | undefined): string =>
  URL.parse(`http://${host ?? ""}`)?.hostname ?? "";
