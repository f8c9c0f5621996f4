import { defaultScopes, SCOPES } from "../domain/credentials/scopes.ts";
import { issue } from "../domain/credentials/tokens.ts";
import { DomainError } from "../domain/errors.ts";
import { follow } from "../domain/follows/follows.ts";
import type { Store } from "../domain/store.ts";
import type { Profile, User } from "../domain/user.ts";
import * as accounts from "../domain/users/accounts.ts";
import { changeProfile, getUserById, idOf } from "../domain/users/users.ts";
import type { Seed, SeedToken, SeedUser } from "./seed-types.ts";

/** A token as it is told to whoever begins. */
export interface GivenToken {
  username: string;
  /** The user's. */
  id: number;
  tokenId: number;
  scopes: string[];
  token: string;
}

/** A part of a seed that can't be: where it stands, and why. */
export class SeedError extends Error {
  override name = "SeedError";
  /** For example `["follows", 3, 1]`. */
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[], message: string) {
    super(message);
    this.path = path;
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  "invalid username": "is no username: up to 255 letters, digits and _ - .",
  "reserved username": "is reserved: a path of the server has that name",
  "invalid email": "has no e-mail address that could be one",
  "conflict username": "is there already",
  "conflict email": "has an address that somebody has already",
};

/** Makes what the seed says, in its order, and tells the tokens. Throws SeedError. */
export async function applySeed(store: Store, seed: Seed): Promise<GivenToken[]> {
  const { users = [], follows = [], tokens = [] } = seed;
  for (const [place, user] of users.entries()) {
    const one = typeof user === "string" ? { username: user } : user;
    await settle(store, one).catch(said(["users", place], one.username));
  }
  for (const [place, ends] of follows.entries()) {
    const ids = await Promise.all(
      ends.map((name, end) => idOf(store, name).catch(nobody(["follows", place, end], name))),
    );
    await follow(store, ids[0] as number, ids[1] as number);
  }
  const given: GivenToken[] = [];
  for (const [place, token] of tokens.entries()) {
    const one = typeof token === "string" ? { username: token } : token;
    given.push(await issueToken(store, one, ["tokens", place]));
  }
  return given;
}

async function settle(store: Store, user: SeedUser): Promise<User> {
  const { username, name, admin = false, suspended = false } = user;
  const email = user.email ?? `${username}@example.com`;
  const made = await accounts.createAccount(store, {
    username,
    email,
    name,
    admin,
    state: suspended ? "blocked" : "active",
  });
  const { bio, location, organization, websiteUrl, twitter, hireable } = user;
  const told = Object.entries({ bio, location, organization, websiteUrl, twitter, hireable });
  const profile = Object.fromEntries(told.filter(([, value]) => value !== undefined)) as Profile;
  return Object.keys(profile).length === 0 ? made : changeProfile(store, made.id, profile);
}

/** Gives somebody who is there a token. Throws SeedError. */
export async function issueToken(
  store: Store,
  { username, name = "dev", scopes }: SeedToken,
  path: SeedError["path"] = [],
): Promise<GivenToken> {
  const unknown = scopes?.find((scope) => !SCOPES.has(scope));
  if (unknown !== undefined) throw new SeedError(path, `There is no scope “${unknown}”.`);
  const id = await idOf(store, username).catch(nobody(path, username));
  const admin = (await getUserById(store, id)).admin;
  const wanted = [...new Set(scopes ?? defaultScopes(admin))];
  const [token, row] = await issue(store, { userId: id, name, scopes: wanted });
  return { username, id, tokenId: row.id, scopes: wanted, token };
}

const said = (path: SeedError["path"], username: string) => (error: unknown) => {
  if (!(error instanceof DomainError)) throw error;
  const problem =
    PROBLEMS[`${error.message} ${error.field}`] ??
    PROBLEMS[`${error.kind} ${error.field}`] ??
    error.message;
  throw new SeedError(path, `“${username}” ${problem}.`);
};

const nobody = (path: SeedError["path"], username: string) => (error: unknown) => {
  if (!(error instanceof DomainError)) throw error;
  throw new SeedError(path, `Nobody is called “${username}”.`);
};
