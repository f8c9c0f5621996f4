import type { Config } from "../../src/config/config.ts";
import type { Caller } from "./callers.ts";
import type { Cast, Name } from "./cast.ts";

export interface Part {
  readonly cast: Cast;
  /** For whom the request runs. */
  readonly who: Name;
}
export type Value = string | number | ((part: Part) => string | number);

/** What is asked of an operation: a request that nothing but the caller could spoil. */
export interface Request {
  /** Values of the path's parameters, where the usual ones won't do. */
  readonly path?: Readonly<Record<string, Value>>;
  readonly query?: string | ((part: Part) => string);
  readonly body?: object | ((part: Part) => object);
  /** Where it is asked, if not below the dialect's own prefix. */
  readonly prefix?: string;
}

/**
 * The reviewed table of a document: for each operation (and, behind a colon, for another target of
 * it) the request and who gets what.
 */
export interface Table<Row extends Request = Request> {
  /** How the server has to be set up for the document to answer all that it could. */
  readonly config?: Partial<Config>;
  readonly prefix: string;
  /** Headers that show a token in the dialect's manner. */
  readonly show: (token: string) => Record<string, string>;
  readonly rows: Readonly<Record<string, Row>>;
  /** What the vendor answers this caller, from the row and the vendor's rules alone. */
  readonly expected: (row: Row, caller: Caller) => number;
  /** For whom the request of a caller runs. */
  readonly runsFor: (caller: Caller) => Name | undefined;
  /** Operations whose answer has a token in it, as making it is what they are for. */
  readonly tells: ReadonlySet<string>;
  /** Whether administrators see private things of others. */
  readonly adminsSeeAll: boolean;
  /** Operations that show administrators a user as the user in person is shown. */
  readonly showsAdminsAll?: ReadonlySet<string>;
  /** Versions of the vendor that are tried, the default one alone without it. */
  readonly versions?: readonly Partial<Config>[];
  /** Whether a version has an operation; all versions have all of them if not given. */
  readonly has?: (operation: string, version: Partial<Config>) => boolean;
  /** Members that its users have for everybody, beside the usual ones. */
  readonly shows?: readonly string[];
}

/** Another user than the caller; for what belongs to a user, the caller in `/user`, else vera. */
export function usualValue(route: string, name: string, { cast, who }: Part): string | number {
  const owner = route.startsWith("/user/") || route.startsWith("/personal") ? who : "vera";
  const things = cast.things[owner];
  switch (name) {
    case "username":
      return "vera";
    case "target_user":
      return "una";
    case "account_id":
    case "user_id":
      return cast.ids.vera;
    case "uid":
      return cast.ids.vera;
    case "id":
      if (route.endsWith("/emails/{id}")) return things.email;
      if (route.endsWith("/keys/{id}")) return things.sshKey;
      return route.startsWith("/personal") ? things.token : cast.ids.vera;
    case "key_id":
      return route.includes("gpg") ? things.gpgKey : things.sshKey;
    case "gpg_key_id":
      return things.gpgKey;
    case "ssh_signing_key_id":
      return things.signingKey;
    case "key_ids":
      return things.sshKey;
    case "email_id":
      return things.email;
    case "token_id":
      return things.token;
    case "impersonation_token_id":
      return things.impersonation;
    case "key":
      return "team";
    case "provider":
      return "saml";
    default:
      throw new Error(`${route}: what should {${name}} be?`);
  }
}
