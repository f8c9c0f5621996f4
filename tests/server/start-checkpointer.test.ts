import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import { follow, unfollow } from "../../src/domain/follows/follows.ts";
import type { Store } from "../../src/domain/store.ts";
import { beginCheckpoints } from "../../src/server/start-checkpointer.ts";
import { files, opener, users } from "../storage/opened.ts";
import { eventually } from "../support/eventually.ts";

const file = files();
const open = opener();
/** What looks how much is written does so when a test says; all else goes on by itself. */
const LOOKS_MS = 3000;
beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: [
      ...(["Date", "hrtime", "nextTick", "performance", "queueMicrotask"] as const),
      ...(["setImmediate", "clearImmediate", "setTimeout", "clearTimeout"] as const),
    ],
  });
});
afterEach(() => void jest.useRealTimers());

let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

/** Whether a thread sees to checkpoints: commits then leave a longer log alone. */
async function hasThread({ engine }: Store): Promise<boolean> {
  const [row] = await engine.query.all<{ wal_autocheckpoint: number }>(
    sql`pragma wal_autocheckpoint`,
  );
  return (row?.wal_autocheckpoint ?? 0) > 1000;
}

/** People of whom the first follows and leaves the second, so many times in a second. */
async function served(times: number) {
  const path = file("served.db");
  const store = open.store({ file: path });
  const [one, two] = (await users(store, 2)).map(({ id }) => id) as [number, number];
  const end = beginCheckpoints({ store, file: path, isNew: false }, pino({ level: "silent" }));
  ends.unshift(end);
  for (let time = 0; time < times; time += 1) {
    await (time % 2 === 0 ? follow : unfollow)(store, one, two);
  }
  return { store, end };
}

describe("a thread for checkpoints", () => {
  it("is none without writes, and none for a few changes", async () => {
    for (const times of [0, 5]) {
      const { store } = await served(times);
      jest.advanceTimersByTime(LOOKS_MS);
      expect(await hasThread(store)).toBe(false);
    }
  });

  it("is none once it was ended", async () => {
    const { store, end } = await served(20);
    await end();
    jest.advanceTimersByTime(LOOKS_MS);
    expect(await hasThread(store)).toBe(false);
  });

  it("begins where there are many changes, and ends when the server stops", async () => {
    const { store, end } = await served(20);
    jest.advanceTimersByTime(LOOKS_MS);
    await eventually(() => hasThread(store));
    await end();
    expect(await hasThread(store)).toBe(false);
  });
});
