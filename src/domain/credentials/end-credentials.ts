import { and, eq, isNull } from "../../storage/drizzle.ts";
import type { Statement } from "../../storage/engine.ts";
import type { Store } from "../store.ts";
import { deleteSessionsStatement } from "./sessions.ts";

/** What about a user has changed. */
type CredentialChange = "password" | "email" | "second-factor" | "state";

/**
 * What ends with a change of how a user signs in, for the transaction of the change: links that
 * were mailed before, private tokens, which stand for the password, and browsers that are signed
 * in, but for the one that makes the change.
 */
export function endCredentialsStatements(
  store: Store,
  userId: number,
  change: CredentialChange,
): Statement[] {
  const { mailedLinks, tokens } = store.engine.tables;
  const { query } = store.engine;
  const now = store.clock();
  const links = query.delete(mailedLinks).where(eq(mailedLinks.userId, userId));
  const privateTokens = query
    .update(tokens)
    .set({ revokedAt: now, updatedAt: now })
    .where(and(eq(tokens.userId, userId), eq(tokens.kind, "private"), isNull(tokens.revokedAt)));
  const sessions = deleteSessionsStatement(store, userId, store.actor?.sessionId);
  switch (change) {
    case "password":
      return [links, privateTokens, sessions];
    case "email":
      return [links];
    case "second-factor":
      return [privateTokens];
    case "state":
      return [links, sessions];
  }
}
