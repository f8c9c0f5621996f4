import { statfsSync } from "node:fs";

/** By the numbers of Linux (statfs(2)); other systems number theirs otherwise. */
const NETWORKED: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xfe534d42, "SMB"],
  [0xff534d42, "SMB"],
  [0x5346414f, "AFS"],
  [0x73757245, "Coda"],
  [0x00c36400, "Ceph"],
  [0x0bd00bd0, "Lustre"],
]);

/**
 * The kind of network filesystem that a directory lies on, if it is known to be one. SQLite's
 * write-ahead log needs memory that all its users share, and locks that hold, and there it has
 * neither (sqlite.org/wal.html, "All processes using a database must be on the same host").
 */
export function networkFileSystem(directory: string, type = typeOf(directory)): string | undefined {
  return process.platform === "linux" ? NETWORKED.get(type) : undefined;
}

// Some of the numbers come with a sign.
const typeOf = (directory: string): number => statfsSync(directory).type >>> 0;

/** Bytes that a user without privileges may still write there. */
export function freeSpace(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}
