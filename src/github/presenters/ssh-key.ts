import type { SshKey } from "../../domain/keys/ssh-keys.ts";
import type { components } from "../../generated/github-types.ts";
import type { Context } from "../http/context.ts";
import { toVersion, versionOf } from "../versions.ts";
import { timestamp } from "./user.ts";

type Schemas = components["schemas"];

const timestampOrNull = (time: number | null) => (time === null ? null : timestamp(time));

/** Where the owner of a key finds it. */
export const keyUrl = (id: number, { base }: Context): string => `${base.api}/user/keys/${id}`;

/** Members in the order of recordings. */
function wholeKey({ id, key, title, createdAt, lastUsedAt }: SshKey, context: Context) {
  return {
    id,
    key,
    url: keyUrl(id, context),
    title,
    verified: true,
    created_at: timestamp(createdAt),
    read_only: false,
    last_used: timestampOrNull(lastUsedAt),
  };
}

/** A key as its owner sees it. */
export const presentKey = (row: SshKey, context: Context): Schemas["key"] =>
  toVersion("key", wholeKey(row, context), versionOf(context));

/** A key as everyone sees it. */
export function presentSimpleKey(row: SshKey, context: Context): Schemas["key-simple"] {
  const { id, key, createdAt, lastUsedAt } = row;
  const dates = { created_at: timestamp(createdAt), last_used: timestampOrNull(lastUsedAt) };
  return toVersion("key-simple", { id, key, ...dates }, versionOf(context));
}

/** A key as a site administrator sees it. */
export const presentFullKey = (row: SshKey, context: Context): Schemas["public-key-full"] =>
  toVersion(
    "public-key-full",
    {
      ...wholeKey(row, context),
      added_by: null,
      user_id: row.userId,
      repository_id: null,
      enabled: true,
    },
    versionOf(context),
  );
