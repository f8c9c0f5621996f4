import { eq } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

type Row = Store["engine"]["tables"]["userCounts"]["$inferSelect"];
type Counts = Omit<Row, "userId">;

const NONE: Counts = {
  groups: 0,
  projects: 0,
  issues: 0,
  mergeRequests: 0,
  assignedIssues: 0,
  assignedMergeRequests: 0,
  reviewRequestedMergeRequests: 0,
  todos: 0,
};

/** How much of what is elsewhere is a user's. */
export async function countsOf(store: Store, userId: number): Promise<Counts> {
  const { userCounts } = store.engine.tables;
  const [row] = await store.engine.query
    .select()
    .from(userCounts)
    .where(eq(userCounts.userId, userId));
  return row ?? NONE;
}
