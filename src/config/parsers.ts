import { isIP } from "node:net";

/** What a text means, or why it means nothing here. */
export type Parsed<T> = { value: T } | { problem: string };

export const text = (value: string): Parsed<string> => ({ value });

export const yesOrNo = (given: string): Parsed<boolean> => {
  if (/^(true|yes|on|1)$/i.test(given)) return { value: true };
  if (/^(false|no|off|0)$/i.test(given)) return { value: false };
  return { problem: "is neither true nor false" };
};

export const wholeNumber =
  (least: number, most: number) =>
  (given: string): Parsed<number> => {
    const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) return { value };
    return { problem: `is not a whole number from ${least} to ${most}` };
  };

/** One of a few words, in small letters or capitals. */
export const oneOf =
  <Word extends string>(words: readonly Word[], problem = `is not one of ${words.join(", ")}`) =>
  (given: string): Parsed<Word> => {
    const value = words.find((known) => known === given.toLowerCase());
    return value === undefined ? { problem } : { value };
  };

/** Words with commas or spaces between, each of which passes. */
const listOf =
  (isRight: (word: string) => boolean, problem: string) =>
  (given: string): Parsed<string[]> => {
    const words = given.split(/[\s,]+/).filter((word) => word !== "");
    const wrong = words.find((word) => !isRight(word));
    return wrong === undefined ? { value: words } : { problem: `has “${wrong}”, ${problem}` };
  };

export function publicUrl(given: string): Parsed<string> {
  const { protocol, pathname, origin, href } = URL.parse(given) ?? {};
  if (origin === undefined || !/^https?:$/.test(protocol ?? "")) {
    return { problem: "is not an address that begins with http:// or https://" };
  }
  if (pathname !== "/" || href !== `${origin}/`) {
    return { problem: `has more than a scheme, a host and a port; did you mean ${origin}?` };
  }
  return { value: origin };
}

export function databaseUrl(given: string): Parsed<string> {
  const { protocol = "", pathname = "" } = URL.parse(given) ?? {};
  if (!/^postgres(ql)?:$/.test(protocol)) {
    return { problem: "is not an address that begins with postgres:// or postgresql://" };
  }
  if (pathname.length > 1) return { value: given };
  return { problem: "names no database; it ends in /NAME" };
}

export function smtpUrl(given: string): Parsed<string> {
  const { protocol = "", hostname = "" } = URL.parse(given) ?? {};
  if (/^smtps?:$/.test(protocol) && hostname !== "") return { value: given };
  return { problem: "is not an address that begins with smtp:// or smtps://" };
}

/** An address, or a name and an address, as the From of a mail has them. */
export function mailFrom(given: string): Parsed<string> {
  const [, address = given] = /^[^<>\r\n"]{0,100}<([^<>]+)>$/.exec(given) ?? [];
  if (/^[^\s@<>,;]{1,64}@[A-Za-z0-9.-]{1,253}$/.test(address)) return { value: given };
  return { problem: "is not an address such as followd <followd@example.com>" };
}

function isNetwork(word: string): boolean {
  const [address = "", length, ...more] = word.split("/");
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (bits === -1 || more.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
}

export const proxies = listOf(
  (word) => word === "loopback" || isNetwork(word),
  "which is no address, no network (10.0.0.0/8), not loopback",
);

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const HOST_NAME = new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL}){0,9}$`, "i");

/** Whether a certificate can be for this: a name, or all names of a domain (`*.example.org`). */
export const isHostName = (word: string): boolean => HOST_NAME.test(word);

export const hosts = listOf(
  (word) => isIP(word) !== 0 || isHostName(word),
  "which is neither a host name nor an address",
);

export const TLS = ["off", "local"] as const;
export type Tls = (typeof TLS)[number];

/** A version, with a patch or without, of one of these releases; the value always has a patch. */
export const versionAmong =
  (releases: readonly string[]) =>
  (given: string): Parsed<string> => {
    const [, release = "", patch = "0"] = /^(\d{1,3}\.\d{1,3})(?:\.(\d{1,3}))?$/.exec(given) ?? [];
    if (releases.includes(release)) return { value: `${release}.${patch}` };
    return { problem: `is not a version from ${releases[0]} to ${releases.at(-1)}` };
  };

export const GITLAB_EDITIONS = ["ce", "ee"] as const;
export type GitLabEdition = (typeof GITLAB_EDITIONS)[number];

export const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type Level = (typeof LEVELS)[number];

export function longToken(given: string): Parsed<string> {
  if (/^[\x21-\x7e]{16,255}$/.test(given)) return { value: given };
  return { problem: "needs 16 to 255 printable characters without spaces" };
}
