import { afterEach, expect, it, jest } from "@jest/globals";
import { pino } from "pino";
import { recordAudit } from "../../src/domain/activity/audit-log.ts";
import { listAuditPage, purgeAuditEvents } from "../../src/domain/activity/audit-queries.ts";
import { beginAuditRetention } from "../../src/server/audit-retention.ts";
import { withBrokenEngine } from "../support/break-engine.ts";
import { insertRows } from "../support/raw.ts";
import { stage } from "../support/stage.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const here = stage();
const quiet = pino({ level: "silent" });
afterEach(() => void jest.useRealTimers());

async function agesIn(): Promise<number[]> {
  const now = here.store.clock();
  const rows = await listAuditPage(here.store, {}, { isDescending: false, limit: 10_000 });
  return rows.map(({ createdAt }) => Math.round((now - createdAt) / DAY_MS));
}
async function entries(...ages: number[]) {
  const { engine, clock } = here.store;
  await engine.transaction(engine.query.delete(engine.tables.auditEvents));
  const now = clock();
  const rows = ages.map((age) => ({ action: "user.login", createdAt: now - age * DAY_MS }));
  await insertRows(engine, engine.tables.auditEvents, rows);
}

it("keeps everything with 0 days", async () => {
  await entries(4000, 10, 1);
  await beginAuditRetention(here.store, 0, quiet)();
  expect(await agesIn()).toEqual([4000, 10, 1]);
});

it("deletes what is older at once, and every hour from then on", async () => {
  jest.useFakeTimers({
    doNotFake: ["setTimeout", "setImmediate", "nextTick", "queueMicrotask", "Date"],
  });
  await entries(31, 29, 400, 0);
  const end = beginAuditRetention(here.store, 30, quiet);
  try {
    jest.advanceTimersByTime(59 * 60 * 1000);
  } finally {
    await end();
  }
  expect(await agesIn()).toEqual([29, 0]);
  await entries(31);
  const again = beginAuditRetention(here.store, 40, quiet);
  jest.advanceTimersByTime(60 * 60 * 1000);
  await again();
  expect(await agesIn()).toEqual([31]);
});

it("deletes any number, a thousand to a transaction", async () => {
  await entries(...Array.from({ length: 2500 }, () => 50), 1);
  expect(await purgeAuditEvents(here.store, here.store.clock() - 40 * DAY_MS)).toBe(2500);
  expect(await agesIn()).toEqual([1]);
});

it("says what went wrong and goes on", async () => {
  const lines: object[] = [];
  const log = { info: () => {}, error: (line: object) => void lines.push(line) };
  const transaction = () => Promise.reject(new Error("disk"));
  await withBrokenEngine(here.store.engine, { transaction }, () =>
    beginAuditRetention(here.store, 1, log)(),
  );
  expect(lines).toEqual([{ err: new Error("disk") }]);
  await recordAudit(here.store, { action: "user.login" });
});
