import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The file of the key that all nodes of a test share; a server makes none on PostgreSQL. */
export function makeKey(folder: string, secret = Buffer.alloc(32, "followd")): string {
  const file = join(folder, "followd.key");
  writeFileSync(file, secret, { mode: 0o600 });
  return file;
}
