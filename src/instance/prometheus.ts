import type { Metric, Registry } from "prom-client";
import { sizesOf } from "../domain/open-store.ts";
import { countFollows, countUsers } from "../domain/users/user-statistics.ts";
import { sharedSizes } from "../http/process-caches.ts";
import { BOUNDS, type Observed, type Series } from "../http/request-metrics.ts";
import type { InstanceSettings } from "./http/context.ts";

type PromClient = typeof import("prom-client");

const DURATION = "http_request_duration_seconds";

type ScrapeSettings = Pick<InstanceSettings, "store" | "version" | "observed" | "figures">;

/** What the event loop's lag is before it was measured once: no number, or the greatest there is. */
const WITHOUT_VALUE = / (?:nan|9223372036\S{0,20})$/i;

/** Renders the metrics. prom-client is loaded on the first scrape; many servers are never scraped. */
export function scraper(settings: ScrapeSettings): () => Promise<string> {
  let registry: Promise<Registry> | undefined;
  return async () => {
    registry ??= import("prom-client").then((client) => register(client, settings));
    const lines = (await (await registry).metrics()).split("\n");
    return lines.filter((line) => line.startsWith("#") || !WITHOUT_VALUE.test(line)).join("\n");
  };
}

function register(
  client: PromClient,
  { store, version, observed, figures }: ScrapeSettings,
): Registry {
  const registry = new client.Registry();
  const registers = [registry];
  client.collectDefaultMetrics({ register: registry });
  new client.Gauge({
    name: "followd_info",
    help: "Which followd this is; always 1.",
    labelNames: ["version"],
    registers,
  }).set({ version }, 1);
  new client.Gauge({
    name: "followd_cache_bytes",
    help: "Bytes held by each cache.",
    labelNames: ["cache"],
    registers,
    collect() {
      for (const [cache, bytes] of Object.entries({ ...sizesOf(store), ...sharedSizes() })) {
        this.set({ cache }, bytes);
      }
    },
  });
  new client.Counter({
    name: "http_requests_total",
    help: "Finished requests.",
    labelNames: ["dialect", "operation", "status"],
    registers,
    collect() {
      this.reset();
      for (const { dialect, operation, statuses } of observed.series()) {
        for (const [status, count] of statuses) this.inc({ dialect, operation, status }, count);
      }
    },
  });
  registry.registerMetric(durations(observed));
  registerData(client, registers, store, figures);
  return registry;
}

/** What there is: users, follows, bytes, the last backup. */
function registerData(
  client: PromClient,
  registers: Registry[],
  store: ScrapeSettings["store"],
  figures: ScrapeSettings["figures"],
): void {
  const gauge = (name: string, help: string, read: () => Promise<number> | number | undefined) =>
    new client.Gauge({
      ...{ name, help, registers },
      async collect() {
        const value = await read();
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  gauge("followd_users", "Users in any state.", async () => (await countUsers(store)).total);
  gauge("followd_follows", "Follows, counted at most once in five minutes.", () =>
    countFollows(store),
  );
  registerConnections(client, registers, store);
  if (figures === undefined) return;
  const bytes = { database: "databaseBytes", log: "logBytes", free: "freeBytes" } as const;
  for (const [what, member] of Object.entries(bytes)) {
    gauge(
      `followd_${what}_bytes`,
      HELP_OF_BYTES[what as keyof typeof bytes],
      () => figures()[member],
    );
  }
  gauge("followd_last_backup_timestamp_seconds", "When followd backup last wrote one.", () => {
    const { lastBackupAt } = figures();
    return lastBackupAt === undefined ? undefined : lastBackupAt / 1000;
  });
}

/** Metrics of an engine with connections; servers on a file have none of them. */
function registerConnections(
  client: PromClient,
  registers: Registry[],
  { engine }: ScrapeSettings["store"],
): void {
  const { figures } = engine;
  if (figures === undefined) return;
  new client.Gauge({
    name: "followd_database_statements_in_flight",
    help: "Statements under way on connections of each kind.",
    labelNames: ["lanes"],
    registers,
    collect() {
      for (const [lanes, { inFlight }] of Object.entries(figures().lanes)) {
        this.set({ lanes }, inFlight);
      }
    },
  });
  new client.Counter({
    name: "followd_database_reconnects_total",
    help: "Connections that broke, by kind.",
    labelNames: ["lanes"],
    registers,
    collect() {
      this.reset();
      for (const [lanes, { reconnects }] of Object.entries(figures().lanes)) {
        this.inc({ lanes }, reconnects);
      }
    },
  });
  const sums = { statements: "count", statement_seconds: "seconds" } as const;
  for (const [name, member] of Object.entries(sums)) {
    new client.Counter({
      name: `followd_database_${name}_total`,
      help: HELP_OF_STATEMENTS[member],
      labelNames: ["statement"],
      registers,
      collect() {
        this.reset();
        for (const [statement, time] of figures().statements) this.inc({ statement }, time[member]);
      },
    });
  }
  const counters: [name: string, help: string, read: () => number][] = [
    ["database_retries", "Transactions sent again after a deadlock.", () => figures().retries],
    ["barrier_requests", "Requests that asked for freshness.", () => figures().barrier.requests],
    ["barrier_questions", "Questions that served them.", () => figures().barrier.asked],
    ["barrier_slots_moved", "Slots in which others changed users.", () => figures().barrier.moved],
  ];
  for (const [name, help, read] of counters) {
    new client.Counter({
      ...{ name: `followd_${name}_total`, help, registers },
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
}

const HELP_OF_STATEMENTS = {
  count: "Statements that were answered, by name.",
  seconds: "Time from sending statements to their answers, by name.",
};

const HELP_OF_BYTES = {
  database: "Size of the database.",
  log: "Size of the database's write-ahead log.",
  free: "What may still be written to the disk of the database.",
};

/** The library's own histogram can't be given counts; a registry needs no more than these two. */
function durations(observed: Observed): Metric {
  const get = async () => ({
    name: DURATION,
    help: "Time from the headers of a request to the end of its answer.",
    type: "histogram",
    values: [...observed.series()].flatMap(valuesOf),
  });
  return { name: DURATION, get } as unknown as Metric;
}

function valuesOf({ dialect, operation, buckets, count, seconds }: Series) {
  const labels = { dialect, operation };
  let upTo = 0;
  const bounded = BOUNDS.map((le, place) => {
    upTo += buckets[place] ?? 0;
    return { metricName: `${DURATION}_bucket`, labels: { ...labels, le }, value: upTo };
  });
  return [
    ...bounded,
    { metricName: `${DURATION}_bucket`, labels: { ...labels, le: "+Inf" }, value: count },
    { metricName: `${DURATION}_sum`, labels, value: seconds },
    { metricName: `${DURATION}_count`, labels, value: count },
  ];
}
