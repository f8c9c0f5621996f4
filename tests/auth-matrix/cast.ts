import { createHash } from "node:crypto";
import { generateKey } from "openpgp";
import type { TokenRow } from "../../src/domain/credential.ts";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import { add as addGpgKey } from "../../src/domain/keys/gpg-keys.ts";
import type { RawConnection } from "../../src/storage/sqlite/raw-connection.ts";
import { raw } from "../support/raw.ts";
import type { World } from "../support/server.ts";

/** The time at which everything happens, so that two runs write the same. */
export const NOW = Date.UTC(2026, 0, 15, 12);
export const clock = () => NOW;

/** Who there is: two administrators, two ordinary people, and one of every other standing. */
const PEOPLE = [
  ["root", { admin: true }],
  ["ada", { admin: true }],
  ["una", {}],
  ["vera", {}],
  ["petra", {}],
  ["kim", {}],
  ["blake", {}],
  ["bane", {}],
  ["dina", {}],
  ["penny", {}],
] as const;
export type Name = (typeof PEOPLE)[number][0];

const STATES = {
  blake: "blocked",
  bane: "banned",
  dina: "deactivated",
  penny: "blocked_pending_approval",
} as const;

/** What no caller may be told: written into every row, and searched for in answers. */
export const HIDDEN = ["HASHMARK", "OTPMARK", "REASONMARK"];

/** Everyone has the same one. */
export const SOCIAL_ACCOUNT = "https://twitter.com/github";

/** Links that were mailed to una; every holder may use them. */
export const LINKS = { confirm_email: "confirm-link-of-una", reset_password: "reset-link-of-una" };

/** An Ed25519 key whose point is the number; no check asks whether it is on the curve. */
export function sshKey(number: number): string {
  const [type, point] = [Buffer.from("ssh-ed25519"), Buffer.alloc(32, number)];
  const parts = [type, point].flatMap((part) => [Buffer.from([0, 0, 0, part.length]), part]);
  return `ssh-ed25519 ${Buffer.concat(parts).toString("base64")}`;
}

type Things = Record<
  "sshKey" | "signingKey" | "gpgKey" | "email" | "token" | "impersonation",
  number
>;
export type Cast = Awaited<ReturnType<typeof cast>>;

/** Fills a new world: everybody has one of everything, follows vera and blocks kim. */
export async function cast(here: World) {
  const ids = {} as Record<Name, number>;
  for (const [name, more] of PEOPLE) ids[name] = (await here.user(name, more)).id;
  const names = PEOPLE.map(([name]) => name);
  const gpgKeys = await Promise.all(names.map(publicKey));
  raw(here.store.engine, (rows) => fill(rows, ids));
  const things = {} as Record<Name, Things>;
  for (const [place, name] of names.entries()) {
    things[name] = await thingsOf(here, ids[name], gpgKeys[place] ?? "");
  }
  invalidate.everything(here.store);
  return { ids, things, newGpgKey: await publicKey("fresh") };
}

async function publicKey(name: string): Promise<string> {
  return (await generateKey({ type: "ecc", userIDs: [{ name }] })).publicKey;
}

async function thingsOf({ store }: World, userId: number, gpg: string) {
  const issue = (kind: TokenRow["kind"]) =>
    tokens.issue(store, { userId, kind, name: "spare", scopes: ["api"] });
  const { id: gpgKey } = await addGpgKey(store, userId, gpg);
  const [, { id: token }] = await issue("personal");
  const [, { id: impersonation }] = await issue("impersonation");
  await issue("site_admin_impersonation");
  const one =
    (table: string, where = "") =>
    (rows: RawConnection) =>
      (
        rows.prepare(`select id from ${table} where user_id = ? ${where} limit 1`).get(userId) as {
          id: number;
        }
      ).id;
  const email = raw(store.engine, one("emails", "and is_primary = 0"));
  const [sshKeyId, signingKey] = ["ssh_keys", "ssh_signing_keys"].map((table) =>
    raw(store.engine, one(table)),
  ) as [number, number];
  return { sshKey: sshKeyId, signingKey, gpgKey, email, token, impersonation };
}

function fill(rows: RawConnection, ids: Record<Name, number>): void {
  const run = (sql: string, ...values: (string | number | null)[]) =>
    rows.prepare(sql).run(...values);
  for (const [name, id] of Object.entries(ids)) {
    run(
      `update users set password_hash = 'HASHMARK', suspended_reason = 'REASONMARK',
         otp_secret = 'OTPMARK', otp_enabled_at = ?, note = ?, current_sign_in_ip = ?,
         last_sign_in_ip = ? where id = ?`,
      ...[NOW, `NOTEMARK of ${name}`, `203.0.113.${id}`, `198.51.100.${id}`, id],
    );
    run(
      `insert into emails (user_id, email, confirmed_at, created_at, updated_at)
         values (?, ?, ?, ?, ?)`,
      ...[id, `${name}.second@example.test`, NOW, NOW, NOW],
    );
    const key = sshKey(id);
    const blob = Buffer.from(key.split(" ")[1] ?? "", "base64");
    const digest = createHash("sha256").update(blob).digest("base64");
    run(
      `insert into ssh_keys (user_id, title, key, fingerprint_sha256, fingerprint_md5, created_at,
         updated_at) values (?, 'key', ?, ?, ?, ?, ?)`,
      ...[id, key, fingerprint(digest), `md5 of ${name}`, NOW, NOW],
    );
    run(
      `insert into ssh_signing_keys (user_id, title, key, fingerprint_sha256, created_at)
         values (?, 'key', ?, ?, ?)`,
      ...[id, key, fingerprint(digest), NOW],
    );
    run("insert into social_accounts (user_id, url) values (?, ?)", id, SOCIAL_ACCOUNT);
    run("insert into custom_attributes (user_id, key, value) values (?, 'team', 'ATTRIBUTE')", id);
    run(
      `insert into identities (user_id, provider, extern_uid, updated_at)
         values (?, 'saml', ?, ?)`,
      ...[id, `uid-${name}`, NOW],
    );
    if (id === ids.vera) continue;
    if (name !== "kim") run("insert into blocks values (?, ?, ?)", id, ids.kim, NOW / 1000);
    run(
      "insert into follows select ?, ?, value + 1, ?, 0 from follow_sequence",
      ...[id, ids.vera, NOW / 1000],
    );
    run("update follow_sequence set value = value + 1");
  }
  run("insert into follows values (?, ?, 1000, ?, 0)", ids.vera, ids.una, NOW / 1000);
  run("update follow_sequence set value = 1000");
  run(
    `insert into memberships (user_id, source_type, source_id, source_name, access_level)
       values (?, 'Project', 7, 'seven', 40)`,
    ids.vera,
  );
  run("update users set private_profile = 1 where id = ?", ids.petra);
  for (const [name, state] of Object.entries(STATES)) {
    run("update users set state = ?, suspended_at = ? where id = ?", state, NOW, ids[name as Name]);
  }
  for (const [purpose, link] of Object.entries(LINKS)) mail(rows, ids.una, purpose, link);
}

export const fingerprint = (digest: string) => `SHA256:${digest.replace(/=$/, "")}`;

function mail(rows: RawConnection, userId: number, purpose: string, link: string): void {
  const digest = createHash("sha256").update(link).digest("hex");
  rows
    .prepare(
      `insert into mailed_links (digest, user_id, purpose, email, expires_at)
         values (?, ?, ?, 'una@example.test', ?)`,
    )
    .run(digest, userId, purpose, NOW + 3_600_000);
}
