import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { ownConnection } from "../../../../src/storage/postgres/connection.ts";
import { type Cluster, freePort, startCluster } from "../../../postgres/cluster.ts";
import { until, within } from "../waits.ts";

/** Sends connections to whichever server is the primary now, as a proxy or a moving address does. */
export class PrimaryProxy {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  target = 0;

  constructor() {
    this.#server = createServer((near) => {
      const far = connect(this.target, "127.0.0.1");
      for (const socket of [near, far]) {
        this.#open.add(socket);
        socket.on("error", () => undefined);
        socket.on("close", () => {
          this.#open.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
  }
}

/** A primary and a synchronous standby, of which one is killed and the other takes over. */
export class Pair {
  readonly proxy = new PrimaryProxy();
  readonly #cluster: Cluster;
  #primary: { data: string; port: number };
  #standby: { data: string; port: number } | undefined;
  #made = 0;
  #port = 0;

  private constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#primary = { data: join(cluster.folder, "data"), port: cluster.port };
  }

  static async start(): Promise<Pair> {
    const settings = ["wal_level=replica", "max_wal_senders=8", "hot_standby=on"];
    const pair = new Pair(await startCluster({ durable: true, settings }));
    pair.#port = await freePort();
    await pair.proxy.listen(pair.#port);
    pair.proxy.target = pair.#primary.port;
    await pair.addStandby();
    return pair;
  }

  /** Where nodes find the primary, whichever server that is. */
  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.#port}/postgres`;
  }

  /** Runs a statement on the primary. */
  async ask<Row>(text: string): Promise<Row[]> {
    const connectionString = `postgres://postgres@127.0.0.1:${this.#primary.port}/postgres`;
    const asked = async () => {
      const own = await ownConnection({ connectionString });
      try {
        return (await own.send<Row>({ text })).rows;
      } finally {
        await own.close();
      }
    };
    return within(`the primary's answer to ${text}`, asked());
  }

  /** What every connection of the primary does, a line each, for a report. */
  async activity(): Promise<string[]> {
    const rows = await this.ask<{ line: string }>(
      `select concat_ws(' | ', pid, application_name, state, wait_event_type, wait_event,
         now() - xact_start, pg_blocking_pids(pid), left(query, 200)) as line
       from pg_stat_activity where pid <> pg_backend_pid() order by xact_start`,
    );
    return rows.map(({ line }) => line);
  }

  /** Makes a standby anew, and waits until every commit waits for it. */
  async addStandby(): Promise<void> {
    this.#made += 1;
    const made = { data: join(this.#cluster.folder, `data-${this.#made}`), port: await freePort() };
    const from = `host=127.0.0.1 port=${this.#primary.port} user=postgres`;
    const how = ["-R", "-X", "stream", "--checkpoint=fast", "--no-sync"];
    this.#cluster.run("pg_basebackup", "-d", from, "-D", made.data, ...how);
    this.#startServer(made);
    this.#standby = made;
    await this.ask("alter system set synchronous_standby_names = '*'");
    await this.ask("select pg_reload_conf()");
    await until("a standby that every commit waits for", async () => {
      const found = await this.ask("select 1 from pg_stat_replication where sync_state = 'sync'");
      return found.length > 0;
    });
  }

  /** Kills every process of the primary at once, and promotes the standby. */
  async failOver(): Promise<void> {
    const { data } = this.#primary;
    const [pid = ""] = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    const children = execFileSync("ps", ["--no-headers", "-o", "pid", "--ppid", pid], {
      encoding: "utf8",
    });
    for (const each of [pid, ...children.split("\n")]) {
      if (each.trim() === "") continue;
      try {
        process.kill(Number(each), "SIGKILL");
      } catch {
        // It ended by itself in between.
      }
    }
    const standby = this.#standby;
    if (standby === undefined) throw new Error("There is no standby.");
    this.#cluster.run("pg_ctl", "-D", standby.data, "-w", "promote");
    this.#primary = standby;
    this.#standby = undefined;
    // Until there is another standby no commit waits for one.
    await this.ask("alter system set synchronous_standby_names = ''");
    await this.ask("select pg_reload_conf()");
    this.proxy.target = standby.port;
  }

  stop(): void {
    this.proxy.close();
    for (const server of [this.#primary, this.#standby]) {
      if (server === undefined) continue;
      this.#cluster.run("pg_ctl", "-D", server.data, "-m", "immediate", "-w", "stop");
    }
    this.#cluster.remove();
  }

  #startServer({ data, port }: { data: string; port: number }): void {
    const { folder } = this.#cluster;
    const settings = [`port=${port}`, "listen_addresses=127.0.0.1"];
    const options = [...settings, `unix_socket_directories=${folder}`, "max_connections=200"]
      .map((each) => `-c ${each}`)
      .join(" ");
    this.#cluster.run("pg_ctl", "-D", data, "-o", options, "-l", `${data}.log`, "-w", "start");
  }
}
