import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An executable in an empty folder, where there is no node, no npm and no home but the folder. */
export class Program {
  readonly folder = mkdtempSync(join(tmpdir(), "followd-try-"));
  readonly env = { PATH: "/nowhere", HOME: join(this.folder, "home") };
  readonly #running = new Set<ChildProcess>();
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Runs a verb that has to succeed, and returns what it wrote for machines. */
  run(...words: string[]): string {
    const options = { cwd: this.folder, env: this.env, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(this.#file, words, options);
    if (status !== 0) throw new Error(`followd ${words.join(" ")}: ${status} ${stderr}`);
    return stdout.trim();
  }

  /** Starts a verb that listens, and waits until it says where. */
  async listen(...words: string[]): Promise<Listening> {
    const started = performance.now();
    const child = spawn(this.#file, [...words, "--port", "0"], {
      ...{ cwd: this.folder, env: this.env, stdio: ["ignore", "pipe", "pipe"] },
    });
    this.#running.add(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        said += String(chunk);
      });
    }
    const url = await urlIn(child, () => said);
    const milliseconds = performance.now() - started;
    return { child, url, milliseconds, said: () => said, end: () => this.#end(child) };
  }

  async #end(child: ChildProcess): Promise<number | null> {
    this.#running.delete(child);
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number | null];
    return code;
  }

  /** Ends what still runs, and removes the folder. */
  close(): void {
    for (const child of this.#running) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Listening {
  child: ChildProcess;
  url: string;
  /** From the start of the process until it said that it listens. */
  milliseconds: number;
  said(): string;
  /** Stops it as a system does, and tells the exit code. */
  end(): Promise<number | null>;
}

async function urlIn(child: ChildProcess, said: () => string): Promise<string> {
  for (;;) {
    const [, url] = /listening at (https?:\/\/[^\s",]+)/.exec(said()) ?? [];
    if (url !== undefined) return url;
    if (child.exitCode !== null) throw new Error(`It ended: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Resident memory in megabytes, where the system tells it. */
export function megabytesOf({ pid }: ChildProcess): number | undefined {
  if (process.platform !== "linux") return undefined;
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
