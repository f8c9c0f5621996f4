import { hash } from "node:crypto";
import type { Store } from "../store.ts";
import { auditStatement } from "./audit-log.ts";

export type NewRunner = Omit<
  Store["engine"]["tables"]["runners"]["$inferInsert"],
  "id" | "tokenDigest" | "createdAt" | "tagList"
> & { tagList: readonly string[] };

const PREFIX = "glrt-";
/** Twenty characters, as GitLab's own have behind the prefix. */
const TOKEN_BYTES = 15;

/** Registers a machine. Its token is returned only here. */
export async function register(
  store: Store,
  { tagList, ...runner }: NewRunner,
): Promise<{ id: number; token: string }> {
  const { runners } = store.engine.tables;
  const token = PREFIX + store.random.bytes(TOKEN_BYTES).toString("base64url");
  const [[row]] = await store.engine.transaction(
    store.engine.query
      .insert(runners)
      .values({
        ...runner,
        tagList: tagList.join(","),
        tokenDigest: hash("sha256", token, "hex"),
        createdAt: store.clock(),
      })
      .returning({ id: runners.id }),
    auditStatement(store, {
      action: "runner.create",
      target: { type: "Runner", name: runner.description ?? undefined },
      details: { runner_type: runner.runnerType },
    }),
  );
  return { id: (row as { id: number }).id, token };
}
