import { randomBytes } from "node:crypto";
import { fingerprintOfGpgKey } from "../../domain/keys/gpg-keys.ts";
import { parseSshPublicKey } from "../../domain/keys/ssh-public-key.ts";
import { emojis } from "../../domain/profile/emojis.ts";
import { EMPTIABLE_TEXTS, type TextChanges } from "../../domain/profile/emptied-texts.ts";
import { identityKeys, normalizeUid } from "../../domain/profile/identities.ts";
import { COLUMNS, type ParsedUser } from "./members.ts";
import { UserParseError } from "./readers.ts";

type Cell = string | number | null;
export type Row = Record<string, Cell>;

/** A user as rows of tables; what names other users waits until all of them are there. */
export interface UserRows {
  username: string;
  columns: Row;
  /** Rows that are replaced as a whole where they are given. */
  lists: Record<string, Row[]>;
  /** Rows of which there is one a user; null takes it away. */
  singles: Record<string, Row | null>;
  /** Of the texts that are given, null for each that is as if never set. */
  texts?: TextChanges;
  follows?: string[];
  blocks?: string[];
  createdBy?: string | null;
  /** The primary address, where it is said alone: the others of a user who is there stay. */
  primary?: string;
}

const DEFAULT_PLAN = { name: "enterprise", space: 0, collaborators: 0, private_repos: 0 };
/** Columns that are empty, and never null, for a text that is not set. */
const TEXTS = [...EMPTIABLE_TEXTS, "name", "job_title", "discord", "github"];
const DEFAULT_EMOJI = "speech_balloon";
/** A lock ends some minutes after its time; one that is only named lasts until it is lifted. */
const NO_END_MS = Date.UTC(9999, 11, 31);
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const OTP_CHARACTERS = 32;

/** The rows that a user makes. `now` is in milliseconds. Throws UserParseError. */
export async function rowsOf(user: ParsedUser, now: number): Promise<UserRows> {
  const { username } = user;
  if (username === undefined) throw new UserParseError([], "a username is missing.");
  const rows: UserRows = { username, columns: columnsOf(user, now), lists: {}, singles: {} };
  addEmails(rows, user, now);
  addSshKeys(rows, user, now);
  if (user.gpg_keys !== undefined) rows.lists.gpg_keys = await gpgRows(user.gpg_keys, now);
  addNotes(rows, user, now);
  if (user.status !== undefined) rows.singles.user_statuses = await statusRow(user.status, now);
  if (user.counts !== undefined) rows.singles.user_counts = cellsOf(user.counts);
  if (user.preferences !== undefined) rows.singles.user_preferences = cellsOf(user.preferences);
  const texts = EMPTIABLE_TEXTS.filter((name) => user[name] !== undefined);
  if (texts.length > 0) rows.texts = Object.fromEntries(texts.map((name) => [name, user[name]]));
  if (user.follows !== undefined) rows.follows = user.follows;
  if (user.blocks !== undefined) rows.blocks = user.blocks;
  if (user.created_by !== undefined) rows.createdBy = user.created_by;
  return rows;
}

const cellOf = (value: unknown): Cell =>
  typeof value === "boolean" ? Number(value) : (value as Cell);

const cellsOf = (values: object): Row =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, cellOf(value)]));

