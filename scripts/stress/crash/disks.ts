import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A place for a data directory that can be made full while a server runs there. */
export interface Disk {
  what: string;
  folder: string;
  /** Whether nothing that the server itself does makes room; a log that begins anew may be short again. */
  staysFull: boolean;
  fill(pid: number): void;
  makeRoom(pid: number): void;
  remove(): void;
}

const MEGABYTES = 16;

/** A small filesystem in memory where that may be mounted, else a limit on how files may grow. */
export function smallDisk(folder: string): Disk {
  mkdirSync(folder, { recursive: true });
  const words = ["-t", "tmpfs", "-o", `size=${MEGABYTES}m`, "tmpfs", folder];
  return spawnSync("mount", words).status === 0 ? mounted(folder) : limited(folder);
}

function mounted(folder: string): Disk {
  const filler = join(folder, "filler");
  return {
    what: `a full disk of ${MEGABYTES} MB`,
    folder,
    staysFull: true,
    fill() {
      const descriptor = openSync(filler, "w");
      try {
        for (;;) writeSync(descriptor, Buffer.alloc(4096));
      } catch (error) {
        if ((error as { code?: string }).code !== "ENOSPC") throw error;
      } finally {
        closeSync(descriptor);
      }
    },
    makeRoom: () => rmSync(filler),
    remove: () => void execFileSync("umount", [folder]),
  };
}

/** No file of the server's grows beyond this, which is soon reached by the log. */
const LIMIT = 2 * 2 ** 20;

function limited(folder: string): Disk {
  const limit = (pid: number, bytes: string) =>
    void execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`]);
  return {
    what: "files that may not grow",
    folder,
    staysFull: false,
    fill: (pid) => limit(pid, String(LIMIT)),
    makeRoom: (pid) => limit(pid, "unlimited"),
    remove: () => undefined,
  };
}
