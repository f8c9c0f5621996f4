import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { addonFile, foldersFor, writeAddon } from "../../src/server/native-addon.ts";

const parent = mkdtempSync(join(tmpdir(), "followd-addon-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
let given = 0;
function folder(mode = 0o700): string {
  given += 1;
  const path = join(parent, String(given));
  mkdirSync(path);
  chmodSync(path, mode);
  return path;
}

const BYTES = Buffer.from("native code");
const NAME = `better_sqlite3-${createHash("sha256").update(BYTES).digest("hex")}.node`;
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe("native code is never taken from", () => {
  it("a file with other bytes under its name, which is replaced", () => {
    const own = folder();
    writeFileSync(join(own, NAME), "other code", { mode: 0o500 });
    expect(writeAddon(BYTES, [own])).toBe(join(own, NAME));
    expect(readFileSync(join(own, NAME))).toEqual(BYTES);
    expect(readdirSync(own)).toEqual([NAME]);
  });

  it("a file that others can write to", () => {
    const own = folder();
    writeFileSync(join(own, NAME), BYTES);
    chmodSync(join(own, NAME), 0o722);
    expect(modeOf(writeAddon(BYTES, [own]))).toBe(0o500);
  });

  it("a link to somewhere else", () => {
    const [own, other] = [folder(), folder()];
    writeFileSync(join(other, "code"), BYTES, { mode: 0o500 });
    symlinkSync(join(other, "code"), join(own, NAME));
    expect(statSync(writeAddon(BYTES, [own])).ino).not.toBe(statSync(join(other, "code")).ino);
  });

  it.each([0o777, 0o770, 0o702])("a folder that others can write to (%i)", (mode) => {
    const open = folder(mode);
    writeFileSync(join(open, NAME), BYTES, { mode: 0o500 });
    const file = writeAddon(BYTES, [open]);
    expect(dirname(file)).not.toBe(open);
    expect(modeOf(dirname(file))).toBe(0o700);
    expect(readFileSync(file)).toEqual(BYTES);
    rmSync(dirname(file), { recursive: true });
  });

  it("a folder to which a link leads, and others can write", () => {
    const [open, link] = [folder(0o777), join(parent, "to-open")];
    symlinkSync(open, link);
    const file = writeAddon(BYTES, [link]);
    expect(dirname(file)).not.toBe(open);
    expect(readdirSync(open)).toEqual([]);
    rmSync(dirname(file), { recursive: true });
  });
});

describe("native code is written", () => {
  it("once, into a folder of its own", () => {
    const own = join(folder(), "cache/followd");
    const file = writeAddon(BYTES, [own]);
    const { ino } = statSync(file);
    expect([modeOf(own), modeOf(file)]).toEqual([0o700, 0o500]);
    expect(statSync(writeAddon(BYTES, [own])).ino).toBe(ino);
  });

  it("where a link leads, as a service has it", () => {
    const [real, link] = [folder(), join(parent, "link")];
    symlinkSync(real, link);
    expect(writeAddon(BYTES, [link])).toBe(join(real, NAME));
    expect(writeAddon(BYTES, [link])).toBe(join(real, NAME));
  });

  it("nowhere, when a later folder has it already", () => {
    const [first, second] = [join(folder(), "none"), folder(0o755)];
    writeFileSync(join(second, NAME), BYTES, { mode: 0o555 });
    expect(writeAddon(BYTES, [first, second])).toBe(join(second, NAME));
    expect(existsSync(first)).toBe(false);
  });

  it("into the next folder, when one can't be made", () => {
    const [file, next] = [join(folder(), "file"), folder()];
    writeFileSync(file, "");
    expect(writeAddon(BYTES, [join(file, "below"), next])).toBe(join(next, NAME));
  });

  it("nowhere at all, which says what to do", () => {
    const none = join(parent, "no such folder");
    expect(() => writeAddon(BYTES, [], none)).toThrow(/name another one in XDG_CACHE_HOME\.$/);
  });
});

describe("the folders", () => {
  it("are the service's, then the user's", () => {
    const env = { CACHE_DIRECTORY: "/var/cache/followd:/other", XDG_CACHE_HOME: "/xdg" };
    expect(foldersFor(env, "linux", "/home/me")).toEqual(["/var/cache/followd", "/xdg/followd"]);
    expect(foldersFor({}, "linux")).toEqual([join(homedir(), ".cache/followd")]);
    expect(foldersFor({}, "darwin", "/me")).toEqual(["/me/Library/Caches/followd"]);
    expect(foldersFor({ LOCALAPPDATA: "/local" }, "win32", "/me")).toEqual(["/local/followd"]);
  });

  it("are none for a user without a home", () => {
    expect(foldersFor({ XDG_CACHE_HOME: "" }, "linux", null)).toEqual([]);
    expect(foldersFor({ CACHE_DIRECTORY: "/var/c" }, "linux", null)).toEqual(["/var/c"]);
  });
});

it("is none of ours in a checkout", () => {
  expect(addonFile()).toBeUndefined();
});
