import { invalidate } from "../../domain/invalidation.ts";
import { hasBody } from "../../http/body-parsing.ts";
import type { Exchange, Operation } from "../../http/dialect.ts";
import { badRequest } from "./api-error.ts";
import { collectParameters, readBody } from "./collect-parameters.ts";
import { type Context, requireAdmin } from "./context.ts";
import { authenticateCaller } from "./credentials.ts";
import { declarationOf, type GroupRule } from "./declared-parameters.ts";
import { PATH_FORMAT } from "./formats.ts";
import type { Problem } from "./grape-messages.ts";
import { countRequest, identifyWithinLimits } from "./throttle.ts";

/**
 * What GitLab does before it looks at an operation: it reads the body, in which a credential may
 * be, then finds out who is calling and for whom (contract, section 1.2).
 */
export async function authenticate(exchange: Exchange<Context>): Promise<void> {
  if (await readRequest(exchange)) await identifyWithinLimits(exchange.context, authenticateCaller);
  else await countRequest(exchange.context);
}

/**
 * Refuses every format but JSON, be it asked for in the query or at the end of the path. Grape does
 * so before it looks at the caller.
 */
function requireJsonFormat({ req, path }: Exchange<Context>): void {
  const [, ending] = PATH_FORMAT.exec(path) ?? [];
  const inQuery = req.url.includes("?")
    ? new URL(req.url, "http://localhost").searchParams.get("format")
    : null;
  const format = inQuery ?? ending;
  if (format === undefined || format === "json") return;
  throw badRequest(`The requested format '${format}' is not supported.`, 406);
}

/** Reads everything that was given; says whether it is for an operation. */
export async function readRequest(exchange: Exchange<Context>): Promise<boolean> {
  const caughtUp = invalidate.catchUp(exchange.context.store);
  if (caughtUp !== undefined) await caughtUp;
  if (exchange.match === undefined) return false;
  const memory = hasBody(exchange) ? undefined : exchange.match.memory;
  if (memory?.parameters === undefined) {
    requireJsonFormat(exchange);
    const reading = readBody(exchange);
    if (reading !== undefined) await reading;
  }
  exchange.context.parameters = memory?.parameters ?? collectParameters(exchange);
  if (memory !== undefined) memory.parameters ??= Object.freeze(exchange.context.parameters);
  return true;
}

/** Some operations refuse who is no administrator before they look at parameters, the rest after. */
export function checkAdministrator(context: Context, operation: Operation): void {
  if (declarationOf(operation).administrators) requireAdmin(context);
}

/** The rules about several names that a request breaks, told behind the name that each belongs to. */
export function groupRuleMessages(
  { parameters }: Context,
  operation: Operation,
): Map<string, string[]> {
  const { allOrNone, atLeastOne } = declarationOf(operation);
  const said = new Map<string, string[]>();
  const tell = ({ after }: GroupRule, words: string) =>
    said.set(after, [...(said.get(after) ?? []), words]);
  const given = (names: readonly string[]) => names.filter((name) => name in parameters).length;
  for (const rule of allOrNone) {
    const count = given(rule.names);
    if (count === 0 || count === rule.names.length) continue;
    tell(rule, `${rule.names.join(", ")} provide all or none of parameters`);
  }
  for (const rule of atLeastOne) {
    if (given(rule.names) > 0) continue;
    tell(rule, `${rule.names.join(", ")} are missing, at least one parameter must be provided`);
  }
  return said;
}

/** Members that another member's value asks for (`group_id` with `group_type`). */
export function conditionalProblems({ parameters }: Context, operation: Operation): Problem[] {
  return declarationOf(operation).all.flatMap(({ name, schema }) => {
    const [[other, value] = []] = Object.entries(schema["x-grape-required-when"] ?? {});
    const isMissing = other !== undefined && parameters[other] === value && !(name in parameters);
    return isMissing ? [{ path: `/body/${name}`, errorCode: "required.openapi.validation" }] : [];
  });
}
