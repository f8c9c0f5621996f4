import { type EventRow, identityOf } from "../bulk.ts";
import type { RawConnection } from "./raw-connection.ts";

const COLUMNS =
  "author_id, project_id, action_name, target_id, target_iid, target_type, target_title, data";

/**
 * Makes a place for rows to wait in, outside the database's file; empty, too, if it was there.
 * `identity` says which rows of one author and time are one event.
 */
export function openStage(connection: RawConnection): void {
  closeStage(connection);
  connection.exec(`create temp table staged_events (
    place integer primary key, author_id integer, project_id integer, action_name text,
    target_id integer, target_iid integer, target_type text, target_title text, data text,
    created_at integer, source_id integer, identity text)`);
}

export function closeStage(connection: RawConnection): void {
  connection.exec("drop table if exists temp.staged_events");
}

/** Gives the function that lays rows aside. */
export function prepareEventStage(connection: RawConnection): (row: EventRow) => void {
  const insertion = connection.prepare(
    `insert into temp.staged_events (${COLUMNS}, created_at, source_id, identity)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (row) => {
    const content = [
      ...[row.authorId, row.projectId, row.actionName, row.targetId, row.targetIid],
      ...[row.targetType, row.targetTitle, row.data],
    ];
    insertion.run(...content, row.createdAt, row.sourceId, identityOf(row));
  };
}

/** An event with an id in its source keeps it; else everything has to be the same. */
const IS_THERE = `case when staged.source_id is null
  then events.action_name = staged.action_name and events.project_id is staged.project_id
    and events.target_id is staged.target_id and events.target_iid is staged.target_iid
    and events.target_type is staged.target_type and events.target_title is staged.target_title
    and json_remove(events.data, '$.open') is json_remove(staged.data, '$.open')
  else json_extract(events.data, '$.imported.id') = staged.source_id end`;

/**
 * Writes what was laid aside, each event once, oldest first, and leaves out what is there already
 * and what has no author. Says how many are new; those without a time get `now`.
 */
export function writeStaged(connection: RawConnection, now: number): number {
  const write = (condition: string, sameTime: string) =>
    connection
      .prepare(
        `insert into events (${COLUMNS}, created_at)
          select ${COLUMNS}, coalesce(created_at, ?) from
            (select *, min(place) from temp.staged_events where created_at ${condition}
              group by author_id, created_at, identity) as staged
          where exists (select 1 from users where id = staged.author_id)
            and not exists (select 1 from events where author_id = staged.author_id
              and ${sameTime} and ${IS_THERE})
          order by created_at, source_id, place`,
      )
      .run(now).changes;
  return (
    write("is not null", "events.created_at = staged.created_at") +
    write("is null", "json_extract(events.data, '$.imported.dated') = 0")
  );
}
