import { hash, hkdfSync } from "node:crypto";
import { crc32 } from "node:zlib";
import type { TokenRow } from "../credential.ts";
import type { Store } from "../store.ts";
import { signToken } from "./token-signing.ts";

/**
 * What a token looks like. Clients read these forms: gh shows the scopes of `ghp_` and `gho_`
 * alone, the gitlab gem sends what has no `glpat-` as a job token.
 */
export type TokenForm =
  | "github-classic"
  | "github-fine-grained"
  | "github-oauth"
  | "gitlab"
  | "gitlab-private";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKSUM_DIGITS = 6;
/** More random bits than any form has room for, so that the remainder favours no digit. */
const ENTROPY_BYTES = 64;

/** The longest text that is looked up; some clients refuse longer ones (GitLab::API::v4). */
export const MAX_TOKEN_LENGTH = 255;

function base62(value: bigint, digits: number): string {
  let text = "";
  for (let rest = value; text.length < digits; rest /= 62n)
    text = DIGITS[Number(rest % 62n)] + text;
  return text;
}

/** GitHub's checksum: the CRC-32 of what is random, in base 62 (GitHub blog, 2021-04-05). */
const withChecksum = (random: string): string =>
  random + base62(BigInt(crc32(random)), CHECKSUM_DIGITS);

/** A token's text of a form, made of 64 random bytes. */
function textOf(form: TokenForm, entropy: Buffer): string {
  const digits = (count: number) => base62(BigInt(`0x${entropy.toString("hex")}`), count);
  const random = (count: number) => entropy.toString("base64url").slice(0, count);
  switch (form) {
    case "github-classic":
      return `ghp_${withChecksum(digits(30))}`;
    case "github-oauth":
      return `gho_${withChecksum(digits(30))}`;
    case "github-fine-grained": {
      const all = digits(75);
      return `github_pat_${all.slice(0, 22)}_${withChecksum(all.slice(22))}`;
    }
    case "gitlab":
      return `glpat-${random(20)}`;
    case "gitlab-private":
      return random(20);
  }
}

const FORMS = [
  /^gh[po]_[0-9A-Za-z]{36}$/,
  /^github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}$/,
  /^glpat-[\w-]{20}$/,
  // Tokens of a release that signed them.
  /\./,
];

/** Whether a text can be nothing but a token, also where it opens nothing. */
export const looksLikeToken = (text: string): boolean => FORMS.some((form) => form.test(text));

/** The form of a token that is made for no dialect in particular. */
export function defaultForm(kind: TokenRow["kind"], isFineGrained: boolean): TokenForm {
  switch (kind) {
    case "personal":
      return isFineGrained ? "github-fine-grained" : "github-classic";
    case "impersonation":
      return "gitlab";
    case "site_admin_impersonation":
      return "github-oauth";
    case "private":
      return "gitlab-private";
  }
}

/** A new text that cannot be made again. */
export const randomTokenText = ({ random }: Store, form: TokenForm): string =>
  textOf(form, random.bytes(ENTROPY_BYTES));

type Shown = Pick<TokenRow, "kind" | "jti">;

/** Kinds whose text is shown again whenever it is asked for, as their vendors do. */
export const isShownAgain = ({ kind }: Pick<TokenRow, "kind">): boolean =>
  kind === "private" || kind === "site_admin_impersonation";

/** The text of a token that is shown again. It follows from its row and the signing key. */
export function derivedTokenText({ key }: Store, { kind, jti }: Shown): string {
  const entropy = hkdfSync("sha512", key, jti, `followd ${kind} token`, ENTROPY_BYTES);
  return textOf(defaultForm(kind, false), Buffer.from(entropy));
}

/** The text of a token that is shown again, also of one that an older release signed. */
export function shownTokenText(store: Store, row: TokenRow): string {
  const text = derivedTokenText(store, row);
  return tokenHash(text) === row.tokenHash ? text : signToken(store, row);
}

/** What is stored of a token: enough to find it, and to tell its owner which one it is. */
export const tokenHash = (text: string): string => hash("sha256", text, "hex");
export const tokenLastEight = (text: string): string => text.slice(-8);
