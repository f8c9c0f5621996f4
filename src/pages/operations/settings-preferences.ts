import {
  createSupportPin,
  findSupportPin,
  revokeSupportPin,
} from "../../domain/credentials/support-pins.ts";
import { blockedBy } from "../../domain/follows/blocks.ts";
import * as signingKeys from "../../domain/keys/ssh-signing-keys.ts";
import { preferencesOf, updatePreferences } from "../../domain/profile/preferences.ts";
import {
  addSocialAccounts,
  deleteSocialAccounts,
  listSocialAccounts,
} from "../../domain/profile/social-accounts.ts";
import { listedByIds } from "../../domain/users/users.ts";
import { viewerOf } from "../http/authenticate.ts";
import type { PageContext, PageHandler, PageReply } from "../http/context.ts";
import { isTicked, trimmedField } from "../http/forms.ts";
import { errorPage } from "../views/errors.ts";
import type { FormErrors } from "../views/forms.ts";
import { blockedView, preferencesView, socialAccountsView } from "../views/settings-preferences.ts";
import { PAGE_SIZE, pageNumber } from "./profile.ts";
import { keysPage, MAX_KEY_LENGTH, problemOf, SSH_REFUSALS } from "./settings-keys.ts";

const statusOf = (errors: FormErrors) => (Object.keys(errors).length > 0 ? 422 : 200);

const socialPage = async (context: PageContext, errors: FormErrors = {}): Promise<PageReply> => ({
  html: socialAccountsView(
    context,
    await listSocialAccounts(context.store, viewerOf(context).id),
    errors,
  ),
  status: statusOf(errors),
});

export const showSocialAccounts: PageHandler = (_input, context) => socialPage(context);

export const addSocialAccount: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const url = trimmedField(form, "url");
  const errors = await problemOf(
    addSocialAccounts(context.store, viewerOf(context).id, [url]),
    "url",
    { invalid: "has to begin with https://, and a profile has four at most" },
  );
  if (errors !== undefined) return socialPage(context, errors);
  return { redirect: "/settings/social-accounts", notice: `${url} is added.` };
};

export const removeSocialAccount: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const url = trimmedField(form, "url");
  await deleteSocialAccounts(context.store, viewerOf(context).id, [url]);
  return { redirect: "/settings/social-accounts", notice: `${url} is removed.` };
};

/** Those whom the viewer has blocked: blocked accounts have no profile to unblock them on. */
export const showBlocked: PageHandler = async ({ query }, context): Promise<PageReply> => {
  const { store } = context;
  const page = pageNumber(query.get("page"));
  const part = { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE };
  const { ids, total } = await blockedBy(store, viewerOf(context).id, part);
  const rows = new Map((await listedByIds(store, ids)).map((row) => [row.id, row]));
  const users = ids.flatMap((id) => rows.get(id) ?? []);
  return { html: blockedView(context, { users, total, page, pageSize: PAGE_SIZE }) };
};

export const showPreferences: PageHandler = async (_input, context): Promise<PageReply> => {
  const { id } = viewerOf(context);
  const preferences = await preferencesOf(context.store, id);
  const pin = hasSupportPins(context) ? await findSupportPin(context.store, id) : undefined;
  return { html: preferencesView(context, preferences, pin) };
};

export const savePreferences: PageHandler = async ({ form }, context): Promise<PageReply> => {
  await updatePreferences(context.store, viewerOf(context).id, {
    viewDiffsFileByFile: isTicked(form, "view_diffs_file_by_file"),
    showWhitespaceInDiffs: isTicked(form, "show_whitespace_in_diffs"),
    passUserIdentitiesToCiJwt: isTicked(form, "pass_user_identities_to_ci_jwt"),
  });
  return { redirect: "/settings/preferences", notice: "Your preferences are saved." };
};

const hasSupportPins = ({ settings }: PageContext): boolean => settings.supportPins;

export const makeSupportPin: PageHandler = async (_input, context): Promise<PageReply> => {
  if (!hasSupportPins(context)) return { html: errorPage(context, 404), status: 404 };
  await createSupportPin(context.store, viewerOf(context).id);
  return { redirect: "/settings/preferences", notice: "You have a new support PIN." };
};

export const endSupportPin: PageHandler = async (_input, context): Promise<PageReply> => {
  if (!hasSupportPins(context)) return { html: errorPage(context, 404), status: 404 };
  await revokeSupportPin(context.store, viewerOf(context).id);
  return { redirect: "/settings/preferences", notice: "Your support PIN does not count any more." };
};

export const addSigningKey: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const key = trimmedField(form, "signing_key").slice(0, MAX_KEY_LENGTH);
  const title = trimmedField(form, "signing_title").slice(0, 255);
  const errors = await problemOf(
    signingKeys.createSigningKey(context.store, viewerOf(context).id, { title, key }),
    "signing_key",
    SSH_REFUSALS,
  );
  if (errors !== undefined) return keysPage(context, errors);
  return { redirect: "/settings/keys", notice: "The signing key is added." };
};

export const removeSigningKey: PageHandler = async ({ path }, context): Promise<PageReply> => {
  await signingKeys.deleteSigningKey(context.store, viewerOf(context).id, Number(path.id));
  return { redirect: "/settings/keys", notice: "The signing key is removed." };
};
