import { defaultScopes, PERMISSIONS, SCOPES } from "../domain/credentials/scopes.ts";
import { issue } from "../domain/credentials/tokens.ts";
import { DomainError } from "../domain/errors.ts";
import type { Store } from "../domain/store.ts";
import { getUserById, idOf } from "../domain/users/users.ts";
import {
  dictionary,
  either,
  list,
  nullable,
  object,
  oneOf,
  text,
  time,
  UserParseError,
} from "../import/users/readers.ts";
import { SeedError } from "./seed-error.ts";
import type { SeedToken } from "./seed-types.ts";

/** A token that was made, with its text. */
export interface CreatedToken {
  username: string;
  /** The user's. */
  id: number;
  tokenId: number;
  scopes: string[];
  token: string;
}

const MAX_NAME_LENGTH = 255;

/** Every member of a token in seeds and in requests to the controls. */
const readToken = object({
  username: text(MAX_NAME_LENGTH),
  name: text(MAX_NAME_LENGTH),
  description: text(1024),
  scopes: list(text(50), 100),
  permissions: either<Record<string, string>, string[]>(
    (value) => typeof value === "object" && !Array.isArray(value),
    dictionary(50),
    list(text(50), 100),
  ),
  expires_at: nullable(time),
  kind: oneOf("personal", "impersonation"),
  token: text(MAX_NAME_LENGTH),
});

/** What clients can put into a header. */
const TOKEN = /^[\x21-\x7e]{4,255}$/;

/** Gives a user who is there a token. Throws SeedError. */
export async function issueToken(
  store: Store,
  given: SeedToken | Readonly<Record<string, unknown>>,
  path: SeedError["path"] = [],
): Promise<CreatedToken> {
  const request = tokenFrom(given, path);
  const { username = "", scopes } = request;
  const id = await idOf(store, username).catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
    throw new SeedError(path, `There is no user “${username}”.`);
  });
  const unknown = scopes?.find((scope) => !SCOPES.has(scope));
  if (unknown !== undefined) throw new SeedError(path, `There is no scope “${unknown}”.`);
  const permissions = permissionsOf(request.permissions, path);
  const usual =
    permissions === undefined ? defaultScopes((await getUserById(store, id)).admin) : [];
  const all = [...new Set(scopes ?? usual)];
  const { name = "dev", description, kind, expires_at: expiresAt, token: text } = request;
  if (text !== undefined && !TOKEN.test(text)) {
    throw new SeedError(path, "A token's text has 4 to 255 signs of ASCII and no blanks.");
  }
  const optional = { description, kind, permissions, text };
  const said = Object.entries(optional).filter(([, value]) => value !== undefined);
  const seconds = typeof expiresAt === "number" ? { expiresAt: Math.floor(expiresAt / 1000) } : {};
  const [token, row] = await issue(store, {
    ...{ userId: id, name, scopes: all },
    ...Object.fromEntries(said),
    ...seconds,
  }).catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
    throw new SeedError(path, "Another token has this text.");
  });
  return { username, id, tokenId: row.id, scopes: all, token };
}

function tokenFrom(given: object, path: SeedError["path"]) {
  const named = Object.entries(given).map(([name, value]): [string, unknown] => [
    name === "expiresAt" ? "expires_at" : name,
    value,
  ]);
  try {
    const token = readToken(Object.fromEntries(named), []);
    if (token.username === undefined) throw new SeedError(path, "a username is missing.");
    return token;
  } catch (error) {
    if (!(error instanceof UserParseError)) throw error;
    throw new SeedError([...path, ...error.path], error.message);
  }
}

function permissionsOf(
  given: Record<string, string> | string[] | undefined,
  path: SeedError["path"],
): string[] | undefined {
  if (given === undefined) return undefined;
  const words = Array.isArray(given)
    ? given.map((word) => word.replace("=", ":"))
    : Object.entries(given).map(([subject, level]) => `${subject}:${level}`);
  const unknown = words.find((word) => !PERMISSIONS.has(word));
  if (unknown === undefined) return words;
  throw new SeedError(
    [...path, "permissions"],
    `There is no permission “${unknown}”; there are ${[...PERMISSIONS].join(", ")}.`,
  );
}
