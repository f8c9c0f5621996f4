import type { Store } from "../store.ts";
import { ISSUER, jwt } from "./token-signing.ts";

const MAX_LENGTH = 1000;

/**
 * What a statement may be used for: a session, a second step after the right password, or a
 * password that has to be changed. One never passes for another, nor for a token.
 */
type Audience = "session" | "second-factor" | "expired-password";

interface Claims {
  /** The user's id. */
  readonly sub: string;
  /** Which row it belongs to. */
  readonly jti?: string;
  /** Where the browser goes afterwards. */
  readonly to?: string;
}

/** A signed text about a user, valid for `lifetime` seconds where that is given. */
export function signStatement(
  store: Store,
  audience: Audience,
  claims: Claims,
  lifetime?: number,
): string {
  const iat = Math.floor(store.clock() / 1000);
  const payload = { ...claims, iat, ...(lifetime === undefined ? {} : { exp: iat + lifetime }) };
  return jwt().sign(payload, store.key, {
    ...{ algorithm: "HS256", issuer: ISSUER, audience },
    header: { alg: "HS256", typ: `followd-${audience}` },
  });
}

/** The content of a text that this server signed for that audience; undefined for any other text. */
export function verifyStatement(
  store: Store,
  audience: Audience,
  text: string,
): Claims | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    const { header, payload } = jwt().verify(text, store.key, {
      ...{ algorithms: ["HS256"], issuer: ISSUER, audience, complete: true },
      clockTimestamp: Math.floor(store.clock() / 1000),
    });
    if (header.typ !== `followd-${audience}` || typeof payload !== "object") return undefined;
    const { sub, jti, to } = payload;
    if (typeof sub !== "string") return undefined;
    return {
      sub,
      ...(typeof jti === "string" ? { jti } : {}),
      ...(typeof to === "string" ? { to } : {}),
    };
  } catch {
    return undefined;
  }
}
