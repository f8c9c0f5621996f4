import { createHash, createHmac, createSecretKey, generateKeyPairSync } from "node:crypto";
import { crc32 } from "node:zlib";
import { beforeEach, describe, expect, it } from "@jest/globals";
import type SqliteConnection from "better-sqlite3";
import jwt from "jsonwebtoken";
import type { TokenRow } from "../../../src/domain/credential.ts";
import { authenticateToken } from "../../../src/domain/credentials/authenticate-token.ts";
import { hashLegacyTokens } from "../../../src/domain/credentials/legacy-tokens.ts";
import { scopesFrom } from "../../../src/domain/credentials/scopes.ts";
import { page } from "../../../src/domain/credentials/token-queries.ts";
import { signingKey, signToken } from "../../../src/domain/credentials/token-signing.ts";
import { shownTokenText } from "../../../src/domain/credentials/token-text.ts";
import * as tokens from "../../../src/domain/credentials/tokens.ts";
import { invalidate } from "../../../src/domain/invalidation.ts";
import type { Store } from "../../../src/domain/store.ts";
import * as states from "../../../src/domain/users/account-states.ts";
import * as accounts from "../../../src/domain/users/accounts.ts";
import { eq } from "../../../src/storage/drizzle.ts";
import { DuplicateKeyError } from "../../../src/storage/errors.ts";
import { files, opener, rows, users } from "../../storage/opened.ts";

const file = files();
const open = opener();

const NOW = Date.UTC(2026, 10, 21);
const SECRET = Buffer.alloc(32, "followd");
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

type Claims = Record<string, unknown>;

let now = NOW;
let store: Store;
/** A token of user 1 that never ends, and one that does in an hour. */
let text: string;
let row: TokenRow;
let expiring: string;

/** A token as releases before opaque ones left it: signed, and without a hash in its row. */
async function issueLegacy(userId: number, more: Partial<tokens.NewToken> = {}) {
  const [, made] = await issue(userId, more);
  const { engine } = store;
  await engine.transaction(
    engine.query
      .update(engine.tables.tokens)
      .set({ tokenHash: null, tokenLastEight: null })
      .where(eq(engine.tables.tokens.id, made.id)),
  );
  await hashLegacyTokens(store);
  return [signToken(store, made), made] as const;
}

const OF_ONE = { userId: 1, name: "test", scopes: ["user"] };
const KINDS: [Partial<tokens.NewToken>, RegExp][] = [
  [{}, /^ghp_[0-9A-Za-z]{36}$/],
  [{ scopes: [], permissions: ["followers:read"] }, /^github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}$/],
  [{ form: "gitlab" }, /^glpat-[\w-]{20}$/],
  [{ kind: "impersonation" }, /^glpat-[\w-]{20}$/],
  [{ kind: "site_admin_impersonation" }, /^gho_[0-9A-Za-z]{36}$/],
  [{ kind: "private" }, /^[\w-]{20}$/],
];

const issue = (userId: number, more: Partial<tokens.NewToken> = {}) =>
  tokens.issue(store, { userId, name: "test", scopes: ["user"], ...more });
