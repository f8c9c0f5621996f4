import { isWeakPassword } from "../credentials/password-strength.ts";
import { isEmailAddress } from "../profile/emails.ts";
import { isReservedUsername } from "./usernames.ts";

/** Messages by field, in GitLab's words; every dialect and the pages can show them. */
type UserMessages = Readonly<Record<string, readonly string[]>>;

const BLANK = "can't be blank";

/** What is given of a user, put as it would be stored; what is not given is not judged. */
export interface Values {
  name?: string | undefined;
  username?: string | undefined;
  email?: string | undefined;
  password?: string | undefined;
  bio?: string | undefined;
  pronouns?: string | undefined;
  linkedin?: string | undefined;
  twitter?: string | undefined;
  skype?: string | undefined;
  discord?: string | undefined;
  github?: string | undefined;
  location?: string | undefined;
  organization?: string | undefined;
  website_url?: string | undefined;
  projects_limit?: number | undefined;
  shared_runners_minutes_limit?: number | undefined;
  extra_shared_runners_minutes_limit?: number | undefined;
  theme_id?: number | undefined;
  color_scheme_id?: number | undefined;
  public_email?: string | undefined;
  commit_email?: string | undefined;
}

/** Whose values they are to be. */
export interface Owner {
  /** What the user is called, in every way. */
  readonly names: readonly string[];
  /** Lower-case addresses that are the user's beyond doubt. */
  readonly verified: ReadonlySet<string>;
}

type Rule<T> = (value: T, owner: Owner) => string | readonly string[] | undefined;
type Rules = { [K in keyof Required<Values>]: readonly Rule<NonNullable<Values[K]>>[] };

const FILE_ENDING =
  /\.(?:html?|xhtml|txt|text|js|mjs|css|ics|csv|vcf|vtt|png|jpe?g|jpe|pjpeg|gif|bmp|tiff?|svg|webp|mp[34eg]|mpeg|m[124]a|mpa|m4v|aac|og[ga]|ogv|flac|web[am]|otf|ttf|woff2?|xml|rss|ya?ml|json|pdf|zip|gz|gzip)$/i;

const NAMESPACE = /^[a-z0-9_.](?:[a-z0-9_.-]*[a-z0-9_-])?$/i;
const REPOSITORY = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/i;
const ENDING = /\.(?:git|atom)$/i;
const NAMESPACE_WORDS =
  "can contain only letters, digits, '_', '-' and '.'. " +
  "Cannot start with '-' or end in '.', '.git' or '.atom'.";
const REPOSITORY_WORDS =
  "can only include non-accented letters, digits, '_', '-' and '.'. It must not start with '-', " +
  "'_', or '.', nor end with '-', '_', '.', '.git', or '.atom'.";

const present: Rule<string> = (text) => (text.trim() === "" ? BLANK : undefined);

/** Empty values are judged by `present` alone. */
const unless = (wrong: (text: string) => boolean, words: string) => (text: string) =>
  text !== "" && wrong(text) ? words : undefined;

/** In characters, as Ruby counts. */
const lengthOf = (text: string): number => Array.from(text).length;

const atMost = (most: number): Rule<string> =>
  unless((text) => lengthOf(text) > most, `is too long (maximum is ${most} characters)`);

const oneOf =
  (most: number, what: string): Rule<number> =>
  (id) =>
    id >= 1 && id <= most ? undefined : `${id} is not a valid ${what}`;

const reserved: Rule<string> = (text) =>
  isReservedUsername(text) ? `${text} is a reserved name` : undefined;

const weak: Rule<string> = (password, { names }) =>
  lengthOf(password) >= 8 && isWeakPassword(password, names)
    ? "must not contain commonly used combinations of words and letters"
    : undefined;

const verified: Rule<string> = (address, owner) =>
  address === "" || owner.verified.has(address.toLowerCase())
    ? undefined
    : "must be an email you have verified";

const natural: readonly Rule<number>[] = [
  (limit) => (limit < 0 ? "must be greater than or equal to 0" : undefined),
  (limit) => (limit > 2_147_483_647 ? "must be less than or equal to 2147483647" : undefined),
];

const isWebAddress = (text: string) => /^https?:$/.test(URL.parse(text)?.protocol ?? "");

/** The contract's catalogue (section 8), by the name under which GitLab complains. */
const RULES: Rules = {
  name: [present, atMost(255)],
  username: [
    present,
    atMost(255),
    unless((text) => !NAMESPACE.test(text) || ENDING.test(text), NAMESPACE_WORDS),
    unless((text) => !REPOSITORY.test(text) || ENDING.test(text), REPOSITORY_WORDS),
    reserved,
    unless(
      (text) => FILE_ENDING.test(text),
      "ending with a reserved file extension is not allowed.",
    ),
  ],
  email: [present, unless((text) => !isEmailAddress(text), "is invalid")],
  password: [
    present,
    unless((text) => lengthOf(text) < 8, "is too short (minimum is 8 characters)"),
    atMost(128),
    weak,
  ],
  bio: [atMost(255)],
  pronouns: [atMost(50)],
  linkedin: [atMost(500)],
  twitter: [atMost(500)],
  skype: [atMost(500)],
  github: [atMost(500)],
  discord: [
    atMost(500),
    unless((text) => !/^\d{17,20}$/.test(text), "must contain only a discord user ID."),
  ],
  location: [atMost(500)],
  organization: [atMost(500)],
  website_url: [atMost(500), unless((text) => !isWebAddress(text), "must be a valid URL")],
  projects_limit: natural,
  shared_runners_minutes_limit: natural,
  extra_shared_runners_minutes_limit: natural,
  theme_id: [oneOf(11, "theme")],
  color_scheme_id: [oneOf(6, "color scheme")],
  public_email: [verified],
  commit_email: [
    (address, owner) => (address === "_private" ? undefined : verified(address, owner)),
  ],
};

/** Everything that is wrong with the values, by field. */
export function validateUser(values: Values, owner: Owner): UserMessages {
  const fields = Object.keys(RULES) as (keyof Values)[];
  return Object.fromEntries(fields.map((field) => [field, messagesFor(field, values, owner)]));
}

function messagesFor(field: keyof Values, values: Values, owner: Owner): string[] {
  const value = values[field];
  if (value === undefined) return [];
  const rules = RULES[field] as readonly Rule<string | number>[];
  return [...new Set(rules.flatMap((rule) => rule(value, owner) ?? []))];
}
