import { and, eq, isNull } from "../../storage/drizzle.ts";
import { DuplicateKeyError } from "../../storage/errors.ts";
import { recordAudit } from "../activity/audit-log.ts";
import type { TokenRow } from "../credential.ts";
import { notFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { shownTokenText } from "./token-text.ts";
import { issue } from "./tokens.ts";

/** All that its owner may do; whether they are an administrator is looked at with each request. */
const SCOPES = ["api", "sudo"];

async function find({ engine }: Store, userId: number): Promise<TokenRow | undefined> {
  const { tokens } = engine.tables;
  const theirs = and(eq(tokens.userId, userId), eq(tokens.kind, "private"));
  const [row] = await engine.query
    .select()
    .from(tokens)
    .where(and(theirs, isNull(tokens.revokedAt)));
  return row;
}

/**
 * The text of a user's private token, as GitLab's third version knew it: one for each user, without
 * an end, and told again whenever it is asked for. It is nowhere stored; it follows from its row and
 * the signing key. A user without one gets one, also after theirs was revoked. Throws `not-found` when
 * the user has gone.
 */
export async function privateTokenOf(store: Store, userId: number): Promise<string> {
  const known = await find(store, userId);
  if (known !== undefined) {
    await recordAudit(store, {
      action: "token.show",
      userId,
      target: { type: "Token", id: known.id, name: known.name },
    });
    return shownTokenText(store, known);
  }
  const newToken = { userId, name: "private token", kind: "private", scopes: SCOPES } as const;
  try {
    const [text] = await issue(store, newToken);
    return text;
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    // Made in the same moment.
    const made = await find(store, userId);
    if (made === undefined) throw notFound("token");
    return shownTokenText(store, made);
  }
}
