import { and, asc, eq } from "../storage/drizzle.ts";
import { notFound } from "./errors.ts";
import type { People } from "./people.ts";

export type CustomAttribute = People["db"]["tables"]["customAttributes"]["$inferSelect"];

/** What administrators noted about a user, by name. */
export function of({ db }: People, userId: number): Promise<CustomAttribute[]> {
  const { customAttributes } = db.tables;
  return db.query
    .select()
    .from(customAttributes)
    .where(eq(customAttributes.userId, userId))
    .orderBy(asc(customAttributes.key));
}

const named = ({ db: { tables } }: People, userId: number, key: string) =>
  and(eq(tables.customAttributes.userId, userId), eq(tables.customAttributes.key, key));

/** One note about a user; undefined where there is none of that name. */
export async function find(
  people: People,
  userId: number,
  key: string,
): Promise<CustomAttribute | undefined> {
  const [row] = await people.db.query
    .select()
    .from(people.db.tables.customAttributes)
    .where(named(people, userId, key));
  return row;
}

/** Writes a note about a user in place of the one of that name. Throws `not-found` for nobody. */
export async function set(people: People, attribute: CustomAttribute): Promise<CustomAttribute> {
  const { customAttributes } = people.db.tables;
  const { value } = attribute;
  const insertion = people.db.query
    .insert(customAttributes)
    .values(attribute)
    .onConflictDoUpdate({
      target: [customAttributes.userId, customAttributes.key],
      set: { value },
    });
  await people.db.write(insertion);
  return attribute;
}

/** Takes a note away. Throws `not-found`. */
export async function remove(people: People, userId: number, key: string): Promise<void> {
  const { customAttributes } = people.db.tables;
  const [rows] = await people.db.write(
    people.db.query
      .delete(customAttributes)
      .where(named(people, userId, key))
      .returning({ key: customAttributes.key }),
  );
  if (rows.length === 0) throw notFound("custom-attribute");
}
