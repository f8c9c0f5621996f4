import type { Picture } from "../../domain/profile/avatars.ts";
import { readPicture } from "../../domain/profile/image-files.ts";
import { changeAccount } from "../../domain/users/account-changes.ts";
import { fixedError } from "../http/api-error.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";
import { avatarUrl } from "../presenters/user.ts";

/** The picture that came with a request, or what is wrong with it; undefined where none came. */
export async function pictureIn({ uploads }: Context): Promise<Picture | string | undefined> {
  const upload = uploads.get("avatar");
  return upload === undefined ? undefined : readPicture(upload);
}

export const setUserAvatar: Handler<"setUserAvatar"> = async (_input, context) => {
  const { id } = viewerOf(context);
  const picture = await pictureIn(context);
  if (typeof picture === "string") throw fixedError(400, `Avatar ${picture}`);
  // A null in place of a file takes the picture away.
  const user = await changeAccount(context.store, id, { columns: {}, picture: picture ?? null });
  return { status: 200, body: { avatar_url: avatarUrl(user, context.base) } };
};
