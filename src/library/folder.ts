import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createApp } from "../app.ts";
import { openKey } from "../cli/key-file.ts";
import { lockData } from "../cli/server-lock.ts";
import { DEFAULT_SEED } from "../dev/default-seed.ts";
import { hand, plant } from "../dev/seed.ts";
import * as accounts from "../people/accounts.ts";
import { openPeople } from "../people/people.ts";
import { holderOf } from "../people/usernames.ts";
import { idsAfter } from "../people/users.ts";
import { openSqlite } from "../storage/sqlite.ts";
import type { Behind, Wanted } from "./behind.ts";

/** A server on a folder, which is seeded when there is nobody in it. No other server may have it. */
export async function onFolder(wanted: Wanted): Promise<Behind> {
  mkdirSync(wanted.config.data, { recursive: true, mode: 0o700 });
  const lock = lockData(wanted.config, "library");
  try {
    const behind = await open(wanted);
    return {
      ...behind,
      close() {
        behind.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function open({ config, log, seed, clock }: Wanted): Promise<Behind> {
  const { data } = config;
  const file = join(data, "followd.db");
  const key = openKey(config, existsSync(file));
  const db = openSqlite({ file });
  try {
    // What SQLite makes beside a database has the database's mode.
    chmodSync(file, 0o600);
    const people = openPeople(db, key, clock === undefined ? {} : { clock });
    if ((await idsAfter(people, 0, 1)).length === 0) await plant(people, seed ?? DEFAULT_SEED);
    const app = await createApp({ people, config, log });
    app.setReady(true);
    return {
      handler: app.handler,
      async tokenFor(username, scopes) {
        if ((await holderOf(people, username)) === undefined) {
          await accounts.create(people, { username, email: `${username}@example.com` });
        }
        const wanted = scopes === undefined ? { username } : { username, scopes };
        return (await hand(people, wanted)).token;
      },
      reset: async () => {
        throw new Error(`reset() is for servers in memory; this one keeps its data in ${data}.`);
      },
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
