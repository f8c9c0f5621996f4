import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";

const folder = mkdtempSync(join(tmpdir(), "followd-service-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = readFileSync(
  join(import.meta.dirname, "../../scripts/packaging/followd.service"),
  "utf8",
);

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
});
