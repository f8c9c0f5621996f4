import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { variableOf } from "../../src/config/config.ts";
import { SETTINGS } from "../../src/config/settings.ts";

const text = readFileSync(
  join(import.meta.dirname, "../../scripts/packaging/followd.service"),
  "utf8",
);
const valuesOf = (name: string) =>
  [...text.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value]) => value);

describe("the unit", () => {
  it("keeps data where the program looks for it, for no other user", () => {
    expect(valuesOf("StateDirectory")).toEqual(["followd"]);
    expect(valuesOf("Environment")).toEqual([`${variableOf(SETTINGS.data)}=%S/followd`]);
    expect([valuesOf("StateDirectoryMode"), valuesOf("DynamicUser")]).toEqual([["0700"], ["yes"]]);
  });

  it("gives requests longer to end than the program does, and enough files", () => {
    expect(Number(valuesOf("TimeoutStopSec")[0])).toBeGreaterThan(10);
    expect(Number(valuesOf("LimitNOFILE")[0])).toBeGreaterThan(12_000);
  });
});
