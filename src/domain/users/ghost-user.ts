import { eq } from "../../storage/drizzle.ts";
import { DomainError } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import { createAccount, deleteAccount } from "./accounts.ts";
import { findGhostUser, GHOST_NAME, GHOST_USERNAME } from "./find-ghost-user.ts";

/** How many names are tried before the creation of the Ghost User fails. */
const MAX_ATTEMPTS = 100;

async function createGhostUser(store: Store): Promise<number> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const username = attempt === 0 ? GHOST_USERNAME : `${GHOST_USERNAME}${attempt}`;
    try {
      return (await createAccount(store, { username, name: GHOST_NAME, type: "internal" })).id;
    } catch (error) {
      if (!(error instanceof DomainError && error.kind === "conflict")) throw error;
    }
  }
  throw new DomainError("conflict", "taken", "username");
}

/**
 * Deletes a user whose events stay: they become the Ghost User's, who is created for the first of
 * them. Throws `forbidden` for the Ghost User, who can't be deleted.
 */
export async function deleteKeepingEvents(store: Store, id: number): Promise<void> {
  const { events } = store.engine.tables;
  const ghost = await findGhostUser(store);
  if (ghost === id) return deleteAccount(store, id);
  const [event] = await store.engine.query
    .select({ id: events.id })
    .from(events)
    .where(eq(events.authorId, id))
    .limit(1);
  if (event !== undefined) {
    const authorId = ghost ?? (await createGhostUser(store));
    await store.engine.transaction(
      store.engine.query.update(events).set({ authorId }).where(eq(events.authorId, id)),
    );
    invalidate.everything(store);
  }
  await deleteAccount(store, id);
}
