import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Script } from "node:vm";

/** A program as V8 reads it, or finds it compiled. `code` is CommonJS, and ASCII. */
export function scriptOf(code: Buffer, file: string, compiled?: Buffer): Script {
  // As ASCII it is a byte a character in memory, and needs no decoding.
  const text = `(function (exports, require, module, __filename, __dirname) {${code.toString("latin1")}\n})`;
  return new Script(text, { filename: file, ...(compiled && { cachedData: compiled }) });
}

/** Runs it as node runs a file. */
export function runScript(script: Script, file: string): void {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
}
