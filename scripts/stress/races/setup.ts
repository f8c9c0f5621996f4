import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultConfig } from "../../../src/config/config.ts";
import * as tokens from "../../../src/domain/credentials/tokens.ts";
import { createAccount } from "../../../src/domain/users/accounts.ts";
import { byUsername } from "../../../src/domain/users/users.ts";
import { openData } from "../../../src/server/data-directory.ts";
import { makeKey } from "../../postgres/key.ts";

export interface Account {
  readonly id: number;
  readonly username: string;
  readonly token: string;
  gone: boolean;
}

export interface Fixture {
  readonly folder: string;
  /** The address of the PostgreSQL database; without it the data are in the folder. */
  readonly database: string | undefined;
  /** What every command needs beside the folder to find the data. */
  readonly flags: readonly string[];
  readonly accounts: Account[];
  /** Of root, who deletes. */
  readonly root: string;
}

/** A new database with so many people in it, each with a token for both dialects. */
export async function build(count: number, database?: string): Promise<Fixture> {
  const folder = mkdtempSync(join(tmpdir(), "followd-races-"));
  if (database !== undefined) makeKey(folder);
  const config = {
    ...defaultConfig,
    data: folder,
    ...(database === undefined ? {} : { database }),
  };
  const { store } = await openData(config, { mayCreate: true });
  const tokenOf = async (userId: number, ...scopes: string[]) =>
    (await tokens.issue(store, { userId, name: "race", scopes }))[0];
  try {
    const accounts: Account[] = [];
    for (let place = 0; place < count; place += 1) {
      const { id, username } = await createAccount(store, { username: `account${place}` });
      accounts.push({ id, username, token: await tokenOf(id, "user", "api"), gone: false });
    }
    const { id } = await byUsername(store, "root");
    const root = await tokenOf(id, "site_admin");
    const flags = database === undefined ? [] : ["--database", database];
    return { folder, database, flags, accounts, root };
  } finally {
    await store.engine.close();
  }
}

export const tearDown = ({ folder }: Fixture) => rmSync(folder, { recursive: true, force: true });
