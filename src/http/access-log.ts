import { unescape as decoded } from "node:querystring";
import type { Exchange } from "./dialect.ts";

/** The members of a dialect's context that a line shows, where the dialect has them. */
interface Known {
  readonly requestId?: string;
  readonly caller?: { readonly user: { readonly id: number } } | undefined;
}

const CUT = "[cut]";
/** Names of parameters whose values nobody may read: private_token, access_token, client_secret … */
const SECRET = /token|secret|passw|authorization/i;
/** Tokens of ours and of many others, wherever they stand. Bounded, so that no path takes long. */
const TOKEN =
  /eyJ[\w-]{1,600}\.[\w-]{1,600}\.[\w-]*|(?:gh[pousr]_|github_pat_|glpat-|glrt-)[\w-]{8,255}/g;

/** What is written about a finished request. */
export function lineOf(exchange: Exchange, status: number, milliseconds: number) {
  const { req, match, dialect } = exchange;
  const { requestId, caller } = (exchange.context ?? {}) as Known;
  return {
    method: req.method,
    path: withoutSecrets(req.originalUrl),
    status,
    dialect,
    operation: match?.target.id,
    ms: Math.round(milliseconds * 100) / 100,
    id: requestId,
    user: caller?.user.id,
  };
}

/** A path with its query, less everything in it that could open a door. */
export function withoutSecrets(url: string): string {
  const bare = withoutOrigin(url);
  const question = bare.indexOf("?");
  if (question === -1) return bare.replaceAll(TOKEN, CUT);
  const parameters = bare
    .slice(question + 1)
    .split("&")
    .map(parameterWithoutSecret);
  return `${bare.slice(0, question)}?${parameters.join("&")}`.replaceAll(TOKEN, CUT);
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
  // Whoever reads the query takes the escapes away, and so the name may hide behind them.
  return SECRET.test(decoded(name)) ? `${name}=${CUT}` : parameter;
}
