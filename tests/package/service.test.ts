import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { SETTINGS } from "../../src/config/settings.ts";
import { variableOf } from "../../src/config.ts";

const folder = mkdtempSync(join(tmpdir(), "followd-service-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = readFileSync(
  join(import.meta.dirname, "../../scripts/packaging/followd.service"),
  "utf8",
);
const valuesOf = (name: string) =>
  [...text.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value]) => value);

/** systemd's own judgement of the unit, with a program that is on this machine. */
function analyze(unit: string, ...words: string[]) {
  const file = join(folder, "followd.service");
  writeFileSync(file, unit.replace("/usr/local/bin/followd", process.execPath));
  const ended = spawnSync("systemd-analyze", [...words, file], { encoding: "utf8" });
  if (ended.error !== undefined) throw ended.error;
  return { status: ended.status, said: ended.stdout + ended.stderr };
}

describe("the unit", () => {
  it("has nothing that systemd does not know", () => {
    expect(analyze(text, "verify")).toEqual({ status: 0, said: "" });
    const { said } = analyze(text.replace("DynamicUser=", "DynamicUsr="), "verify");
    expect(said).toContain("'DynamicUsr'");
  });

  it("is exposed to little, of ten", () => {
    const limit = ["security", "--offline=true", "--threshold=15"];
    expect(analyze(text, ...limit).status).toBe(0);
    expect(analyze(text.replace("CapabilityBoundingSet=\n", ""), ...limit).status).not.toBe(0);
  });

  it("keeps data where the program looks for it, for nobody else", () => {
    expect(valuesOf("StateDirectory")).toEqual(["followd"]);
    expect(valuesOf("Environment")).toEqual([`${variableOf(SETTINGS.data)}=%S/followd`]);
    expect([valuesOf("StateDirectoryMode"), valuesOf("DynamicUser")]).toEqual([["0700"], ["yes"]]);
  });

  it("gives requests longer to end than the program does, and enough files", () => {
    expect(Number(valuesOf("TimeoutStopSec")[0])).toBeGreaterThan(10);
    expect(Number(valuesOf("LimitNOFILE")[0])).toBeGreaterThan(12_000);
  });
});
