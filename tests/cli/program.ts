import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll } from "@jest/globals";

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

/** Runs the real program to its end. */
export async function followd(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const child = start(words, options.env);
  child.stdin.end(options.input ?? "");
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
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
