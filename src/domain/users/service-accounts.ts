import { and, asc, count, desc, eq } from "../../storage/drizzle.ts";
import { notFound } from "../errors.ts";
import type { Store } from "../store.ts";
import type { User } from "../user.ts";
import { getUserById } from "./users.ts";

/** A service account, with its primary address. */
export interface ServiceAccount {
  readonly user: Pick<User, "id" | "username" | "name" | "unconfirmedEmail">;
  readonly email: string;
}

interface ServiceAccountPage {
  readonly by: "id" | "username";
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

export async function countServiceAccounts({ engine }: Store): Promise<number> {
  const { users } = engine.tables;
  const [row] = await engine.query
    .select({ total: count() })
    .from(users)
    .where(eq(users.type, "service_account"));
  return row?.total ?? 0;
}

/** A page of the service accounts, in the order of a column. */
export async function listServiceAccounts(
  { engine }: Store,
  { by, descending, offset, limit }: ServiceAccountPage,
): Promise<ServiceAccount[]> {
  const { users, emails } = engine.tables;
  const column = by === "id" ? users.id : users.username;
  const rows = await engine.query
    .select({
      id: users.id,
      username: users.username,
      name: users.name,
      unconfirmedEmail: users.unconfirmedEmail,
      email: emails.email,
    })
    .from(users)
    .leftJoin(emails, and(eq(emails.userId, users.id), eq(emails.primary, true)))
    .where(eq(users.type, "service_account"))
    .orderBy((descending ? desc : asc)(column))
    .limit(limit)
    .offset(offset);
  return rows.map(({ email, ...user }) => ({ user, email: email ?? "" }));
}

/** Throws `not-found` for an id of no service account. */
export async function getServiceAccount(store: Store, id: number): Promise<User> {
  const user = await getUserById(store, id);
  if (user.type !== "service_account") throw notFound("user");
  return user;
}
