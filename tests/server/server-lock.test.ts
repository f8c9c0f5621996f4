import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { freeSpace, networkFileSystem } from "../../src/server/file-system.ts";
import { acquireLock, findLockHolder, isLockHeld } from "../../src/storage/sqlite/instance-lock.ts";
import { complaint, folders, followd } from "../cli/program.ts";
import { servers } from "../cli/serving.ts";

const folder = folders();
const serve = servers(folder);

describe("a second server on the same data", () => {
  it("is refused by one line that names the first, which goes on", async () => {
    const data = folder();
    const { child: first } = await serve([], data);
    const ended = await followd(["serve", "--port", "0", "--data", data]);
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toMatch(
      new RegExp(
        `^${data} is in use by another followd \\(serve, process ${first.pid}, ` +
          "since \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\); end that one first\\.$",
      ),
    );
    expect(first.exitCode).toBe(null);
    // What is no server works beside one.
    const made = ["user", "create", "mona", "--email", "mona@example.test", "--data", data];
    expect((await followd(made)).code).toBe(0);
  });

  it("may begin when the first was killed, in spite of the note that is left", async () => {
    const data = folder();
    const { child: first, ended } = await serve([], data);
    first.kill("SIGKILL");
    await ended;
    expect(findLockHolder(join(data, "followd.lock"))?.pid).toBe(first.pid);
    const { child: second } = await serve([], data);
    expect(findLockHolder(join(data, "followd.lock"))?.pid).toBe(second.pid);
  });

  it("may begin when the first has stopped, which removes its note", async () => {
    const data = folder();
    const { child: first, ended } = await serve([], data);
    first.kill("SIGTERM");
    await ended;
    expect(findLockHolder(join(data, "followd.lock"))).toBeUndefined();
    await serve([], data);
  });
});

describe("the lock", () => {
  const fresh = () => join(made(), "followd.lock");
  const made = () => {
    const data = folder();
    mkdirSync(data);
    return data;
  };

  it("is not had by two, and by the next one as soon as the first lets go", () => {
    const file = fresh();
    const first = acquireLock(file, "serve");
    expect(acquireLock(file, "restore")).toEqual({
      heldBy: { pid: process.pid, verb: "serve", since: expect.any(String) },
    });
    expect(isLockHeld(file)).toBe(true);
    if ("release" in first) first.release();
    expect(isLockHeld(file)).toBe(false);
    const second = acquireLock(file, "restore");
    expect(second).toHaveProperty("release");
    if ("release" in second) second.release();
  });

  it("has no holder where there is no lock, and looking makes none", () => {
    const file = fresh();
    expect(isLockHeld(file)).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  it("is of a file with nothing in it, which nothing is written to", () => {
    const file = fresh();
    const lock = acquireLock(file, "serve");
    expect(statSync(file).size).toBe(0);
    if ("release" in lock) lock.release();
    expect(readFileSync(file)).toHaveLength(0);
  });

  it("has an unnamed holder when its note can't be read", () => {
    const file = fresh();
    const lock = acquireLock(file, "serve");
    writeFileSync(`${file}.holder`, "half a no");
    expect(acquireLock(file, "serve")).toEqual({ heldBy: undefined });
    if ("release" in lock) lock.release();
  });

  it("is had by exactly one of many processes that come at once", async () => {
    const file = fresh();
    const script = `
      import { acquireLock } from "${join(import.meta.dirname, "../../src/storage/sqlite/instance-lock.ts")}";
      console.log("release" in acquireLock(process.argv[1], "serve"));
      process.stdin.resume();
    `;
    const words = ["--input-type=module-typescript", "-e", script, file];
    const all = Array.from({ length: 6 }, () => spawn(process.execPath, words));
    const said = await Promise.all(
      all.map(async ({ stdout }) => String((await once(stdout, "data"))[0]).trim()),
    );
    for (const { stdin } of all) stdin.end();
    expect(said.sort()).toEqual(["false", "false", "false", "false", "false", "true"]);
  });
});

describe("the filesystem", () => {
  it.each([
    [0x6969, "NFS"],
    [0xfe534d42, "SMB"],
    [0xff534d42, "SMB"],
    // ext4, tmpfs, overlayfs, FUSE
    [0xef53, undefined],
    [0x01021994, undefined],
    [0x794c7630, undefined],
    [0x65735546, undefined],
  ])("of type %p is %p", (type, kind) => {
    expect(networkFileSystem("/", type)).toBe(process.platform === "linux" ? kind : undefined);
  });

  it("of this machine is none of a network, and has room", () => {
    expect(networkFileSystem(import.meta.dirname)).toBeUndefined();
    expect(freeSpace(import.meta.dirname)).toBeGreaterThan(0);
  });
});
