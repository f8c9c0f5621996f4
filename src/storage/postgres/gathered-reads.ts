import type { Result, Send, StatementConfig } from "./lanes.ts";

interface Caller {
  readonly values: readonly number[];
  readonly resolve: (result: Result<never>) => void;
  readonly reject: (error: unknown) => void;
}

interface Group {
  readonly config: StatementConfig;
  readonly callers: Caller[];
}

/**
 * Sends lookups of one name that are asked for together as one statement: a statement costs both
 * sides many times what a row of it does. A lookup is sent after it was asked for, as ever; one that
 * fails fails those that went with it. Values that are no whole numbers go alone.
 */
export class GatheredReads {
  readonly #send: Send;
  readonly #names = new Set<string>();
  readonly #texts = new Map<string, string>();
  #waiting = new Map<string, Group>();

  constructor(send: Send) {
    this.#send = send;
  }

  /** Says that statements of this name are lookups by whole numbers, with rows as arrays. */
  gather(name: string): void {
    this.#names.add(name);
  }

  send: Send = <Row>(config: StatementConfig, values: unknown[] = []): Promise<Result<Row>> => {
    const { name } = config;
    const isLookup = name !== undefined && this.#names.has(name);
    if (!isLookup || !values.every(Number.isSafeInteger)) return this.#send<Row>(config, values);
    return new Promise((resolve, reject) => {
      // Runs once all who were woken together have asked.
      if (this.#waiting.size === 0) process.nextTick(() => this.#sendAll());
      const group = this.#waiting.get(name) ?? { config, callers: [] };
      group.callers.push({ values: values as number[], resolve, reject });
      this.#waiting.set(name, group);
    });
  };

  #sendAll(): void {
    const groups = this.#waiting;
    this.#waiting = new Map();
    for (const [name, { config, callers }] of groups) {
      const [first] = callers;
      if (first !== undefined && callers.length === 1) {
        this.#send<never>(config, [...first.values]).then(first.resolve, first.reject);
      } else {
        void this.#sendGroup(name, config, callers);
      }
    }
  }

  async #sendGroup(name: string, config: StatementConfig, callers: Caller[]): Promise<void> {
    const count = callers[0]?.values.length ?? 0;
    try {
      const text = this.#textOf(name, config.text, count);
      const lists = Array.from(
        { length: count },
        (_, at) => `{${callers.map(({ values }) => values[at]).join()}}`,
      );
      const { rows, command } = await this.#send<[place: number, ...row: unknown[]]>(
        { ...config, name: `${name}, gathered`, text },
        lists,
      );
      // Each caller says what its own rows are.
      const found: never[][] = callers.map(() => []);
      for (const [place, ...row] of rows) found[place - 1]?.push(row as never);
      for (const [at, { resolve }] of callers.entries()) {
        const own = found[at] ?? [];
        resolve({ rows: own, rowCount: own.length, command });
      }
    } catch (error) {
      for (const { reject } of callers) reject(error);
    }
  }

  /** The statement once for each place of lists of its values. */
  #textOf(name: string, text: string, count: number): string {
    let known = this.#texts.get(name);
    if (known === undefined) {
      const places = Array.from({ length: count }, (_, at) => at + 1);
      const lists = places.map((at) => `$${at}::bigint[]`).join();
      const names = places.map((at) => `v${at}`).join();
      const one = text.replace(/\$(\d+)/g, "asked.v$1");
      // `offset 0` keeps the plan of the lookup for each place; a join might read the whole table.
      known = `select asked.place, found.*
        from unnest(${lists}) with ordinality as asked(${names}, place)
        cross join lateral (select * from (${one}) as one offset 0) as found`;
      this.#texts.set(name, known);
    }
    return known;
  }
}
