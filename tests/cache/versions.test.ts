import { describe, expect, it } from "@jest/globals";
import { Versions } from "../../src/cache/versions.ts";

describe("versions", () => {
  it("move for those who are touched, and for no other", () => {
    const versions = new Versions();
    const before = [versions.of(1), versions.of(2), versions.of(3)];
    versions.touch(1, 2);
    expect(versions.of(1)).toBeGreaterThan(before[0] as number);
    expect(versions.of(2)).toBeGreaterThan(before[1] as number);
    expect(versions.of(3)).toBe(before[2]);
  });

  it("never come back to what they were", () => {
    const versions = new Versions();
    const seen = new Set([versions.of(1)]);
    for (let time = 0; time < 1000; time += 1) {
      if (time % 10 === 9) versions.touchAll();
      else versions.touch(1);
      expect(seen).not.toContain(versions.of(1));
      seen.add(versions.of(1));
    }
  });

  it("move for everybody when all are touched, those who were touched before too", () => {
    const versions = new Versions();
    versions.touch(1);
    const before = { one: versions.of(1), two: versions.of(2), epoch: versions.epoch };
    versions.touchAll();
    expect(versions.of(1)).toBeGreaterThan(before.one);
    expect(versions.of(2)).toBeGreaterThan(before.two);
    expect(versions.epoch).toBeGreaterThan(before.epoch);
  });

  it("taken together move with any of them", () => {
    const versions = new Versions();
    const seen = [versions.latest];
    versions.touch(1);
    seen.push(versions.latest);
    versions.touch(2);
    seen.push(versions.latest);
    versions.touchAll();
    seen.push(versions.latest);
    expect(new Set(seen).size).toBe(4);
  });

  it("are forgotten together when there are too many, and count as moved", () => {
    const versions = new Versions();
    const untouched = versions.of(1_000_000);
    for (let id = 1; id <= 100_001; id += 1) versions.touch(id);
    expect(versions.of(1_000_000)).toBeGreaterThan(untouched);
    expect(versions.of(1)).toBe(versions.of(1_000_000));
  });
});
