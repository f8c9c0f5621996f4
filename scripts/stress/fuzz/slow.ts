import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { type Serving, serve } from "../races/program.ts";
import { build, tearDown } from "../races/setup.ts";
import { type Line, unreadAnswers } from "./unread.ts";

/**
 * Callers who take their time: slow heads and slow bodies must be cut off, and many open sockets
 * must leave the others their answers. Each socket is a file in both processes, so `ulimit -n` has
 * to allow more than SOCKETS for each.
 */
const SOCKETS = 10_000;
const SLOW = 50;
const MOST_SECONDS = 10;
const MOST_HEALTH = 50;
const MOST_KILOBYTES = 25;
const LOOKS = 400;
const OPENED_AT_ONCE = 500;

const HEAD = "GET /api/v3/users HTTP/1.1\r\nHost: h\r\nUser-Agent: x\r\n";
const BODY = "POST /api/v4/users HTTP/1.1\r\nHost: h\r\nContent-Length: 9999\r\n\r\n{";

const fixture = await build(100);
const server = await serve(fixture.folder, "--log-level", "error");
try {
  const lines = [
    await slow(server, "slow heads are cut after (s)", HEAD, "X: y\r\n"),
    await slow(server, "slow bodies are cut after (s)", BODY, " "),
    await slow(server, "silence is cut after (s)", "", ""),
    ...(await unreadAnswers(server)),
    ...(await crowd(server)),
  ];
  console.log("| what | measured | held |\n|---|---|---|");
  for (const { what, value, holds } of lines) {
    console.log(`| ${what} | ${value} | ${holds ? "yes" : "**no**"} |`);
  }
  const ulimit = readFileSync("/proc/self/limits", "utf8").match(/open files\s+(\S+)/)?.[1];
  console.log(`\n${SOCKETS} sockets; ulimit -n here is ${ulimit ?? "unknown"}`);
  process.exitCode = lines.every(({ holds }) => holds) ? 0 : 1;
} finally {
  await server.stop();
  tearDown(fixture);
}

function open({ url }: Serving): Socket {
  const { hostname, port } = new URL(url);
  return connect(Number(port), hostname).on("error", () => undefined);
}

/** How long the longest of some sockets that send a little every second is left open. */
async function slow(to: Serving, what: string, first: string, drip: string): Promise<Line> {
  const times = await Promise.all(
    Array.from({ length: SLOW }, () => {
      const started = performance.now();
      const socket = open(to);
      socket.write(first);
      const dripping = setInterval(() => socket.write(drip), 1000);
      return new Promise<number>((resolve) => {
        socket.resume().once("close", () => {
          clearInterval(dripping);
          resolve((performance.now() - started) / 1000);
        });
      });
    }),
  );
  const longest = Math.max(...times);
  return { what, value: longest.toFixed(1), holds: longest <= MOST_SECONDS };
}

function memoryOf({ pid }: Serving): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes);
}

async function crowd(to: Serving): Promise<Line[]> {
  const alone = await healthOf(to);
  const before = memoryOf(to);
  const sockets: Socket[] = [];
  while (sockets.length < SOCKETS) {
    const more = Array.from({ length: OPENED_AT_ONCE }, () => open(to));
    sockets.push(...more);
    await Promise.all(more.map((each) => new Promise((resolve) => each.once("connect", resolve))));
    for (const socket of more) socket.write(HEAD);
  }
  const among = await healthOf(to);
  const left = sockets.filter((each) => !each.closed && each.readyState === "open").length;
  const each = (memoryOf(to) - before) / SOCKETS;
  for (const socket of sockets) socket.destroy();
  const shown = (times: number[]) => `p50 ${at(times, 0.5)} ms, p99 ${at(times, 0.99)} ms`;
  return [
    { what: "/-/health alone", value: shown(alone), holds: true },
    {
      what: `/-/health among ${SOCKETS} open sockets`,
      value: `${shown(among)}, ${left} still open`,
      holds: Number(at(among, 0.99)) < MOST_HEALTH,
    },
    { what: "memory a socket (KB)", value: each.toFixed(1), holds: each < MOST_KILOBYTES },
  ];
}

function at(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.floor(times.length * share)] ?? Number.NaN).toFixed(1);
}

async function healthOf({ url }: Serving): Promise<number[]> {
  const times: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const started = performance.now();
    const answer = await fetch(`${url}/-/health`);
    if (!answer.ok) throw new Error(`/-/health is ${answer.status}.`);
    await answer.text();
    times.push(performance.now() - started);
  }
  return times;
}
