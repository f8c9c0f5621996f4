import { Written } from "../http/handler.ts";
import { IDENTICON_SIZES, identicon } from "../people/identicon.ts";
import { standing } from "../people/users.ts";
import type { Handler } from "./context.ts";

const USUAL_SIZE = 420;
/** Move this when the same id gets another picture. */
const DRAWING = 1;
// Not longer: the user may put a picture of their own in its place.
const HEADERS = ["Cache-Control", "public, max-age=300", "Access-Control-Allow-Origin", "*"];

/** The nearest size that is drawn; whatever is no number asks for the usual one. */
function sizeOf(text: string | undefined): number {
  const { least, most } = IDENTICON_SIZES;
  const asked = Number.parseInt(text ?? "", 10);
  return Number.isNaN(asked) ? USUAL_SIZE : Math.min(most, Math.max(least, asked));
}

export const avatar: Handler<"avatar"> = async ({ path, query }, { people }) => {
  const { id } = await standing(people, Number(path.account_id));
  const size = sizeOf(query.s ?? query.size);
  return {
    status: 200,
    tag: `${id}-${size}-${DRAWING}`,
    headers: HEADERS,
    body: () => new Written<string>(identicon(id, size), [], "image/png"),
  };
};
