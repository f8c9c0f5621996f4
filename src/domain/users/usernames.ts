import { DomainError } from "../errors.ts";
import type { Store } from "../store.ts";
import { idOf } from "./users.ts";

/** Letters, digits and `_ - .`, as both vendors' names together need; case does not matter. */
const USERNAME = /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,254}$/;

/** Whether somebody may be called so. */
export const isUsername = (text: string): boolean => USERNAME.test(text);

/** Whose username it is, in any case. */
export async function findUserIdByUsername(
  store: Store,
  username: string,
): Promise<number | undefined> {
  try {
    return await idOf(store, username);
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not-found") return undefined;
    throw error;
  }
}
