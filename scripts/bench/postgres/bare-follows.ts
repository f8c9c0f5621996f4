import { createRequire } from "node:module";
import type Pg from "pg";

/** What the process is told: a follow's own two statements, and who sends them. */
export interface BareTask {
  readonly url: string;
  readonly statements: readonly { readonly text: string; readonly name: string }[];
  /** Values of each statement in turn, for each caller. */
  readonly values: readonly (readonly (readonly number[])[])[];
  readonly connections: number;
  readonly seconds: number;
}

const require = createRequire(import.meta.url);
const { Client } = require("pg") as typeof Pg;

/** As many callers as values, each with one statement after another, over shared connections. */
async function follow({ url, statements, values, connections, seconds }: BareTask) {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new Client({ connectionString: url, pipeline: true } as Pg.ClientConfig);
      await client.connect();
      return client;
    }),
  );
  const end = performance.now() + seconds * 1000;
  let count = 0;
  const caller = async (mine: readonly (readonly number[])[], place: number) => {
    for (let turn = 0; performance.now() < end; turn += 1) {
      const statement = statements[turn % statements.length];
      const own = mine[turn % mine.length];
      await clients[place % connections]?.query({ ...statement, values: own } as never);
      count += 1;
    }
  };
  await Promise.all(values.map(caller));
  await Promise.all(clients.map((client) => client.end()));
  return count / seconds;
}

process.on("message", (task: BareTask) => {
  void follow(task).then((rate) => process.send?.(rate, () => process.disconnect()));
});
