import type { components } from "../generated/gitlab-v4-types.ts";
import type { Base } from "../people/caches.ts";
import type { Listed } from "../people/users.ts";
import { jsonText } from "./wire/json.ts";

type Schemas = components["schemas"];

/** UTC, to the millisecond. */
export const timestamp = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();

/** The shape of every list and of every follow. */
export function userBasic(user: Listed, base: Base): Schemas["user-basic"] {
  return {
    id: user.id,
    username: user.username,
    name: user.name === "" ? user.username : user.name,
    state: user.state,
    locked: user.lockedAt !== null,
    avatar_url: avatarUrl(user, base),
    web_url: `${base.origin}/${user.username}`,
  };
}

export const userBasicText = (user: Listed, base: Base): string => jsonText(userBasic(user, base));

/** A picture that the user uploaded, else the one that is made from the id. */
export const avatarUrl = ({ id, avatar }: Listed, { origin }: Base): string =>
  avatar === null
    ? `${origin}/avatars/u/${id}?s=80&d=identicon`
    : `${origin}/uploads/-/system/user/avatar/${id}/${encodeURIComponent(avatar)}`;
