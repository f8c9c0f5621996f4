import { describe, expect, it } from "@jest/globals";
import { LineBuffer } from "../../src/server/line-buffer.ts";

/** A buffer whose time passes when the test says so. */
function buffered() {
  const written: string[] = [];
  const timers: { run: () => void; milliseconds: number }[] = [];
  const buffer = new LineBuffer(
    (bytes) => written.push(bytes.toString()),
    (run, milliseconds) => timers.push({ run, milliseconds }),
  );
  /** Lets the time of the oldest timer pass. */
  const pass = () => timers.shift()?.run();
  return { buffer, written, timers, pass };
}

describe("the buffer of the log", () => {
  it("holds lines back for a tenth of a second at most", () => {
    const { buffer, written, timers, pass } = buffered();
    buffer.write("one\n");
    buffer.write("two\n");
    expect(written).toEqual([]);
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([100]);
    pass();
    expect(written).toEqual(["one\ntwo\n"]);
  });

  it("sets a timer anew for the next line, and none without lines", () => {
    const { buffer, written, timers, pass } = buffered();
    expect(timers).toHaveLength(0);
    buffer.write("one\n");
    pass();
    expect(timers).toHaveLength(0);
    buffer.write("two\n");
    expect(timers).toHaveLength(1);
    pass();
    expect(written).toEqual(["one\n", "two\n"]);
  });

  it("hands many lines on without waiting, each of them once and in order", () => {
    const { buffer, written, timers, pass } = buffered();
    const lines = Array.from({ length: 5000 }, (_, at) => `${at} ${"x".repeat(100)}\n`);
    for (const line of lines) buffer.write(line);
    expect(written.length).toBeGreaterThan(1);
    expect(timers).toHaveLength(1);
    pass();
    expect(written.join("")).toBe(lines.join(""));
  });

  it("keeps the order and the letters of lines of any length", () => {
    const { buffer, written, pass } = buffered();
    const lines = ["one\n", `${"é🦊漢".repeat(100_000)}\n`, "two\n", `${"é🦊漢".repeat(20_000)}\n`];
    for (const line of lines) buffer.write(line);
    pass();
    expect(written.join("") === lines.join("")).toBe(true);
  });

  it("hands everything on when it is flushed, and nothing twice", () => {
    const { buffer, written, pass } = buffered();
    buffer.write("one\n");
    buffer.flush();
    buffer.flush();
    pass();
    expect(written).toEqual(["one\n"]);
  });
});
