import { createHash } from "node:crypto";
import { generateKey } from "openpgp";
import type { TokenRow } from "../../src/domain/credential.ts";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import * as blocks from "../../src/domain/follows/blocks.ts";
import * as follows from "../../src/domain/follows/follows.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import { add as addGpgKey } from "../../src/domain/keys/gpg-keys.ts";
import { and, eq } from "../../src/storage/drizzle.ts";
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
  await fill(here, ids);
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

async function thingsOf({ store }: World, userId: number, gpg: string): Promise<Things> {
  const issue = (kind: TokenRow["kind"]) =>
    tokens.issue(store, { userId, kind, name: "spare", scopes: ["api"] });
  const { id: gpgKey } = await addGpgKey(store, userId, gpg);
  const [, { id: token }] = await issue("personal");
  const [, { id: impersonation }] = await issue("impersonation");
  await issue("site_admin_impersonation");
  const { query, tables } = store.engine;
  const { emails, sshKeys, sshSigningKeys } = tables;
  const [email] = await query
    .select({ id: emails.id })
    .from(emails)
    .where(and(eq(emails.userId, userId), eq(emails.primary, false)));
  const idIn = async (table: typeof sshKeys | typeof sshSigningKeys): Promise<number> => {
    const [row] = await query.select({ id: table.id }).from(table).where(eq(table.userId, userId));
    return row?.id ?? 0;
  };
  const [sshKeyId, signingKey] = [await idIn(sshKeys), await idIn(sshSigningKeys)];
  return {
    ...{ sshKey: sshKeyId, signingKey, gpgKey, email: email?.id ?? 0 },
    ...{ token, impersonation },
  };
}

async function fill({ store }: World, ids: Record<Name, number>): Promise<void> {
  const { engine } = store;
  const { query, tables } = engine;
  const change = (id: number, columns: Partial<typeof tables.users.$inferInsert>) =>
    query.update(tables.users).set(columns).where(eq(tables.users.id, id));
  const times = { createdAt: NOW, updatedAt: NOW };
  for (const [name, id] of Object.entries(ids)) {
    const key = sshKey(id);
    const blob = Buffer.from(key.split(" ")[1] ?? "", "base64");
    const digest = createHash("sha256").update(blob).digest("base64");
    const shown = { userId: id, title: "key", key, fingerprintSha256: fingerprint(digest) };
    const second = `${name}.second@example.test`;
    await engine.transaction(
      change(id, {
        ...{ passwordHash: "HASHMARK", suspendedReason: "REASONMARK", otpSecret: "OTPMARK" },
        ...{ otpEnabledAt: NOW, note: `NOTEMARK of ${name}` },
        ...{ currentSignInIp: `203.0.113.${id}`, lastSignInIp: `198.51.100.${id}` },
      }),
      query.insert(tables.emails).values({ userId: id, email: second, confirmedAt: NOW, ...times }),
      query.insert(tables.sshKeys).values({ ...shown, fingerprintMd5: `md5 of ${name}`, ...times }),
      query.insert(tables.sshSigningKeys).values({ ...shown, createdAt: NOW }),
      query.insert(tables.socialAccounts).values({ userId: id, url: SOCIAL_ACCOUNT }),
      query.insert(tables.customAttributes).values({ userId: id, key: "team", value: "ATTRIBUTE" }),
      query
        .insert(tables.identities)
        .values({ userId: id, provider: "saml", externUid: `uid-${name}`, updatedAt: NOW }),
    );
    if (id === ids.vera) continue;
    if (name !== "kim") await blocks.block(store, id, ids.kim);
    await follows.follow(store, id, ids.vera);
  }
  await follows.follow(store, ids.vera, ids.una);
  const seven = {
    sourceType: "Project",
    sourceId: 7,
    sourceName: "seven",
    accessLevel: 40,
  } as const;
  const link = (purpose: keyof typeof LINKS) => ({
    ...{ userId: ids.una, purpose, email: "una@example.test", expiresAt: NOW + 3_600_000 },
    digest: createHash("sha256").update(LINKS[purpose]).digest("hex"),
  });
  await engine.transaction(
    query.insert(tables.memberships).values({ userId: ids.vera, ...seven }),
    change(ids.petra, { privateProfile: true }),
    ...Object.entries(STATES).map(([name, state]) =>
      change(ids[name as Name], { state, suspendedAt: NOW }),
    ),
    query.insert(tables.mailedLinks).values([link("confirm_email"), link("reset_password")]),
  );
}

export const fingerprint = (digest: string) => `SHA256:${digest.replace(/=$/, "")}`;
