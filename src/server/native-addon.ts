import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { getRawAsset, isSea } from "node:sea";
import { writeFileAtomically } from "./write-file-atomically.ts";

/** What the executable calls the native part of better-sqlite3 that it has inside. */
export const ADDON = "better_sqlite3.node";

const OTHERS_WRITE = 0o022;

type Environment = Readonly<Record<string, string | undefined>>;

let found: string | undefined;

/**
 * Where the native part of better-sqlite3 is, when the program is a single file; undefined when
 * better-sqlite3 finds it by itself. Systems load native code from files alone, so the executable
 * writes its own once, to a folder that other users can't write to.
 */
export function addonFile(): string | undefined {
  if (found !== undefined) return found;
  const beside = join(import.meta.dirname, ADDON);
  if (isSea()) found = writeAddon(Buffer.from(getRawAsset(ADDON)), foldersFor(process.env));
  else if (existsSync(beside)) found = beside;
  return found;
}

/** Where the file may be kept, the best first; systemd says where with CACHE_DIRECTORY. */
export function foldersFor(
  env: Environment,
  platform: string = process.platform,
  home: string | null = homeOrNone(),
): string[] {
  const [service = ""] = (env.CACHE_DIRECTORY ?? "").split(delimiter);
  const below = { win32: "AppData/Local", darwin: "Library/Caches" }[platform] ?? ".cache";
  const chosen = platform === "win32" ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  const caches = chosen || (home === null ? "" : join(home, below));
  return [service, caches === "" ? "" : join(caches, "followd")].filter((one) => one !== "");
}

/** A user that the system knows by number alone, as containers have them, has no home. */
function homeOrNone(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}

/**
 * The file with these bytes: as it was written before, else written into the first folder that
 * can be written to and is safe, else into one that is made for this process and goes with it.
 */
export function writeAddon(bytes: Buffer, folders: readonly string[], last = tmpdir()): string {
  const name = `better_sqlite3-${digestOf(bytes)}.node`;
  const found =
    firstOf(folders, (folder) => findSafeCopy(folder, name, bytes)) ??
    firstOf(folders, (folder) => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      // A service's own is a link to where it really is (systemd.exec(5), DynamicUser=).
      const real = realpathSync(folder);
      return isSafe(real) ? write(real, name, bytes) : undefined;
    });
  if (found !== undefined) return found;
  return writtenForNow(folders, last, name, bytes);
}

function writtenForNow(
  folders: readonly string[],
  last: string,
  name: string,
  bytes: Buffer,
): string {
  try {
    const folder = mkdtempSync(join(last, "followd-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return write(folder, name, bytes);
  } catch {
    const tried = [...folders, last].join(", ");
    throw new Error(
      `Native code has to be written to a folder to be loaded, and none of ${tried} can be written ` +
        "to by this user alone; name another one in XDG_CACHE_HOME.",
    );
  }
}

/** What comes of the first folder of which something does; some can't be reached or written to. */
function firstOf(folders: readonly string[], find: (folder: string) => string | undefined) {
  for (const folder of folders) {
    try {
      const file = find(folder);
      if (file !== undefined) return file;
    } catch {
      // The next one may do.
    }
  }
  return undefined;
}

function findSafeCopy(folder: string, name: string, bytes: Buffer): string | undefined {
  const real = realpathSync(folder);
  const file = join(real, name);
  if (!isSafe(real) || !isSafe(file)) return undefined;
  return digestOf(readFileSync(file)) === digestOf(bytes) ? file : undefined;
}

const digestOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

function write(folder: string, name: string, bytes: Buffer): string {
  try {
    writeFileAtomically(join(folder, name), bytes, { mode: 0o500 });
  } catch (error) {
    // Windows can't replace a loaded library; the file that is there has the same digest.
    if (digestOf(readFileSync(join(folder, name))) !== digestOf(bytes)) throw error;
  }
  return join(folder, name);
}

/** Whether it is there, and only its owner, who is this user or root, can change it. */
function isSafe(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isSymbolicLink()) return false;
  if (process.platform === "win32") return true;
  const isOurs = found.uid === process.getuid?.() || found.uid === 0;
  return isOurs && (found.mode & OTHERS_WRITE) === 0;
}
