import { GraphQLError } from "graphql";
import type { Context } from "../http/context.ts";
import { grantedTo, hasPermission } from "../http/scopes.ts";
import type { Need } from "./query-cost.ts";

/** What the caller's token lacks for an operation; nothing of it is carried out then. */
export function missingScopes(needs: readonly Need[], context: Context): GraphQLError[] {
  const { caller, base } = context;
  if (caller === undefined) return [];
  if (caller.permissions !== null) {
    return needs
      .filter(({ permission }) => permission !== undefined && !hasPermission(caller, [permission]))
      .map(({ field }) => {
        const path = [field.alias?.value ?? field.name.value];
        const options = { nodes: field, path, extensions: { type: "FORBIDDEN" } };
        return new GraphQLError("Resource not accessible by personal access token", options);
      });
  }
  const { all, header } = grantedTo(caller);
  return needs
    .filter(({ scopes }) => !scopes.some((scope) => all.has(scope)))
    .map(({ field, scopes }) => {
      const message =
        "Your token has not been granted the required scopes to execute this query. " +
        `The '${field.name.value}' field requires one of the following scopes: ` +
        `${listed(scopes)}, but your token has only been granted the: ` +
        `${listed(header.split(", "))} scopes. ` +
        `Please modify your token's scopes at: ${base.origin}/settings/tokens.`;
      const extensions = { type: "INSUFFICIENT_SCOPES" };
      return new GraphQLError(message, { nodes: field, extensions });
    });
}

const listed = (scopes: readonly string[]): string =>
  `[${scopes.map((scope) => `'${scope}'`).join(", ")}]`;
