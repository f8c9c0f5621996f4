import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Script } from "node:vm";

export type Run = (...words: unknown[]) => void;

/**
 * A program in CommonJS as a function, so that its text need not be put together at each start: that
 * copied all of it once more, 7 of 55 MB until a server is idle. `this` is for a node that loads the
 * file as a module.
 */
export const asFunction = (code: string): string =>
  `this.run=(function(exports,require,module,__filename,__dirname){${code}\n})`;

/** A program as V8 reads it, or finds it compiled. `code` is what asFunction made, and ASCII. */
export function scriptOf(code: Buffer, file: string, compiled?: Buffer): Script {
  // As ASCII it is a byte a character in memory, and needs no decoding.
  const text = code.toString("latin1");
  return new Script(text, { filename: file, ...(compiled && { cachedData: compiled }) });
}

/** Runs it as node runs a file. */
export function runScript(script: Script, file: string): void {
  const run = script.runInThisContext() as Run;
  Reflect.deleteProperty(globalThis, "run");
  start(run, file);
}

export function start(run: Run, file: string): void {
  const module = { exports: {} };
  run(module.exports, createRequire(file), module, file, dirname(file));
}
