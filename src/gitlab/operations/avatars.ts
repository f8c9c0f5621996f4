import { updateAccount } from "../../domain/users/accounts.ts";
import { findUserByPublicEmail } from "../../domain/users/users.ts";
import { fixedError, forbidden } from "../http/api-error.ts";
import { type Handler, viewerOf } from "../http/context.ts";
import { pictureIn } from "../http/uploads.ts";
import { avatarUrl } from "../presenters/user.ts";

/** A picture of no user: an address that no profile shows has it. */
const NO_USER = { id: 0, avatar: null } as const;
/** Pictures are drawn for displays with two points a pixel, as GitLab asks Gravatar for them. */
const PIXELS_PER_POINT = 2;

/** The avatar of the user with that public address, or else the one of no user. */
export const getAvatar: Handler<"getAvatar"> = async ({ query }, context) => {
  const { store, base, viewer, settings } = context;
  if (viewer === undefined && settings.privateMode) throw forbidden("Unauthorized access");
  const user = await findUserByPublicEmail(store, query.email);
  const size = query.size === undefined ? undefined : query.size * PIXELS_PER_POINT;
  return { status: 200, body: { avatar_url: avatarUrl(user ?? NO_USER, base, size) } };
};

export const setUserAvatar: Handler<"setUserAvatar"> = async (_input, context) => {
  const { id } = viewerOf(context);
  const picture = await pictureIn(context);
  if (typeof picture === "string") throw fixedError(400, `Avatar ${picture}`);
  // A null in place of a file takes the picture away.
  const user = await updateAccount(context.store, id, { picture: picture ?? null });
  return { status: 200, body: { avatar_url: avatarUrl(user, context.base) } };
};
