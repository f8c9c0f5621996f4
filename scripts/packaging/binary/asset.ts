// Runs inside a bundle.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getAssetKeys, getRawAsset, isSea } from "node:sea";

/** What an executable has inside, or another bundle beside it; undefined when it is not there. */
export function assetOf(name: string): Buffer | undefined {
  if (isSea()) {
    return getAssetKeys().includes(name) ? Buffer.from(getRawAsset(name)) : undefined;
  }
  const file = join(import.meta.dirname, name);
  return existsSync(file) ? readFileSync(file) : undefined;
}
