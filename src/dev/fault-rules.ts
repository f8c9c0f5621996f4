import { nearest } from "../config/suggest.ts";
import { STATUS_CODES } from "../http/status-codes.ts";
import { dialectsOf, operationIds, statusesOf } from "./documents.ts";
import type { NewFault } from "./faults.ts";

type Member = "milliseconds" | "seconds" | "status" | "message";

interface Rule {
  /** The dialects that it can befall, by how their names begin; undefined for all. */
  dialects?: readonly string[];
  members: readonly Member[];
}

const VENDORS = ["github", "gitlab"];
const NOTHING: Rule = { members: [] };
const VENDORS_ERROR: Rule = { dialects: VENDORS, members: [] };

const RULES: Readonly<Record<NewFault["kind"], Rule>> = {
  delay: { members: ["milliseconds"] },
  drop: NOTHING,
  "broken-json": NOTHING,
  "cut-body": NOTHING,
  "slow-body": { members: ["milliseconds"] },
  status: { dialects: VENDORS, members: ["status", "message", "seconds"] },
  "server-error": VENDORS_ERROR,
  "bad-gateway": VENDORS_ERROR,
  unavailable: VENDORS_ERROR,
  "gateway-timeout": VENDORS_ERROR,
  "primary-limit": { dialects: ["github"], members: ["seconds"] },
  "secondary-limit": { dialects: ["github"], members: ["seconds"] },
  throttled: { dialects: ["gitlab"], members: ["seconds"] },
  "too-many-requests": { dialects: ["gitlab"], members: ["seconds"] },
};

const MEMBERS: readonly Member[] = ["milliseconds", "seconds", "status", "message"];

/** Why a fault could never happen, or not as it says; undefined for one that can. */
export async function problemWith(fault: NewFault): Promise<string | undefined> {
  const { kind, dialect, operation, status, message } = fault;
  const rule = RULES[kind];
  const spare = MEMBERS.find((name) => fault[name] !== undefined && !rule.members.includes(name));
  if (spare !== undefined) {
    const known = rule.members.length === 0 ? "no such member" : rule.members.join(", ");
    return `“${spare}” means nothing for ${kind}, which has ${known}.`;
  }
  if (kind === "status" && !isFaultStatus(status)) {
    return "A status from 400 to 599 that HTTP knows is needed, such as 422, or 304.";
  }
  if (status === 304 && message !== undefined) return "A 304 has no body that could say a message.";
  const can = (name: string) => rule.dialects?.some((one) => name.startsWith(one)) ?? true;
  if (dialect !== undefined && !can(dialect)) {
    return `${kind} can't happen in ${dialect}'s dialect, but in ${rule.dialects?.join(" and ")}'s.`;
  }
  return operation === undefined ? undefined : problemWithOperation(operation, fault, can);
}

const isFaultStatus = (status: number | undefined): boolean =>
  status === 304 || (status !== undefined && status >= 400 && STATUS_CODES[status] !== undefined);

async function problemWithOperation(
  operation: string,
  { dialect, kind, status }: NewFault,
  can: (dialect: string) => boolean,
): Promise<string | undefined> {
  const dialects = await dialectsOf(operation);
  if (dialects.length === 0) {
    const near = nearest(operation, await operationIds());
    return `There is no operation “${operation}”; did you mean “${near}”?`;
  }
  if (dialect !== undefined && !dialects.some((name) => name.startsWith(dialect))) {
    return `“${operation}” is an operation of ${dialects.join(" and ")}, not of ${dialect}.`;
  }
  if (!dialects.some(can)) {
    return `${kind} can't happen to “${operation}”, an operation of ${dialects.join(" and ")}.`;
  }
  if (status === undefined) return undefined;
  const meant = dialects.filter((name) => dialect === undefined || name.startsWith(dialect));
  const named = await statusesOf(operation, meant);
  if (named.includes(status)) return undefined;
  return `“${operation}” never answers ${status}; its document names ${named.join(", ")}.`;
}
