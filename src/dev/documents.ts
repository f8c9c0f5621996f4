import type { Document } from "./response-schema.ts";

/** The documents of dialects, with their answers; only who asks for them has to read them. */
const DOCUMENTS: Readonly<Record<string, () => Promise<{ document: unknown }>>> = {
  github: () => import("../generated/github-document.ts"),
  gitlab: () => import("../generated/gitlab-v4-document.ts"),
  "gitlab-v3": () => import("../generated/gitlab-v3-document.ts"),
  graph: () => import("../generated/graph-document.ts"),
  instance: () => import("../generated/instance-document.ts"),
};

/** What a dialect is described by; undefined for a dialect that has no such document. */
export async function documentOf(dialect: string): Promise<Document | undefined> {
  return (await DOCUMENTS[dialect]?.())?.document as Document | undefined;
}

/** The operations of a dialect's document. */
async function operationsOf(dialect: string) {
  const items = Object.values((await documentOf(dialect))?.paths ?? {});
  return items.flatMap(Object.values);
}

/** The dialects that have an operation. */
export async function dialectsOf(operation: string): Promise<string[]> {
  const found: string[] = [];
  for (const dialect of Object.keys(DOCUMENTS)) {
    const all = await operationsOf(dialect);
    if (all.some(({ operationId }) => operationId === operation)) found.push(dialect);
  }
  return found;
}

/**
 * The refusals that an operation's documents name by number, and 304, in order. What stands for all
 * others in them says nothing of a single one.
 */
export async function statusesOf(
  operation: string,
  dialects: readonly string[],
): Promise<number[]> {
  const found = new Set<number>();
  for (const dialect of dialects) {
    const named = (await operationsOf(dialect)).filter((one) => one.operationId === operation);
    for (const status of named.flatMap(({ responses }) => Object.keys(responses)).map(Number)) {
      if (status === 304 || status >= 400) found.add(status);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** The operations of all documents. */
export async function operationIds(): Promise<ReadonlySet<string>> {
  const all = await Promise.all(Object.keys(DOCUMENTS).map(operationsOf));
  return new Set(all.flat().map(({ operationId }) => operationId as string));
}
