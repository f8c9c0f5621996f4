// Runs inside a bundle.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getRawAsset, isSea } from "node:sea";

/** The text of what an executable has inside, or another bundle beside it. */
export const textOfAsset = (name: string): string =>
  isSea()
    ? Buffer.from(getRawAsset(name)).toString()
    : readFileSync(join(import.meta.dirname, name), "utf8");
