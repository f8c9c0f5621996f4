import type { IncomingHttpHeaders } from "node:http";
import { withoutSecrets } from "../http/access-log.ts";
import type { Exchange } from "../http/dialect.ts";
import { faultOf } from "./faults.ts";

/** As many requests are remembered, and of an answer as many bytes. */
const MAX_REQUESTS = 500;
const MAX_ANSWER_BYTES = 256 * 1024;
/** Of a request's body, in characters of JSON. */
const MAX_BODY_LENGTH = 64 * 1024;
/** Of all answers of a world together. */
const MAX_BYTES = 16 * 2 ** 20;

/** One answer as it went over the wire. */
export interface Answer {
  method: string;
  /** Path and query below the API's base. */
  path: string;
  status: number;
  contentType: string | undefined;
  body: string;
}

export interface Entry {
  number: number;
  time: string;
  path: string;
  dialect: string;
  operation: string | null;
  /** The caller's username; null for an anonymous one. */
  user: string | null;
  /** Names in small letters; without credentials. */
  headers: Readonly<Record<string, string>>;
  /** The body as it was read, without secrets; null where there was none. */
  body: unknown;
  fault: string | null;
  answer: Answer;
  /** The body was too long to be kept. */
  isCut: boolean;
}

/** What was asked and answered, newest last. */
export class RequestLog {
  readonly #clock: () => number;
  #entries: Entry[] = [];
  #last = 0;
  #bytes = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The entries after a number. */
  after(number: number): Entry[] {
    return this.#entries.filter((entry) => entry.number > number);
  }

  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
  }

  /** Watches how a request is answered, and writes it down then. */
  note(exchange: Exchange): void {
    const { res } = exchange;
    const time = new Date(this.#clock()).toISOString();
    const body = recordBody(res);
    res.on("close", () => {
      this.#last += 1;
      const entry = entryOf(exchange, this.#last, time, body());
      this.#entries.push(entry);
      this.#bytes += sizeOf(entry);
      while (this.#entries.length > MAX_REQUESTS || this.#bytes > MAX_BYTES) {
        const oldest = this.#entries.shift();
        this.#bytes -= oldest === undefined ? 0 : sizeOf(oldest);
      }
    });
  }
}

const sizeOf = ({ path, answer, headers, body }: Entry): number =>
  2 * path.length + answer.body.length + textLength(headers) + textLength(body);

const textLength = (value: unknown): number => JSON.stringify(value ?? null).length;

const SECRET_NAME = /token|secret|passw|authorization|cookie|otp/i;

function callerOf({ context }: Exchange): string | null {
  const { caller } = (context ?? {}) as { caller?: { user?: { username?: string } } };
  return caller?.user?.username ?? null;
}

function headersWithoutCredentials(headers: IncomingHttpHeaders): Record<string, string> {
  const shown = Object.entries(headers).filter(([name]) => !SECRET_NAME.test(name));
  return Object.fromEntries(shown.map(([name, value]) => [name, String(value)]));
}

/** A body of JSON or of a form, up to MAX_BODY_LENGTH characters of JSON. */
function bodyWithoutSecrets(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Object.keys(body).length === 0) return null;
  const text = JSON.stringify(body, (name, value: unknown) =>
    SECRET_NAME.test(name) ? "[cut]" : value,
  );
  return text.length > MAX_BODY_LENGTH ? "[cut]" : (JSON.parse(text) as unknown);
}

/** Records what is written to a response; returns a function that reads the record. */
function recordBody(res: Exchange["res"]): () => Buffer {
  const parts: Buffer[] = [];
  const hear = (part: unknown) => {
    if (typeof part === "string" || part instanceof Uint8Array) parts.push(Buffer.from(part));
  };
  const write = res.write.bind(res);
  const end = res.end.bind(res);
  res.write = ((part: unknown, ...how: unknown[]) => {
    hear(part);
    return write(part, ...(how as []));
  }) as typeof write;
  res.end = ((part?: unknown, ...how: unknown[]) => {
    hear(part);
    // Node's own `end` writes what it is given by `write` in some cases.
    res.write = write;
    return end(part, ...(how as []));
  }) as typeof end;
  return () => Buffer.concat(parts);
}

function entryOf(exchange: Exchange, number: number, time: string, body: Buffer): Entry {
  const { req, res, dialect, prefix, match } = exchange;
  // The headers are a flat list, which Node keeps only as the text that it sends.
  const { _header: head } = res as typeof res & { _header?: string | null };
  const url = withoutSecrets(req.originalUrl);
  return {
    ...{ number, time, dialect, path: url },
    operation: match?.target.id ?? null,
    user: callerOf(exchange),
    headers: headersWithoutCredentials(req.headers),
    body: bodyWithoutSecrets((req as { body?: unknown }).body),
    fault: faultOf(exchange) ?? null,
    isCut: body.length > MAX_ANSWER_BYTES,
    answer: {
      method: req.method,
      path: url.slice(prefix.length) || "/",
      // A caller that was cut off got no answer at all.
      status: head ? res.statusCode : 0,
      contentType: /^content-type: (.*)$/im.exec(head ?? "")?.[1],
      body: body.length > MAX_ANSWER_BYTES ? "" : body.toString(),
    },
  };
}
