import { DATABASE_SETTINGS } from "./database-settings.ts";
import {
  GITLAB_EDITIONS,
  type GitLabEdition,
  hosts,
  LEVELS,
  type Level,
  longToken,
  mailFrom,
  oneOf,
  proxies,
  publicUrl,
  smtpUrl,
  TLS,
  type Tls,
  text,
  versionAmong,
  wholeNumber,
} from "./parsers.ts";
import { GITHUB_RELEASES, GITLAB_RELEASES } from "./releases.ts";
import { limit, optional, setting, toggle } from "./setting.ts";

/** Every setting, in the order of help and docs/reference.md. */
export const SETTINGS = {
  data: setting({
    name: "data",
    default: "./data",
    placeholder: "dir",
    description: "directory of followd.db and followd.key; created if missing",
    parse: text,
  }),
  ...DATABASE_SETTINGS,
  keyFile: optional({
    name: "key-file",
    placeholder: "file",
    description: "file of the signing key, if not followd.key beside the database",
    parse: text,
  }),
  host: setting({
    name: "host",
    default: "127.0.0.1",
    placeholder: "address",
    description: "address to listen on; 0.0.0.0 or :: for all",
    parse: text,
  }),
  port: setting({
    name: "port",
    default: 3000,
    placeholder: "number",
    description: "port to listen on; 0 for any free one",
    parse: wholeNumber(0, 65_535),
  }),
  tls: setting<Tls>({
    name: "tls",
    default: "off",
    placeholder: "how",
    choices: TLS,
    description:
      "local: serve https with a certificate of an authority that is made here; off: plain http",
    parse: oneOf(TLS),
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
      "certificate to serve https with, as PEM with its chain; read again when it changes",
    parse: text,
  }),
  tlsKey: optional({
    name: "tls-key",
    placeholder: "file",
    description: "private key of --tls-cert, as PEM without a passphrase",
    parse: text,
  }),
  publicUrl: optional({
    name: "public-url",
    placeholder: "url",
    description:
      "address by which clients reach the server, for links; default: the Host header of each request",
    parse: publicUrl,
  }),
  trustedProxies: setting<string[]>({
    name: "trusted-proxies",
    default: [],
    placeholder: "list",
    description: "proxies whose X-Forwarded headers are believed: addresses, networks, or loopback",
    parse: proxies,
  }),
  privateMode: toggle("private-mode", false, "require a token for every request"),
  githubVersion: setting({
    name: "github-version",
    default: "3.15.0",
    placeholder: "version",
    description: "version of GitHub Enterprise Server to speak, 3.15 to 3.22",
    parse: versionAmong(GITHUB_RELEASES),
  }),
  githubV3: toggle("github-v3", true, "speak GitHub's dialect below /api/v3"),
  githubRoot: toggle(
    "github-root",
    true,
    "speak GitHub's dialect at the root as well, without /api/v3",
  ),
  gitlabVersion: setting({
    name: "gitlab-version",
    default: "17.6.0",
    placeholder: "version",
    description: "version of GitLab to speak, from 17.6 to 18.11, such as 18.2 or 18.2.1",
    parse: versionAmong(GITLAB_RELEASES),
  }),
  gitlabEdition: setting<GitLabEdition>({
    name: "gitlab-edition",
    default: "ce",
    placeholder: "edition",
    choices: GITLAB_EDITIONS,
    description:
      "edition of GitLab to speak: ee shows and takes the members and filters of Premium and Ultimate; or ce",
    parse: oneOf(GITLAB_EDITIONS, "is neither ce nor ee"),
  }),
  gitlabUserLimits: toggle(
    "gitlab-user-limits",
    true,
    "limit requests a minute for followers, statuses and keys in GitLab's dialect, from version 18.1 on; an upgraded GitLab has none",
  ),
  gitlabV3: toggle(
    "gitlab-v3",
    true,
    "speak GitLab's v3 dialect below /api/v3, to clients with GitLab credentials",
  ),
  gitlabV4: toggle("gitlab-v4", true, "speak GitLab's dialect below /api/v4"),
  gitlabRoot: toggle(
    "gitlab-root",
    true,
    "speak GitLab's dialect at the root as well, without /api/v4",
  ),
  followLimit: limit(
    "follow-limit",
    300,
    "number of users that one user may follow through GitLab's dialect; 0 for no limit",
  ),
  idempotentDeletion: toggle(
    "idempotent-deletion",
    true,
    "treat the deletion of a missing user as done (200, else 404) in GitLab's v3 dialect",
  ),
  signInLimit: limit(
    "sign-in-limit",
    10,
    "password sign-ins per minute, by address and by account; 0 for no limit",
  ),
  impersonation: toggle(
    "impersonation",
    true,
    "accept tokens with which administrators act as users",
  ),
  privateProfiles: toggle(
    "private-profiles",
    false,
    "make the profiles of users created through GitLab's dialect private at first",
  ),
  smtpUrl: optional({
    name: "smtp-url",
    placeholder: "url",
    secret: true,
    description: "mail server, as smtp://user:password@host; without it no mail is sent",
    parse: smtpUrl,
  }),
  smtpFrom: optional({
    name: "smtp-from",
    placeholder: "address",
    description:
      "sender of mail, as an address or NAME <ADDRESS>; default: noreply@ the public host",
    parse: mailFrom,
  }),
  lookupLimit: limit(
    "lookup-limit",
    300,
    "single users that one user may read in ten minutes in GitLab's dialect; 0 for no limit",
  ),
  rateLimit: limit(
    "rate-limit",
    0,
    "requests per hour for each user with a token, in all dialects together; 0 turns all limits off",
  ),
  rateLimitAnonymous: limit(
    "rate-limit-anonymous",
    60,
    "requests per hour for each address without a token, when limits are on",
    1,
  ),
  badCredentialsLimit: limit(
    "bad-credentials-limit",
    0,
    "failed logins per minute and address, in all dialects together, before every token from it is rejected; 0 for no limit",
  ),
  rateLimitWrites: limit(
    "rate-limit-writes",
    0,
    "writes per minute for each user, when limits are on; 0 for no limit",
  ),
  auditDays: limit(
    "audit-days",
    0,
    "days that entries of the audit log are kept; 0 keeps them for good",
  ),
  logLevel: setting<Level>({
    name: "log-level",
    default: "info",
    placeholder: "level",
    choices: LEVELS,
    description: "least level that is logged: trace, debug, info, warn, error, fatal or silent",
    parse: oneOf(LEVELS),
  }),
  accessLog: toggle("access-log", true, "log a line for each request"),
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
    description: "memory for rendered users, in megabytes",
    parse: wholeNumber(0, 65_536),
  }),
  docs: toggle("docs", true, "serve the reference page at /-/docs and the documents at /openapi"),
  pages: toggle(
    "pages",
    true,
    "serve pages for people: sign-in, profiles, settings, administration, explorer",
  ),
  metricsToken: optional({
    name: "metrics-token",
    placeholder: "token",
    secret: true,
    description:
      "bearer token that opens /-/metrics to other machines; without it only this machine may read them",
    parse: longToken,
  }),
  controlToken: optional({
    name: "control-token",
    placeholder: "token",
    secret: true,
    description: "bearer token that the controls of `followd dev` want",
    parse: longToken,
  }),
} as const;