/** The columns that are given, with those that follow from a word such as `suspended`. */
function columnsOf(user: ParsedUser, now: number): Row {
  const given = Object.entries(user).filter(([name]) => Object.hasOwn(COLUMNS, name));
  const columns = cellsOf(Object.fromEntries(given));
  for (const name of TEXTS) if (columns[name] === null) columns[name] = "";
  if (user.github_plan)
    columns.github_plan = JSON.stringify({ ...DEFAULT_PLAN, ...user.github_plan });
  const { suspended, locked, bot, two_factor_enabled: twoFactor } = user;
  if (suspended !== undefined && user.state === undefined) {
    columns.state = suspended ? "blocked" : "active";
  }
  const isShut = columns.state !== undefined && columns.state !== "active";
  if (columns.suspended_at === undefined && columns.state !== undefined) {
    columns.suspended_at = isShut && columns.state !== "deactivated" ? now : null;
  }
  if (locked !== undefined && user.locked_at === undefined)
    columns.locked_at = locked ? NO_END_MS : null;
  if (bot !== undefined && user.type === undefined) columns.type = bot ? "project_bot" : "human";
  if (twoFactor !== undefined && user.otp_enabled_at === undefined) {
    columns.otp_enabled_at = twoFactor ? (user.created_at ?? now) : null;
    if (!twoFactor) columns.otp_secret = null;
  }
  if (typeof columns.otp_enabled_at === "number" && user.otp_secret === undefined) {
    columns.otp_secret = randomSecret();
  }
  return columns;
}

/** An unknown secret, in the place of the device of a user who has two factors elsewhere. */
const randomSecret = (): string =>
  Array.from(randomBytes(OTP_CHARACTERS), (byte) => BASE32[byte % BASE32.length]).join("");

function addEmails(rows: UserRows, user: ParsedUser, now: number): void {
  const { email, emails } = user;
  if (emails === undefined) {
    if (email === null) rows.lists.emails = [];
    else if (email !== undefined) rows.primary = email;
    return;
  }
  const all = emails.map((one) => (typeof one === "string" ? { email: one } : one));
  for (const [place, one] of all.entries()) {
    if (one.email === undefined)
      throw new UserParseError(["emails", place], "an email is missing.");
  }
  const isFirst = (address = "") => address.toLowerCase() === (email ?? "").toLowerCase();
  if (email && !all.some((one) => isFirst(one.email))) all.unshift({ email });
  const chosen = email
    ? all.findIndex((one) => isFirst(one.email))
    : all.findIndex(({ primary }) => primary === true);
  const primary = chosen === -1 ? 0 : chosen;
  const createdAt = user.created_at ?? now;
  rows.lists.emails = all.map((one, place) => ({
    ...(one.id === undefined ? {} : { id: one.id }),
    email: one.email ?? "",
    is_primary: Number(place === primary),
    visibility: one.visibility ?? null,
    confirmed_at: one.confirmed_at === undefined ? createdAt : one.confirmed_at,
    created_at: one.created_at ?? createdAt,
    updated_at: one.created_at ?? createdAt,
  }));
  const more = all.findIndex((one, place) => one.primary === true && place !== primary);
  if (more !== -1) throw new UserParseError(["emails", more], "only one address is primary.");
}

const MAX_TITLE_LENGTH = 255;

function addSshKeys(rows: UserRows, user: ParsedUser, now: number): void {
  const createdAt = user.created_at ?? now;
  const parsed = (key: string | undefined, path: UserParseError["path"]) => {
    // GitLab takes DSA keys.
    const dsa = path[0] === "ssh_keys";
    const found = key === undefined ? undefined : parseSshPublicKey(key, { dsa });
    if (found === undefined) throw new UserParseError(path, `${path[0]} has what is no SSH key.`);
    return found;
  };
  if (user.ssh_keys !== undefined) {
    rows.lists.ssh_keys = user.ssh_keys.map((one, place) => {
      const given = typeof one === "string" ? { key: one } : one;
      const key = parsed(given.key, ["ssh_keys", place]);
      return {
        ...(given.id === undefined ? {} : { id: given.id }),
        title: given.title || key.comment.slice(0, MAX_TITLE_LENGTH),
        key: `${key.type} ${key.blob}`,
        comment: key.comment,
        fingerprint_sha256: key.fingerprintSha256,
        fingerprint_md5: key.fingerprintMd5,
        usage_type: given.usage_type ?? "auth_and_signing",
        expires_at: given.expires_at ?? null,
        last_used_at: given.last_used_at ?? null,
        created_at: given.created_at ?? createdAt,
        updated_at: given.created_at ?? createdAt,
      };
    });
  }
  if (user.ssh_signing_keys === undefined) return;
  rows.lists.ssh_signing_keys = user.ssh_signing_keys.map((one, place) => {
    const given = typeof one === "string" ? { key: one } : one;
    const key = parsed(given.key, ["ssh_signing_keys", place]);
    return {
      ...(given.id === undefined ? {} : { id: given.id }),
      title: given.title || key.comment.slice(0, MAX_TITLE_LENGTH),
      key: `${key.type} ${key.blob}`,
      fingerprint_sha256: key.fingerprintSha256,
      created_at: given.created_at ?? createdAt,
    };
  });
}

