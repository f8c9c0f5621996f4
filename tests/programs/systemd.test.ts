import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";

const folder = mkdtempSync(join(tmpdir(), "followd-service-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unit = (name: string): string =>
  readFileSync(join(import.meta.dirname, "../../scripts/packaging", name), "utf8");
const text = unit("followd.service");

/** systemd's own judgement of the unit, with a program that is on this machine. */
function analyze(content: string, ...words: string[]) {
  const file = join(folder, "followd.service");
  writeFileSync(file, content.replace("/usr/local/bin/followd", process.execPath));
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

describe("the units of the nightly backup", () => {
  it("have nothing that systemd does not know", () => {
    const all = ["followd-backup.service", "followd-backup.timer"].map((name) =>
      join(folder, name),
    );
    for (const file of all) {
      const content = unit(file.slice(folder.length + 1));
      writeFileSync(file, content.replace("/usr/local/bin/followd", process.execPath));
    }
    const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", ...all], {
      encoding: "utf8",
    });
    expect([status, stdout + stderr]).toEqual([0, ""]);
  });

  it("are exposed to little, of ten", () => {
    const limit = ["security", "--offline=true", "--threshold=15"];
    expect(analyze(unit("followd-backup.service"), ...limit).status).toBe(0);
  });

  it("run as the user of the server, on its data, and keep two weeks", () => {
    const backup = unit("followd-backup.service");
    for (const name of ["User", "DynamicUser", "StateDirectory", "Environment", "UMask"]) {
      const lines = (content: string) => content.match(new RegExp(`^${name}=.*$`, "gm"));
      expect(lines(backup)).toEqual(lines(text));
    }
    const old = /^ExecStartPost=find (.*)$/m.exec(backup)?.[1] ?? "";
    const data = join(folder, "state/followd/backups");
    mkdirSync(data, { recursive: true });
    for (const name of ["followd-1.db", "followd-2.db", "other"])
      writeFileSync(join(data, name), "");
    const past = Date.now() / 1000 - 16 * 86_400;
    for (const name of ["followd-1.db", "other"]) utimesSync(join(data, name), past, past);
    const command = `find ${old.replace("%S", join(folder, "state"))}`;
    expect(spawnSync("sh", ["-c", command]).status).toBe(0);
    expect(readdirSync(data).sort()).toEqual(["followd-2.db", "other"]);
  });
});
