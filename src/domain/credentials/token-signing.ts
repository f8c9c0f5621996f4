import { createSecretKey, type KeyObject } from "node:crypto";
import type * as Jwt from "jsonwebtoken";
import { require } from "../../require.ts";
import type { TokenRow } from "../credential.ts";
import type { Store } from "../store.ts";

export const ISSUER = "followd";
const MIN_KEY_BYTES = 32;

/** The library that signs statements. Loaded on demand: a start that signs nothing is shorter. */
export const jwt = (): typeof Jwt => require("jsonwebtoken") as typeof Jwt;

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
