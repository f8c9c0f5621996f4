import { issue as issueLink } from "../../domain/credentials/email-links.ts";
import { hashPassword } from "../../domain/credentials/passwords.ts";
import { endSessions, listSessions } from "../../domain/credentials/sessions.ts";
import * as tokenQueries from "../../domain/credentials/token-queries.ts";
import { issue, revoke } from "../../domain/credentials/tokens.ts";
import { DomainError } from "../../domain/errors.ts";
import * as gpgKeys from "../../domain/keys/gpg-keys.ts";
import * as sshKeys from "../../domain/keys/ssh-keys.ts";
import { listSigningKeys } from "../../domain/keys/ssh-signing-keys.ts";
import * as customAttributes from "../../domain/profile/custom-attributes.ts";
import * as emails from "../../domain/profile/emails.ts";
import * as identities from "../../domain/profile/identities.ts";
import { listSocialAccounts } from "../../domain/profile/social-accounts.ts";
import type { User } from "../../domain/user.ts";
import { createAccount, updateAccount } from "../../domain/users/accounts.ts";
import { getAssociations } from "../../domain/users/user-associations.ts";
import { byUsername } from "../../domain/users/users.ts";
import { validateUser } from "../../domain/users/validate-user.ts";
import { viewerOf } from "../http/authenticate.ts";
import type { PageContext, PageHandler, PageInput, PageReply } from "../http/context.ts";
import { type Form, fieldOf, isTicked, trimmedField } from "../http/forms.ts";
import { adminUserView, newUserView } from "../views/admin-user.ts";
import type { FormErrors } from "../views/forms.ts";
import { mail, sendPasswordChanged } from "./email-confirmation.ts";
import { nonEmptyErrors, profileColumns, profileValues } from "./settings.ts";
import { tokenFrom, tokensOf } from "./settings-credentials.ts";

const MAX_PROJECTS = 2_147_483_647;

async function page(
  context: PageContext,
  user: User,
  more: { errors?: FormErrors; form?: Form; made?: string } = {},
): Promise<PageReply> {
  const { store } = context;
  const facts = (await getAssociations(store, [user], undefined)).get(user.id);
  const html = adminUserView(context, {
    ...{ user, errors: more.errors ?? {}, form: more.form, made: more.made },
    createdBy: facts?.createdBy,
    identities: facts?.identities ?? [],
    emails: await emails.listByUser(store, user.id),
    ssh: await sshKeys.listByUser(store, user.id),
    gpg: await gpgKeys.listByUser(store, user.id),
    tokens: await tokensOf(context, user.id),
    sessions: await listSessions(store, user.id),
    signing: await listSigningKeys(store, user.id),
    social: await listSocialAccounts(store, user.id),
    attributes: await customAttributes.listByUser(store, user.id),
  });
  return { html, status: more.errors === undefined ? 200 : 422 };
}

export const showUser: PageHandler = async ({ path }, context) =>
  page(context, await byUsername(context.store, path.username ?? ""));

type Deed = (context: PageContext, user: User, input: PageInput) => Promise<FormErrors | string>;

/** The outcome of a form on a user's page: what it did, or messages by field. */
export const change =
  (deed: Deed): PageHandler =>
  async (input, context): Promise<PageReply> => {
    const user = await byUsername(context.store, input.path.username ?? "");
    const result = await deed(context, user, input);
    if (typeof result !== "string")
      return page(context, user, { errors: result, form: input.form });
    return {
      redirect: `/admin/users/${fieldOf(input.form, "username") || user.username}`,
      notice: result,
    };
  };

/** What a rule refused, by the field that it names. */
function refusalOf(error: unknown): FormErrors {
  if (!(error instanceof DomainError)) throw error;
  const field = error.field ?? "";
  if (error.kind === "conflict") return { [field]: ["has already been taken"] };
  if (error.kind === "invalid") {
    return { [field]: [error.message === "reserved" ? "is a reserved name" : "can't be that"] };
  }
  throw error;
}

/** The flags and numbers that only administrators set. */
const privileges = (form: Form, isSelf: boolean) => ({
  note: trimmedField(form, "note").slice(0, 10_000) || null,
  external: isTicked(form, "external"),
  privateProfile: isTicked(form, "private_profile"),
  canCreateGroup: isTicked(form, "can_create_group"),
  projectsLimit: Number(trimmedField(form, "projects_limit") || 0),
  ...(isSelf ? {} : { admin: isTicked(form, "admin") }),
});

export const saveUser = change(async ({ store, viewer }, user, { form }) => {
  const values = { ...profileValues(form), username: trimmedField(form, "username") };
  const own = await emails.listByUser(store, user.id);
  const verified = new Set(
    own.map(({ email }) => email.toLowerCase()).concat(user.publicEmail.toLowerCase()),
  );
  const judged = {
    ...values,
    name: values.name === "" ? undefined : values.name,
    username: values.username === user.username ? undefined : values.username,
    projects_limit: Number(trimmedField(form, "projects_limit") || 0),
  };
  const wrong = nonEmptyErrors(validateUser(judged, { names: [], verified }));
  if (wrong !== undefined) return wrong;
  if (!Number.isInteger(judged.projects_limit) || judged.projects_limit > MAX_PROJECTS) {
    return { projects_limit: ["is not a number"] };
  }
  const { publicEmail: _kept, ...columns } = profileColumns(values);
  const renamed = judged.username === undefined ? {} : { username: values.username };
  try {
    await updateAccount(store, user.id, {
      ...{ ...columns, ...renamed, ...privileges(form, viewer?.id === user.id) },
      jobTitle: trimmedField(form, "job_title").slice(0, 255),
    });
    return `${values.username} is saved.`;
  } catch (error) {
    return refusalOf(error);
  }
});

