import {
  hosts,
  LEVELS,
  type Level,
  level,
  longToken,
  type Parsed,
  proxies,
  publicUrl,
  serverVersion,
  smtpUrl,
  TLS,
  type Tls,
  text,
  tls,
  versionAmong,
  wholeNumber,
  yesOrNo,
} from "./parsers.ts";

type Value = string | number | boolean | readonly string[] | undefined;

/** One thing that an operator may choose; flags, help and docs/reference.md are made from these. */
export interface Setting<T extends Value = Value> {
  /** The flag without its dashes; the name in the environment follows from it. */
  readonly name: string;
  readonly default: T;
  /** What stands for the value in help; yes-or-no settings have none. */
  readonly placeholder?: string;
  /** All that it can be, where that is a few words. */
  readonly choices?: readonly string[];
  readonly description: string;
  /** Has no flag, as other users of the machine can read flags, and may be kept in a file. */
  readonly secret?: true;
  readonly parse: (text: string) => Parsed<T>;
}

const setting = <T extends Value>(one: Setting<T>): Setting<T> => one;
const optional = <T extends Value>(one: Omit<Setting<T>, "default">): Setting<T | undefined> => ({
  ...one,
  default: undefined,
});

/** The releases of Enterprise Server whose differences src/github/versions.ts knows. */
const GITHUB_RELEASES = Array.from({ length: 8 }, (_, index) => `3.${15 + index}`);

