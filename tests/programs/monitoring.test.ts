import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { folders, followd } from "../cli/program.ts";
import { servers } from "../cli/serving.ts";
import { eventually } from "../support/eventually.ts";

const folder = mkdtempSync(join(tmpdir(), "followd-monitoring-"));
const place = join(import.meta.dirname, "../../scripts/packaging/monitoring");
const RULES = join(place, "followd.rules.yml");
const serve = servers(folders());
let prometheus: ChildProcess | undefined;

afterAll(async () => {
  if (prometheus !== undefined) {
    prometheus.kill("SIGTERM");
    await new Promise((resolve) => prometheus?.once("exit", resolve));
  }
  rmSync(folder, { recursive: true });
});

const promtool = (...words: string[]) => spawnSync("promtool", words, { encoding: "utf8" });

/** An alert, and series under which it fires: one value a minute. */
const FIRING: readonly [alert: string, series: Record<string, string>][] = [
  ["FollowdDown", { 'up{job="followd"}': "0x20" }],
  [
    "FollowdErrors",
    {
      'http_requests_total{job="followd",status="500"}': "0+10x20",
      'http_requests_total{job="followd",status="200"}': "0+90x20",
    },
  ],
  [
    "FollowdSlow",
    {
      'http_request_duration_seconds_bucket{job="followd",le="0.5"}': "0+90x20",
      'http_request_duration_seconds_bucket{job="followd",le="1"}': "0+100x20",
      'http_request_duration_seconds_bucket{job="followd",le="+Inf"}': "0+100x20",
    },
  ],
  ["FollowdDiskFills", { 'followd_free_bytes{job="followd"}': "1000000x20" }],
  ["FollowdLogGrows", { 'followd_log_bytes{job="followd"}': "600000000x60" }],
  ["FollowdBackupOld", { 'followd_last_backup_timestamp_seconds{job="followd"}': "-95000+0x120" }],
];

describe("the rules for Prometheus", () => {
  it("are rules, and each fires when it should, and not when all is well", () => {
    expect(promtool("check", "rules", RULES)).toMatchObject({ status: 0 });
    const well = {
      'up{job="followd"}': "1x120",
      'http_requests_total{job="followd",status="200"}': "0+100x120",
      'http_request_duration_seconds_bucket{job="followd",le="0.5"}': "0+100x120",
      'http_request_duration_seconds_bucket{job="followd",le="+Inf"}': "0+100x120",
      'followd_free_bytes{job="followd"}': "20000000000x120",
      'followd_log_bytes{job="followd"}': "1000000x120",
      'followd_last_backup_timestamp_seconds{job="followd"}': "0x120",
    };
    const tests = FIRING.flatMap(([alert, series]) => [
      { series: well, alert, isFiring: false },
      { series, alert, isFiring: true },
    ]).map(({ series, alert, isFiring }) => ({
      interval: "1m",
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: [
        {
          expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
          eval_time: isFiring && alert.endsWith("Old") ? "100m" : isFiring ? "20m" : "110m",
          exp_samples: [{ labels: "{}", value: isFiring ? 1 : 0 }],
        },
      ],
    }));
    // The log has to be large for half an hour before it is told of.
    for (const test of tests) {
      const [first] = test.promql_expr_test;
      if (first !== undefined && JSON.stringify(test).includes("600000000"))
        first.eval_time = "45m";
    }
    const file = join(folder, "rules-test.json");
    writeFileSync(file, JSON.stringify({ rule_files: [RULES], evaluation_interval: "1m", tests }));
    const { status, stdout, stderr } = promtool("test", "rules", file);
    expect({ status, said: stdout + stderr }).toMatchObject({
      ...{ status: 0, said: expect.stringContaining("SUCCESS") },
    });
  });
});

describe("a real Prometheus", () => {
  const freePort = (): Promise<number> =>
    new Promise((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => {
        const { port } = server.address() as { port: number };
        server.close(() => resolve(port));
      });
    });

  it("scrapes a server, and every query of the dashboard has data", async () => {
    const token = join(folder, "token");
    writeFileSync(token, "a-token-of-32-signs-for-the-metrics", { mode: 0o600 });
    const { url, port: target, data } = await serve();
    expect((await followd(["backup", "--data", data])).code).toBe(0);
    const port = await freePort();
    const config = join(folder, "prometheus.yml");
    writeFileSync(
      config,
      `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [${RULES}]
scrape_configs:
  - job_name: followd
    metrics_path: /-/metrics
    authorization: { credentials_file: ${token} }
    static_configs: [{ targets: ["127.0.0.1:${target}"] }]
`,
    );
    prometheus = spawn(
      "prometheus",
      [
        ...[`--config.file=${config}`, `--storage.tsdb.path=${join(folder, "tsdb")}`],
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: "ignore" },
    );
    const query = async (expression: string): Promise<number | undefined> => {
      await fetch(`${url}/api/v3/users/root`, { headers: { "User-Agent": "test" } });
      const asked = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`;
      const answer = await fetch(asked).catch(() => undefined);
      if (answer === undefined || answer.status === 503) return undefined;
      expect({ expression, status: answer.status }).toEqual({ expression, status: 200 });
      const { data: found } = (await answer.json()) as { data: { result: unknown[] } };
      return found.result.length === 0 ? undefined : found.result.length;
    };
    const dashboard = JSON.parse(readFileSync(join(place, "grafana-dashboard.json"), "utf8")) as {
      panels: { targets: { expr: string }[] }[];
    };
    const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(expressions.length).toBeGreaterThan(8);
    for (const expression of expressions) {
      expect(await eventually(() => query(expression))).toBeGreaterThan(0);
    }
  });
});
