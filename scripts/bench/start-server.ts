import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Report, Task } from "./child.ts";

/** A server in a process of its own. */
export interface BenchServer {
  url: string;
  /** Microseconds of CPU that the process has used since it started, with all its threads. */
  cpu(): number;
  stop(): Promise<void>;
  /** Whether it gives its memory back when it was idle. */
  readonly rests?: boolean;
}

/** A server that a bench does not have; what asks it is not measured. */
export const ABSENT: BenchServer = { url: "", cpu: () => 0, stop: async () => {} };

/** This checkout's program. */
export const MAIN = new URL("../../src/main.js", import.meta.url).pathname;
const pathOf = (script: string) => new URL(script, import.meta.url).pathname;

/** Starts one of the servers of this folder. */
export async function launch(script: string, task: Task, more: unknown = []): Promise<BenchServer> {
  const taskFile = `${task.file}.json`;
  writeFileSync(taskFile, JSON.stringify({ task, more }));
  const log = openSync(`${task.file}.log`, "a");
  const child = fork(pathOf(script), [taskFile], { stdio: ["ignore", log, "inherit", "ipc"] });
  const [{ port }] = (await once(child, "message")) as [Report];
  return serverOf(child, `http://127.0.0.1:${port}`);
}

export interface Program {
  data: string;
  /** The program, where it is not this checkout's. */
  main?: string | undefined;
  /** What follows `serve`, beside the directory and the port. */
  words?: readonly string[];
  /** A script of this folder that runs before the program does, and changes it. */
  preload?: string | undefined;
}

/** Starts followd as its users do; its log, access log included, goes to a file. */
export async function launchProgram({
  data,
  main = MAIN,
  words = [],
  preload,
}: Program): Promise<BenchServer> {
  const log = openSync(`${data}.log`, "a");
  const before = preload === undefined ? [] : ["--import", pathOf(preload)];
  const serve = [main, "serve", "--data", data, "--port", "0", ...words];
  const child = spawn(process.execPath, [...before, ...serve], { stdio: ["ignore", log, "pipe"] });
  return { ...serverOf(child, await urlSaid(child)), rests: true };
}

/** The address that the program tells on standard error. */
function urlSaid(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.once("exit", () => reject(new Error(`A server ended: ${said}`)));
    child.stderr?.on("data", (part: Buffer) => {
      said += part.toString();
      const [, url] = /is listening at (\S+)/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
}

function serverOf(child: ChildProcess, url: string): BenchServer {
  const { pid = 0 } = child;
  return {
    url,
    cpu: () => cpuOf(pid),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

/** Microseconds of CPU of a process; the first figure of schedstat is nanoseconds of one thread. */
export function cpuOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map((thread) => {
    const [spent = "0"] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ");
    return Number(spent);
  });
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1000;
}
