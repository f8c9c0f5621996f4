import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort, ownerIds } from "./cluster.ts";

const LOOK_EVERY_MS = 20;

export interface Pgbouncer {
  /** The address of a database by way of it. */
  through(url: string): string;
  stop(): Promise<void>;
}

/**
 * Starts Debian's pgbouncer before a server, in transaction mode: a connection of a client is
 * another one of the server with each transaction. So few of these that clients share them.
 */
export async function startPgbouncer(serverUrl: string, poolSize = 4): Promise<Pgbouncer> {
  const folder = mkdtempSync(join(tmpdir(), "followd-pgbouncer-"));
  const [port, ids] = [await freePort(), ownerIds()];
  const file = join(folder, "pgbouncer.ini");
  writeFileSync(
    file,
    `[databases]
* = host=127.0.0.1 port=${new URL(serverUrl).port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 100
`,
  );
  if (ids !== undefined) for (const each of [folder, file]) chownSync(each, ids.uid, ids.gid);
  const child = spawn("pgbouncer", ["-q", file], { ...ids, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, "close").then(() => undefined);
  await listening(port, child, () => said);
  return {
    through(url) {
      const address = new URL(url);
      address.port = String(port);
      return address.href;
    },
    async stop() {
      child.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listening(port: number, child: ChildProcess, said: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`pgbouncer ended: ${said()}`);
    const socket = connect(port, "127.0.0.1");
    const isOpen = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "close").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
    await pause(LOOK_EVERY_MS);
  }
}
