import { disable } from "../people/two-factor.ts";
import { userOf } from "./users.ts";
import { adminOf, type Handler } from "./wire/context.ts";
import { decided, forbidden } from "./wire/refusal.ts";

const ADMINS =
  "Two-factor authentication for admins cannot be disabled via the API. Use the Rails console";

export const disableTwoFactor: Handler<"disableTwoFactor"> = async ({ path }, context) => {
  adminOf(context);
  const user = await userOf(context, path.id);
  if (user.admin) throw forbidden(ADMINS);
  if (!(await disable(context.people, user.id))) {
    const reason = "Two-factor authentication is not enabled for this user";
    throw decided(400, `400 Bad request - ${reason}`);
  }
  return { status: 204 };
};
