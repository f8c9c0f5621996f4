import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

interface AtomicWriteOptions {
  /** Whether a file of the name stays as it is, also one that another process makes meanwhile. */
  readonly keepExisting?: boolean;
  /** Who may do what with it; for its owner to read and write if left out. */
  readonly mode?: number;
}

/**
 * Writes a file that its owner alone can read. It appears as a whole or not at all, and what
 * appears has reached the disk. The folder is not synced. Until then its name begins with a dot.
 */
export function writeFileAtomically(
  file: string,
  data: string | Buffer,
  { keepExisting = false, mode = 0o600 }: AtomicWriteOptions = {},
): void {
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}`);
  // A process of the same number may have left one when it was killed.
  rmSync(draft, { force: true });
  try {
    writeFileSync(draft, data, { flag: "wx", mode, flush: true });
    if (keepExisting) linkSync(draft, file);
    else renameSync(draft, file);
  } catch (error) {
    if (!keepExisting || (error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
