import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createApp } from "../app.ts";
import { applySeed } from "../dev/apply-seed.ts";
import { DEFAULT_SEED } from "../dev/default-seed.ts";
import { issueToken } from "../dev/seed-tokens.ts";
import { tokenMembers } from "../dev/world.ts";
import { hashLegacyTokens } from "../domain/credentials/legacy-tokens.ts";
import { openStore } from "../domain/open-store.ts";
import * as accounts from "../domain/users/accounts.ts";
import { findUserIdByUsername, idsAfter } from "../domain/users/users.ts";
import { lockData } from "../server/server-lock.ts";
import { openKey } from "../server/signing-key-file.ts";
import { fileMailer } from "../server/undelivered-mail.ts";
import { openSqlite } from "../storage/sqlite/open.ts";
import type { Backend, BackendOptions } from "./backend.ts";

/** A server on a folder, which is seeded when it has no users. No other server may use it. */
export async function openFileBackend(options: BackendOptions): Promise<Backend> {
  mkdirSync(options.config.data, { recursive: true, mode: 0o700 });
  const lock = lockData(options.config, "library");
  try {
    const behind = await open(options);
    return {
      ...behind,
      async close() {
        await behind.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function open({ config, log, seed, clock }: BackendOptions): Promise<Backend> {
  const { data } = config;
  const file = join(data, "followd.db");
  const key = openKey(config, existsSync(file));
  const engine = openSqlite({ file });
  try {
    // What SQLite makes beside a database has the database's mode.
    chmodSync(file, 0o600);
    const store = openStore(engine, key, clock === undefined ? {} : { clock });
    await hashLegacyTokens(store);
    if ((await idsAfter(store, 0, 1)).length === 0) await applySeed(store, seed ?? DEFAULT_SEED);
    const app = await createApp({ store, config, log, undelivered: fileMailer(data) });
    app.setReady(true);
    return {
      handler: app.handler,
      async tokenFor(username, request = {}) {
        if ((await findUserIdByUsername(store, username)) === undefined) {
          await accounts.createAccount(store, { username, email: `${username}@example.com` });
        }
        return (await issueToken(store, { ...tokenMembers(request), username })).token;
      },
      reset: async () => {
        throw new Error(`reset() is for servers in memory; this one keeps its data in ${data}.`);
      },
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
