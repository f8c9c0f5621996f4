import * as gpgKeys from "../../domain/keys/gpg-keys.ts";
import * as sshKeys from "../../domain/keys/ssh-keys.ts";
import * as customAttributes from "../../domain/profile/custom-attributes.ts";
import { trimmedField } from "../http/forms.ts";
import { change } from "./admin-user.ts";
import { GPG_REFUSALS, gpgKeyFrom, problemOf, SSH_REFUSALS, sshKeyFrom } from "./settings-keys.ts";

/** The longest text that the column takes, here and at GitLab. */
const MAX_ATTRIBUTE = 255;

export const addUserSshKey = change(async ({ store }, user, { form }) => {
  const adding = sshKeys.add(store, user.id, sshKeyFrom(form));
  return (await problemOf(adding, "ssh_key", SSH_REFUSALS)) ?? "The SSH key is added.";
});

export const removeUserSshKey = change(async ({ store }, user, { path }) => {
  await sshKeys.remove(store, user.id, Number(path.id));
  return "The SSH key is removed.";
});

export const addUserGpgKey = change(async ({ store }, user, { form }) => {
  const adding = gpgKeys.add(store, user.id, gpgKeyFrom(form));
  return (await problemOf(adding, "gpg_key", GPG_REFUSALS)) ?? "The GPG key is added.";
});

export const removeUserGpgKey = change(async ({ store }, user, { path }) => {
  await gpgKeys.remove(store, user.id, Number(path.id));
  return "The GPG key is removed.";
});

export const setAttribute = change(async ({ store }, user, { form }) => {
  const [key, value] = [trimmedField(form, "key"), trimmedField(form, "value")];
  if (!/^[\w.-]+$/.test(key) || key.length > MAX_ATTRIBUTE)
    return { key: ["has to be letters, digits, dots, dashes and underscores"] };
  if (value.length > MAX_ATTRIBUTE) return { value: ["is too long (maximum is 255 characters)"] };
  await customAttributes.set(store, { userId: user.id, key, value });
  return `${key} is ${value}.`;
});

export const removeAttribute = change(async ({ store }, user, { path }) => {
  await customAttributes.remove(store, user.id, path.key ?? "");
  return `${path.key} is removed.`;
});
