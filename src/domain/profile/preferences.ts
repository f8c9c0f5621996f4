import { eq } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

type Row = Store["engine"]["tables"]["userPreferences"]["$inferSelect"];
/** Without an id where they were never saved. */
export type Preferences = Omit<Row, "id"> & { id: number | null };
export type Choices = Partial<Omit<Row, "id" | "userId">>;

/** How a user likes things to be. */
export async function preferencesOf(store: Store, userId: number): Promise<Preferences> {
  const { userPreferences } = store.engine.tables;
  const [row] = await store.engine.query
    .select()
    .from(userPreferences)
    .where(eq(userPreferences.userId, userId));
  return row ?? { id: null, userId, ...INITIAL };
}

const INITIAL = {
  viewDiffsFileByFile: false,
  showWhitespaceInDiffs: true,
  passUserIdentitiesToCiJwt: false,
};

/** Changes what is chosen, leaves the rest, and returns all. */
export async function updatePreferences(
  store: Store,
  userId: number,
  choices: Choices,
): Promise<Preferences> {
  const { userPreferences } = store.engine.tables;
  const insertion = store.engine.query
    .insert(userPreferences)
    .values({ ...choices, userId })
    .onConflictDoUpdate({ target: userPreferences.userId, set: { ...choices, userId } })
    .returning();
  const [[row]] = await store.engine.transaction(insertion);
  return row as Row;
}
