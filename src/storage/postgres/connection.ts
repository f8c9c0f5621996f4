import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import pg from "pg";
import { from } from "pg-copy-streams";
import type { Result, Send, StatementConfig } from "./lanes.ts";
import { bindable, withNumbers } from "./values.ts";

/** Characters of a piece that goes to the database at once. */
const PIECE_CHARACTERS = 2 ** 16;

/** A connection of its own, without limits of time: for imports, moves and exports. */
export interface OwnConnection {
  readonly send: Send;
  /** Writes rows into a table by COPY, as texts in COPY's own form; where `rows` throws, none of them. */
  copy(into: string, rows: Iterable<string>): Promise<void>;
  /** The rows of a query by and by, so many at a time. */
  pages<Row>(text: string, size: number): AsyncGenerator<Row[]>;
  close(): Promise<void>;
}

export async function ownConnection(connection: pg.ClientConfig): Promise<OwnConnection> {
  const client = new pg.Client(connection);
  // A lost connection is told by the statement that is under way.
  client.on("error", () => undefined);
  await client.connect();
  const send: Send = <Row>(config: StatementConfig, values: unknown[] = []) => {
    const query = { ...config, types: withNumbers(pg.types), values: values.map(bindable) };
    const answer: Promise<pg.QueryResult> = client.query(query);
    return answer as Promise<Result<Row>>;
  };
  await send({ text: "set statement_timeout = 0" });
  return {
    send,
    copy: (into, rows) => copyRows(client, into, rows),
    async *pages<Row>(text: string, size: number) {
      await send({ text: `declare pages no scroll cursor for ${text}` });
      for (;;) {
        const { rows } = await send<Row>({ text: `fetch ${size} from pages` });
        if (rows.length > 0) yield rows;
        if (rows.length < size) break;
      }
      await send({ text: "close pages" });
    },
    close: () => client.end(),
  };
}

async function copyRows(client: pg.Client, into: string, rows: Iterable<string>): Promise<void> {
  const stream = client.query(from(`copy ${into} from stdin`));
  const done = finished(stream);
  // Awaited below.
  done.catch(() => undefined);
  let hasFailed = false;
  stream.once("error", () => {
    hasFailed = true;
  });
  try {
    let piece = "";
    for (const row of rows) {
      piece += row;
      if (piece.length < PIECE_CHARACTERS) continue;
      if (!stream.write(piece)) await drained(stream, done);
      // A socket that takes every piece at once would keep this process from all other work.
      await new Promise((resolve) => setImmediate(resolve));
      // The stream throws when it is written to after the server has refused a row.
      if (hasFailed) break;
      piece = "";
    }
    if (!hasFailed) stream.end(piece);
  } catch (error) {
    if (!hasFailed) stream.destroy(error as Error);
    // The next statement would have to wait for the end of this one.
    await done.catch(() => undefined);
    throw error;
  }
  await done;
}

const drained = (stream: Writable, done: Promise<void>): Promise<unknown> =>
  Promise.race([new Promise((resolve) => stream.once("drain", resolve)), done]);

/** A value as COPY's text form has it; https://www.postgresql.org/docs/15/sql-copy.html. */
function copyText(value: string | number | boolean | null): string {
  if (value === null) return "\\N";
  if (typeof value !== "string") return String(value);
  return (bindable(value) as string).replace(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign);
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

export const copyRow = (...values: (string | number | boolean | null)[]): string =>
  `${values.map(copyText).join("\t")}\n`;
