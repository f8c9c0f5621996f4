import type { IncomingHttpHeaders } from "node:http";
import { connect, type Socket } from "node:net";
import type { Answered, Wanted } from "./wire.ts";

const NOTHING = Buffer.alloc(0);

/**
 * A client for many thousands of requests, with a quarter of the CPU of node's own. It keeps its
 * connections, has one request at a time on each, and reads what servers in tests send: answers
 * with a length, or without a body.
 */
export class KeptConnections {
  readonly #idle = new Map<string, Connection[]>();

  async ask(url: string, wanted: Wanted): Promise<Answered> {
    const idle = this.#idle.get(url) ?? [];
    this.#idle.set(url, idle);
    let kept = idle.pop();
    while (kept?.isClosed === true) kept = idle.pop();
    // A server may close a kept connection at the moment in which it is used again.
    const answer = await kept?.ask(wanted);
    if (kept !== undefined && answer !== undefined) {
      idle.push(kept);
      return answer;
    }
    const fresh = new Connection(url);
    const first = await fresh.ask(wanted);
    if (first === undefined) throw new Error(`${url} closed the connection without an answer.`);
    idle.push(fresh);
    return first;
  }

  destroy(): void {
    for (const connection of [...this.#idle.values()].flat()) connection.destroy();
    this.#idle.clear();
  }
}

class Connection {
  readonly #host: string;
  readonly #socket: Socket;
  #received: Buffer = NOTHING;
  #isHead = false;
  #settle: ((answer: Answered | undefined) => void) | undefined;
  #fail: ((error: unknown) => void) | undefined;

  constructor(url: string) {
    const { hostname, port, host } = new URL(url);
    this.#host = host;
    this.#socket = connect(Number(port), hostname)
      .setNoDelay()
      .on("data", (part: Buffer) => this.#read(part))
      .on("error", () => undefined)
      .on("close", () => this.#close());
  }

  get isClosed(): boolean {
    return this.#socket.destroyed || this.#socket.readableEnded;
  }

  /** Resolves with the answer, or with undefined when the connection was closed before it. */
  ask({ method, path, headers = {}, body = "" }: Wanted): Promise<Answered | undefined> {
    const lines = Object.entries({
      "user-agent": "x",
      host: this.#host,
      ...headers,
      "content-length": Buffer.byteLength(body),
    }).map(([name, value]) => `${name}: ${String(value)}\r\n`);
    const head = `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
    this.#isHead = method === "HEAD";
    const { promise, resolve, reject } = Promise.withResolvers<Answered | undefined>();
    this.#settle = resolve;
    this.#fail = reject;
    this.#socket.write(
      typeof body === "string" ? head + body : Buffer.concat([Buffer.from(head), body]),
    );
    return promise;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #close(): void {
    if (this.#received.length === 0) this.#settle?.(undefined);
    else this.#fail?.(new Error(`Closed in the middle of an answer: ${this.#received.toString()}`));
  }

  #read(part: Buffer): void {
    this.#received = this.#received.length === 0 ? part : Buffer.concat([this.#received, part]);
    try {
      const answer = answerIn(this.#received, this.#isHead);
      if (answer === undefined) return;
      this.#received = NOTHING;
      this.#settle?.(answer);
    } catch (error) {
      this.#fail?.(error);
    }
  }
}

/** The answer that these bytes are; undefined while some of it is missing. */
function answerIn(bytes: Buffer, isHead: boolean): Answered | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [first = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]);
  const headers = headersIn(lines);
  const start = end + "\r\n\r\n".length;
  const length = isHead || status === 204 || status === 304 ? 0 : lengthIn(headers);
  if (bytes.length < start + length) return undefined;
  if (bytes.length > start + length) throw new Error(`More than one answer: ${bytes.toString()}`);
  return {
    status,
    type: headers["content-type"] ?? "",
    text: bytes.toString("utf8", start),
    headers,
  };
}

function headersIn(lines: readonly string[]): IncomingHttpHeaders {
  const headers: IncomingHttpHeaders = {};
  for (const line of lines) {
    const colon = line.indexOf(": ");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 2);
    if (name === "set-cookie") headers[name] = [...(headers[name] ?? []), value];
    else headers[name] = headers[name] === undefined ? value : `${String(headers[name])}, ${value}`;
  }
  return headers;
}

function lengthIn(headers: IncomingHttpHeaders): number {
  const length = headers["content-length"];
  if (length === undefined)
    throw new Error(`An answer without a length: ${JSON.stringify(headers)}`);
  return Number(length);
}