async function gpgRows(keys: NonNullable<ParsedUser["gpg_keys"]>, now: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [place, one] of keys.entries()) {
    const given = typeof one === "string" ? { key: one } : one;
    const key = (given.key ?? "").trim();
    const fingerprint = await fingerprintOfGpgKey(key);
    if (fingerprint === undefined) {
      throw new UserParseError(["gpg_keys", place], "gpg_keys has what is no public GPG key.");
    }
    const createdAt = given.created_at ?? now;
    rows.push({
      ...(given.id === undefined ? {} : { id: given.id }),
      name: given.name ?? null,
      ...{ key, fingerprint, created_at: createdAt, updated_at: createdAt },
    });
  }
  return rows;
}

/** What stands in tables of pairs. */
function addNotes(rows: UserRows, user: ParsedUser, now: number): void {
  const { scim_identities: scim } = user;
  if (scim !== undefined) {
    rows.lists.scim_identities = scim.map((one, place) => ({
      extern_uid: required(one.extern_uid, ["scim_identities", place], "extern_uid"),
      group_id: one.group_id ?? null,
      active: Number(one.active ?? true),
    }));
  }
  const { identities, custom_attributes: attributes, memberships, social_accounts: social } = user;
  if (identities !== undefined) {
    rows.lists.identities = identities.map((one, place) => {
      const identity = {
        provider: required(one.provider, ["identities", place], "provider"),
        externUid: required(one.extern_uid, ["identities", place], "extern_uid"),
      };
      return {
        provider: identity.provider,
        extern_uid: normalizeUid(identity),
        extern_uid_key: identityKeys(identity)[0] ?? null,
        saml_provider_id: one.saml_provider_id ?? null,
        updated_at: now,
      };
    });
  }
  if (attributes !== undefined) {
    const pairs = Array.isArray(attributes)
      ? attributes.map(({ key = "", value = "" }): [string, string] => [key, value])
      : Object.entries(attributes);
    rows.lists.custom_attributes = pairs.map(([key, value]) => ({ key, value }));
  }
  if (memberships !== undefined) {
    rows.lists.memberships = memberships.map((one, place) => ({
      source_type: one.source_type ?? "Project",
      source_id: required(one.source_id, ["memberships", place], "source_id"),
      source_name: one.source_name ?? `${one.source_type ?? "Project"} ${one.source_id}`,
      access_level: required(one.access_level, ["memberships", place], "access_level"),
    }));
  }
  if (social !== undefined) rows.lists.social_accounts = social.map((one) => ({ url: one }));
}

function required<T>(value: T | undefined, path: UserParseError["path"], name: string): T {
  if (value !== undefined) return value;
  throw new UserParseError(path, `${String(path[0])}[${String(path[1])}]: ${name} is missing.`);
}

async function statusRow(
  status: NonNullable<ParsedUser["status"]> | null,
  now: number,
): Promise<Row | null> {
  if (status === null) return null;
  const emoji = status.emoji ?? DEFAULT_EMOJI;
  if (!(await emojis()).has(emoji)) {
    throw new UserParseError(["status", "emoji"], `there is no emoji “${emoji}”.`);
  }
  return {
    emoji,
    message: status.message ?? null,
    availability: status.availability ?? "not_set",
    clear_status_at: status.clear_status_at ?? null,
    created_at: now,
    updated_at: now,
  };
}
