import type { User } from "../../domain/user.ts";
import { canReadProfile } from "../../domain/users/access.ts";
import {
  getAssociations,
  highestRole,
  listNotes,
  listScimIdentities,
  type UserAssociations,
} from "../../domain/users/user-associations.ts";
import type { components } from "../../generated/gitlab-v4-types.ts";
import type { SerializedBody } from "../../http/handler.ts";
import type { Context } from "../http/context.ts";
import { writeOwnBody } from "./own-body.ts";
import {
  userDetailsWithAdminShape,
  userPublicShape,
  userShape,
  userWithAdminShape,
  type View,
} from "./user.ts";

type Schemas = components["schemas"];

interface Seen {
  user: User;
  facts: UserAssociations;
  view: View;
}

const NOTHING: UserAssociations = {
  email: "",
  identities: [],
  createdBy: undefined,
  isFollowed: false,
};

/** Whether the viewer may read a profile, as the rule of all dialects has it. */
export const mayReadProfile = ({ viewer }: Pick<Context, "viewer">, user: User): boolean =>
  canReadProfile(viewer, user);

/** Whether one of the two could follow the other, as far as they have switched it on. */
const mayFollow = (viewer: User | undefined, user: User): boolean =>
  viewer?.id !== user.id && user.enabledFollowing && viewer?.enabledFollowing !== false;

/** Loads what the shapes of a page of users show, so that the shapes themselves ask for nothing. */
async function seen(
  context: Context,
  users: readonly User[],
  withAttributes = false,
): Promise<Seen[]> {
  const { store, viewer, base } = context;
  const { release } = context.settings;
  const facts = await getAssociations(store, users, viewer?.id);
  const ids = users.map(({ id }) => id);
  const notes = withAttributes && viewer?.admin === true ? await listNotes(store, ids) : undefined;
  const scim = await scimIdentitiesFor(context, ids);
  const now = store.clock();
  return users.map((user) => {
    const known = facts.get(user.id) ?? NOTHING;
    const readable = mayReadProfile(context, user);
    const counted = readable && mayFollow(viewer, user);
    const isFollowed = counted && viewer !== undefined ? known.isFollowed : undefined;
    const own = notes?.get(user.id) ?? [];
    const attributes = notes && own.map(({ key, value }) => ({ key, value }));
    const scimIdentities = scim?.get(user.id) ?? [];
    const shown = { readable, counted, isFollowed, attributes, scimIdentities };
    return { user, facts: known, view: { base, release, now, ...shown } };
  });
}

/** Only the Enterprise Edition shows them. */
async function scimIdentitiesFor(
  { store, settings }: Pick<Context, "store" | "settings">,
  ids: readonly number[],
) {
  return settings.release.edition === "ee" ? listScimIdentities(store, ids) : undefined;
}

async function one(context: Context, user: User, withAttributes = false): Promise<Seen> {
  const [only] = await seen(context, [user], withAttributes);
  return only as Seen;
}

/** A user as other people see them. */
export async function presentUser(context: Context, user: User): Promise<Schemas["user"]> {
  const { view } = await one(context, user);
  return view.release.present("user", userShape(user, view));
}

/** A user as they see themselves. */
export async function userPublic(context: Context, user: User): Promise<Schemas["user-public"]> {
  const { facts, view } = await one(context, user);
  return view.release.present("user-public", userPublicShape(user, facts, view));
}

/** Users as administrators see them in lists. */
export async function usersWithAdmin(
  context: Context,
  users: readonly User[],
  withAttributes = false,
): Promise<Schemas["user-with-admin"][]> {
  const all = await seen(context, users, withAttributes);
  return all.map(({ user, facts, view }) =>
    view.release.present("user-with-admin", userWithAdminShape(user, facts, view)),
  );
}

/** A user as administrators see what they have made or changed. */
export async function userWithAdmin(
  context: Context,
  user: User,
): Promise<Schemas["user-with-admin"]> {
  const { facts, view } = await one(context, user);
  return view.release.present("user-with-admin", userWithAdminShape(user, facts, view));
}

/** A user as administrators see one. */
export async function userDetails(
  context: Context,
  user: User,
  withAttributes = false,
): Promise<Schemas["user-details-with-admin"]> {
  const { facts, view } = await one(context, user, withAttributes);
  const role = await highestRole(context.store, user.id);
  const shape = userDetailsWithAdminShape(user, facts, view, role);
  return view.release.present("user-details-with-admin", shape);
}

/** The caller in person, whose own numbers of follows the vendor's pages show nowhere else. */
export function writeCurrentUser(
  context: Pick<Context, "store" | "exchange" | "base" | "settings">,
  user: User,
): Promise<SerializedBody<Schemas["user-with-admin"] | Schemas["user-public"]>> {
  const { store, base, settings } = context;
  const { release } = settings;
  // A lock and the time of day go on by themselves; SCIM identities stand in no row.
  const isLasting = user.lockedAt === null && !user.timezone && release.edition !== "ee";
  return writeOwnBody(context, user, isLasting, async (facts) => {
    const scim = await scimIdentitiesFor({ store, settings }, [user.id]);
    const view: View = {
      base,
      release,
      scimIdentities: scim?.get(user.id) ?? [],
      now: store.clock(),
      readable: true,
      counted: user.enabledFollowing,
      isFollowed: undefined,
      attributes: undefined,
    };
    return user.admin
      ? release.present("user-with-admin", userWithAdminShape(user, facts, view))
      : release.present("user-public", userPublicShape(user, facts, view));
  });
}
