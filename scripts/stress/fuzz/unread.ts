import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Serving } from "../races/program.ts";

/** Callers who send requests and read nothing must not fill the memory, nor keep others waiting. */
const CONNECTIONS = 200;
const MAX_MEGABYTES = 100;
const MAX_HEALTH_MS = 1000;
const MAX_CUT_SECONDS = 40;
const SETTLED_AFTER_MS = 3000;
/** As many as fit a packet, and as many as a server lets wait. */
const PIPELINED = [1000, 90];

const REQUEST = "GET /api/v3/users?per_page=100 HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\n\r\n";

export interface Line {
  what: string;
  value: string;
  holds: boolean;
}

/** Resident memory in megabytes. */
function memoryOf({ pid }: Serving): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** A paused client does not learn of its end, so the server's own sockets are counted. */
function socketsOf({ pid }: Serving): number {
  const files = readdirSync(`/proc/${pid}/fd`).map((name) => `/proc/${pid}/fd/${name}`);
  return files.filter((file) => targetOf(file).startsWith("socket:")).length;
}

function targetOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
}

async function health({ url }: Serving): Promise<number> {
  const started = performance.now();
  const answer = await fetch(`${url}/-/health`);
  if (!answer.ok) throw new Error(`/-/health is ${answer.status}.`);
  return performance.now() - started;
}

/** Holds a server against callers who never read; it needs a hundred users to be a test. */
export async function unreadAnswers(server: Serving): Promise<Line[]> {
  const lines: Line[] = [];
  for (const pipelined of PIPELINED) {
    await health(server);
    const before = memoryOf(server);
    const { hostname, port } = new URL(server.url);
    const alone = socketsOf(server);
    const started = performance.now();
    const sockets = Array.from({ length: CONNECTIONS }, (): Socket => {
      const socket = connect(Number(port), hostname).pause();
      socket.on("error", () => undefined);
      socket.write(REQUEST.repeat(pipelined));
      return socket;
    });
    const slowest = Math.max(await health(server), await health(server), await health(server));
    await pause(SETTLED_AFTER_MS);
    const grown = memoryOf(server) - before;
    const beside = Math.max(slowest, await health(server));
    let open = CONNECTIONS;
    while (open > 0 && performance.now() - started < (MAX_CUT_SECONDS + 10) * 1000) {
      await pause(1000);
      open = socketsOf(server) - alone;
    }
    const seconds = (performance.now() - started) / 1000;
    for (const socket of sockets) socket.destroy();
    const who = `${CONNECTIONS} callers of ${pipelined} requests who read nothing`;
    lines.push(
      { what: `${who}: memory (MB)`, value: grown.toFixed(1), holds: grown < MAX_MEGABYTES },
      { what: `${who}: others wait (ms)`, value: beside.toFixed(1), holds: beside < MAX_HEALTH_MS },
      {
        what: `${who}: all are cut after (s)`,
        value: open > 0 ? "never" : seconds.toFixed(0),
        holds: open <= 0 && seconds < MAX_CUT_SECONDS,
      },
    );
  }
  return lines;
}
