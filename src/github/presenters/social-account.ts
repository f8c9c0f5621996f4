import type { SocialAccount } from "../../domain/profile/social-accounts.ts";
import type { components } from "../../generated/github-types.ts";

/** Providers that GitHub knows, and the hosts by which it recognizes them. */
const PROVIDERS: readonly (readonly [provider: string, host: RegExp, path?: RegExp])[] = [
  ["facebook", /^(?:.+\.)?facebook\.com$/],
  ["instagram", /^(?:.+\.)?instagram\.com$/],
  ["linkedin", /^(?:.+\.)?linkedin\.com$/],
  ["npm", /^(?:www\.)?npmjs\.com$/, /^\/~/],
  ["reddit", /^(?:.+\.)?reddit\.com$/],
  ["twitch", /^(?:.+\.)?twitch\.tv$/],
  ["twitter", /^(?:.+\.)?(?:twitter|x)\.com$/],
  ["youtube", /^(?:.+\.)?youtube\.com$/],
  ["bluesky", /^bsky\.app$/, /^\/profile\//],
  ["hometown", /^hometown\./, /^\/@/],
  ["mastodon", /^(?:.*\.)?(?:(?:mastodon|mstdn)\..|(?:fosstodon\.org|hachyderm\.io)$)/, /^\/@/],
];

const GENERIC = "generic";

/** Which site an address belongs to; `generic` for one that GitHub has no name for. */
export function providerOf(url: string): string {
  const { hostname = "", pathname = "" } = URL.parse(url) ?? {};
  const known = PROVIDERS.find(
    ([, host, path]) => host.test(hostname) && (path?.test(pathname) ?? true),
  );
  return known?.[0] ?? GENERIC;
}

export const presentSocialAccount = ({
  url,
}: SocialAccount): components["schemas"]["social-account"] => ({ provider: providerOf(url), url });
