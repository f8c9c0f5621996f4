import { auditActionsThat } from "../../domain/activity/audit-actions.ts";
import type { AuditCondition } from "../../domain/activity/audit-queries.ts";
import { validationFailed } from "../http/api-error.ts";
import { parseDateRange } from "./parse-range.ts";

/** No more parts than a sensible phrase has; each is a condition for the database. */
const MAX_PARTS = 50;
const PART = /-?[A-Za-z_]+:"[^"]*"?|-?"[^"]*"?|\S+/g;
const QUALIFIER = /^([A-Za-z_]+):(.*)$/s;

/** What a phrase asks for. */
interface AuditSearch {
  readonly conditions: readonly AuditCondition[];
  /** Milliseconds since 1970, both included; undefined where the phrase names no time. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

type Of = AuditCondition["of"];

const COLUMNS: Readonly<Record<string, Of>> = {
  actor: "actor",
  user: "user",
  actor_ip: "address",
  ip: "address",
};

/** `user.login` is an action, `user` stands for all that begin so. */
const ofAction = (value: string): Of => (value.includes(".") ? "action" : "category");

/**
 * Reads a phrase (docs: Searching the audit log for your enterprise). Qualifiers of one name are
 * alternatives, those of different names all have to hold; a minus leaves out. A qualifier of what
 * there is none of here, such as `repo:`, finds nothing. Throws GitHub's refusal of a date that
 * can't be read.
 */
export function parseAuditPhrase(phrase: string): AuditSearch {
  const parts = phrase.match(PART) ?? [];
  if (parts.length > MAX_PARTS) {
    throw validationFailed({ resource: "Search", field: "phrase", code: "invalid" });
  }
  const valuesByField = new Map<string, string[]>();
  const conditions: AuditCondition[] = [];
  let [since, until] = [-Infinity, Infinity];
  for (const part of parts) {
    const isExcluded = part.length > 1 && part.startsWith("-");
    const bare = isExcluded ? part.slice(1) : part;
    const [, name = "", value = ""] = QUALIFIER.exec(bare) ?? [];
    const text = unquoted(name === "" ? bare : value);
    if (text === "") continue;
    if (name.toLowerCase() === "created" && !isExcluded) {
      const range = parseDateRange(text, "phrase");
      [since, until] = [Math.max(since, range.from), Math.min(until, range.to)];
      continue;
    }
    const { of, values } = conditionFor(name.toLowerCase(), text);
    if (isExcluded) conditions.push({ of, values, isExcluded });
    else valuesByField.set(of, [...(valuesByField.get(of) ?? []), ...values]);
  }
  for (const [of, values] of valuesByField) {
    conditions.push({ of: of as Of, values, isExcluded: false });
  }
  return {
    conditions,
    since: since === -Infinity ? undefined : since,
    until: until === Infinity ? undefined : until,
  };
}

function conditionFor(name: string, value: string): Pick<AuditCondition, "of" | "values"> {
  if (name === "action") return { of: ofAction(value), values: [value] };
  if (name === "operation") return { of: "action", values: auditActionsThat(value.toLowerCase()) };
  if (name === "") return { of: "word", values: [value] };
  const of = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
  return of === undefined ? { of: "nothing", values: [value] } : { of, values: [value] };
}

const unquoted = (text: string): string => text.replace(/^"([^"]*)"?$/s, "$1").trim();
