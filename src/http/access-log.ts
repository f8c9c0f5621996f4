import { unescape as decoded } from "node:querystring";
import type { Exchange } from "./dialect.ts";

/** The members of a dialect's context that a line shows, where the dialect has them. */
interface Known {
  readonly requestId?: string;
  readonly caller?: { readonly user: { readonly id: number } } | undefined;
  /** For whom the request runs, which under sudo is another than the caller. */
  readonly viewer?: { readonly id: number } | undefined;
}

/** Browsers send some 120 characters; what is longer is there to fill the log. */
const MAX_AGENT_LENGTH = 256;

const CUT = "[cut]";
/** Names of parameters whose values are secret: private_token, access_token, client_secret … */
const SECRET = /token|secret|passw|authorization/i;
/** What signed tokens are made of, and how they begin, wherever they stand. */
const TOKEN_CHARACTERS = /[\w.-]+/g;
const TOKEN_BEGINS = "eyJ";
const TOKEN_PARTS = 3;

/** Opaque tokens, of ours and of many others. */
const OPAQUE_TOKEN = /(?:gh[pousr]_|github_pat_|glpat-|glrt-)[\w-]{8,255}/g;

function withoutTokens(text: string): string {
  const cut = text.includes(TOKEN_BEGINS) ? text.replace(TOKEN_CHARACTERS, withoutToken) : text;
  return cut.replaceAll(OPAQUE_TOKEN, CUT);
}

/** A run of such characters up to where a token begins; all of it where none does. */
function withoutToken(run: string): string {
  const start = run.indexOf(TOKEN_BEGINS);
  if (start === -1) return run;
  const isToken = run.slice(start).split(".", TOKEN_PARTS).length === TOKEN_PARTS;
  return isToken ? run.slice(0, start) + CUT : run;
}

/** What is written about a finished request. */
export function lineOf(
  exchange: Exchange,
  status: number,
  milliseconds: number,
  address: string | undefined,
) {
  const { req, match, dialect } = exchange;
  const { requestId, caller, viewer } = (exchange.context ?? {}) as Known;
  return {
    method: req.method,
    path: withoutSecrets(req.originalUrl),
    status,
    dialect,
    operation: match?.target.id,
    ms: Math.round(milliseconds * 100) / 100,
    id: requestId,
    address,
    agent: req.headers["user-agent"]?.slice(0, MAX_AGENT_LENGTH),
    user: caller?.user.id,
    ...(viewer === undefined || viewer.id === caller?.user.id ? {} : { for: viewer.id }),
  };
}

/** A path with its query, less everything in it that could open a door. */
export function withoutSecrets(url: string): string {
  const bare = withoutOrigin(url);
  const question = bare.indexOf("?");
  if (question === -1) return withoutTokens(bare);
  const parameters = bare
    .slice(question + 1)
    .split("&")
    .map(parameterWithoutSecret);
  return withoutTokens(`${bare.slice(0, question)}?${parameters.join("&")}`);
}

/** Proxies are asked for whole URLs, which may have a name and a password before the host. */
function withoutOrigin(url: string): string {
  if (url.startsWith("/")) return url;
  const host = url.indexOf("://") + 3;
  const path = host < 3 ? -1 : url.indexOf("/", host);
  return path === -1 ? "" : url.slice(path);
}

function parameterWithoutSecret(parameter: string): string {
  const equals = parameter.indexOf("=");
  if (equals === -1) return parameter;
  const name = parameter.slice(0, equals);
  // Parsing takes the escapes away, so the name may hide behind them.
  return SECRET.test(decoded(name)) ? `${name}=${CUT}` : parameter;
}
