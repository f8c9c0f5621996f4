import { hashPassword } from "../../domain/credentials/passwords.ts";
import * as emails from "../../domain/profile/emails.ts";
import type { User } from "../../domain/user.ts";
import type { AccountUpdate, NewAccount } from "../../domain/users/accounts.ts";
import { type Owner, type Values, validateUser } from "../../domain/users/validate-user.ts";
import { type Context, requireAdmin } from "../http/context.ts";
import { checkModel } from "../http/model-errors.ts";
import { pictureIn } from "../http/uploads.ts";
import {
  type Attributes,
  applyExternalUserLimits,
  changedFields,
  columnsOf,
  identityOf,
  ownerOf,
  parseUserInput,
} from "./attributes.ts";
import { checkUnique } from "./uniqueness.ts";

/** How a new account begins. */
export interface NewUserOptions {
  /** Whether the address counts without a confirmation. */
  confirmed: boolean;
  /** Whether the account begins without a password: a mailed link sets the first one. */
  withoutPassword: boolean;
  /** Whether that link is mailed now. */
  reset?: boolean;
}

/** The account that an administrator asks for; throws GitLab's errors for what is wrong with it. */
export async function buildAccount(
  context: Context,
  body: Attributes,
  { confirmed, withoutPassword }: NewUserOptions,
): Promise<NewAccount & { email: string }> {
  const { settings } = context;
  const input = parseUserInput(body);
  const values = { ...input, password: withoutPassword ? undefined : (input.password ?? "") };
  const owner = ownerOf(values, confirmed ? [values.email ?? ""] : []);
  const parts = await validatedParts(context, body, values, owner, { vouched: confirmed });
  const { username = "", email = "", password } = values;
  const columns = applyExternalUserLimits(
    {
      privateProfile: settings.privateProfiles,
      ...columnsOf(values, body, settings),
      passwordHash: password === undefined ? null : await hashPassword(password),
      createdById: requireAdmin(context).id,
    },
    false,
  );
  return { ...columns, username, email, confirmed, ...parts };
}

/**
 * The change of a user that an administrator asks for, and the address that has to be confirmed
 * before it counts. `skipConfirmation` counts a new address as confirmed.
 */
export async function buildAccountUpdate(
  context: Context,
  user: User,
  body: Attributes,
  skipConfirmation: boolean,
): Promise<{ update: AccountUpdate; pendingEmail: string | undefined }> {
  const admin = requireAdmin(context);
  const { primary, verified } = await addressesOf(context, user);
  const values = changedFields(parseUserInput(body), user, primary);
  const { username, name } = user;
  const owner = ownerOf({ username, name, email: primary, ...values }, verified);
  const parts = await validatedParts(context, body, values, owner, {
    own: user.id,
    vouched: skipConfirmation,
  });
  const { email } = values;
  const settled = email !== undefined && (owner.verified.has(email) || skipConfirmation);
  const pendingEmail = settled ? undefined : email;
  const update = {
    ...applyExternalUserLimits(
      columnsOf(values, body, context.settings, user.emptiedTexts),
      user.external,
    ),
    ...(await passwordColumns(context, values, user.id !== admin.id)),
    ...(email === undefined ? {} : { unconfirmedEmail: pendingEmail ?? null }),
    ...(settled && user.confirmedAt === null ? { confirmedAt: context.store.clock() } : {}),
    ...parts,
    ...(settled ? { primary: email } : {}),
  };
  return { update, pendingEmail };
}

/** What an account has beside its columns, after every rule of GitLab's has been checked. */
async function validatedParts(
  context: Context,
  body: Attributes,
  values: Values,
  owner: Owner,
  holder: { own?: number; vouched: boolean },
) {
  const identity = identityOf(body);
  const taken = await checkUnique(context.store, values, identity, holder);
  const messages = validateUser(values, owner);
  const picture = await pictureIn(context);
  checkModel({
    ...messages,
    ...taken,
    email: [...(messages.email ?? []), ...(taken.email ?? [])],
    avatar: typeof picture === "string" ? [picture] : [],
  });
  const viewDiffsFileByFile = body.view_diffs_file_by_file ?? undefined;
  return {
    ...(identity === undefined ? {} : { identity }),
    ...(typeof picture === "object" ? { picture } : {}),
    // A null in place of a file takes the picture away.
    ...(picture === undefined && body.avatar === null ? { picture: null } : {}),
    ...(viewDiffsFileByFile === undefined ? {} : { viewDiffsFileByFile }),
  };
}

async function addressesOf({ store }: Context, { id }: User) {
  const all = await emails.listByUser(store, id);
  const verified = all.filter(({ confirmedAt }) => confirmedAt !== null);
  return {
    primary: all.find(({ primary }) => primary)?.email ?? "",
    verified: verified.map(({ email }) => email),
  };
}

/** A password that another user set has to be replaced at the next sign-in: it expires at once. */
async function passwordColumns({ store }: Context, { password }: Values, byAnother: boolean) {
  if (password === undefined) return {};
  const passwordExpiresAt = byAnother ? store.clock() : null;
  return { passwordHash: await hashPassword(password), passwordExpiresAt };
}
