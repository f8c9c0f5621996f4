import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "commander";
import { UsageError } from "../../command-error.ts";
import {
  type AuditFilter,
  type AuditRow,
  listAuditPage,
} from "../../domain/activity/audit-queries.ts";
import type { Store } from "../../domain/store.ts";
import { withData } from "../../server/data-directory.ts";
import { configOf, print, verb } from "../command.ts";
import { userCalled } from "../find-user.ts";

const ROWS_PER_PAGE = 500;
const LOOK_EVERY_MS = 1000;

interface Options {
  json?: boolean;
  user?: string;
  action?: string;
  since?: string;
  until?: string;
  follow?: boolean;
}

const HELP = `
A line of JSON each, oldest first: when, who, in whose name, what, to whom, from where, by which token,
in which request. It holds no secret. A server may run meanwhile.`;

export function command(): Command {
  return verb("audit", "Prints who did what, a line of JSON each.")
    .option("--user <username>", "only what this user did, or what is about them")
    .option("--action <name>", "only actions that begin so, such as user.login or token")
    .option("--since <date>", "only from this time on, such as 2026-01-31 or 2026-01-31T12:00:00Z")
    .option("--until <date>", "only up to this time")
    .option("--follow", "go on with what comes, until Ctrl-C")
    .addHelpText("after", HELP)
    .action(printLog);
}

async function printLog(options: Options): Promise<void> {
  const [since, until] = [timeOf("--since", options.since), timeOf("--until", options.until)];
  await withData(configOf(options), async (store) => {
    const userId =
      options.user === undefined ? undefined : (await userCalled(store, options.user)).id;
    const filter = { userId, since, until, action: options.action };
    let afterId = await printAfter(store, filter, 0);
    while (options.follow === true) {
      await pause(LOOK_EVERY_MS);
      afterId = await printAfter(store, filter, afterId);
    }
  });
}

function timeOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new UsageError(`${flag} ${text} is not a date.`);
  return time;
}

/** Prints what comes after a row, and returns the last one's number. */
async function printAfter(store: Store, filter: AuditFilter, from: number): Promise<number> {
  let afterId = from;
  for (;;) {
    const place = { isDescending: false, after: afterId, limit: ROWS_PER_PAGE };
    const rows = await listAuditPage(store, filter, place);
    if (rows.length > 0) print(false, undefined, rows.map(lineOf).join("\n"));
    afterId = rows.at(-1)?.id ?? afterId;
    if (rows.length < ROWS_PER_PAGE) return afterId;
  }
}

const lineOf = (row: AuditRow): string =>
  JSON.stringify({
    id: row.id,
    created_at: new Date(row.createdAt).toISOString(),
    action: row.action,
    actor: row.actorUsername,
    actor_id: row.actorId,
    on_behalf_of: row.onBehalfOfUsername,
    on_behalf_of_id: row.onBehalfOfId,
    user: row.username,
    user_id: row.userId,
    target_type: row.targetType,
    target_id: row.targetId,
    target: row.targetName,
    details: row.details,
    via: row.via,
    ip_address: row.ipAddress,
    token_id: row.tokenId,
    request_id: row.requestId,
  });
