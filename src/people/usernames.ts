import { PeopleError } from "./errors.ts";
import type { People } from "./people.ts";
import { idOf } from "./users.ts";

/** Letters, digits and `_ - .`, as both vendors' names together need; case does not matter. */
const USERNAME = /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,254}$/;

/** Whether somebody may be called so. */
export const isUsername = (text: string): boolean => USERNAME.test(text);

/** Whose username it is, in any case. */
export async function holderOf(people: People, username: string): Promise<number | undefined> {
  try {
    return await idOf(people, username);
  } catch (error) {
    if (error instanceof PeopleError && error.kind === "not-found") return undefined;
    throw error;
  }
}
