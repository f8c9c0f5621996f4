import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { defaultConfig } from "../../src/config/config.ts";
import { openLog } from "../../src/server/logger.ts";

const folder = mkdtempSync(join(tmpdir(), "followd-log-"));
const file = join(folder, "log");
const descriptor = openSync(file, "w");
afterEach(() => rmSync(folder, { recursive: true }));

describe("the log of a server", () => {
  it("has all that was logged before its end, and drops what comes after", async () => {
    const to = { fd: descriptor, isTTY: false } as unknown as typeof process.stdout;
    const { log, end } = await openLog(defaultConfig, false, to);
    log.info("before");
    await end();
    log.info("after");
    log.fatal("long after");
    expect(readFileSync(file, "utf8")).toMatch(/^\{.*"msg":"before"\}\n$/);
    expect(() => closeSync(descriptor)).toThrow(/EBADF/);
  });
});
