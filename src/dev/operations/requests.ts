import type { components } from "../../generated/dev-types.ts";
import { judge } from "../check-responses.ts";
import type { Handler } from "../http/context.ts";
import type { Entry } from "../request-log.ts";

async function shown(entry: Entry): Promise<components["schemas"]["request"]> {
  const { number, time, path, dialect, operation, fault, answer, isCut } = entry;
  const { method, status } = answer;
  const refused = isCut || status === 0 ? [] : await judge(entry);
  return { number, time, method, path, dialect, operation, status, fault, refused };
}

export const requests: Handler<"requests"> = async ({ query }, { world }) => {
  const all: components["schemas"]["request"][] = [];
  for (const entry of world.journal.after(query.since ?? 0)) all.push(await shown(entry));
  const body = query.refused === true ? all.filter(({ refused }) => refused.length > 0) : all;
  return { status: 200, body };
};

export const forgetRequests: Handler<"forgetRequests"> = (_, { world }) => {
  world.journal.clear();
  return { status: 204 };
};
