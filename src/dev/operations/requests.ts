import type { components } from "../../generated/dev-types.ts";
import { checkResponse } from "../check-responses.ts";
import type { Handler } from "../http/context.ts";
import type { Entry } from "../request-log.ts";

async function shown(entry: Entry): Promise<components["schemas"]["request"]> {
  const { answer, isCut, ...known } = entry;
  const { method, status } = answer;
  const refused = isCut || status === 0 ? [] : await checkResponse(entry);
  return { ...known, method, status, refused };
}

/** What the query asks for besides numbers and refusals. */
const FILTERS = ["dialect", "operation", "method", "status", "user"] as const;

export const requests: Handler<"requests"> = async ({ query }, { world }) => {
  const all: components["schemas"]["request"][] = [];
  for (const entry of world.journal.after(query.since ?? 0)) all.push(await shown(entry));
  const body = all.filter(
    (one) =>
      (query.refused !== true || one.refused.length > 0) &&
      FILTERS.every((name) => query[name] === undefined || query[name] === one[name]),
  );
  return { status: 200, body };
};

export const forgetRequests: Handler<"forgetRequests"> = (_, { world }) => {
  world.journal.clear();
  return { status: 204 };
};
