import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { connect } from "node:net";

export interface Wanted {
  method: string;
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: Buffer | string | undefined;
}

export interface Answered {
  status: number;
  type: string;
  text: string;
  headers: IncomingHttpHeaders;
}

/**
 * One request through an agent, which may keep its connection. A server may close a connection that
 * was kept just as it is used again, and has then read nothing: such a request goes once more, by
 * another connection (https://nodejs.org/api/http.html#requestreusedsocket).
 */
export function ask(url: string, agent: Agent, wanted: Wanted): Promise<Answered> {
  const { method, path, body = "" } = wanted;
  // Node sends no length by itself with methods that seldom have a body.
  const headers = {
    "user-agent": "x",
    ...wanted.headers,
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, path, headers, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        const { statusCode: status = 0, headers: got } = answer;
        const text = Buffer.concat(parts).toString();
        resolve({ status, type: got["content-type"] ?? "", text, headers: got });
      });
      answer.on("error", reject);
    });
    sent.on("error", (error: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && error.code === "ECONNRESET") resolve(ask(url, agent, wanted));
      else reject(error);
    });
    sent.end(body);
  });
}

/**
 * For `catch` behind `ask`: a server may close a kept connection at the moment in which it is used
 * again, and while a body that is too large is sent. Throws everything else.
 */
export function asClosed(error: NodeJS.ErrnoException): Answered {
  if (error.code !== "ECONNRESET" && error.code !== "EPIPE") throw error;
  return { status: 0, type: "", text: "", headers: {} };
}

/** An answer as it came out of a socket. */
export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  status: number;
  head: string;
  body: string;
}

/** Sends exactly these bytes and waits until the other side has closed. */
export function send(
  url: string,
  bytes: string | Buffer,
  { half = false } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => {
      if (half) socket.end(bytes);
      else socket.write(bytes);
    });
    socket.on("data", (part) => parts.push(part));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      const text = Buffer.concat(parts).toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      const head = end === -1 ? text : text.slice(0, end);
      const [, status = "0"] = /^HTTP\/1\.1 (\d{3})/.exec(head) ?? [];
      resolve({ status: Number(status), head, body: end === -1 ? "" : text.slice(end + 4) });
    });
  });
}

/** What no caller may learn: stacks, statements, paths, the names of what we are made of. */
const SECRETS = [
  /\n\s+at /,
  // GitLab's own words for a state that does not fit begin with "Error occurred."
  /\b\w*Error\b(?!"| occurred\.)/,
  /node_modules|node:internal|\.ts\b|\.js\b|file:\/\//,
  /SQLITE|sqlite|\bselect\b.+\bfrom\b|\binsert into\b|\bforeign key\b/i,
  /express|drizzle|\bajv\b|openapi|jsonwebtoken|<!DOCTYPE/i,
  /\/(?:home|usr|tmp|work|etc)\//,
];

/** How each of the server's own pages begins, an error's too; the pages of libraries do not. */
const OWN_PAGE =
  /^<!doctype html>\n<html lang="en">\n[\s\S]{0,500}<title>[^<]{0,200} · followd<\/title>/;
/** What such a page asks for: its own scripts and styles. */
const OWN_FILES = /(?:href|src)="\/-\/assets\/[\w-]{1,64}\/[\w.-]{1,64}"/g;

/** Whether a body is one of the server's own pages. */
export const isOwnPage = (body: string): boolean => OWN_PAGE.test(body);

/** The first of these that a body tells. */
export function secretIn(body: string): RegExp | undefined {
  const told = isOwnPage(body) ? body.replace("<!doctype html>", "").replace(OWN_FILES, "") : body;
  return SECRETS.find((secret) => secret.test(told));
}

/** Whether a body is an error as the vendor writes them. */
export function isRefusal(body: string, status: number): boolean {
  try {
    const { message, documentation_url, status: told } = JSON.parse(body);
    return (
      typeof message === "string" &&
      String(documentation_url).startsWith("https://docs.github.com/") &&
      told === String(status)
    );
  } catch {
    return false;
  }
}
