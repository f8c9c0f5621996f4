import { holderOf } from "../../people/tokens.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./refusal.ts";

/**
 * The token that a request shows. `token` and `Bearer` are alike, in any case; Basic carries the
 * token as its password, or as its name with an empty one. What is neither is no credential at
 * all, and neither is Basic whose parts could not be a token of ours (a dot is missing).
 */
export function tokenOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const [, scheme = "", value = ""] = /^(\S+) +(\S+) *$/.exec(authorization) ?? [];
  switch (scheme.toLowerCase()) {
    case "token":
    case "bearer":
      return value;
    case "basic":
      return tokenOfBasic(Buffer.from(value, "base64").toString("utf8"));
    default:
      return undefined;
  }
}

function tokenOfBasic(pair: string): string | undefined {
  const colon = pair.indexOf(":");
  if (colon === -1) return undefined;
  const [name, password] = [pair.slice(0, colon), pair.slice(colon + 1)];
  const candidate = password === "" || password === "x-oauth-basic" ? name : password;
  return candidate.includes(".") ? candidate : undefined;
}

/** Finds the caller. Refuses a credential that is nobody's and a caller who is suspended. */
export async function identify(context: Context): Promise<void> {
  const token = tokenOf(context.exchange.req.headers.authorization);
  if (token === undefined) return;
  const caller = await holderOf(context.people, token);
  if (caller === undefined) throw new Refusal(401, "Bad credentials", { documentation: "root" });
  if (caller.user.state !== "active") {
    throw new Refusal(403, "Sorry. Your account was suspended.", { documentation: "root" });
  }
  context.caller = caller;
}
