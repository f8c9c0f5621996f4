import type { Picture } from "../../domain/profile/avatars.ts";
import { changeAccount } from "../../domain/users/account-changes.ts";
import { fixedError } from "../http/api-error.ts";
import type { Upload } from "../http/collect-parameters.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";
import { avatarUrl } from "../presenters/user.ts";
import { isPicture, mediaTypeOf } from "../user-input/image-files.ts";

const LARGEST = 204_800;
const EXTENSION = /\.(?:png|jpe?g|gif|bmp|tiff|ico|webp)$/i;

const TOO_BIG = "is too big (should be at most 200 KiB)";
const UNSUPPORTED =
  "file format is not supported. Please try one of the following supported formats: " +
  "png, jpg, jpeg, gif, bmp, tiff, ico, webp";

/** The picture that came with a request, or what is wrong with it; undefined where none came. */
export async function pictureIn({ uploads }: Context): Promise<Picture | string | undefined> {
  const upload = uploads.get("avatar");
  return upload === undefined ? undefined : judged(upload);
}

async function judged({ fileName, bytes }: Upload): Promise<Picture | string> {
  if (bytes.length > LARGEST) return TOO_BIG;
  if (!EXTENSION.test(fileName)) return UNSUPPORTED;
  const mediaType = await mediaTypeOf(bytes);
  if (mediaType === undefined || !(await isPicture(bytes))) return UNSUPPORTED;
  return { fileName: safeName(fileName), mediaType, bytes };
}

/** A name that can stand in a path, as the vendor's library for uploads makes it. */
function safeName(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? "";
  return base
    .replace(/[^A-Za-z0-9.+_-]/g, "_")
    .replace(/^\.+/, "_")
    .slice(-255);
}

export const setUserAvatar: Handler<"setUserAvatar"> = async (_input, context) => {
  const { id } = viewerOf(context);
  const picture = await pictureIn(context);
  if (typeof picture === "string") throw fixedError(400, `Avatar ${picture}`);
  // A null in place of a file takes the picture away.
  const user = await changeAccount(context.store, id, { columns: {}, picture: picture ?? null });
  return { status: 200, body: { avatar_url: avatarUrl(user, context.base) } };
};
