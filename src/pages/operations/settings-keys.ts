import { DomainError } from "../../domain/errors.ts";
import * as gpgKeys from "../../domain/keys/gpg-keys.ts";
import * as sshKeys from "../../domain/keys/ssh-keys.ts";
import { listSigningKeys } from "../../domain/keys/ssh-signing-keys.ts";
import * as emails from "../../domain/profile/emails.ts";
import { updateAccount } from "../../domain/users/accounts.ts";
import { viewerOf } from "../http/authenticate.ts";
import type { PageContext, PageHandler, PageReply } from "../http/context.ts";
import { type Form, fieldOf, trimmedField } from "../http/forms.ts";
import type { FormErrors } from "../views/forms.ts";
import { emailsView, keysView } from "../views/settings-keys.ts";
import { sendConfirmation } from "./email-confirmation.ts";

export const MAX_KEY_LENGTH = 64_000;

/** A rule's refusal as a message about a field; every other error is thrown on. */
export async function problemOf<T>(
  deed: Promise<T>,
  field: string,
  words: Partial<Record<DomainError["kind"], string>>,
): Promise<FormErrors | undefined> {
  try {
    await deed;
    return undefined;
  } catch (error) {
    const message = error instanceof DomainError ? words[error.kind] : undefined;
    if (message === undefined) throw error;
    return { [field]: [message] };
  }
}

const emailsPage = async (context: PageContext, errors: FormErrors = {}): Promise<PageReply> => ({
  html: emailsView(context, await emails.listByUser(context.store, viewerOf(context).id), errors),
  status: Object.keys(errors).length > 0 ? 422 : 200,
});

export const showEmails: PageHandler = (_input, context) => emailsPage(context);

/** An address counts once its owner has followed the link that is mailed to it. */
export const addEmail: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const { store } = context;
  const user = viewerOf(context);
  const address = trimmedField(form, "email").toLowerCase();
  const errors = await problemOf(
    emails.add(store, user.id, [address], { confirmed: false }),
    "email",
    {
      invalid: "is not an address",
      conflict: "has already been taken",
    },
  );
  if (errors !== undefined) return emailsPage(context, errors);
  const isMailed = await sendConfirmation(context, user, address);
  const notice = isMailed
    ? `${address} is added. Follow the link that was mailed to it.`
    : `${address} is added. This server sends no mail, so an administrator has to confirm it.`;
  return { redirect: "/settings/emails", notice };
};

const ownEmail = ({ store }: PageContext, userId: number, id: string | undefined) =>
  emails.byId(store, userId, Number(id));

export const removeEmail: PageHandler = async ({ path }, context): Promise<PageReply> => {
  const { id } = viewerOf(context);
  const { email } = await ownEmail(context, id, path.id);
  const errors = await problemOf(emails.remove(context.store, id, [email]), "email", {
    invalid: "is your primary one; choose another first",
  });
  if (errors !== undefined) return emailsPage(context, errors);
  return { redirect: "/settings/emails", notice: `${email} is removed.` };
};

export const makeEmailPrimary: PageHandler = async ({ path }, context): Promise<PageReply> => {
  const { id } = viewerOf(context);
  const { email, confirmedAt } = await ownEmail(context, id, path.id);
  if (confirmedAt === null) return emailsPage(context, { email: ["has to be confirmed first"] });
  await updateAccount(context.store, id, { primary: email });
  return { redirect: "/settings/emails", notice: `${email} is your primary address now.` };
};

export const keysPage = async (
  context: PageContext,
  errors: FormErrors = {},
): Promise<PageReply> => {
  const { store } = context;
  const { id } = viewerOf(context);
  return {
    html: keysView(context, {
      ssh: await sshKeys.listByUser(store, id),
      gpg: await gpgKeys.listByUser(store, id),
      signing: await listSigningKeys(store, id),
      errors,
    }),
    status: Object.keys(errors).length > 0 ? 422 : 200,
  };
};

export const showKeys: PageHandler = (_input, context) => keysPage(context);

const USAGES = ["auth", "signing", "auth_and_signing"] as const;

/** The values of the form for a new SSH key. */
export function sshKeyFrom(form: Form) {
  const key = trimmedField(form, "ssh_key").slice(0, MAX_KEY_LENGTH);
  const usage = fieldOf(form, "usage_type");
  const end = fieldOf(form, "expires_at");
  const expiresAt = end === "" ? null : Date.parse(end);
  return {
    ...{ title: trimmedField(form, "title").slice(0, 255), key },
    usageType: USAGES.find((each) => each === usage),
    expiresAt: expiresAt === null || Number.isNaN(expiresAt) ? null : expiresAt,
  };
}

/** What is wrong with a key, by the kind of error. */
export const SSH_REFUSALS = {
  invalid: "is not a public key in OpenSSH's format",
  conflict: "is in use already",
};
export const GPG_REFUSALS = {
  invalid: "is not one armored public key",
  conflict: "is in use already",
};

export const addSshKey: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const errors = await problemOf(
    sshKeys.add(context.store, viewerOf(context).id, sshKeyFrom(form)),
    "ssh_key",
    SSH_REFUSALS,
  );
  if (errors !== undefined) return keysPage(context, errors);
  return { redirect: "/settings/keys", notice: "The SSH key is added." };
};

export const removeSshKey: PageHandler = async ({ path }, context): Promise<PageReply> => {
  await sshKeys.remove(context.store, viewerOf(context).id, Number(path.id));
  return { redirect: "/settings/keys", notice: "The SSH key is removed." };
};

/** The armored key of a form, with the ends of lines that it was made with. */
export const gpgKeyFrom = (form: Form): string =>
  trimmedField(form, "gpg_key").replaceAll("\r\n", "\n").slice(0, MAX_KEY_LENGTH);

export const addGpgKey: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const errors = await problemOf(
    gpgKeys.add(context.store, viewerOf(context).id, gpgKeyFrom(form)),
    "gpg_key",
    GPG_REFUSALS,
  );
  if (errors !== undefined) return keysPage(context, errors);
  return { redirect: "/settings/keys", notice: "The GPG key is added." };
};

export const removeGpgKey: PageHandler = async ({ path }, context): Promise<PageReply> => {
  await gpgKeys.remove(context.store, viewerOf(context).id, Number(path.id));
  return { redirect: "/settings/keys", notice: "The GPG key is removed." };
};
