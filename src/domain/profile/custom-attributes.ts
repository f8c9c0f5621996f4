import { and, asc, eq } from "../../storage/drizzle.ts";
import { auditStatement } from "../activity/audit-log.ts";
import { notFound } from "../errors.ts";
import type { Store } from "../store.ts";

export type CustomAttribute = Store["engine"]["tables"]["customAttributes"]["$inferSelect"];

/** What administrators noted about a user, by name. */
export function listByUser({ engine }: Store, userId: number): Promise<CustomAttribute[]> {
  const { customAttributes } = engine.tables;
  return engine.query
    .select()
    .from(customAttributes)
    .where(eq(customAttributes.userId, userId))
    .orderBy(asc(customAttributes.key));
}

const named = ({ engine: { tables } }: Store, userId: number, key: string) =>
  and(eq(tables.customAttributes.userId, userId), eq(tables.customAttributes.key, key));

/** One note about a user; undefined where there is none of that name. */
export async function find(
  store: Store,
  userId: number,
  key: string,
): Promise<CustomAttribute | undefined> {
  const [row] = await store.engine.query
    .select()
    .from(store.engine.tables.customAttributes)
    .where(named(store, userId, key));
  return row;
}

/** Writes a note about a user in place of the one of that name. Throws `not-found` for an unknown user. */
export async function set(store: Store, attribute: CustomAttribute): Promise<CustomAttribute> {
  const { customAttributes } = store.engine.tables;
  const { value } = attribute;
  const insertion = store.engine.query
    .insert(customAttributes)
    .values(attribute)
    .onConflictDoUpdate({
      target: [customAttributes.userId, customAttributes.key],
      set: { value },
    });
  const { userId, key } = attribute;
  await store.engine.transaction(
    insertion,
    auditStatement(store, {
      action: "custom_attribute.set",
      userId,
      target: { type: "CustomAttribute", name: key },
    }),
  );
  return attribute;
}

/** Takes a note away. Throws `not-found`. */
export async function remove(store: Store, userId: number, key: string): Promise<void> {
  const { customAttributes } = store.engine.tables;
  const [, rows] = await store.engine.transaction(
    auditStatement(
      store,
      {
        action: "custom_attribute.delete",
        userId,
        target: { type: "CustomAttribute", name: key },
      },
      { from: customAttributes, where: named(store, userId, key) },
    ),
    store.engine.query
      .delete(customAttributes)
      .where(named(store, userId, key))
      .returning({ key: customAttributes.key }),
  );
  if (rows.length === 0) throw notFound("custom-attribute");
}
