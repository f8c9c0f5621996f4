import { createSecretKey, type KeyObject } from "node:crypto";
import { createRequire } from "node:module";
import type * as Jwt from "jsonwebtoken";
import type { TokenRow } from "../credential.ts";
import type { Store } from "../store.ts";

const ISSUER = "followd";
const MIN_KEY_BYTES = 32;

/** `require` loads on demand: a start that signs no token is shorter without the library. */
const require = createRequire(import.meta.url);
let loaded: typeof Jwt | undefined;

/** The library that signs statements: sessions, mailed links, tokens of older releases. */
export function jwt(): typeof Jwt {
  loaded ??= require("jsonwebtoken") as typeof Jwt;
  return loaded;
}

/** The key that signs tokens. Throws when it is too short to be safe. */
export function signingKey(secret: Buffer): KeyObject {
  if (secret.length < MIN_KEY_BYTES) {
    throw new Error(`The signing key has ${secret.length} bytes; ${MIN_KEY_BYTES} are needed.`);
  }
  return createSecretKey(secret);
}

/** A token as releases before opaque ones wrote it: the same text from the same row, every time. */
export function signToken(store: Store, token: TokenRow): string {
  const claims = {
    iss: ISSUER,
    sub: String(token.userId),
    jti: token.jti,
    iat: token.issuedAt,
    ...(token.expiresAt === null ? {} : { exp: token.expiresAt }),
  };
  return jwt().sign(claims, store.key, { algorithm: "HS256" });
}
