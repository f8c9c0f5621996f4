import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";

const MODULE = join(import.meta.dirname, "../../src/server/idle-gc.ts");
const MEGABYTE = 2 ** 20;

/**
 * Runs a program of which `collectWhenIdle` is a part; what it logs are megabytes of heap. `look`
 * is what a timer does in a server, and `busy` the part of the time in which that server worked.
 */
async function heap(program: string): Promise<number[]> {
  const text = `
    import { getHeapStatistics } from "node:v8";
    import { collectWhenIdle } from ${JSON.stringify(MODULE)};
    let busy = 0;
    let look = () => {};
    const watch = (given) => {
      look = given;
      return () => { look = () => {}; };
    };
    const end = collectWhenIdle({ utilization: () => busy, watch });
    const garbage = (megabytes) => {
      const all = [];
      for (let one = 0; one < megabytes * 16; one += 1) all.push(new Array(8192).fill(one));
    };
    const tell = () => console.log(getHeapStatistics().total_physical_size / ${MEGABYTE});
    ${program}
  `;
  const words = ["--input-type=module", "--eval", text];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return stdout.trim().split("\n").map(Number);
}

describe("memory is kept", () => {
  it("while requests are answered, however much has come", async () => {
    const [before = 0, after = 0] = await heap(`
      garbage(60);
      tell();
      busy = 0.25;
      look();
      tell();
    `);
    expect(before).toBeGreaterThan(50);
    expect(after).toBeGreaterThan(0.9 * before);
  });

  it("after the watch was ended", async () => {
    const [before = 0, after = 0] = await heap(`
      garbage(60);
      tell();
      end();
      look();
      tell();
    `);
    expect(before).toBeGreaterThan(50);
    expect(after).toBeGreaterThan(0.9 * before);
  });
});

describe("at rest", () => {
  it("what came since is given back, each time anew", async () => {
    const [first = 0, then = 0, second = 0, atLast = 0] = await heap(`
      for (const megabytes of [60, 60]) {
        garbage(megabytes);
        tell();
        look();
        tell();
      }
    `);
    expect(first).toBeGreaterThan(50);
    expect(then).toBeLessThan(first / 2);
    expect(second).toBeGreaterThan(50);
    expect(atLast).toBeLessThan(second / 2);
  });

  it("no `gc` is left behind for the program", async () => {
    const [found] = await heap(`
      garbage(60);
      look();
      console.log(typeof gc === "undefined" ? 1 : 0);
    `);
    expect(found).toBe(1);
  });
});

it("keeps no process alive by the timer of a server", async () => {
  const text = `import { collectWhenIdle } from ${JSON.stringify(MODULE)}; collectWhenIdle();`;
  const { stderr } = await promisify(execFile)(process.execPath, [
    ...["--input-type=module", "--eval", text],
  ]);
  expect(stderr).toBe("");
});
