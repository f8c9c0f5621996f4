import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { type EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll } from "@jest/globals";
import { run } from "../../src/cli/index.ts";

export const MAIN = resolve(import.meta.dirname, "../../src/main.js");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  input?: string;
}

/** The environment without what the tests' own caller may have set, and without npm's marks. */
function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(FOLLOWD_|npm_)/i.test(name));
  return { ...Object.fromEntries(own), ...more };
}

/** Starts the real program as a user does. */
export const start = (
  words: readonly string[],
  env?: Record<string, string>,
): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [MAIN, ...words], { env: environment(env) });

/** Runs the real program to its end, in a process of its own. */
export async function followdProcess(
  words: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const child = start(words, options.env);
  child.stdin.end(options.input ?? "");
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a command line to its end, in this process: a new one costs half a second of CPU, and one
 * that serves a whole one. A verb that serves has to be refused: it would wait for a signal.
 * Those that are started together run one after the other; `followdProcess` is for tests about
 * processes.
 */
export function followd(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
  // A verb may read standard input by its number, which is this process's own.
  if (options.input !== undefined) return followdProcess(words, options);
  const ended = last.then(() => runHere(words, options));
  last = ended.catch(() => undefined);
  return ended;
}

async function runHere(words: readonly string[], { env, input }: RunOptions): Promise<Ended> {
  const streams = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
  };
  streams.stdin.end(input ?? "");
  const written = Promise.all([text(streams.stdout), text(streams.stderr)]);
  const restore = replaceInProcess({ ...streams, env: environment(env) });
  const removeListeners = newListeners(process);
  const { exitCode } = process;
  const umask = process.umask();
  process.exitCode = undefined;
  try {
    await run(words);
    const code = Number(process.exitCode ?? 0);
    streams.stdout.end();
    streams.stderr.end();
    const [stdout, stderr] = await written;
    return { code, stdout, stderr };
  } finally {
    restore();
    removeListeners();
    process.exitCode = exitCode;
    process.umask(umask);
  }
}

/** Call what it returns to remove the listeners that were added meanwhile. */
function newListeners(emitter: EventEmitter): () => void {
  const before = new Map(emitter.eventNames().map((name) => [name, emitter.rawListeners(name)]));
  return () => {
    for (const name of emitter.eventNames()) {
      const known = before.get(name) ?? [];
      for (const listener of emitter.rawListeners(name)) {
        if (!known.includes(listener)) emitter.removeListener(name, listener as () => void);
      }
    }
  };
}

/** Replaces members of `process`; call what it returns to put them back. */
function replaceInProcess(members: Partial<Record<keyof NodeJS.Process, unknown>>): () => void {
  const names = Object.keys(members) as (keyof NodeJS.Process)[];
  const saved = names.map((name) => Object.getOwnPropertyDescriptor(process, name) ?? {});
  for (const name of names) {
    const { [name]: value } = members;
    Object.defineProperty(process, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [place, name] of names.entries()) {
      Object.defineProperty(process, name, saved[place] ?? {});
    }
  };
}

/** Names for folders that do not exist yet, all removed when the tests of a file are done. */
export function folders(): (name?: string) => string {
  const parent = mkdtempSync(join(tmpdir(), "followd-cli-"));
  afterAll(() => rmSync(parent, { recursive: true, force: true }));
  let given = 0;
  return (name = "data") => {
    given += 1;
    return join(parent, `${given}-${name}`);
  };
}

/** The one line that a failure is, less the program's name; under `--json` its member `error`. */
export function complaint({ stdout, stderr }: Ended): string {
  if (stdout !== "") throw new Error(`A failure wrote to standard output: ${stdout}`);
  if (stderr.startsWith("{")) return (JSON.parse(stderr) as { error: string }).error;
  if (!stderr.startsWith("followd: ") || /\n\s+at /.test(stderr)) throw new Error(stderr);
  return stderr.slice("followd: ".length).trimEnd();
}
