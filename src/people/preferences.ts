import { eq } from "../storage/drizzle.ts";
import type { People } from "./people.ts";

type Row = People["db"]["tables"]["userPreferences"]["$inferSelect"];
/** Without an id where they were never saved. */
export type Preferences = Omit<Row, "id"> & { id: number | null };
export type Choices = Partial<Omit<Row, "id" | "userId">>;

/** How a user likes things to be. */
export async function preferencesOf(people: People, userId: number): Promise<Preferences> {
  const { userPreferences } = people.db.tables;
  const [row] = await people.db.query
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
export async function choose(
  people: People,
  userId: number,
  choices: Choices,
): Promise<Preferences> {
  const { userPreferences } = people.db.tables;
  const insertion = people.db.query
    .insert(userPreferences)
    .values({ ...choices, userId })
    .onConflictDoUpdate({ target: userPreferences.userId, set: { ...choices, userId } })
    .returning();
  const [[row]] = await people.db.write(insertion);
  return row as Row;
}
