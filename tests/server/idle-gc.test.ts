import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";

const MODULE = join(import.meta.dirname, "../../src/server/idle-gc.ts");
const MEGABYTE = 2 ** 20;

/** Runs a program of which `collectWhenIdle(400)` is a part; what it logs are megabytes of heap. */
async function heap(program: string): Promise<number[]> {
  const text = `
    import { setTimeout as pause } from "node:timers/promises";
    import { getHeapStatistics } from "node:v8";
    import { collectWhenIdle } from ${JSON.stringify(MODULE)};
    const held = () => getHeapStatistics().total_physical_size / ${MEGABYTE};
    const garbage = (megabytes) => {
      const all = [];
      for (let one = 0; one < megabytes * 16; one += 1) all.push(new Array(8192).fill(one));
    };
    const tell = () => console.log(held());
    const hasFallen = async (from) => {
      // Looking is work, too.
      for (let tries = 0; tries < 60 && held() > from / 2; tries += 1) await pause(300);
    };
    ${program}
  `;
  const words = ["--input-type=module", "--eval", text];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return stdout.trim().split("\n").map(Number);
}

describe("memory is kept", () => {
  it("while somebody is answered, however much has come", async () => {
    const [before = 0, after = 0] = await heap(`
      collectWhenIdle(400);
      garbage(60);
      tell();
      // A quarter of the time, for as long as five looks take.
      for (let turn = 0; turn < 500; turn += 1) {
        for (const end = performance.now() + 1; performance.now() < end; );
        await pause(3);
      }
      tell();
    `);
    expect(before).toBeGreaterThan(50);
    expect(after).toBeGreaterThan(0.9 * before);
  });

  it("when it was told to end", async () => {
    const [before = 0, after = 0] = await heap(`
      const end = collectWhenIdle(400);
      garbage(60);
      tell();
      end();
      await pause(1200);
      tell();
    `);
    expect(after).toBeGreaterThan(0.9 * before);
  });
});

describe("at rest", () => {
  it("what came since is given back, each time anew", async () => {
    const [first = 0, then = 0, second = 0, atLast = 0] = await heap(`
      collectWhenIdle(400);
      for (const megabytes of [60, 60]) {
        garbage(megabytes);
        tell();
        await hasFallen(held());
        tell();
      }
    `);
    expect(then).toBeLessThan(first / 2);
    expect(second).toBeGreaterThan(50);
    expect(atLast).toBeLessThan(second / 2);
  });

  it("the program can end, and its `gc` is nobody else's", async () => {
    const [found] = await heap(`
      collectWhenIdle(400);
      garbage(60);
      await hasFallen(held());
      console.log(typeof gc === "undefined" ? 1 : 0);
    `);
    expect(found).toBe(1);
  });
});
