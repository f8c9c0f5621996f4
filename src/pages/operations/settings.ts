import * as emails from "../../domain/profile/emails.ts";
import { emojis } from "../../domain/profile/emojis.ts";
import { readPicture } from "../../domain/profile/image-files.ts";
import { setStatus, statusOf } from "../../domain/profile/statuses.ts";
import { updateAccount } from "../../domain/users/accounts.ts";
import { type Values, validateUser } from "../../domain/users/validate-user.ts";
import { viewerOf } from "../http/authenticate.ts";
import type { PageContext, PageHandler, PageReply } from "../http/context.ts";
import { type Form, fieldOf, isTicked, trimmedField } from "../http/forms.ts";
import type { FormErrors } from "../views/forms.ts";
import { profileSettingsView } from "../views/settings.ts";

const HOUR_MS = 60 * 60 * 1000;
const MAX_STATUS_LENGTH = 100;

/** The fields of a profile: what they are called in a form, and in the row. */
const PROFILE_FIELDS = [
  "name",
  "pronouns",
  "bio",
  "location",
  "organization",
  "website_url",
  "twitter",
  "linkedin",
  "skype",
  "discord",
  "public_email",
] as const;

export const showProfileSettings: PageHandler = async (_input, context) => ({
  html: await view(context),
});

async function view(context: PageContext, errors: FormErrors = {}, form?: Form) {
  const { store } = context;
  const user = viewerOf(context);
  return profileSettingsView(context, {
    ...{ user, errors, form },
    status: await statusOf(store, user.id),
    emails: (await emails.listByUser(store, user.id)).filter(
      ({ confirmedAt }) => confirmedAt !== null,
    ),
  });
}

/** A profile's values as a form has them. */
export function profileValues(form: Form): Values {
  return Object.fromEntries(PROFILE_FIELDS.map((name) => [name, trimmedField(form, name)]));
}

/** The columns of the same values. */
export const profileColumns = (values: Values) => ({
  name: values.name ?? "",
  pronouns: values.pronouns ?? "",
  bio: values.bio ?? "",
  location: values.location ?? "",
  organization: values.organization ?? "",
  websiteUrl: values.website_url ?? "",
  twitter: values.twitter ?? "",
  linkedin: values.linkedin ?? "",
  skype: values.skype ?? "",
  discord: values.discord ?? "",
  publicEmail: values.public_email ?? "",
});

/** Only the messages of fields that have one. */
export const nonEmptyErrors = (messages: FormErrors): FormErrors | undefined => {
  const wrong = Object.entries(messages).filter(([, each]) => each.length > 0);
  return wrong.length === 0 ? undefined : Object.fromEntries(wrong);
};

export const saveProfile: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const { store } = context;
  const user = viewerOf(context);
  const values = profileValues(form);
  const own = await emails.listByUser(store, user.id);
  const verified = own
    .filter(({ confirmedAt }) => confirmedAt !== null)
    .map(({ email }) => email.toLowerCase());
  const owner = { names: [], verified: new Set([...verified, user.publicEmail.toLowerCase()]) };
  // A user who never had a name goes by their username.
  const judged = { ...values, name: values.name === "" ? undefined : values.name };
  const errors = nonEmptyErrors(validateUser(judged, owner));
  if (errors !== undefined) return { html: await view(context, errors, form), status: 422 };
  await updateAccount(store, user.id, {
    ...profileColumns(values),
    jobTitle: trimmedField(form, "job_title").slice(0, 255),
    hireable: isTicked(form, "hireable") ? true : user.hireable === null ? null : false,
    privateProfile: isTicked(form, "private_profile"),
    enabledFollowing: isTicked(form, "enabled_following"),
  });
  return { redirect: "/settings", notice: "Your profile is saved." };
};

export const savePicture: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const { id } = viewerOf(context);
  const file = form.files.get("picture");
  if (file === undefined) {
    const errors = { picture: ["has to be chosen"] };
    return { html: await view(context, errors), status: 422 };
  }
  const picture = await readPicture(file);
  if (typeof picture === "string") {
    return { html: await view(context, { picture: [picture] }), status: 422 };
  }
  await updateAccount(context.store, id, { picture });
  return { redirect: "/settings", notice: "Your picture is saved." };
};

export const removePicture: PageHandler = async (_input, context): Promise<PageReply> => {
  await updateAccount(context.store, viewerOf(context).id, { picture: null });
  return { redirect: "/settings", notice: "Your picture is removed." };
};

export const saveStatus: PageHandler = async ({ form }, context): Promise<PageReply> => {
  const emoji = trimmedField(form, "emoji").replace(/^:|:$/g, "");
  const message = trimmedField(form, "message");
  const errors = nonEmptyErrors({
    emoji: emoji === "" || (await emojis()).has(emoji) ? [] : ["is not the name of an emoji"],
    message:
      Array.from(message).length > MAX_STATUS_LENGTH
        ? [`is too long (maximum is ${MAX_STATUS_LENGTH} characters)`]
        : [],
  });
  if (errors !== undefined) return { html: await view(context, errors, form), status: 422 };
  const hours = Number(fieldOf(form, "clear_after"));
  await setStatus(context.store, viewerOf(context).id, {
    ...{ emoji, message },
    availability: isTicked(form, "busy") ? "busy" : "not_set",
    clearAfter: Number.isFinite(hours) && hours > 0 && hours <= 720 ? hours * HOUR_MS : null,
  });
  return { redirect: "/settings", notice: "Your status is saved." };
};
