import { disable } from "../../domain/credentials/two-factor.ts";
import { fixedError, forbidden } from "../http/api-error.ts";
import { type Handler, requireAdmin } from "../http/context.ts";
import { userOf } from "./users.ts";

const ADMINS =
  "Two-factor authentication for admins cannot be disabled via the API. Use the Rails console";

export const disableTwoFactor: Handler<"disableTwoFactor"> = async ({ path }, context) => {
  requireAdmin(context);
  const user = await userOf(context, path.id);
  if (user.admin) throw forbidden(ADMINS);
  if (!(await disable(context.store, user.id))) {
    const reason = "Two-factor authentication is not enabled for this user";
    throw fixedError(400, `400 Bad request - ${reason}`);
  }
  return { status: 204 };
};
