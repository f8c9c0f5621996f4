import type { Metric, Registry } from "prom-client";
import { sizesOf } from "../domain/open-store.ts";
import { sharedSizes } from "../http/process-caches.ts";
import { BOUNDS, type Observed, type Series } from "../http/request-metrics.ts";
import type { InstanceSettings } from "./http/context.ts";

type PromClient = typeof import("prom-client");

const DURATION = "http_request_duration_seconds";

type Told = Pick<InstanceSettings, "store" | "version" | "observed">;

/** Renders the metrics. The library is loaded for the first who asks: many servers have nobody. */
export function scraper(settings: Told): () => Promise<string> {
  let registry: Promise<Registry> | undefined;
  return async () => {
    registry ??= import("prom-client").then((client) => register(client, settings));
    return (await registry).metrics();
  };
}

function register(client: PromClient, { store, version, observed }: Told): Registry {
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
  return registry;
}

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
