import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { median } from "../figures.ts";
import { type Ask, keepAwake, load } from "../load.ts";
import { install } from "./installed.ts";
import { table, writePage } from "./page.ts";
import { FOLLOWERS, type Peer, prepare } from "./peers.ts";
import { type Probe, probe } from "./probe.ts";
import { asking, LIST, type Running, run } from "./running.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "3" },
    starts: { type: "string", default: "3" },
  },
});
const CONNECTIONS = 16;
const FOLLOWING = "/user/following/mona";
const MEASURES: readonly [name: string, method: Ask["method"], path: string][] = [
  ["list", "GET", LIST],
  ["follow", "PUT", FOLLOWING],
  ["check", "GET", FOLLOWING],
];

const INTRODUCTION = `The same three requests to each server, all of them alive at once on one machine, in rounds that go
forwards and backwards: page 2 of a user's ${FOLLOWERS.toLocaleString("en")} followers, a follow that is there already, and the
question whether it is. Medians; CPU is the server's processor time for a request, which is steadier
than requests a second. A start counts to the first answer to the list. The description that two of
them serve is GitHub's own for Enterprise Server 3.15, cut to the followers' neighbourhood; they
answer from it and hold nothing. Servers that have no such route, or forget, have no figure there.`;

interface Found {
  readonly starts: number[];
  readonly idle: number[];
  readonly cpu: Map<string, number[]>;
  readonly speed: Map<string, number[]>;
  busy: number;
  probed?: Probe;
}

const folder = mkdtempSync(join(tmpdir(), "followd-peers-"));
try {
  install(folder);
  const peers = await prepare(folder);
  const found = new Map(peers.map((peer) => [peer, fresh()]));
  await startAll(peers, found);
  await loadAll(peers, found);
  writePage(report(found));
  console.error("docs/performance.md is written.");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function fresh(): Found {
  return { starts: [], idle: [], cpu: new Map(), speed: new Map(), busy: 0 };
}

/** Each by itself, one after the other, over and over; the first time fills the files' caches. */
async function startAll(peers: readonly Peer[], found: ReadonlyMap<Peer, Found>): Promise<void> {
  for (let round = 0; round <= Number(options.starts); round += 1) {
    for (const peer of peers) {
      const running = await run(peer);
      if (round > 0) {
        found.get(peer)?.starts.push(running.start);
        found.get(peer)?.idle.push(running.memory());
      }
      await running.stop();
    }
  }
}

/** All are alive at once; rounds go forwards and backwards, so that no place in them is better. */
async function loadAll(peers: readonly Peer[], found: ReadonlyMap<Peer, Found>): Promise<void> {
  const all: Running[] = [];
  try {
    for (const peer of peers) all.push(await run(peer));
    for (const running of all) {
      const one = found.get(running.peer) as Found;
      one.probed = await probe(running);
      // The probe has unfollowed.
      const { method, path, headers } = asking(running.peer, "PUT", FOLLOWING);
      await fetch(running.url + path, { method, headers });
    }
    for (let round = 0; round < Number(options.rounds); round += 1) {
      for (const running of round % 2 === 0 ? all : all.toReversed()) {
        await measure(running, found.get(running.peer) as Found);
      }
    }
    for (const running of all) (found.get(running.peer) as Found).busy = running.memory();
  } finally {
    for (const running of all) await running.stop();
  }
}

async function measure(running: Running, found: Found): Promise<void> {
  const { peer, url } = running;
  for (const [name, method, path] of MEASURES) {
    if (path === FOLLOWING && !canFollow(peer, found)) continue;
    const before = running.cpu();
    const each = Array.from({ length: Math.max(1, peer.tokens.length) }, (_, place) =>
      asking(peer, method, path, place),
    );
    const seconds = Number(options.seconds);
    const loaded = await keepAwake(() =>
      load({ url, connections: CONNECTIONS, seconds, asks: () => each }),
    );
    if (loaded.wrong > 0)
      throw new Error(`${peer.name} answered ${name} ${loaded.wrong} times ill.`);
    add(found.cpu, name, (running.cpu() - before) / loaded.requests);
    add(found.speed, name, loaded.perSecond);
  }
}

/** Whether it takes a follow and says so afterwards; what has no such route can't be compared. */
function canFollow(peer: Peer, { probed }: Found): boolean {
  return peer.follows && probed?.remembers.slice(0, 2).every((status) => status === 204) === true;
}

function add(to: Map<string, number[]>, name: string, value: number): void {
  to.set(name, [...(to.get(name) ?? []), value]);
}

function report(found: ReadonlyMap<Peer, Found>): string {
  const whole = (value: number | undefined) =>
    value === undefined ? "–" : Math.round(value).toLocaleString("en");
  const middle = (values: number[] | undefined) => whole(values && median(values));
  const rows = [...found].map(([{ name }, { starts, idle, cpu, speed, busy }]) => [
    name,
    ...MEASURES.flatMap(([measured]) => [middle(cpu.get(measured)), middle(speed.get(measured))]),
    ...[middle(starts), middle(idle), whole(busy)],
  ]);
  const columns = MEASURES.flatMap(([name]) => [`${name}: CPU µs`, "req/s"]);
  const truths = [...found].map(([{ name, does }, { probed }]) => [
    ...[name, does, `${probed?.users} (${whole(probed?.bytes)} bytes)`],
    ...[probed?.turns ? "yes" : "no", String(probed?.unknown), probed?.remembers.join(" ") ?? ""],
  ]);
  return [
    INTRODUCTION,
    table(["server", ...columns, "start ms", "idle MB", "after MB"], rows),
    "What they answered, as the speed of an answer says little without it:",
    table(
      [
        ...["server", "what it does", "users in a page of 30", "page 3 differs from page 2"],
        ...["unknown user", "follow, check, unfollow, check"],
      ],
      truths,
    ),
    `node ${process.version}, ${availableParallelism()} processors shared with the load, ` +
      `${CONNECTIONS} connections, ${options.rounds} rounds of ${options.seconds} s each.`,
  ].join("\n\n");
}
