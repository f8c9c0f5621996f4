import { readFileSync, statSync } from "node:fs";
import { CommandError } from "../../command-error.ts";
import { explainError } from "../explain-error.ts";
import { type Certificate, checkCertificate, type Source } from "./certificate.ts";

/** Notices from a network file system may never come, so the files are looked at instead. */
const CHECK_INTERVAL_MS = 2000;

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new CommandError(`${file} is not there.`);
    if (code === "EISDIR") throw new CommandError(`${file} is a directory.`);
    throw explainError(error, file);
  }
}

/** Changes whenever a file does, also when a link comes to point at another one. */
function stateOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return `${found?.ino} ${found?.size} ${found?.mtimeMs}`;
    })
    .join();
}

/** Takes the certificate from two files, and again whenever one of them has changed. */
export function certificateFiles(certFile: string, keyFile: string): Source {
  const files = [certFile, keyFile];
  const load = (): Certificate => {
    const pair = { cert: read(certFile), key: read(keyFile) };
    checkCertificate(pair, certFile, keyFile, Date.now());
    return pair;
  };
  let known = stateOf(files);
  return {
    first: load(),
    every: CHECK_INTERVAL_MS,
    newer: async () => {
      const state = stateOf(files);
      if (state === known) return undefined;
      // A pair that can't be used is logged once, and again only after it has changed.
      known = state;
      return load();
    },
  };
}
