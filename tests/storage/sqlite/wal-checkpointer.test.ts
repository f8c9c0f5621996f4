import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "@jest/globals";
import { sql } from "drizzle-orm";
import { build } from "esbuild";
import type { Engine } from "../../../src/storage/engine.ts";
import * as tables from "../../../src/storage/sqlite/schema.ts";
import {
  type CheckpointOptions,
  checkpointElsewhere,
} from "../../../src/storage/sqlite/wal-checkpointer.ts";
import { eventually } from "../../support/eventually.ts";
import { files, opener, rows } from "../opened.ts";

const file = files();
const open = opener();

/** Pages after which a commit copies the log by itself. */
async function inPlaceAfter(engine: Engine): Promise<number> {
  const [row] = await engine.query.all<{ wal_autocheckpoint: number }>(
    sql`pragma wal_autocheckpoint`,
  );
  return row?.wal_autocheckpoint ?? Number.NaN;
}

const fill = (engine: Engine, name: string, size: number) => {
  const values = { username: name, bio: "x".repeat(size), createdAt: 1, updatedAt: 1 };
  return engine.transaction(engine.query.insert(tables.users).values(values));
};

/** An open database whose checkpoints are left to a thread, and what that complains of. */
async function begun(name: string, more: Partial<CheckpointOptions> = {}) {
  const path = file(name);
  const engine = open.database({ file: path });
  const problems: [string, boolean][] = [];
  const onProblem = (message: string, ended: boolean) => void problems.push([message, ended]);
  const end = await checkpointElsewhere(engine, { file: path, onProblem, ...more });
  return { engine, path, problems, end };
}

/** A worker that does this, for as long as its text lets it live. */
function worker(text: string): URL {
  const path = file("worker.mjs");
  writeFileSync(path, `import { parentPort } from "node:worker_threads";\n${text}`);
  return pathToFileURL(path);
}

describe("when the thread does not do it", () => {
  it("because it can't start, commits go on doing it, and it is told", async () => {
    const { engine, problems } = await begun("absent.db", {
      worker: pathToFileURL(file("nowhere.mjs")),
    });
    await eventually(() => problems.length === 1);
    expect(problems).toEqual([[expect.stringMatching(/Cannot find module/), true]]);
    expect(await inPlaceAfter(engine)).toBe(1000);
  });

  it("because it died, commits do it again, and it is told", async () => {
    const due = file("due");
    const dies = worker(`
      import { existsSync } from "node:fs";
      parentPort.postMessage({ ready: true });
      setInterval(() => {
        if (existsSync(${JSON.stringify(due)})) throw new Error("out of luck");
      }, 10);
    `);
    const { engine, problems, end } = await begun("dead.db", { worker: dies });
    expect(await inPlaceAfter(engine)).toBeGreaterThan(1000);
    writeFileSync(due, "");
    await eventually(() => problems.length === 1);
    expect(problems).toEqual([["out of luck", true]]);
    expect(await inPlaceAfter(engine)).toBe(1000);
    await end();
  });

  it("because it ended without a word, commits do it again, and it is told", async () => {
    const ends = worker(`parentPort.postMessage({ ready: true }); process.exit(3);`);
    const { engine, problems } = await begun("ended.db", { worker: ends });
    await eventually(() => problems.length === 1);
    expect(problems).toEqual([["it ended with code 3", true]]);
    expect(await inPlaceAfter(engine)).toBe(1000);
  });

  it("because it hangs, the log still stops growing", async () => {
    const hangs = worker(`parentPort.postMessage({ ready: true }); setInterval(() => {}, 1e6);`);
    const { engine, path } = await begun("hangs.db", { worker: hangs });
    const before = statSync(path).size;
    await fill(engine, "first", 6_000_000);
    // More than a commit leaves in the log where it sees to it itself.
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(1000 * 4096);
    expect(statSync(path).size).toBe(before);
    for (let number = 0; number < 50; number += 1) await fill(engine, `u${number}`, 2_000_000);
    const limit = (await inPlaceAfter(engine)) * 4096;
    const { size } = statSync(`${path}-wal`);
    expect(size).toBeGreaterThan(limit / 2);
    expect(size).toBeLessThan(limit + 8_000_000);
  });
});

describe("the thread", () => {
  it("copies what was written into the database", async () => {
    const { engine, path, problems, end } = await begun("copied.db");
    await fill(engine, "mona", 6_000_000);
    await eventually(() => statSync(path).size > 6_000_000);
    expect(problems).toEqual([]);
    await end();
  });

  it("gives the log's room back when no writes come", async () => {
    const { engine, path, end } = await begun("idle.db");
    await fill(engine, "mona", 6_000_000);
    await eventually(() => statSync(`${path}-wal`).size === 0);
    await fill(engine, "hubot", 10);
    expect(rows(engine, "select username from users")).toEqual(["mona", "hubot"]);
    await end();
  });

  it("ends when it is told to, leaves no log behind, and is not told of again", async () => {
    const { engine, path, problems, end } = await begun("end.db");
    await fill(engine, "mona", 100_000);
    await end();
    await end();
    expect(await inPlaceAfter(engine)).toBe(1000);
    await engine.close();
    expect(problems).toEqual([]);
    expect(existsSync(`${path}-wal`)).toBe(false);
    const again = open.database({ file: path });
    expect(rows(again, "pragma integrity_check")).toEqual(["ok"]);
    expect(rows(again, "select length(bio) from users")).toEqual([100_000]);
  });

  it("runs from its text alone, where the program is one file", async () => {
    const folder = join(import.meta.dirname, "../../../");
    const { outputFiles } = await build({
      entryPoints: [join(folder, "src/storage/sqlite/wal-checkpoint-worker.ts")],
      ...{ bundle: true, write: false, platform: "node", format: "cjs", target: "node24" },
    });
    // As `define` of the one that builds the program puts it there.
    Object.assign(globalThis, { FOLLOWD_CHECKPOINT_WORKER: outputFiles[0]?.text });
    try {
      const addon = join(
        folder,
        "node_modules/better-sqlite3/prebuilds",
        `${process.platform}-${process.arch}.node`,
      );
      const { engine, path, problems, end } = await begun("text.db", { addon });
      await fill(engine, "mona", 6_000_000);
      await eventually(() => statSync(path).size > 6_000_000);
      await end();
      expect(problems).toEqual([]);
    } finally {
      Reflect.deleteProperty(globalThis, "FOLLOWD_CHECKPOINT_WORKER");
    }
  });

  it("keeps the order of what is written at the same time", async () => {
    const { engine, problems, end } = await begun("busy.db");
    const written = 600;
    for (let first = 0; first < written; first += 3) {
      await Promise.all([0, 1, 2].map((n) => fill(engine, `user-${first + n}`, 20_000)));
    }
    await end();
    expect(problems).toEqual([]);
    expect(rows(engine, "pragma integrity_check")).toEqual(["ok"]);
    const names = Array.from({ length: written }, (_, n) => `user-${n}`);
    expect(rows(engine, "select username from users order by id")).toEqual(names);
  });
});
