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
/** One of these is in every text that has a token. */
const BEGINNINGS = [TOKEN_BEGINS, "gh", "glpat-", "glrt-"];

function withoutTokens(text: string): string {
  if (!BEGINNINGS.some((beginning) => text.includes(beginning))) return text;
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

/**
 * What is written about a finished request: the members of a JSON object, without its braces. Put
 * together by hand, as a serializer that looks for what there is takes three times as long.
 */
export function membersOf(
  { req, match, dialect, context }: Exchange,
  status: number,
  milliseconds: number,
  address: string | undefined,
): string {
  const { requestId, caller, viewer } = (context ?? {}) as Known;
  const agent = req.headers["user-agent"];
  // Dialects and ids of operations are words that need no escapes.
  let text = match?.memory?.logged ?? addressMembers(req.method, withoutSecrets(req.originalUrl));
  text += `,"status":${status},"dialect":"${dialect}"`;
  if (match !== undefined) text += `,"operation":"${match.target.id}"`;
  text += `,"ms":${Math.round(milliseconds * 100) / 100}`;
  // Ids of requests are ours, or of a form that needs none either (request-id.ts).
  if (requestId !== undefined) text += `,"id":"${requestId}"`;
  if (address !== undefined) text += quotedAddress(address);
  if (agent !== undefined) text += quotedAgent(agent);
  if (caller !== undefined) text += `,"user":${caller.user.id}`;
  if (viewer !== undefined && viewer.id !== caller?.user.id) text += `,"for":${viewer.id}`;
  return text;
}

/** What a line shows of a method, which is a word, and of an address without secrets. */
export const addressMembers = (method: string, shown: string): string =>
  `"method":"${method}","path":${JSON.stringify(shown)}`;

const quotedAddress = rememberingLast((address) => `,"address":${JSON.stringify(address)}`);
const quotedAgent = rememberingLast(
  (agent) => `,"agent":${JSON.stringify(agent.slice(0, MAX_AGENT_LENGTH))}`,
);

/** The last answer is kept, as one caller asks several times. */
function rememberingLast(write: (text: string) => string): (text: string) => string {
  let last = "";
  let written = write(last);
  return (text) => {
    if (text !== last) {
      last = text;
      written = write(text);
    }
    return written;
  };
}

let lastTime = 0;
let lastTimeText = "";

/** A whole line of the log, as pino would write it: level 30 is `info`. `now` is in milliseconds. */
export function lineOf(members: string, now: number): string {
  if (now !== lastTime) {
    lastTime = now;
    lastTimeText = new Date(now).toISOString();
  }
  return `{"level":30,"time":"${lastTimeText}",${members},"msg":"request"}\n`;
}

/** A path with its query, less everything in it that could open a door. */
export function withoutSecrets(url: string): string {
  const bare = withoutOrigin(url);
  const question = bare.indexOf("?");
  if (question === -1) return withoutTokens(bare);
  const query = bare.slice(question + 1);
  // A name that is not written out may be written in escapes.
  if (!SECRET.test(query) && !query.includes("%")) return withoutTokens(bare);
  const parameters = query.split("&").map(parameterWithoutSecret);
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
