import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Credentials } from "./requests.ts";
import type { State, Usage } from "./server.ts";

/** A server in a process of its own, over a file of its own. */
export interface FuzzTarget {
  readonly url: string;
  /** Tokens of people who are there, and well. */
  renew(): Promise<Credentials>;
  /** What it holds after its garbage is gone. */
  state(): Promise<State>;
  /** What it has used so far, its garbage included. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Starts the server, or with `dev` one for tests, which has controls. */
export async function startTarget(kind: "serve" | "dev" = "serve"): Promise<FuzzTarget> {
  const folder = mkdtempSync(join(tmpdir(), "followd-fuzz-"));
  const script = new URL("server.ts", import.meta.url).pathname;
  const child = fork(script, [join(folder, "followd.db"), kind], { execArgv: ["--expose-gc"] });
  const { url } = await nextMessage<{ url: string }>(child);
  const asked = <T>(word: string) => {
    child.send(word);
    return nextMessage<T>(child);
  };
  return {
    url,
    renew: () => asked("renew"),
    state: () => asked("state"),
    usage: () => asked("usage"),
    async stop() {
      const ended = once(child, "exit");
      if (child.connected) child.disconnect();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The next thing that the server says; rejects when it ends instead. */
function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error("The server has ended."));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message as T);
    });
  });
}
