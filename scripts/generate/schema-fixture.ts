// Writes a small database of today's schema as SQL, to tests/fixtures/schema-NNNN.sql, where
// tests/storage/sqlite/upgrade.test.ts finds it. Run it once for each release that changes the schema;
// what lies there already is the past, and stays as it is.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SqliteConnection from "better-sqlite3";
import { page } from "../../src/domain/credentials/token-queries.ts";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import * as blocks from "../../src/domain/follows/blocks.ts";
import * as follows from "../../src/domain/follows/follows.ts";
import * as sshKeys from "../../src/domain/keys/ssh-keys.ts";
import { openStore } from "../../src/domain/open-store.ts";
import * as emails from "../../src/domain/profile/emails.ts";
import type { Store } from "../../src/domain/store.ts";
import * as states from "../../src/domain/users/account-states.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import * as users from "../../src/domain/users/users.ts";
import { migrations } from "../../src/generated/migrations.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";

const NOW = Date.UTC(2026, 10, 21);
const DAY = 86_400;
const ED25519 =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJpaKjO7Q29ie3XykcvaNZbKgl3sQFoqUNdXU72S1G6P mona@laptop";

async function fill(store: Store): Promise<void> {
  const names = ["root", "mona", "hubot", "octocat", "defunkt", "gone", "quiet"];
  const made = new Map<string, number>();
  for (const username of names) {
    const admin = username === "root";
    const user = await accounts.createAccount(store, {
      username,
      admin,
      email: `${username}@example.test`,
    });
    made.set(username, user.id);
  }
  const id = (name: string) => made.get(name) as number;
  for (const name of ["hubot", "octocat", "defunkt", "gone", "quiet"]) {
    await follows.follow(store, id(name), id("mona"));
  }
  for (const name of ["octocat", "hubot", "root"]) {
    await follows.follow(store, id("mona"), id(name));
  }
  await follows.unfollow(store, id("hubot"), id("mona"));
  await follows.follow(store, id("hubot"), id("mona"));
  await blocks.block(store, id("octocat"), id("defunkt"));
  await states.suspend(store, id("quiet"), "Asked for it; isn't here");
  await accounts.deleteAccount(store, id("gone"));
  await accounts.updateAccount(store, id("root"), { username: "Root" });
  await users.changeProfile(store, id("mona"), { bio: "Zażółć 🐙\nline 2", hireable: true });
  await emails.add(store, id("mona"), ["mona@work.test"], { confirmed: false });
  await emails.setVisibility(store, id("mona"), "public");
  await sshKeys.add(store, id("mona"), { title: "laptop", key: ED25519 });
  await issueTokens(store, id("mona"));
}

async function issueTokens(store: Store, userId: number): Promise<void> {
  await tokens.issue(store, { userId, name: "classic", scopes: ["user", "repo"] });
  const expiresAt = NOW / 1000 + 36_500 * DAY;
  await tokens.issue(store, { userId, name: "expiring", scopes: [], expiresAt });
  const permissions = ["followers:read", "followers:write"];
  await tokens.issue(store, { userId, name: "fine-grained", scopes: [], permissions });
  const [, revoked] = await tokens.issue(store, { userId, name: "revoked", scopes: ["user"] });
  await tokens.revoke(store, revoked.id);
}

function literal(value: string | number | null): string {
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** The whole database as statements that make it again. */
function dump(connection: SqliteConnection.Database): string {
  const objects = connection
    .prepare("select type, name, sql from sqlite_master where sql is not null order by rowid")
    .all() as { type: string; name: string; sql: string }[];
  const tables = objects.filter(({ type, name }) => type === "table" && name !== "sqlite_sequence");
  const lines = ["PRAGMA foreign_keys = OFF;", "BEGIN;", ...tables.map(({ sql }) => `${sql};`)];
  for (const name of [...tables.map((table) => table.name), "sqlite_sequence"]) {
    if (name === "sqlite_sequence") lines.push("DELETE FROM sqlite_sequence;");
    for (const row of connection.prepare(`select * from ${name}`).all() as object[]) {
      lines.push(`INSERT INTO ${name} VALUES (${Object.values(row).map(literal).join(", ")});`);
    }
  }
  lines.push(...objects.filter(({ type }) => type !== "table").map(({ sql }) => `${sql};`));
  const version = connection.pragma("user_version", { simple: true }) as number;
  return [...lines, `PRAGMA user_version = ${version};`, "COMMIT;"].join("\n");
}

const root = join(import.meta.dirname, "../..");
const [number = ""] = migrations.at(-1)?.name.split("_") ?? [];
const target = join(root, `tests/fixtures/schema-${number}.sql`);
if (existsSync(target)) {
  console.error(`${target} is there already, and the past does not change.`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "fixture-"));
const file = join(folder, "followd.db");
const engine = openSqlite({ file });
const key = signingKey(Buffer.alloc(32, "followd"));
const store = openStore(engine, key, { clock: () => NOW });
await fill(store);
const kept = await page(store, { revoked: false }, { offset: 0, limit: 100 });
const signed = kept.rows.map(({ id, tokenHash }) => `-- token ${id}: ${tokenHash}\n`);
await engine.close();

const connection = new SqliteConnection(file);
mkdirSync(join(root, "tests/fixtures"), { recursive: true });
writeFileSync(target, `${signed.join("")}${dump(connection)}\n`);
connection.close();
rmSync(folder, { recursive: true });
console.error(`Wrote ${target}.`);
