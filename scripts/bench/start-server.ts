import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Report, Task } from "./child.ts";

/** A server in a process of its own. */
export interface Ship {
  url: string;
  /** Microseconds of CPU since it started. */
  cpu(): Promise<number>;
  stop(): void;
}

/** Starts one of the servers of this folder. */
export async function launch(script: string, task: Task, more: unknown = []): Promise<Ship> {
  const path = new URL(script, import.meta.url).pathname;
  const child = fork(path, [JSON.stringify(task), JSON.stringify(more)]);
  const { port } = (await report(child)) as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    async cpu() {
      child.send("cpu");
      return ((await report(child)) as { cpu: number }).cpu;
    },
    stop: () => child.disconnect(),
  };
}

async function report(child: ChildProcess): Promise<Report> {
  const [message] = (await once(child, "message")) as [Report];
  return message;
}