const claimsOf = (token: string) => jwt.decode(token) as Claims;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Signs anything, as the holder of the key could. */
function signed(header: unknown, payload: unknown, secret: Buffer = SECRET): string {
  const body = `${part(header)}.${part(payload)}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}
const HEADER = { alg: "HS256", typ: "JWT" };

beforeEach(async () => {
  now = NOW;
  store = open.store({ clock: () => now });
  await users(store, 2);
  [text, row] = await issueLegacy(1);
  [expiring] = await issueLegacy(1, { expiresAt: NOW / 1000 + 3600 });
});

describe("a signed token of an older release that is refused", () => {
  const without = (claims: Claims, name: string) => {
    const { [name]: _, ...rest } = claims;
    return rest;
  };
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicPem = rsa.publicKey.export({ type: "spki", format: "pem" });

  const attacks: [string, (genuine: string, claims: Claims) => string | Promise<string>][] = [
    ["is empty", () => ""],
    ["is garbage", () => "no.token.at-all"],
    ["is no more than dots", () => ".."],
    ["is the start of a token", (genuine) => genuine.slice(0, -1)],
    ["is a token and more", (genuine) => `${genuine}A`],
    ["is a token with a fourth part", (genuine) => `${genuine}.e30`],
    ["is a token and a line break", (genuine) => `${genuine}\n`],
    ["is a token and padding", (genuine) => `${genuine}=`],
    ["has a NUL", (genuine) => `${genuine}\0`],
    [
      "has alg none and no signature",
      (_, claims) => `${part({ ...HEADER, alg: "none" })}.${part(claims)}.`,
    ],
    ["has alg None", (_, claims) => `${part({ ...HEADER, alg: "None" })}.${part(claims)}.`],
    ["has alg none and our signature", (_, claims) => signed({ ...HEADER, alg: "none" }, claims)],
    ["has no alg", (_, claims) => signed({ typ: "JWT" }, claims)],
    ["is signed by HS384", (_, claims) => jwt.sign(claims, SECRET, { algorithm: "HS384" })],
    ["is signed by HS512", (_, claims) => jwt.sign(claims, SECRET, { algorithm: "HS512" })],
    [
      "is signed by a private key",
      (_, claims) => jwt.sign(claims, rsa.privateKey, { algorithm: "RS256" }),
    ],
    ["is signed by a public key", (_, claims) => signed(HEADER, claims, Buffer.from(publicPem))],
    ["is signed by another key", (_, claims) => signed(HEADER, claims, Buffer.alloc(32, 7))],
    ["is signed by an empty key", (_, claims) => signed(HEADER, claims, Buffer.alloc(0))],
    ["has a signature with one bit turned", (genuine) => turned(genuine, genuine.length - 10)],
    ["has a signature in another spelling", (genuine) => respelled(genuine)],
    ["has a payload with one bit turned", (genuine) => turned(genuine, 60)],
    ["is of another issuer", (_, claims) => signed(HEADER, { ...claims, iss: "another" })],
    ["is of several issuers", (_, claims) => signed(HEADER, { ...claims, iss: ["followd"] })],
    ["has no issuer", (_, claims) => signed(HEADER, without(claims, "iss"))],
    ["has no sub", (_, claims) => signed(HEADER, without(claims, "sub"))],
    ["has a number for a sub", (_, claims) => signed(HEADER, { ...claims, sub: 1 })],
    ["has another's sub", (_, claims) => signed(HEADER, { ...claims, sub: "2" })],
    ["has no jti", (_, claims) => signed(HEADER, without(claims, "jti"))],
    [
      "has an unknown jti",
      (_, claims) => signed(HEADER, { ...claims, jti: "AAAAAAAAAAAAAAAAAAAA" }),
    ],
    ["has a list of jtis", (_, claims) => signed(HEADER, { ...claims, jti: [claims.jti] })],
    [
      "has another's jti",
      async (_, claims) => signed(HEADER, { ...claims, jti: await anothersJti() }),
    ],
    ["has no iat", (_, claims) => signed(HEADER, without(claims, "iat"))],
    ["has a text for an iat", (_, claims) => signed(HEADER, { ...claims, iat: "now" })],
    ["has a later iat", (_, claims) => signed(HEADER, { ...claims, iat: NOW / 1000 + 60 })],
    [
      "has an end that its row has not",
      (_, claims) => signed(HEADER, { ...claims, exp: NOW / 1000 + 9 }),
    ],
    ["has no end and its row has one", () => signed(HEADER, without(claimsOf(expiring), "exp"))],
    ["has a later end than its row", () => signed(HEADER, { ...claimsOf(expiring), exp: 9e9 })],
    ["begins later", (_, claims) => signed(HEADER, { ...claims, nbf: NOW / 1000 + 60 })],
    ["has a claim more", (_, claims) => signed(HEADER, { ...claims, admin: true })],
    ["has an audience", (_, claims) => signed(HEADER, { ...claims, aud: "followd" })],
    [
      "has its claims in another order",
      (_, claims) => signed(HEADER, Object.fromEntries(Object.entries(claims).reverse())),
    ],
    ["has a text for its claims", () => signed(HEADER, "followd")],
    ["has a list for its claims", (_, claims) => signed(HEADER, [claims])],
    ["has nothing for its claims", () => signed(HEADER, null)],
    ["has a critical extension", (_, claims) => signed({ ...HEADER, crit: ["b64"] }, claims)],
    ["has a critical extension of none", (_, claims) => signed({ ...HEADER, crit: [] }, claims)],
    ["is of another type", (_, claims) => signed({ ...HEADER, typ: "at+jwt" }, claims)],
    ["is of no type", (_, claims) => signed({ alg: "HS256" }, claims)],
    [
      "brings its key along",
      (_, claims) =>
        signed({ ...HEADER, jwk: createSecretKey(SECRET).export({ format: "jwk" }) }, claims),
    ],
    [
      "says where its key is",
      (_, claims) => signed({ ...HEADER, jku: "https://x.test/k" }, claims),
    ],
    ["names its key", (_, claims) => signed({ ...HEADER, kid: "../../dev/null" }, claims)],
    [
      "has the parts of its header turned round",
      (_, claims) => signed({ typ: "JWT", alg: "HS256" }, claims),
    ],
    [
      "is longer than any of ours",
      (_, claims) => signed(HEADER, { ...claims, x: "x".repeat(200) }),
    ],
    ["is a mebibyte long", () => `${"A".repeat(2 ** 20)}.A.A`],
  ];

  async function anothersJti(): Promise<string> {
    const [, { jti }] = await issueLegacy(2);
    return jti;
  }

  function turned(token: string, place: number): string {
    const changed = token[place] === "A" ? "B" : "A";
    return token.slice(0, place) + changed + token.slice(place + 1);
  }

  /** 32 bytes leave two bits of the last digit unused: four spellings mean the same bytes. */
  function respelled(token: string): string {
    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = digits.indexOf(token.at(-1) ?? "");
    const other = token.slice(0, -1) + digits[last ^ 1];
    const bytes = (each: string) => Buffer.from(each.split(".")[2] ?? "", "base64url");
    expect(bytes(other)).toEqual(bytes(token));
    return other;
  }

  it.each(attacks)("%s", async (_, forge) => {
    const forged = await forge(text, claimsOf(text));
    expect(forged).not.toBe(text);
    expect(await authenticateToken(store, forged)).toBeUndefined();
    // The genuine one opens, and even when it is remembered the forged one does not.
    expect(await authenticateToken(store, text)).toMatchObject({
      user: { id: 1 },
    });
    expect(await authenticateToken(store, forged)).toBeUndefined();
    expect(store.credentials.size).toBe(1);
  });

  it("has expired, at the very second and when it is remembered", async () => {
    now = NOW + 3_599_999;
    expect(await authenticateToken(store, expiring)).toBeDefined();
    now = NOW + 3_600_000;
    expect(await authenticateToken(store, expiring)).toBeUndefined();
    store.credentials.clear();
    expect(await authenticateToken(store, expiring)).toBeUndefined();
  });

  it("was revoked, at once", async () => {
    expect(await authenticateToken(store, text)).toBeDefined();
    await tokens.revoke(store, row.id);
    expect(await authenticateToken(store, text)).toBeUndefined();
    await expect(tokens.revoke(store, row.id)).rejects.toMatchObject({ kind: "not-found" });
    expect(await authenticateToken(store, expiring)).toBeDefined();
  });

  it("was revoked, while it was being looked up", async () => {
    const [holder] = await Promise.all([
      authenticateToken(store, text),
      tokens.revoke(store, row.id),
      authenticateToken(store, text),
    ]);
    expect(holder).toBeDefined();
    expect(await authenticateToken(store, text)).toBeUndefined();
  });

  it("was revoked by another process", async () => {
    const name = file("revoked.db");
    const here = open.store({ file: name, clock: () => now });
    await users(here, 1);
    const [token] = await tokens.issue(here, { userId: 1, name: "test", scopes: [] });
    expect(await authenticateToken(here, token)).toBeDefined();
    await nextTurn();
    open.connection(name).exec("update tokens set revoked_at = 1");
    await invalidate.catchUp(here);
    expect(await authenticateToken(here, token)).toBeUndefined();
  });

  it("belongs to a deleted user", async () => {
    expect(await authenticateToken(store, text)).toBeDefined();
    await accounts.deleteAccount(store, 1);
    expect(await authenticateToken(store, text)).toBeUndefined();
  });

  it("is refused for the id of no user", async () => {
    await expect(issue(99)).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("a token", () => {
  it("tells who holds it, and what they may do", async () => {
    const [fine] = await issue(2, { scopes: [], permissions: ["followers:read"] });
    expect(await authenticateToken(store, text)).toMatchObject({
      user: { id: 1, username: "user-1", admin: false, state: "active" },
      scopes: new Set(["user"]),
      permissions: null,
    });
    expect(await authenticateToken(store, fine)).toMatchObject({
      scopes: new Set(),
      permissions: new Set(["followers:read"]),
    });
  });

  it("shows on the next request that its holder is suspended, renamed or promoted", async () => {
    const user = async () => (await authenticateToken(store, text))?.user;
    await user();
    await states.suspend(store, 1);
    expect(await user()).toMatchObject({ state: "blocked" });
    await states.unsuspend(store, 1);
    await accounts.updateAccount(store, 1, { username: "mona" });
    expect(await user()).toMatchObject({ state: "active", username: "mona", admin: false });
    await accounts.updateAccount(store, 1, { admin: true });
    expect(await user()).toMatchObject({ admin: true });
    await accounts.updateAccount(store, 1, { admin: false });
    expect(await user()).toMatchObject({ admin: false });
  });

  it("is stored nowhere in any form: its hash and its last eight characters are", async () => {
    const texts = [
      text,
      ...(await Promise.all(
        KINDS.map(async ([wanted]) => (await tokens.issue(store, { ...OF_ONE, ...wanted }))[0]),
      )),
    ];
    const tables = rows<string>(
      store.engine,
      "select name from sqlite_master where type = 'table'",
    );
    const everything = JSON.stringify(
      tables.map((name) => rows(store.engine, `select * from "${name}"`)),
    );
    for (const each of texts) {
      expect(everything).toContain(createHash("sha256").update(each).digest("hex"));
      expect(everything).toContain(JSON.stringify(each.slice(-8)));
      expect(everything).not.toContain(each.slice(-12));
    }
    expect(everything).not.toContain(SECRET.toString());
  });

  it.each(KINDS)("looks as the vendor's do: %j", async (wanted, form) => {
    const [made, { tokenLastEight, tokenHash }] = await tokens.issue(store, {
      ...OF_ONE,
      ...wanted,
    });
    expect(made).toMatch(form);
    expect(tokenLastEight).toBe(made.slice(-8));
    expect(tokenHash).toBe(createHash("sha256").update(made).digest("hex"));
    expect((await authenticateToken(store, made))?.user.id).toBe(1);
    expect(await authenticateToken(store, made.slice(0, -1))).toBeUndefined();
    expect(await authenticateToken(store, made.toUpperCase())).toBeUndefined();
    const again = await tokens.issue(store, { ...OF_ONE, ...wanted, userId: 2 });
    expect(again[0]).not.toBe(made);
  });

  it("has GitHub's checksum", async () => {
    // Digits 0-9A-Za-z of the CRC-32 of the thirty random characters, which zlib computes too.
    const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (let each = 0; each < 20; each += 1) {
      const [made] = await tokens.issue(store, OF_ONE);
      const [random, sum] = [made.slice(4, 34), made.slice(34)];
      const value = Array.from(sum).reduce((all, digit) => all * 62 + digits.indexOf(digit), 0);
      expect(value).toBe(crc32(random));
    }
  });

  it("has the text that a seed gives it", async () => {
    const [made] = await tokens.issue(store, { ...OF_ONE, text: "test_octocat" });
    expect(made).toBe("test_octocat");
    expect((await authenticateToken(store, "test_octocat"))?.user.id).toBe(1);
    await expect(tokens.issue(store, { ...OF_ONE, text: "test_octocat" })).rejects.toThrow(
      DuplicateKeyError,
    );
  });

  it("is shown again where its vendor shows it again, signed ones of older releases too", async () => {
    const kinds = ["private", "site_admin_impersonation"] as const;
    for (const kind of kinds) {
      const [made, fresh] = await tokens.issue(store, { ...OF_ONE, kind });
      expect(shownTokenText(store, fresh)).toBe(made);
    }
    const [old, { id }] = await issueLegacy(2, { kind: "private" });
    const [kept] = (await tokens.listByUser(store, 2)).filter((each) => each.id === id);
    expect(shownTokenText(store, kept as TokenRow)).toBe(old);
    expect((await authenticateToken(store, old))?.user.id).toBe(2);
  });

  it("is not made with a key that can be guessed", () => {
    expect(() => signingKey(Buffer.alloc(31))).toThrow("31 bytes; 32 are needed");
    expect(() => signingKey(Buffer.alloc(32))).not.toThrow();
  });

  it("is not made with unknown scopes", () => {
    expect(() => scopesFrom(["user", "root"])).toThrow(
      expect.objectContaining({ kind: "invalid" }),
    );
    expect(scopesFrom(["user", "repo", "user"])).toEqual(["repo", "user"]);
  });

  it("is listed while it counts, oldest first", async () => {
    const [, another] = await issue(2);
    expect((await tokens.listByUser(store, 1)).map(({ id }) => id)).toEqual([1, 2]);
    const all = async () => {
      const { rows } = await page(store, { revoked: false }, { offset: 0, limit: 100 });
      return rows.map(({ id }) => id);
    };
    expect(await all()).toEqual([1, 2, another.id]);
    await tokens.revoke(store, 1);
    expect((await tokens.listByUser(store, 1)).map(({ id }) => id)).toEqual([2]);
    expect(await all()).toEqual([2, another.id]);
  });
});

describe("the last use of a token", () => {
  const MINUTE = 60_000;
  const lastUsed = () => rows(store.engine, "select last_used_at from tokens where id = 1")[0];

  /** Uses it, and lets what that wrote reach the file. */
  async function use(): Promise<void> {
    expect(await authenticateToken(store, text)).toBeDefined();
    await nextTurn();
  }

  it("is written down at most once in ten minutes", async () => {
    expect(lastUsed()).toBeNull();
    await use();
    expect(lastUsed()).toBe(NOW);
    now = NOW + 10 * MINUTE - 1;
    await use();
    store.credentials.clear();
    await use();
    expect(lastUsed()).toBe(NOW);
    now = NOW + 10 * MINUTE;
    await use();
    expect(lastUsed()).toBe(now);
  });

  it("is not written down for a token that is refused", async () => {
    await authenticateToken(store, `${text}A`);
    await nextTurn();
    await tokens.revoke(store, row.id);
    await authenticateToken(store, text);
    await nextTurn();
    expect(lastUsed()).toBeNull();
  });

  it("keeps no caller waiting for another program's lock, and is tried again a second later", async () => {
    const name = file("use.db");
    // A use that waited for the lock would outlast the test.
    store = open.store({ file: name, clock: () => now, busyTimeout: 600_000 });
    await users(store, 1);
    [text] = await issue(1);
    const other: SqliteConnection.Database = open.connection(name);
    other.exec("BEGIN IMMEDIATE");
    await use();
    other.exec("ROLLBACK");
    now += 999;
    await use();
    expect(lastUsed()).toBeNull();
    now += 1;
    await use();
    expect(lastUsed()).toBe(now);
  });
});
