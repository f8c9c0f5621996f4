import { ownConnection } from "../../src/storage/postgres/connection.ts";
import { inspections } from "../../src/storage/postgres/inspection.ts";

/** What can be derived from the rest of a database; other inspections are about its server. */
const DERIVED = /^(counters|numbers|triggers and keys)$/;
const CONNECTIONS = 8;

/** Counters, marks and sequences that are not what the rows make them, in lines. */
export async function wrongsIn(connectionString: string): Promise<string[]> {
  const own = await ownConnection({ connectionString });
  try {
    const wrongs: string[] = [];
    for (const { name, find } of inspections(own, CONNECTIONS)) {
      const wrong = DERIVED.test(name) ? await find() : undefined;
      if (wrong !== undefined) wrongs.push(wrong);
    }
    return wrongs;
  } finally {
    await own.close();
  }
}
