import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Letter } from "../../src/domain/letter.ts";
import { openMailQueue } from "../../src/server/mail-queue.ts";
import { eventually } from "../support/eventually.ts";

const letter = { to: "una@example.test", subject: "Hello", text: "https://x.test/?token=1\n" };
const HOUR = 3_600_000;

let data: string;
let now: number;
let isUp: boolean;
const sent: Letter[] = [];
const kept: Letter[] = [];
const lines: string[] = [];
const queues: { end(): void }[] = [];

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "followd-mail-"));
  now = Date.UTC(2024, 0, 1);
  isUp = false;
  for (const list of [sent, kept, lines]) list.length = 0;
});
afterEach(() => {
  for (const queue of queues.splice(0)) queue.end();
  rmSync(data, { recursive: true });
});

function open() {
  const line = (details: object, text: string) => void lines.push(text + JSON.stringify(details));
  const queue = openMailQueue({
    data,
    async send(each) {
      if (!isUp) throw new Error("connect ECONNREFUSED");
      sent.push(each);
    },
    keep: async (each) => void kept.push(each),
    log: { warn: line, error: line },
    clock: () => now,
  });
  queues.push(queue);
  return queue;
}

const waiting = () => readdirSync(join(data, "mail-queue"));
const failed = (times: number) => eventually(() => lines.length === times || undefined);

describe("the queue of mail", () => {
  it("hands a letter over at once and keeps nothing of it", async () => {
    isUp = true;
    await open().send(letter);
    await eventually(() => waiting().length === 0 || undefined);
    expect(sent).toEqual([letter]);
  });

  it("tries again later, after a restart too, and only when it is time", async () => {
    await open().send(letter);
    await failed(1);
    const [file = ""] = waiting();
    expect(statSync(join(data, "mail-queue", file)).mode & 0o777).toBe(0o600);
    expect(lines[0]).toMatch(/^mail to una@example\.test failed; next try at 2024-01-01T00:01:00/);
    expect(lines.join("")).not.toContain("token=");
    isUp = true;
    const restarted = open();
    await restarted.work();
    expect(sent).toEqual([]);
    now += HOUR;
    await restarted.work();
    expect([sent, waiting()]).toEqual([[letter], []]);
  });

  it("gives a letter to the operator when its links have expired", async () => {
    const queue = open();
    await queue.send(letter);
    await failed(1);
    for (let tries = 1; kept.length === 0 && tries < 20; tries += 1) {
      now += 6 * HOUR;
      await queue.work();
    }
    expect([kept, waiting()]).toEqual([[letter], []]);
    expect(lines.at(-1)).toContain("mail to una@example.test was given up");
    expect(lines).toHaveLength(13);
  });

  it("leaves files alone that are no letters", async () => {
    const queue = open();
    await queue.send(letter);
    await failed(1);
    const [name = ""] = waiting();
    rmSync(join(data, "mail-queue", name));
    isUp = true;
    now += HOUR;
    await queue.work();
    expect(sent).toEqual([]);
  });
});
