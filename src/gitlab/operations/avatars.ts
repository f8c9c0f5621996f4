import { updateAccount } from "../../domain/users/accounts.ts";
import { fixedError } from "../http/api-error.ts";
import { type Handler, viewerOf } from "../http/context.ts";
import { pictureIn } from "../http/uploads.ts";
import { avatarUrl } from "../presenters/user.ts";

export const setUserAvatar: Handler<"setUserAvatar"> = async (_input, context) => {
  const { id } = viewerOf(context);
  const picture = await pictureIn(context);
  if (typeof picture === "string") throw fixedError(400, `Avatar ${picture}`);
  // A null in place of a file takes the picture away.
  const user = await updateAccount(context.store, id, { picture: picture ?? null });
  return { status: 200, body: { avatar_url: avatarUrl(user, context.base) } };
};
