import { isSoleOwner } from "../../domain/activity/ownership.ts";
import { hashPassword } from "../../domain/credentials/passwords.ts";
import * as emails from "../../domain/profile/emails.ts";
import { changeAccount, createAccount } from "../../domain/users/account-changes.ts";
import * as accounts from "../../domain/users/accounts.ts";
import type { User } from "../../domain/users/users.ts";
import { type Owner, type Values, validateUser } from "../../domain/users/validate-user.ts";
import { fixedError } from "../http/api-error.ts";
import { type Context, type Handler, requireAdmin } from "../http/context.ts";
import { checkModel } from "../http/model-errors.ts";
import { checkUnmodifiedSince } from "../http/preconditions.ts";
import { userWithAdmin } from "../presenters/hydrate-user.ts";
import {
  type Attributes,
  applyExternalUserLimits,
  changedFields,
  columnsOf,
  identityOf,
  ownerOf,
  parseUserInput,
} from "../user-input/attributes.ts";
import { checkUnique, toUniquenessError } from "../user-input/uniqueness.ts";
import { pictureIn } from "./avatars.ts";
import { sendLink } from "./send-email-link.ts";
import { userOf } from "./users.ts";

/** Everything besides the columns, once nothing speaks against any of it. */
async function validatedParts(
  context: Context,
  body: Attributes,
  values: Values,
  owner: Owner,
  holder: { own?: number; vouched: boolean },
) {
  const identity = identityOf(body);
  const taken = await checkUnique(context.store, values, identity, holder);
  const complaints = validateUser(values, owner);
  const picture = await pictureIn(context);
  checkModel({
    ...complaints,
    ...taken,
    email: [...(complaints.email ?? []), ...(taken.email ?? [])],
    avatar: typeof picture === "string" ? [picture] : [],
  });
  return {
    identity,
    // A null in place of a file takes the picture away.
    picture: typeof picture === "object" ? picture : body.avatar === null ? null : undefined,
    viewDiffsFileByFile: body.view_diffs_file_by_file ?? undefined,
  };
}

/** How a new account begins. */
interface NewUserOptions {
  /** Whether nobody need confirm the address. */
  confirmed: boolean;
  /** Whether the user is mailed a link to set a password by. */
  reset: boolean;
  /** Whether the password is one that nobody knows. */
  random: boolean;
}

export const createUser: Handler<"createUser"> = async ({ body }, context) => {
  const confirmed = body?.skip_confirmation === true;
  // A password that nobody knows is none: whoever has one sets it by the link.
  const reset = body?.reset_password === true;
  const random = reset || body?.force_random_password === true;
  const user = await create(context, body ?? {}, { confirmed, reset, random });
  return { status: 201, body: await userWithAdmin(context, user) };
};

/** Makes a user as an administrator wants them; refuses with what GitLab says against it. */
export async function create(
  context: Context,
  wanted: Attributes,
  { confirmed, reset, random }: NewUserOptions,
): Promise<User> {
  const { store, settings } = context;
  const admin = requireAdmin(context);
  const given = parseUserInput(wanted);
  const values = { ...given, password: random ? undefined : (given.password ?? "") };
  const owner = ownerOf(values, confirmed ? [values.email ?? ""] : []);
  const parts = await validatedParts(context, wanted, values, owner, { vouched: confirmed });
  const { username = "", email = "", password } = values;
  const columns = applyExternalUserLimits(
    {
      privateProfile: settings.privateProfiles,
      ...columnsOf(values, wanted, settings),
      passwordHash: password === undefined ? null : await hashPassword(password),
      createdById: admin.id,
    },
    false,
  );
  const account = { columns: { ...columns, username }, email, confirmed, ...parts };
  const user = await createAccount(store, account).catch(toUniquenessError);
  if (!confirmed) await sendLink(context, user, "confirm_email", email);
  if (reset) await sendLink(context, user, "reset_password", email);
  return user;
}

export const updateUser: Handler<"updateUser"> = async ({ path, body }, context) => {
  requireAdmin(context);
  const changed = await update(context, await userOf(context, path.id), body ?? {}, skips(body));
  return { status: 200, body: await userWithAdmin(context, changed) };
};

/** Changes a user as an administrator wants it; `skip` counts a new address as confirmed. */
export async function update(
  context: Context,
  user: User,
  wanted: Attributes,
  skip: boolean,
): Promise<User> {
  const admin = requireAdmin(context);
  const { primary, verified } = await addressesOf(context, user);
  const values = changedFields(parseUserInput(wanted), user, primary);
  const { username, name } = user;
  const owner = ownerOf({ username, name, email: primary, ...values }, verified);
  const parts = await validatedParts(context, wanted, values, owner, {
    own: user.id,
    vouched: skip,
  });
  const { email } = values;
  const settled = email !== undefined && (owner.verified.has(email) || skip);
  const pending = email !== undefined && !settled;
  const columns = {
    ...applyExternalUserLimits(columnsOf(values, wanted, context.settings), user.external),
    ...(await passwordColumns(context, values, user.id !== admin.id)),
    ...(email === undefined ? {} : { unconfirmedEmail: pending ? email : null }),
    ...(settled && user.confirmedAt === null ? { confirmedAt: context.store.clock() } : {}),
  };
  const changed = await save(context, user, {
    ...{ columns, ...parts },
    primary: settled ? email : undefined,
  });
  if (pending) await sendLink(context, changed, "confirm_email", email);
  return changed;
}

const skips = (body: { skip_reconfirmation?: boolean | null } | undefined): boolean =>
  body?.skip_reconfirmation === true;

async function addressesOf({ store }: Context, { id }: User) {
  const all = await emails.of(store, id);
  const verified = all.filter(({ confirmedAt }) => confirmedAt !== null);
  return {
    primary: all.find(({ primary }) => primary)?.email ?? "",
    verified: verified.map(({ email }) => email),
  };
}

/** Whoever gets a password from somebody else has to choose another one. */
async function passwordColumns({ store }: Context, { password }: Values, byAnother: boolean) {
  if (password === undefined) return {};
  const passwordExpiresAt = byAnother ? store.clock() : null;
  return { passwordHash: await hashPassword(password), passwordExpiresAt };
}

/** A change of nothing moves no `updated_at`. */
async function save(
  { store }: Context,
  user: User,
  change: Parameters<typeof changeAccount>[2],
): Promise<User> {
  const { columns, ...parts } = change;
  const given = [
    ...Object.keys(columns),
    ...Object.values(parts).filter((part) => part !== undefined),
  ];
  return given.length === 0 ? user : changeAccount(store, user.id, change).catch(toUniquenessError);
}

export const deleteUser: Handler<"deleteUser"> = async ({ path, query, body }, context) => {
  requireAdmin(context);
  const { id, updatedAt } = await userOf(context, path.id);
  const hard = query.hard_delete ?? body?.hard_delete ?? false;
  if (!hard && (await isSoleOwner(context.store, id))) {
    throw fixedError(409, "User cannot be removed while is the sole-owner of a group");
  }
  checkUnmodifiedSince(context, updatedAt);
  await accounts.remove(context.store, id);
  return { status: 204 };
};
