import { createSecretKey, type KeyObject } from "node:crypto";
import { createRequire } from "node:module";
import type * as Jwt from "jsonwebtoken";
import type { TokenRow } from "../credential.ts";
import type { Store } from "../store.ts";

const ISSUER = "followd";
const MIN_KEY_BYTES = 32;

/** Some clients refuse longer ones (GitLab::API::v4 when it is constructed). */
const MAX_TOKEN_LENGTH = 255;

/** `require` loads on demand: a start that signs no token is shorter without the library. */
const require = createRequire(import.meta.url);
let loaded: typeof Jwt | undefined;

function jwt(): typeof Jwt {
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

/** The text of a token that lives: the same signature over the same claims, every time. */
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

/**
 * jsonwebtoken by itself accepts tokens of any type, without a subject, from the future, or with
 * claims that are no object; whatever `signToken` would not write is refused here.
 */
export function claimsOf(store: Store, text: string): { sub: string; jti: string } | undefined {
  if (text.length > MAX_TOKEN_LENGTH) return undefined;
  try {
    const { header, payload } = jwt().verify(text, store.key, {
      algorithms: ["HS256"],
      issuer: ISSUER,
      ignoreExpiration: true,
      complete: true,
    });
    if (header.typ !== "JWT" || "crit" in header || typeof payload !== "object") return undefined;
    const { sub, jti, iat } = payload;
    if (typeof sub !== "string" || typeof jti !== "string" || typeof iat !== "number") return;
    return { sub, jti };
  } catch {
    return undefined;
  }
}
