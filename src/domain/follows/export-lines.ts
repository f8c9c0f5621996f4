import { asc, eq, gt, sql } from "../../storage/drizzle.ts";
import type { Store } from "../store.ts";

const FOLLOWS_PER_PAGE = 5000;

/** Follows as CSV, by follower, a piece of many lines at a time. What changes meanwhile may be missing. */
export async function* followLines({ engine }: Store): AsyncGenerator<string> {
  const { follows, users } = engine.tables;
  yield "follower,followed\n";
  const place = { follower: -1, followed: -1 };
  for (;;) {
    const rows = await engine.query
      .select({
        followerId: follows.followerId,
        followedId: follows.followedId,
        follower: sql<string>`(select username from ${users} where id = ${follows.followerId})`,
        followed: users.username,
      })
      .from(follows)
      .innerJoin(users, eq(users.id, follows.followedId))
      .where(
        sql`(${follows.followerId}, ${follows.followedId}) > (${place.follower}, ${place.followed})`,
      )
      .orderBy(asc(follows.followerId), asc(follows.followedId))
      .limit(FOLLOWS_PER_PAGE);
    yield rows.map(({ follower, followed }) => `${follower},${followed}\n`).join("");
    const last = rows.at(-1);
    if (last === undefined || rows.length < FOLLOWS_PER_PAGE) return;
    Object.assign(place, { follower: last.followerId, followed: last.followedId });
  }
}

/** Users as NDJSON, by id, without what opens doors; a piece of many lines at a time. */
export async function* userLines({ engine }: Store): AsyncGenerator<string> {
  const { users } = engine.tables;
  const { username, name, state, admin, bio, location, organization, createdAt } = users;
  const columns = { id: users.id, username, name, state, admin, bio, location, organization };
  for (let after = 0; ; ) {
    const rows = await engine.query
      .select({ ...columns, createdAt })
      .from(users)
      .where(gt(users.id, after))
      .orderBy(asc(users.id))
      .limit(FOLLOWS_PER_PAGE);
    const lines = rows.map(({ createdAt: made, ...row }) =>
      JSON.stringify({ ...row, created_at: new Date(made).toISOString() }),
    );
    yield lines.map((line) => `${line}\n`).join("");
    const last = rows.at(-1);
    if (last === undefined || rows.length < FOLLOWS_PER_PAGE) return;
    after = last.id;
  }
}
