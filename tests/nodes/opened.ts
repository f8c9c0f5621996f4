import { afterEach } from "@jest/globals";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import { openStore } from "../../src/domain/open-store.ts";
import type { Store } from "../../src/domain/store.ts";
import { type OwnConnection, ownConnection } from "../../src/storage/postgres/connection.ts";
import { openPostgres } from "../../src/storage/postgres/open.ts";
import { eventually } from "../support/eventually.ts";

export const KEY = signingKey(Buffer.alloc(32, "followd"));

/** Opens nodes and connections on a database, closed when the test is done. */
export function onDatabase() {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  });
  return {
    closing: (each: { close(): Promise<void> }) => void open.push(each),
    /** The rules as a node of its own has them, with as much time for a statement as it takes. */
    node: async (url: string, connections = 6): Promise<Store> => {
      const engine = await openPostgres({ url: patient(url), connections });
      open.push(engine);
      return openStore(engine, KEY);
    },
    /** A connection beside the nodes, for transactions that stay open and for statements by hand. */
    byHand: async (url: string): Promise<ByHand> => {
      const own = await ownConnection({ connectionString: url, application_name: "by hand" });
      open.push(own);
      return new ByHand(own);
    },
  };
}

/** The options of an address stand above those of the program: a busy machine runs into no limit. */
function patient(address: string): string {
  const url = new URL(address);
  url.searchParams.set("options", "-c statement_timeout=0 -c lock_timeout=0");
  return url.href;
}

export class ByHand {
  readonly #own: OwnConnection;

  constructor(own: OwnConnection) {
    this.#own = own;
  }

  async rows<Row>(text: string, ...values: unknown[]): Promise<Row[]> {
    return (await this.#own.send<Row>({ text }, values)).rows;
  }

  /** Runs statements one after the other. */
  async run(...texts: string[]): Promise<void> {
    for (const text of texts) await this.rows(text);
  }

  /** Puts other words into a function of the schema. Throws where it does not have them. */
  async rewrite(name: string, from: string, to: string): Promise<void> {
    const [{ code } = { code: "" }] = await this.rows<{ code: string }>(
      "select pg_get_functiondef($1::regproc) as code",
      name,
    );
    if (!code.includes(from)) throw new Error(`${name} has no ${from}`);
    await this.run(code.replace(from, to));
  }

  /** Resolves when a statement of `who` waits for a lock, or when `work` has ended without. */
  async untilWaiting(work: Promise<unknown>, who = "followd"): Promise<"waits" | "ended"> {
    let ended = false;
    const note = () => {
      ended = true;
    };
    work.then(note, note);
    let waiting = 0;
    await eventually(async () => {
      const [row] = await this.rows<{ count: number }>(
        `select count(*) as count from pg_stat_activity where datname = current_database()
           and application_name = $1 and wait_event_type = 'Lock'`,
        who,
      );
      waiting = row?.count ?? 0;
      return ended || waiting > 0;
    });
    return waiting > 0 ? "waits" : "ended";
  }
}
