import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { defaultConfig } from "../../src/config/config.ts";
import { openLog } from "../../src/server/logger.ts";

const folder = mkdtempSync(join(tmpdir(), "followd-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A log that goes to a file of this name. */
async function logTo(name: string) {
  const file = join(folder, name);
  const descriptor = openSync(file, "w");
  const to = { fd: descriptor, isTTY: false } as unknown as typeof process.stdout;
  const opened = await openLog(defaultConfig, false, to);
  return { ...opened, descriptor, written: () => readFileSync(file, "utf8") };
}

describe("the log of a server", () => {
  it("has all that was logged before its end, and drops what comes after", async () => {
    const { log, end, descriptor, written } = await logTo("ended");
    log.info("before");
    await end();
    log.info("after");
    log.fatal("long after");
    expect(written()).toMatch(/^\{.*"msg":"before"\}\n$/);
    expect(() => closeSync(descriptor)).toThrow(/EBADF/);
  });

  it("has every line about a request before its end, in the order of all lines", async () => {
    const { log, writeLine, end, written } = await logTo("requests");
    for (let each = 0; each < 3000; each += 1) {
      if (each % 1000 === 0) log.info({ each }, "event");
      else writeLine?.(`{"each":${each}}\n`);
    }
    await end();
    writeLine?.("late\n");
    const lines = written().trimEnd().split("\n");
    const numbers = lines.map((line) => (JSON.parse(line) as { each: number }).each);
    expect(numbers).toEqual(Array.from({ length: 3000 }, (_, each) => each));
  });

  it("writes at once what waits when the process is about to end", async () => {
    const { log, writeLine, flush, end, written } = await logTo("flushed");
    writeLine?.('{"first":1}\n');
    log.fatal("ending");
    flush();
    expect(written()).toMatch(/^\{"first":1\}\n\{.*"msg":"ending"\}\n$/);
    await end();
  });
});
