import { asc, eq, isNull } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";
import { signToken } from "./token-signing.ts";
import { tokenHash, tokenLastEight } from "./token-text.ts";

const BATCH_TOKENS = 500;

/**
 * Fills in the hashes of tokens that a release before opaque ones signed, so that they go on
 * working. Needs the signing key that they were made with. Does nothing the second time.
 */
export async function hashLegacyTokens(store: Store): Promise<void> {
  const { engine } = store;
  const { tokens } = engine.tables;
  for (;;) {
    const rows = await engine.query
      .select()
      .from(tokens)
      .where(isNull(tokens.tokenHash))
      .orderBy(asc(tokens.id))
      .limit(BATCH_TOKENS);
    if (rows.length === 0) return;
    const updates = rows.map((row) => {
      const text = signToken(store, row);
      return engine.query
        .update(tokens)
        .set({ tokenHash: tokenHash(text), tokenLastEight: tokenLastEight(text) })
        .where(eq(tokens.id, row.id));
    });
    await engine.transaction(...updates);
  }
}
