import type { Logger } from "pino";
import { purgeAuditEvents } from "../domain/activity/audit-queries.ts";
import type { Store } from "../domain/store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

/**
 * Deletes entries of the audit log that are older than a number of days: at once, and every hour
 * from then on. With 0 days they are kept. Returns what ends it, which resolves when nothing of it
 * runs any more. Nodes that share a database may all do so.
 */
export function beginAuditRetention(
  store: Store,
  days: number,
  log: Pick<Logger, "info" | "error">,
): () => Promise<void> {
  if (days === 0) return async () => {};
  let running = Promise.resolve();
  const sweep = async () => {
    try {
      const purged = await purgeAuditEvents(store, store.clock() - days * DAY_MS);
      if (purged > 0) log.info({ purged, days }, "old entries of the audit log are deleted");
    } catch (error) {
      // The next hour tries again: what is kept too long does no harm to requests.
      log.error({ err: error }, "old entries of the audit log could not be deleted");
    }
  };
  const begin = () => {
    running = running.then(sweep);
  };
  begin();
  const timer = setInterval(begin, HOUR_MS).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
