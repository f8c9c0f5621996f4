import jwt from "jsonwebtoken";
import { PERMISSIONS, SCOPES } from "../../src/domain/credentials/scopes.ts";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import type { World } from "../support/server.ts";
import { type Cast, type Name, NOW } from "./cast.ts";

/** What a dialect has to judge by: whether a credential is one, whose, and what it is good for. */
export interface Caller {
  /** The class of credential. */
  readonly name: string;
  /** No credential that counts, one that is refused, a user who is shut out, or one let in. */
  readonly standing: "anonymous" | "refused" | "shut out" | "let in";
  readonly who: Name;
  readonly admin: boolean;
  readonly scopes: ReadonlySet<string>;
  /** Of a fine-grained token. */
  readonly permissions?: ReadonlySet<string>;
  /** Whom an administrator asks to be, in GitLab's dialect. */
  readonly sudo?: string;
  /** The token that v3 gives for a password. */
  readonly isPrivate?: true;
  /** The credential itself. */
  readonly token: string;
  /** Headers where the token is not shown in the dialect's usual way. */
  readonly headers?: Readonly<Record<string, string>>;
}

const anonymous = {
  standing: "anonymous",
  who: "una",
  admin: false,
  scopes: new Set<string>(),
} as const;
const refused = { ...anonymous, standing: "refused" } as const;

const EVERYTHING = ["user", "repo", "admin:public_key", "api"];
const ADMINISTRATION = [...EVERYTHING, "site_admin", "sudo"];

/** Makes every class of caller; their tokens have just been used, so that no use has to be noted. */
export async function callers(here: World, { ids }: Cast): Promise<Caller[]> {
  const made: Caller[] = [];
  const issue = async (userId: number, more: Partial<tokens.NewToken>) =>
    (await tokens.issue(here.store, { userId, name: "matrix", scopes: [], ...more }))[0];
  const person = async (
    name: string,
    who: Name,
    words: readonly string[],
    more: Partial<Caller> = {},
    token: Partial<tokens.NewToken> = {},
  ) => {
    const admin = who === "root" || who === "ada";
    const text = await issue(ids[who], { scopes: words, ...token });
    const scopes = new Set(words);
    made.push({ name, standing: "let in", who, admin, scopes, token: text, ...more });
  };

  const good = await issue(ids.una, { scopes: EVERYTHING });
  made.push(
    { name: "none", ...anonymous, token: "", headers: {} },
    { name: "malformed", ...anonymous, token: "", headers: { authorization: good } },
    { name: "wrong scheme", ...anonymous, token: "", headers: { authorization: `Digest ${good}` } },
    {
      name: "junk Basic",
      ...anonymous,
      token: "",
      headers: { authorization: "Basic Zm9vOmJhcg==" },
    },
    { name: "empty", ...anonymous, token: "", headers: { "private-token": "", authorization: "" } },
    { name: "JOB-TOKEN", ...anonymous, token: "", headers: { "job-token": good } },
    { name: "unknown", ...refused, token: "glpat-abcdefghijklmnopqrst" },
    { name: "forged", ...refused, token: forged(good) },
    { name: "unsigned", ...refused, token: unsigned(good) },
    { name: "cut", ...refused, token: good.slice(0, -1) },
    {
      name: "expired",
      ...refused,
      token: await issue(ids.una, { scopes: EVERYTHING, expiresAt: NOW / 1000 }),
    },
    { name: "revoked", ...refused, token: await revoked(here, ids.una) },
  );
  for (const who of ["blake", "bane", "dina", "penny"] as const) {
    await person(`token of ${who}`, who, EVERYTHING, { standing: "shut out" });
  }
  await person("no scope", "una", []);
  for (const scope of SCOPES) await person(`only ${scope}`, "una", [scope]);
  await person("everything", "una", EVERYTHING);
  await person("everything, administrators' scopes too", "una", ADMINISTRATION);
  await person("impersonation", "una", ["api"], {}, { kind: "impersonation" });
  await person("site administrator's", "una", ["user"], {}, { kind: "site_admin_impersonation" });
  await person("fine-grained, nothing", "una", [], { permissions: new Set() }, { permissions: [] });
  for (const word of PERMISSIONS) {
    const permissions = new Set([word]);
    await person(`fine-grained, ${word}`, "una", [], { permissions }, { permissions: [word] });
  }
  const all = { permissions: PERMISSIONS };
  await person("administrator's fine-grained", "root", [], all, { permissions: [...PERMISSIONS] });
  await person("administrator, everything", "root", ADMINISTRATION);
  await person("administrator, api", "root", ["api"]);
  await person("administrator, api and sudo", "root", ["api", "sudo"]);
  await person("administrator, site_admin", "root", ["site_admin"]);
  await person("administrator, read_api", "root", ["read_api"]);
  await person("administrator, read_user", "root", ["read_user"]);
  await person("administrator, sudo", "root", ["sudo"]);
  await person("other administrator", "ada", ADMINISTRATION);
  await person("user as another", "una", ["api", "sudo"], { sudo: "vera" });
  await person("user as an unknown user", "una", ["api", "sudo"], { sudo: "999999" });
  await person("administrator without sudo as una", "root", ["api"], { sudo: "una" });
  await person("administrator as una", "root", ["api", "sudo"], { sudo: "una" });
  await person("administrator with sudo alone as una", "root", ["sudo"], { sudo: String(ids.una) });
  await person("administrator as themself", "root", ["api", "sudo"], { sudo: "ROOT" });
  await person("administrator as another", "root", ["api", "sudo"], { sudo: "ada" });
  await person("administrator as an unknown user", "root", ["api", "sudo"], {
    sudo: "missing-user",
  });
  const key = [{ isPrivate: true }, { kind: "private" }] as const;
  await person("private token", "una", ["api", "sudo"], ...key);
  await person("administrator's private token", "root", ["api", "sudo"], ...key);
  for (const sudo of ["una", "ada", "missing-user"]) {
    const more = { isPrivate: true, sudo } as const;
    const [text] = made.filter(({ name }) => name === "administrator's private token");
    made.push({ ...(text as Caller), ...more, name: `private token as ${sudo}` });
  }
  made.push({
    name: "none as una",
    ...anonymous,
    token: "",
    headers: { sudo: "una" },
    sudo: "una",
  });
  const { engine } = here.store;
  const { query, tables } = engine;
  await engine.transaction(query.update(tables.tokens).set({ lastUsedAt: NOW }));
  return made;
}

async function revoked({ store }: World, userId: number): Promise<string> {
  const [text, { id }] = await tokens.issue(store, { userId, name: "gone", scopes: EVERYTHING });
  await tokens.revoke(store, id);
  return text;
}

/** A text of the same form, and an unsigned statement as tokens once were signed ones. */
const forged = (token: string): string =>
  token.slice(0, 10) + (token[10] === "A" ? "B" : "A") + token.slice(11);
const unsigned = (_token: string): string =>
  jwt.sign({ iss: "followd", sub: "1", jti: "A" }, null, { algorithm: "none" });
