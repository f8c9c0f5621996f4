import { notFound } from "../../domain/errors.ts";
import { findByUser as pictureOf, type StoredPicture } from "../../domain/profile/avatars.ts";
import { IDENTICON_SIZES, identicon } from "../../domain/profile/identicon.ts";
import { getUserById } from "../../domain/users/users.ts";
import { SerializedBody } from "../../http/handler.ts";
import type { Context, Handler } from "../http/context.ts";

const DEFAULT_SIZE_PX = 420;
/** Move this when the same id gets another picture. */
const DRAWING_VERSION = 1;
// Not longer: the user may put a picture of their own in its place.
const HEADERS = ["Cache-Control", "public, max-age=300", "Access-Control-Allow-Origin", "*"];
// An uploaded picture is shown as a picture, or not at all.
const UPLOADED = [...HEADERS, "Content-Disposition", "inline"];
const SANDBOX = ["Content-Security-Policy", "default-src 'none'; sandbox"];

/** The nearest size that is drawn; what is no number asks for the usual one. */
function sizeOf(text: string | undefined): number {
  const { least, most } = IDENTICON_SIZES;
  const asked = Number.parseInt(text ?? "", 10);
  return Number.isNaN(asked) ? DEFAULT_SIZE_PX : Math.min(most, Math.max(least, asked));
}

const shown = ({ userId, updatedAt, mediaType, bytes }: StoredPicture) => ({
  status: 200 as const,
  tag: `${userId}-${updatedAt}`,
  headers: [...UPLOADED, ...SANDBOX],
  body: () => new SerializedBody<string>(bytes, [], mediaType),
});

/** The number of no user, whose picture addresses without a user have. */
const NO_USER = 0;

/** In private mode anonymous callers don't learn which users exist: every number has a picture. */
async function uploadedBy({ store, privateMode }: Context, id: number) {
  if (id === NO_USER) return undefined;
  // Pictures are fetched without a credential, so in private mode every caller is anonymous.
  if (privateMode || (await getUserById(store, id)).avatar === null) return undefined;
  return pictureOf(store, id);
}

/** Uploaded ones have the size that they have. */
export const avatar: Handler<"avatar"> = async ({ path, query }, context) => {
  const id = Number(path.account_id);
  const picture = await uploadedBy(context, id);
  if (picture !== undefined) return shown(picture);
  const size = sizeOf(query.s ?? query.size);
  return {
    status: 200,
    tag: `${id}-${size}-${DRAWING_VERSION}`,
    headers: HEADERS,
    body: () => new SerializedBody<string>(identicon(id, size), [], "image/png"),
  };
};

export const uploadedAvatar: Handler<"uploadedAvatar"> = async (
  { path },
  { store, privateMode },
) => {
  if (privateMode) throw notFound("avatar");
  const picture = await pictureOf(store, Number(path.user_id));
  if (picture?.fileName !== path.file) throw notFound("avatar");
  return shown(picture);
};
