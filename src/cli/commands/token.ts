import { Command } from "commander";
import { CommandError, UsageError } from "../../command-error.ts";
import { nearest } from "../../config/suggest.ts";
import type { TokenRow } from "../../domain/credential.ts";
import {
  defaultScopes,
  PERMISSIONS,
  SCOPES,
  splitScopes,
} from "../../domain/credentials/scopes.ts";
import * as tokens from "../../domain/credentials/tokens.ts";
import { isNotFound } from "../../domain/errors.ts";
import { withData } from "../../server/data-directory.ts";
import { configOf, print, printInfo, verb, wholeNumber } from "../command.ts";
import { userCalled } from "../find-user.ts";
import { table } from "../table.ts";

interface Common {
  json?: boolean;
}

export function command(): Command {
  const create = verb("create", "Makes a token and prints it; it is shown only this once.")
    .argument("<username>", "whose token it is")
    .option(
      "--scope <words>",
      "what it opens, with commas between, in either vendor's words",
      scopes,
    )
    .option(
      "--permission <word=level>",
      "makes a fine-grained token; may be given again",
      permissions,
    )
    .option("--name <name>", "what to call it", "made by followd token create")
    .option("--gitlab", "makes it look like GitLab's (glpat-…), for clients that read the prefix")
    .option("--expires-in <time>", "when it ends: 90m, 12h, 30d or 1y from now", seconds)
    .addHelpText("after", DEFAULTS)
    .action(createToken);
  const list = verb("list", "Lists tokens that have not been revoked, of one user or of all.")
    .argument("[username]")
    .action(listTokens);
  const revoke = verb("revoke", "Ends a token: the next request that shows it is refused.")
    .argument("<id>", "as `followd token list` shows it", wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action(revokeToken);
  return [create, list, revoke].reduce(
    (token, below) => token.addCommand(below),
    new Command("token"),
  );
}

const DEFAULTS = `
Without --scope and --permission a token gets ${defaultScopes(false).join(",")}; that of an
administrator also ${defaultScopes(true).slice(defaultScopes(false).length).join(",")}.
Permissions: ${[...PERMISSIONS].map((word) => word.replace(":", "=")).join(" ")}`;

function scopes(text: string): string[] {
  const given = text.split(/[\s,]+/).filter((word) => word !== "");
  return given.map((word) => requireKnown(word, SCOPES, "scope"));
}

function permissions(text: string, before: string[] = []): string[] {
  const word = text.replace("=", ":");
  return [...before, requireKnown(word, PERMISSIONS, "permission")];
}

function requireKnown(word: string, all: ReadonlySet<string>, kind: string): string {
  if (all.has(word)) return word;
  const meant = nearest(word, all);
  const [asked, near] =
    kind === "scope" ? [word, meant] : [word, meant].map((one) => one.replace(":", "="));
  throw new UsageError(`There is no ${kind} ${asked}; did you mean ${near}?`);
}

const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, y: 31_536_000 };

function seconds(text: string): number {
  const [, number, unit = ""] = /^(\d{1,6})([mhdy])$/.exec(text) ?? [];
  const value = Number(number ?? 0) * (SECONDS[unit] ?? 0);
  // The end is shown as a date with four digits for the year.
  if (value > 0 && value <= 100 * 31_536_000) return value;
  throw new UsageError(`--expires-in ${text} is not a time such as 90m, 12h, 30d or 1y.`);
}

interface Creation extends Common {
  scope?: string[];
  permission?: string[];
  name: string;
  gitlab?: boolean;
  expiresIn?: number;
}

async function createToken(username: string, options: Creation): Promise<void> {
  const { scope, permission, name, gitlab, expiresIn, json } = options;
  if (scope !== undefined && permission !== undefined) {
    throw new UsageError("A token has either scopes or permissions; leave out one of the two.");
  }
  await withData(
    configOf(options),
    async (store) => {
      const user = await userCalled(store, username);
      const now = Math.floor(store.clock() / 1000);
      const [token, row] = await tokens.issue(store, {
        userId: user.id,
        name,
        scopes: permission === undefined ? (scope ?? defaultScopes(user.admin)) : [],
        permissions: permission,
        form: gitlab === true ? "gitlab" : undefined,
        expiresAt: expiresIn === undefined ? undefined : now + expiresIn,
      });
      print(json, { token, ...shown(row) }, token);
    },
    { mayCreate: true },
  );
}

const shown = (row: TokenRow) => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  last_eight: row.tokenLastEight,
  scopes: splitScopes(row.scopes),
  permissions: row.permissions === null ? null : splitScopes(row.permissions),
  created_at: new Date(row.createdAt).toISOString(),
  expires_at: row.expiresAt === null ? null : new Date(row.expiresAt * 1000).toISOString(),
  last_used_at: row.lastUsedAt === null ? null : new Date(row.lastUsedAt).toISOString(),
});

async function listTokens(username: string | undefined, options: Common): Promise<void> {
  const found = await withData(configOf(options), async (store) => {
    if (username === undefined) return tokens.listAllTokens(store);
    const user = await userCalled(store, username);
    const own = await tokens.listByUser(store, user.id);
    return own.map((row) => ({ ...row, username: user.username }));
  });
  const listed = found.map((row) => ({ ...shown(row), username: row.username }));
  const rows = listed.map((token) => [
    String(token.id),
    token.username,
    token.name,
    token.kind.replaceAll("_", " "),
    token.expires_at?.slice(0, 10) ?? "never",
    token.last_used_at?.slice(0, 10) ?? "never",
    (token.permissions ?? token.scopes).join(","),
  ]);
  const head = ["ID", "USERNAME", "NAME", "KIND", "EXPIRES", "USED", "OPENS"];
  print(options.json, listed, table([head, ...rows]));
}

async function revokeToken(id: number, options: Common): Promise<void> {
  await withData(configOf(options), async (store) => {
    try {
      await tokens.revoke(store, id);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      throw new CommandError(
        `There is no token ${id}; \`followd token list USERNAME\` shows them.`,
      );
    }
    if (options.json === true) print(true, { revoked: id }, "");
    else printInfo(`Revoked token ${id}.`);
  });
}
