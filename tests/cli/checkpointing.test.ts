import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import { sql } from "drizzle-orm";
import { pino } from "pino";
import { beginCheckpoints } from "../../src/cli/checkpointing.ts";
import { follow, unfollow } from "../../src/people/follows.ts";
import type { People } from "../../src/people/people.ts";
import { files, opener, users } from "../storage/opened.ts";

const file = files();
const open = opener();
let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

/** Whether a thread sees to checkpoints: commits then leave a longer log alone. */
async function hasThread({ db }: People): Promise<boolean> {
  const [row] = await db.query.all<{ wal_autocheckpoint: number }>(sql`pragma wal_autocheckpoint`);
  return (row?.wal_autocheckpoint ?? 0) > 1000;
}

/** People of whom the first follows and leaves the second, so many times in a second. */
async function served(times: number) {
  const path = file("served.db");
  const people = open.people({ file: path });
  const [one, two] = (await users(people, 2)).map(({ id }) => id) as [number, number];
  const end = beginCheckpoints({ people, file: path, isNew: false }, pino({ level: "silent" }));
  ends.unshift(end);
  for (let time = 0; time < times; time += 1) {
    await (time % 2 === 0 ? follow : unfollow)(people, one, two);
  }
  return { people, end };
}

describe("a thread for checkpoints", () => {
  it("is none while nobody writes, and none for a few changes", async () => {
    for (const times of [0, 5]) {
      const { people } = await served(times);
      await pause(2500);
      expect(await hasThread(people)).toBe(false);
    }
  });

  it("is none once it was told to end", async () => {
    const { people, end } = await served(20);
    await end();
    await pause(2500);
    expect(await hasThread(people)).toBe(false);
  });

  it("begins where there are many changes, and ends when it is told to", async () => {
    const { people, end } = await served(20);
    for (let tries = 0; tries < 100 && !(await hasThread(people)); tries += 1) await pause(100);
    expect(await hasThread(people)).toBe(true);
    await end();
    expect(await hasThread(people)).toBe(false);
  });
});
