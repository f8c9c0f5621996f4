import type { DuplicateRowError } from "../../storage/bulk.ts";
import type { UserRows } from "./user-rows.ts";

/** Which member is meant, by the index or column that refused the row. */
const PLACES: readonly [RegExp, string, (rows: UserRows) => string][] = [
  [
    /^users(?:\.id|_pkey)/,
    "id",
    ({ columns }) => `the id ${columns.id} is another user's already; --new-ids gives other ids`,
  ],
  [/^users_username/, "username", ({ username }) => `“${username}” is there already`],
  [
    /^(?:emails|ssh_keys|ssh_signing_keys|gpg_keys)(?:\.id|_pkey)/,
    "id",
    () => "an id of an address or a key is taken; --new-ids gives other ids",
  ],
  [/^emails_email/, "emails", (rows) => `one of the addresses ${addressesOf(rows)} is taken`],
  [/^ssh_(?:signing_)?keys/, "ssh_keys", () => "an SSH key is another user's already"],
  [/^gpg_keys/, "gpg_keys", () => "a GPG key is another user's already"],
  [
    /^identities/,
    "identities",
    () => "an identity is another user's already, or stands here twice",
  ],
];

/** What is wrong with rows of which one is another's, in a sentence. */
export function duplicateProblem({ place }: DuplicateRowError, rows: UserRows): string {
  const [, , describe] = PLACES.find(([pattern]) => pattern.test(place)) ?? [];
  return `${describe?.(rows) ?? `${place} stands here twice`}.`;
}

/** The member that a row of another user has already; empty where it is none. */
export const duplicateMember = ({ place }: DuplicateRowError): string[] =>
  [PLACES.find(([pattern]) => pattern.test(place))?.[1]].filter((name) => name !== undefined);

const addressesOf = ({ lists, primary }: UserRows): string =>
  [primary, ...(lists.emails ?? []).map(({ email }) => email)].filter(Boolean).join(", ");
