import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll } from "@jest/globals";
import { start } from "./program.ts";

export interface Served {
  child: ChildProcess;
  url: string;
  port: number;
  data: string;
  /** What has been written so far. */
  stderr: () => string;
  stdout: Promise<string>;
  /** What has been logged so far. */
  logged: () => string;
  ended: Promise<[number | null, string | null]>;
}

/**
 * Gives a function that starts a server on any free port and waits until it says where it listens;
 * those that still run after a test are killed.
 */
export function servers(folder: () => string) {
  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
  });
  return async (words: string[] = [], data = folder()): Promise<Served> => {
    const server = await startServer(words, data);
    running.push(server.child);
    return server;
  };
}

/** One server for the tests of a describe block: to start one costs more than a second of CPU. */
export function sharedServer(folder: () => string, words: string[] = []): () => Served {
  let server: Served;
  beforeAll(async () => {
    server = await startServer(words, folder());
  });
  afterAll(() => void server.child.kill("SIGKILL"));
  return () => server;
}

async function startServer(words: readonly string[], data: string): Promise<Served> {
  const child = start(["serve", "--port", "0", "--data", data, ...words]);
  const ended = once(child, "exit") as Served["ended"];
  const stdout = text(child.stdout);
  let [stderr, url, logged] = ["", "", ""];
  child.stdout.on("data", (chunk) => {
    logged += String(chunk);
  });
  for await (const chunk of child.stderr.iterator({ destroyOnReturn: false })) {
    stderr += String(chunk);
    url = /listening at (\S+)\n/.exec(stderr)?.[1] ?? "";
    if (url !== "") break;
  }
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
  });
  if (url === "") throw new Error(`It did not start: ${stderr}`);
  const port = Number(new URL(url).port);
  return { child, url, port, data, stderr: () => stderr, stdout, logged: () => logged, ended };
}
