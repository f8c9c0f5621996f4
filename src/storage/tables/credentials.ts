import { sql } from "../drizzle.ts";
import type { Kit } from "../sqlite/kit.ts";
import { ownedBy, type UsersTable } from "./users.ts";

/** What users sign in and are reached with. */
export function credentialTables(kit: Kit, users: UsersTable) {
  const { table, id, integer, text, flag, milliseconds, isTrue, index, uniqueIndex } = kit;
  const owner = ownedBy(kit, users);

  /** Every address of every user; one per user is primary. */
  const emails = table(
    "emails",
    {
      id: id("id"),
      userId: owner(),
      email: text("email").notNull(),
      primary: flag("is_primary").notNull().default(false),
      visibility: text("visibility", { enum: ["public", "private"] }),
      confirmedAt: milliseconds("confirmed_at"),
      createdAt: milliseconds("created_at").notNull(),
      updatedAt: milliseconds("updated_at").notNull(),
    },
    (table) => [
      // One user has an address; any number may claim it meanwhile.
      uniqueIndex("emails_email")
        .on(sql`lower(${table.email})`)
        .where(sql`confirmed_at is not null or ${isTrue("is_primary")}`),
      uniqueIndex("emails_user_email").on(table.userId, sql`lower(${table.email})`),
      index("emails_address").on(sql`lower(${table.email})`),
      uniqueIndex("emails_primary").on(table.userId).where(isTrue("is_primary")),
    ],
  );

  const sshKeys = table(
    "ssh_keys",
    {
      id: id("id"),
      userId: owner(),
      title: text("title").notNull(),
      // Type and base64 blob, without the comment.
      key: text("key").notNull(),
      comment: text("comment").notNull().default(""),
      fingerprintSha256: text("fingerprint_sha256").notNull(),
      fingerprintMd5: text("fingerprint_md5").notNull(),
      usageType: text("usage_type", { enum: ["auth", "signing", "auth_and_signing"] })
        .notNull()
        .default("auth_and_signing"),
      expiresAt: milliseconds("expires_at"),
      lastUsedAt: milliseconds("last_used_at"),
      createdAt: milliseconds("created_at").notNull(),
      updatedAt: milliseconds("updated_at").notNull(),
    },
    (table) => [
      uniqueIndex("ssh_keys_fingerprint_sha256").on(table.fingerprintSha256),
      index("ssh_keys_user_id").on(table.userId),
    ],
  );

  /** One row per issued token; the text itself is stored nowhere. */
  const tokens = table(
    "tokens",
    {
      id: id("id"),
      // Random. What signs or derives the texts of the few kinds that are shown more than once.
      jti: text("jti").notNull(),
      // SHA-256 of the whole text, in hexadecimal; null in rows of a release that kept none, until
      // the first start with the signing key.
      tokenHash: text("token_hash"),
      tokenLastEight: text("token_last_eight"),
      // The first token of a chain of rotations; null for a token that was never rotated.
      familyId: integer("family_id"),
      userId: owner(),
      kind: text("kind", {
        enum: ["personal", "impersonation", "site_admin_impersonation", "private"],
      })
        .notNull()
        .default("personal"),
      name: text("name").notNull(),
      description: text("description"),
      // Space-separated words of both vendors.
      scopes: text("scopes").notNull(),
      // Space-separated `permission:level` words; null for a classic token.
      permissions: text("permissions"),
      issuedAt: integer("issued_at").notNull(),
      expiresAt: integer("expires_at"),
      lastUsedAt: milliseconds("last_used_at"),
      revokedAt: milliseconds("revoked_at"),
      createdById: integer("created_by_id"),
      createdAt: milliseconds("created_at").notNull(),
      updatedAt: milliseconds("updated_at").notNull(),
    },
    (table) => [
      uniqueIndex("tokens_token_hash").on(table.tokenHash),
      index("tokens_family_id").on(table.familyId).where(sql`family_id is not null`),
      index("tokens_user_id").on(table.userId),
      // One for each user, to be made again where it was revoked.
      uniqueIndex("tokens_private")
        .on(table.userId)
        .where(sql`kind = 'private' and revoked_at is null`),
    ],
  );

  /** Links that were sent by mail, as SHA-256 of their secret part. */
  const mailedLinks = table(
    "mailed_links",
    {
      digest: text("digest").primaryKey(),
      userId: owner(),
      purpose: text("purpose", { enum: ["confirm_email", "reset_password"] }).notNull(),
      email: text("email").notNull(),
      expiresAt: milliseconds("expires_at").notNull(),
    },
    (table) => [index("mailed_links_user_id").on(table.userId)],
  );

  return { emails, sshKeys, tokens, mailedLinks };
}
