import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Debian has the programs of each version. */
const DEBIAN = "/usr/lib/postgresql";
const OLDEST_VERSION = 15;

export interface Cluster {
  /** The address of its administrative database. */
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  /** Runs one of PostgreSQL's programs as the cluster's own user. */
  run(program: string, ...args: string[]): string;
  stop(): void;
  /** Removes the folder of a cluster that was stopped by other means. */
  remove(): void;
}

/** The folder of PostgreSQL's programs. Throws where there is none that is new enough. */
export function programs(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const newest = Math.max(...versions, 0);
  if (newest >= OLDEST_VERSION) return join(DEBIAN, String(newest), "bin");
  const found = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  if (found.status === 0) return found.stdout.trim();
  throw new Error("PostgreSQL 15 or newer is needed: apt-get install postgresql");
}

/** PostgreSQL refuses to run as root, so root runs it as another user. */
const isRoot = process.getuid?.() === 0;

/** The user that PostgreSQL runs as instead of root; undefined for any other user. */
export function ownerIds(): { uid: number; gid: number } | undefined {
  if (!isRoot) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Makes a private cluster in a temporary folder and starts it on a free port of loopback. Without
 * `durable` it never waits for the disk: a crash of the machine would break it.
 */
export async function startCluster({
  durable = false,
  settings = [] as string[],
} = {}): Promise<Cluster> {
  const bin = programs();
  const folder = mkdtempSync(join(tmpdir(), "followd-postgres-"));
  const ids = ownerIds();
  if (ids !== undefined) chownSync(folder, ids.uid, ids.gid);
  const port = await freePort();
  const run = (program: string, ...args: string[]): string =>
    execFileSync(join(bin, program), args, {
      encoding: "utf8",
      cwd: folder,
      ...ids,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const data = join(folder, "data");
  const all = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${folder}`,
    "max_connections=200",
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
    ...settings,
  ];
  try {
    run(
      "initdb",
      "-D",
      data,
      "-U",
      "postgres",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
      "--no-sync",
    );
    const options = all.map((setting) => `-c ${setting}`).join(" ");
    execFileSync(
      join(bin, "pg_ctl"),
      ["-D", data, "-o", options, "-l", join(folder, "log"), "-w", "start"],
      { cwd: folder, ...ids, stdio: "ignore" },
    );
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    ...{ port, folder, run },
    remove: () => rmSync(folder, { recursive: true, force: true }),
    stop() {
      try {
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop");
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
