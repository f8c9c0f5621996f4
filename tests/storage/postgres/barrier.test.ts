import { describe, expect, it } from "@jest/globals";
import { Barrier } from "../../../src/storage/postgres/barrier.ts";
import type { Result, StatementConfig } from "../../../src/storage/postgres/lanes.ts";

/** Lets all happen that needs no answer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A database that answers when it is told to. */
function slowDatabase() {
  const waiting: ((failed?: Error) => void)[] = [];
  const send = <Row>(config: StatementConfig) =>
    new Promise<Result<Row>>((resolve, reject) => {
      const rows = config.name === "barrier" ? [{ sum: 0 }] : [];
      if (config.name !== "barrier") resolve({ rows: [{ timeline: "1" }] } as never);
      else waiting.push((failed) => (failed ? reject(failed) : resolve({ rows } as never)));
    });
  return { waiting, send };
}

describe("the barrier", () => {
  it("asks one question at a time, after all came who share it", async () => {
    const { waiting, send } = slowDatabase();
    const barrier = new Barrier(send);
    const early = [barrier.catchUp(), barrier.catchUp()];
    await settle();
    expect(waiting).toHaveLength(1);
    const resolved: string[] = [];
    const late = [1, 2, 3].map(() => barrier.catchUp().then(() => resolved.push("late")));
    await settle();
    // The first was sent before these came, so it can't speak for them.
    expect(waiting).toHaveLength(1);
    waiting[0]?.();
    await Promise.all(early);
    await settle();
    expect(waiting).toHaveLength(2);
    expect(resolved).toEqual([]);
    waiting[1]?.();
    await Promise.all(late);
    expect([barrier.asked, barrier.requests]).toEqual([2, 5]);
  });

  it("asks again for those who wait behind a question that failed", async () => {
    const { waiting, send } = slowDatabase();
    const barrier = new Barrier(send);
    const first = barrier.catchUp();
    await settle();
    const second = barrier.catchUp();
    waiting[0]?.(new Error("lost"));
    await expect(first).rejects.toThrow("lost");
    await settle();
    waiting[1]?.();
    await expect(second).resolves.toBeUndefined();
  });
});
