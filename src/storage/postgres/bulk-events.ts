import type Pg from "pg";
import { type EventStage, identityOf } from "../bulk.ts";
import { usersById, usersNamed } from "./bulk.ts";
import { copyRow, ownConnection } from "./connection.ts";

const COLUMNS =
  "author_id, project_id, action_name, target_id, target_iid, target_type, target_title, data";

/** Events wait in a temporary table of a connection of its own. */
export async function stageEvents(connection: Pg.ClientConfig): Promise<EventStage> {
  const own = await ownConnection(connection);
  await own.send({
    text: `create temp table staged_events (
      place bigint generated always as identity, author_id bigint, project_id bigint,
      action_name text, target_id bigint, target_iid bigint, target_type text, target_title text,
      data json, created_at bigint, source_id bigint, identity text collate "C")`,
  });
  return {
    usersNamed: (usernames) => usersNamed(own.send, usernames),
    usersById: (ids) => usersById(own.send, ids),
    add: (rows) =>
      own.copy(
        `staged_events (${COLUMNS}, created_at, source_id, identity)`,
        rows.map((row) =>
          copyRow(
            ...[row.authorId, row.projectId, row.actionName, row.targetId, row.targetIid],
            ...[row.targetType, row.targetTitle, row.data, row.createdAt, row.sourceId],
            identityOf(row),
          ),
        ),
      ),
    async write(now) {
      await own.send({ text: "begin" });
      await own.send({ text: "analyze staged_events" });
      const dated = await own.send(
        { text: insertion("is not null", "events.created_at = staged.created_at") },
        [now],
      );
      const undated = await own.send(
        { text: insertion("is null", "events.data -> 'imported' ->> 'dated' = 'false'") },
        [now],
      );
      await own.send({ text: "commit" });
      return (dated.rowCount ?? 0) + (undated.rowCount ?? 0);
    },
    close: () => own.close(),
  };
}

/** An event with an id in its source keeps it; any other has to be the same throughout. */
const IS_THERE = `case when staged.source_id is null
  then events.action_name = staged.action_name and events.project_id is not distinct from staged.project_id
    and events.target_id is not distinct from staged.target_id
    and events.target_iid is not distinct from staged.target_iid
    and events.target_type is not distinct from staged.target_type
    and events.target_title is not distinct from staged.target_title
    and (events.data::jsonb - 'open') is not distinct from (staged.data::jsonb - 'open')
  else (events.data -> 'imported' ->> 'id')::bigint = staged.source_id end`;

const insertion = (condition: string, sameTime: string): string => `
  insert into events (${COLUMNS}, created_at)
  select ${COLUMNS}, coalesce(created_at, $1::bigint) from
    (select distinct on (author_id, created_at, identity) * from staged_events
      where created_at ${condition} order by author_id, created_at, identity, place) as staged
  where exists (select 1 from users where id = staged.author_id)
    and not exists (select 1 from events where author_id = staged.author_id
      and ${sameTime} and ${IS_THERE})
  order by created_at, source_id nulls first, place`;
