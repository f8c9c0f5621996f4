import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { watchOutput } from "../child-output.ts";

const MAIN = fileURLToPath(new URL("../../../src/main.js", import.meta.url));

/** The real program, as a user starts it. */
const start = (...words: string[]): ChildProcess =>
  spawn(process.execPath, [MAIN, ...words], { stdio: ["ignore", "pipe", "pipe"] });

/** Runs a verb to its end. Throws with what it said when it failed. */
export async function followd(...words: string[]): Promise<void> {
  const child = start(...words);
  let said = "";
  child.stderr?.on("data", (part: Buffer) => {
    said += part.toString();
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`followd ${words[0]} ended with ${code}: ${said}`);
}

export interface Serving {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Serves a data directory on a free port. */
export async function serve(folder: string, ...more: string[]): Promise<Serving> {
  const child = start("serve", "--data", folder, "--port", "0", "--no-access-log", ...more);
  const output = watchOutput(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", () => reject(new Error(output.text)));
    child.stderr?.on("data", () => {
      const [, found] = /is listening at (\S+)/.exec(output.text) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        output.expectExit();
        child.kill();
      }
      await output.closed;
    },
  };
}