/** Every setting, in the order in which help and docs/reference.md tell them. */
export const SETTINGS = {
  data: setting({
    name: "data",
    default: "./data",
    placeholder: "dir",
    description: "where followd.db and followd.key are kept; made if it is not there",
    parse: text,
  }),
  keyFile: optional({
    name: "key-file",
    placeholder: "file",
    description: "the key that signs tokens, if not followd.key beside the database",
    parse: text,
  }),
  host: setting({
    name: "host",
    default: "127.0.0.1",
    placeholder: "address",
    description: "the address to listen at; 0.0.0.0 or :: for all",
    parse: text,
  }),
  port: setting({
    name: "port",
    default: 3000,
    placeholder: "number",
    description: "the port to listen at; 0 for any free one",
    parse: wholeNumber(0, 65_535),
  }),
  tls: setting<Tls>({
    name: "tls",
    default: "off",
    placeholder: "how",
    choices: TLS,
    description:
      "local makes an authority and a certificate of its own and serves https with it; or off",
    parse: tls,
  }),
  tlsHosts: setting<string[]>({
    name: "tls-hosts",
    default: [],
    placeholder: "list",
    description:
      "hosts for --tls local, beside localhost, this machine's name, --host and --public-url",
    parse: hosts,
  }),
  tlsCert: optional({
    name: "tls-cert",
    placeholder: "file",
    description:
      "a certificate to serve https with, as PEM with its chain; read again when it changes",
    parse: text,
  }),
  tlsKey: optional({
    name: "tls-key",
    placeholder: "file",
    description: "the private key of --tls-cert, as PEM without a passphrase",
    parse: text,
  }),
  publicUrl: optional({
    name: "public-url",
    placeholder: "url",
    description:
      "how callers reach the server, for links; without it their own Host header is used",
    parse: publicUrl,
  }),
  trustedProxies: setting<string[]>({
    name: "trusted-proxies",
    default: [],
    placeholder: "list",
    description: "proxies whose X-Forwarded headers are believed: addresses, networks, or loopback",
    parse: proxies,
  }),
  privateMode: setting({
    name: "private-mode",
    default: false,
    description: "whether nobody is answered who does not show a token",
    parse: yesOrNo,
  }),
  githubVersion: setting({
    name: "github-version",
    default: "3.15.0",
    placeholder: "version",
    description:
      "the version of GitHub Enterprise Server that is spoken, from 3.15 to 3.22, such as 3.21 or 3.21.2",
    parse: versionAmong(GITHUB_RELEASES),
  }),
  githubV3: setting({
    name: "github-v3",
    default: true,
    description: "whether GitHub's dialect is spoken below /api/v3",
    parse: yesOrNo,
  }),
  githubRoot: setting({
    name: "github-root",
    default: true,
    description: "whether GitHub's dialect is spoken without the prefix /api/v3, too",
    parse: yesOrNo,
  }),
  gitlabVersion: setting({
    name: "gitlab-version",
    default: "17.6.0",
    placeholder: "version",
    description: "the version of GitLab that answers name",
    parse: serverVersion,
  }),
  gitlabV3: setting({
    name: "gitlab-v3",
    default: true,
    description:
      "whether GitLab's old dialect is spoken below /api/v3, with callers that show its tokens",
    parse: yesOrNo,
  }),
  gitlabV4: setting({
    name: "gitlab-v4",
    default: true,
    description: "whether GitLab's dialect is spoken below /api/v4",
    parse: yesOrNo,
  }),
  gitlabRoot: setting({
    name: "gitlab-root",
    default: true,
    description: "whether GitLab's dialect is spoken without the prefix /api/v4, too",
    parse: yesOrNo,
  }),
  followLimit: setting({
    name: "follow-limit",
    default: 300,
    placeholder: "number",
    description: "how many people one may follow through GitLab's dialect; 0 for any number",
    parse: wholeNumber(0, 1_000_000_000),
  }),
  idempotentDeletion: setting({
    name: "idempotent-deletion",
    default: true,
    description:
      "whether GitLab's old dialect answers 200, and not 404, where there is no user to delete",
    parse: yesOrNo,
  }),
  signInLimit: setting({
    name: "sign-in-limit",
    default: 10,
    placeholder: "number",
    description:
      "tries to sign in with a password in a minute, by address and by account; 0 for any number",
    parse: wholeNumber(0, 1_000_000_000),
  }),
  impersonation: setting({
    name: "impersonation",
    default: true,
    description: "whether GitLab's dialect takes tokens with which administrators act as users",
    parse: yesOrNo,
  }),
  privateProfiles: setting({
    name: "private-profiles",
    default: false,
    description:
      "whether the profiles of users made through GitLab's dialect begin as private ones",
    parse: yesOrNo,
  }),
  smtpUrl: optional({
    name: "smtp-url",
    placeholder: "url",
    secret: true,
    description:
      "the server that takes mail, as smtp://user:password@host; without it no mail is sent",
    parse: smtpUrl,
  }),
  lookupLimit: setting({
    name: "lookup-limit",
    default: 300,
    placeholder: "number",
    description:
      "single users that one may look at in ten minutes in GitLab's dialect; 0 for any number",
    parse: wholeNumber(0, 1_000_000_000),
  }),
  rateLimit: setting({
    name: "rate-limit",
    default: 0,
    placeholder: "number",
    description: "requests in an hour for each user with a token; 0 turns all limits off",
    parse: wholeNumber(0, 1_000_000_000),
  }),
  rateLimitAnonymous: setting({
    name: "rate-limit-anonymous",
    default: 60,
    placeholder: "number",
    description: "requests in an hour for each address without a token, when limits are on",
    parse: wholeNumber(1, 1_000_000_000),
  }),
  badCredentialsLimit: setting({
    name: "bad-credentials-limit",
    default: 0,
    placeholder: "number",
    description:
      "tokens of nobody in a minute, by address, after which GitHub's dialect takes none for the rest of it; 0 for any number",
    parse: wholeNumber(0, 1_000_000_000),
  }),
  rateLimitWrites: setting({
    name: "rate-limit-writes",
    default: 0,
    placeholder: "number",
    description: "changes in a minute for each user, when limits are on; 0 for no such limit",
    parse: wholeNumber(0, 1_000_000_000),
  }),
  logLevel: setting<Level>({
    name: "log-level",
    default: "info",
    placeholder: "level",
    choices: LEVELS,
    description: "the least that is logged: trace, debug, info, warn, error, fatal or silent",
    parse: level,
  }),
  accessLog: setting({
    name: "access-log",
    default: true,
    description: "whether a line is logged for each request",
    parse: yesOrNo,
  }),
  pageCacheMb: setting({
    name: "page-cache-mb",
    default: 32,
    placeholder: "number",
    description: "memory for whole pages of lists, in megabytes",
    parse: wholeNumber(0, 65_536),
  }),
  fragmentCacheMb: setting({
    name: "fragment-cache-mb",
    default: 32,
    placeholder: "number",
    description: "memory for users as lists show them, in megabytes",
    parse: wholeNumber(0, 65_536),
  }),
  docs: setting({
    name: "docs",
    default: true,
    description: "whether /-/docs shows what can be asked, and /openapi has the documents",
    parse: yesOrNo,
  }),
  pages: setting({
    name: "pages",
    default: true,
    description: "serve pages for people: sign-in, profiles, settings, administration, explorer",
    parse: yesOrNo,
  }),
  metricsToken: optional({
    name: "metrics-token",
    placeholder: "token",
    secret: true,
    description: "opens /-/metrics to callers from elsewhere, as a bearer token",
    parse: longToken,
  }),
} as const;
