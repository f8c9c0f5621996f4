import { DomainError, notFound } from "../../domain/errors.ts";
import { versionOfUser } from "../../domain/follows/follow-lists.ts";
import * as emails from "../../domain/profile/emails.ts";
import type { Profile, User } from "../../domain/user.ts";
import { canReadProfile } from "../../domain/users/access.ts";
import { changeProfile, getUserById, idOf, idsAfter } from "../../domain/users/users.ts";
import { type SerializedBody, serialize } from "../../http/handler.ts";
import { validationFailed } from "../http/api-error.ts";
import { type Context, type Handler, viewerOf } from "../http/context.ts";
import { pageOf, sinceLinkHeader, sinceOf } from "../http/pagination.ts";
import { hasPermission, hasScope } from "../http/scopes.ts";
import { writeUsers } from "../http/user-lists.ts";
import {
  presentPrivateUser,
  privateUser,
  publicUser,
  timestamp,
  updatedAt,
  viewerUser,
} from "../presenters/user.ts";

/** What the caller may see of themself. */
function seesAll({ caller }: Context): boolean {
  if (caller === undefined) return false;
  return caller.permissions === null
    ? hasScope(caller, ["read:user"])
    : hasPermission(caller, ["profile:write"]);
}

/** The caller as `/user` shows them. */
const self = (context: Context, user: User) =>
  seesAll(context) ? privateUser(user, context.base) : viewerUser(user, context.base);

export const getAuthenticated: Handler<"users/get-authenticated"> = async (_, context) =>
  showSelf(context, await read(context, viewerOf(context).id));

const showSelf = (context: Context, { user, version }: Read) =>
  shown(context, seesAll(context) ? "self" : "plain", user, version, () => self(context, user));

/**
 * A user in one of their shapes, written out once for all requests until they change. The shape, the
 * user and the links say all that `present` may go by.
 */
function shown<T>(
  { store: { responses }, base }: Context,
  shape: "self" | "plain" | "admin" | "known" | "anonymous",
  user: User,
  version: string,
  present: () => T,
) {
  const key = `${base.api} ${shape} ${user.id}`;
  const body = (): SerializedBody<T> => {
    const cached = responses.page<SerializedBody<T>>(key, version);
    if (cached !== undefined) return cached;
    const written = serialize<T>(present());
    responses.setPage(key, version, () => written);
    return written;
  };
  return {
    status: 200,
    tag: `${shape}-${user.id}-${version}`,
    lastModified: updatedAt(user),
    body,
  } as const;
}

interface Read {
  user: User;
  /** Changes with the user's row and their counters. */
  version: string;
}

/** A user with a version from before they were read: they may be newer, never older. */
async function read({ store }: Context, id: number): Promise<Read> {
  const version = await versionOfUser(store, id);
  return { version, user: await getUserById(store, id) };
}

/** A user as callers see them; the caller themself as `/user` shows them to a token that may. */
function show(context: Context, found: Read) {
  const { user, version } = found;
  if (context.caller?.user.id === user.id && seesAll(context)) return showSelf(context, found);
  const known = context.caller !== undefined;
  if (!canReadProfile(context.caller?.user, user)) {
    return { status: 200, body: presentPrivateUser(user, context.base) } as const;
  }
  const admin = context.caller?.user.admin === true && user.suspendedAt !== null;
  return shown(context, admin ? "admin" : known ? "known" : "anonymous", user, version, () => ({
    ...publicUser(user, context.base, known),
    ...(admin ? { suspended_at: timestamp(user.suspendedAt ?? 0) } : {}),
  }));
}

export const getByUsername: Handler<"users/get-by-username"> = async ({ path }, context) =>
  show(context, await read(context, await idOf(context.store, path.username)));

export const getById: Handler<"users/get-by-id"> = async ({ path }, context) =>
  show(context, await read(context, Number(path.account_id)));

const SUBJECTS = new Set(["organization", "repository", "issue", "pull_request"]);

export const getContext: Handler<"users/get-context-for-user"> = async (
  { path, query },
  { store },
) => {
  await idOf(store, path.username);
  const { subject_type: type, subject_id: id } = query;
  if (type === undefined && id === undefined) return { status: 200, body: { contexts: [] } };
  const missing = type === undefined ? "subject_type" : id === undefined ? "subject_id" : undefined;
  if (missing !== undefined) {
    throw validationFailed({ resource: "Hovercard", field: missing, code: "missing_field" });
  }
  if (!SUBJECTS.has(type ?? "")) {
    throw validationFailed({ resource: "Hovercard", field: "subject_type", code: "invalid" });
  }
  // There are no organizations, repositories and issues that a user could have to do with.
  throw notFound("subject");
};

export const list: Handler<"users/list"> = async ({ query }, context) => {
  const { size } = pageOf(query);
  const openOnly = context.caller?.user.admin !== true;
  const found = await idsAfter(context.store, sinceOf(query), size + 1, openOnly);
  const ids = found.slice(0, size);
  const next = found.length > size ? ids.at(-1) : undefined;
  return { status: 200, body: await writeUsers(context, ids, sinceLinkHeader(context, next)) };
};

export const updateAuthenticated: Handler<"users/update-authenticated"> = async (
  { body = {} },
  context,
) => {
  const { store } = context;
  const { id } = viewerOf(context);
  const { name, bio, location, company, blog, twitter_username, hireable, email } = body;
  const profile: Profile = {};
  if (name !== undefined) profile.name = name ?? "";
  if (bio !== undefined) profile.bio = bio ?? "";
  if (location !== undefined) profile.location = location ?? "";
  if (company !== undefined) profile.organization = company ?? "";
  if (blog !== undefined) profile.websiteUrl = blog ?? "";
  if (twitter_username !== undefined) profile.twitter = twitter_username ?? "";
  if (hireable !== undefined) profile.hireable = hireable;
  if (email !== undefined) profile.publicEmail = await ownAddress(context, id, email ?? "");
  const user = await changeProfile(store, id, profile);
  return { status: 200, body: privateUser(user, context.base) };
};

/** The address as the user has it; only a confirmed one can be shown. */
async function ownAddress({ store }: Context, id: number, address: string): Promise<string> {
  if (address === "") return "";
  const lowerCase = address.toLowerCase();
  const own = (await emails.listByUser(store, id)).find(
    ({ email, confirmedAt }) => confirmedAt !== null && email.toLowerCase() === lowerCase,
  );
  if (own === undefined) throw new DomainError("invalid", "not an address of the user", "email");
  return own.email;
}
