import { and, asc, eq, like } from "../../storage/drizzle.ts";
import { DomainError } from "../errors.ts";
import { invalidate } from "../invalidation.ts";
import type { Store } from "../store.ts";
import { createAccount, deleteAccount } from "./accounts.ts";

const USERNAME = "ghost";
const NAME = "Ghost User";
/** So many names are tried where users have them already. */
const ATTEMPTS = 100;

async function findGhostUser({ engine }: Store): Promise<number | undefined> {
  const { users } = engine.tables;
  const [row] = await engine.query
    .select({ id: users.id })
    .from(users)
    .where(
      and(eq(users.type, "internal"), eq(users.name, NAME), like(users.username, `${USERNAME}%`)),
    )
    .orderBy(asc(users.id))
    .limit(1);
  return row?.id;
}

async function createGhostUser(store: Store): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const username = attempt === 0 ? USERNAME : `${USERNAME}${attempt}`;
    try {
      return (await createAccount(store, { username, name: NAME, type: "internal" })).id;
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
  if (ghost === id) throw new DomainError("forbidden");
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
