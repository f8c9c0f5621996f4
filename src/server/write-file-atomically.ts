import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";

interface AtomicWriteOptions {
  /** Whether a file of the name stays as it is, also one that another process makes meanwhile. */
  readonly keepExisting?: boolean;
}

/**
 * Writes a file that its owner alone can read. It appears as a whole or not at all, and what
 * appears has reached the disk. The folder is not synced.
 */
export function writeFileAtomically(
  file: string,
  data: string | Buffer,
  { keepExisting = false }: AtomicWriteOptions = {},
): void {
  const draft = `${file}.${process.pid}`;
  // A process of the same number may have left one when it was killed.
  rmSync(draft, { force: true });
  try {
    writeFileSync(draft, data, { flag: "wx", mode: 0o600, flush: true });
    if (keepExisting) linkSync(draft, file);
    else renameSync(draft, file);
  } catch (error) {
    if (!keepExisting || (error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
