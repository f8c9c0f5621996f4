import { setPassword } from "../../domain/credentials/passwords.ts";
import { endSessions } from "../../domain/credentials/sessions.ts";
import * as emails from "../../domain/profile/emails.ts";
import type { User } from "../../domain/user.ts";
import { validateUser } from "../../domain/users/validate-user.ts";
import type { PageContext } from "../http/context.ts";
import { type Form, fieldOf } from "../http/forms.ts";
import type { FormErrors } from "../views/forms.ts";

/** The fault of a new password that was typed twice; undefined for a good one. */
export async function passwordProblems(
  { store }: PageContext,
  user: User,
  form: Form,
): Promise<FormErrors | undefined> {
  const password = fieldOf(form, "new_password");
  const addresses = (await emails.listByUser(store, user.id)).map(({ email }) => email);
  const locals = addresses.map((each) => each.split("@")[0] ?? "");
  const names = [user.username, user.name, ...addresses, ...locals];
  const wrong = validateUser({ password }, { names, verified: new Set() }).password ?? [];
  if (wrong.length > 0) return { new_password: wrong };
  if (password !== fieldOf(form, "password_again")) {
    return { password_again: ["is not the same as the new password"] };
  }
  return undefined;
}

/** Gives a user a new password, which ends every session but the one that it was changed in. */
export async function changePassword(
  { store, session }: PageContext,
  user: User,
  password: string,
): Promise<void> {
  await setPassword(store, user.id, password);
  await endSessions(store, user.id, session?.userId === user.id ? session.id : undefined);
}