/** A password that an administrator set has to be changed at the next sign-in; all sessions end. */
export const setUserPassword = change(async (context, user, { form }) => {
  const { store, viewer } = context;
  const password = fieldOf(form, "password");
  const names = [user.username, user.name];
  const wrong = nonEmptyErrors(validateUser({ password }, { names, verified: new Set() }));
  if (wrong !== undefined) return wrong;
  const isOwn = viewer?.id === user.id;
  const passwordExpiresAt = isOwn || !isTicked(form, "must_change") ? null : store.clock();
  await updateAccount(store, user.id, {
    passwordHash: await hashPassword(password),
    passwordExpiresAt,
  });
  await endSessions(store, user.id);
  await sendPasswordChanged(context, user);
  return `${user.username} has a new password. All their sessions have ended.`;
});

export const addUserEmail = change(async ({ store }, user, { form }) => {
  const address = trimmedField(form, "email").toLowerCase();
  try {
    await emails.add(store, user.id, [address], { confirmed: isTicked(form, "confirmed") });
    return `${address} is added.`;
  } catch (error) {
    return refusalOf(error);
  }
});

export const removeUserEmail = change(async ({ store }, user, { path }) => {
  const { email } = await emails.byId(store, user.id, Number(path.id));
  try {
    await emails.remove(store, user.id, [email]);
    return `${email} is removed.`;
  } catch (error) {
    return refusalOf(error);
  }
});

export const makeUserEmailPrimary = change(async ({ store }, user, { path }) => {
  const { email } = await emails.byId(store, user.id, Number(path.id));
  await updateAccount(store, user.id, { primary: email });
  return `${email} is the primary address now.`;
});

export const addIdentity = change(async ({ store }, user, { form }) => {
  const provider = trimmedField(form, "provider").slice(0, 255);
  const externUid = trimmedField(form, "extern_uid").slice(0, 255);
  if (provider === "" || externUid === "")
    return { provider: ["and the ID there have to be given"] };
  try {
    await updateAccount(store, user.id, { identity: { provider, externUid } });
    return `The identity at ${provider} is saved.`;
  } catch (error) {
    return refusalOf(error);
  }
});

export const removeIdentity = change(async ({ store }, user, { path }) => {
  await identities.remove(store, user.id, path.provider ?? "");
  return `The identity at ${path.provider} is removed.`;
});

export const revokeUserToken = change(async ({ store }, user, { path }) => {
  const row = await tokenQueries.find(store, Number(path.id));
  if (row?.userId !== user.id) return { "": ["There is no such token."] };
  if (row.revokedAt === null) await revoke(store, row.id);
  return "The token is revoked.";
});

/** A token with which the administrator acts as the user, shown once. */
export const createUserToken: PageHandler = async ({ path, form }, context): Promise<PageReply> => {
  const { store, settings } = context;
  const user = await byUsername(store, path.username ?? "");
  const { name, scopes, expiresAt, errors } = tokenFrom(form, store.clock());
  if (!settings.impersonation)
    return page(context, user, { errors: { "": ["Impersonation is switched off."] } });
  if (Object.keys(errors).length > 0) return page(context, user, { errors, form });
  const [text] = await issue(store, {
    ...{ userId: user.id, name, scopes, expiresAt, kind: "impersonation" as const },
    createdById: viewerOf(context).id,
  });
  return page(context, user, { made: text });
};

export const showNewUser: PageHandler = (_input, context) => ({ html: newUserView(context) });

export const createUser: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const { store, settings, origin } = context;
  const admin = viewerOf(context);
  const password = fieldOf(form, "password");
  const values = {
    name: trimmedField(form, "name") || undefined,
    username: trimmedField(form, "username"),
    email: trimmedField(form, "email").toLowerCase(),
    ...(password === "" ? {} : { password }),
  };
  const names = [values.name ?? "", values.username, values.email];
  const wrong = nonEmptyErrors(validateUser(values, { names, verified: new Set() }));
  if (wrong !== undefined) return { html: newUserView(context, wrong, form), status: 422 };
  try {
    const user = await createAccount(store, {
      ...{ username: values.username, email: values.email, name: values.name ?? values.username },
      ...{ admin: isTicked(form, "admin"), external: isTicked(form, "external") },
      ...{ privateProfile: settings.privateProfiles, createdById: admin.id },
      passwordHash: password === "" ? null : await hashPassword(password),
      passwordExpiresAt: password !== "" && isTicked(form, "must_change") ? store.clock() : null,
    });
    const to = `/admin/users/${user.username}`;
    if (password !== "") return { redirect: to, notice: `${user.username} is made.` };
    const resetLink = { userId: user.id, purpose: "reset_password", email: values.email } as const;
    const link = `${origin}/login/new-password?token=${await issueLink(store, resetLink)}`;
    if (settings.sendMail === undefined) return page(context, user, { made: link });
    const text = `An account was created for you. Follow this link to choose a password:\n\n${link}\n`;
    mail(context, { to: values.email, subject: "Account was created for you", text });
    return {
      redirect: to,
      notice: `${user.username} is made. A link to choose a password is on its way.`,
    };
  } catch (error) {
    return { html: newUserView(context, refusalOf(error), form), status: 422 };
  }
};
