import { hash } from "node:crypto";
import type { People } from "./people.ts";

type Row = People["db"]["tables"]["runners"]["$inferSelect"];
export type RunnerType = Row["runnerType"];
export type NewRunner = Omit<
  People["db"]["tables"]["runners"]["$inferInsert"],
  "id" | "tokenDigest" | "createdAt" | "tagList"
> & { tagList: readonly string[] };

const PREFIX = "glrt-";
/** Twenty characters, as GitLab's own have behind the prefix. */
const TOKEN_BYTES = 15;

/** Registers a machine; its token is told here once. */
export async function register(
  people: People,
  { tagList, ...runner }: NewRunner,
): Promise<{ id: number; token: string }> {
  const { runners } = people.db.tables;
  const token = PREFIX + people.random.bytes(TOKEN_BYTES).toString("base64url");
  const [[row]] = await people.db.write(
    people.db.query
      .insert(runners)
      .values({
        ...runner,
        tagList: tagList.join(","),
        tokenDigest: hash("sha256", token, "hex"),
        createdAt: people.clock(),
      })
      .returning({ id: runners.id }),
  );
  return { id: (row as { id: number }).id, token };
}
