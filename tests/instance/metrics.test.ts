import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { type InstanceServer, instanceServer } from "./server.ts";

const TOKEN = "scraper's-token";
const CACHES = [
  ...["pages", "fragments", "rows", "edges", "findings", "bases"],
  ...["ranks", "versions", "tokens", "usernames"],
];
const ELSEWHERE = "192.0.2.7";

let open: InstanceServer;
let closed: InstanceServer;
beforeAll(async () => {
  open = await instanceServer(TOKEN);
  closed = await instanceServer();
});
afterEach(() => {
  open.mend();
  closed.mend();
});
afterAll(async () => {
  await open.close();
  await closed.close();
});

const scrape = (server: InstanceServer, headers: Record<string, string> = {}) =>
  server.client().get("/-/metrics").set(headers);

describe("who may GET /-/metrics where there is a token", () => {
  it.each([
    ["it", undefined],
    ["another one", `Bearer ${TOKEN}x`],
    ["an empty one", "Bearer "],
    ["it in another scheme", `Basic ${TOKEN}`],
  ])("no remote caller without %s", async (what, authorization) => {
    open.broken.address = ELSEWHERE;
    const { status, body } = await scrape(
      open,
      authorization === undefined ? {} : { authorization },
    );
    expect([what, status, body]).toEqual([what, 404, { error: "404 Not Found" }]);
  });

  it.each([ELSEWHERE, "10.0.0.1", "::ffff:10.127.0.1", "fe80::1", "2001:db8::127.0.0.1"])(
    "%s with it alone",
    async (address) => {
      open.broken.address = address;
      await scrape(open).expect(404);
      await scrape(open, { authorization: `bearer ${TOKEN}` }).expect(200);
    },
  );

  it.each(["x-forwarded-for", "forwarded", "x-real-ip", "via"])(
    "whom a proxy on this machine sends on with %s, with it alone",
    async (header) => {
      await scrape(open, { [header]: "127.0.0.1" }).expect(404);
      await scrape(open, { [header]: "127.0.0.1", authorization: `Bearer ${TOKEN}` }).expect(200);
    },
  );

  it("this machine too, with it alone: a proxy on it may not say for whom it asks", async () => {
    await scrape(open).expect(404);
    await scrape(open, { authorization: `Bearer ${TOKEN}` }).expect(200);
  });
});

describe("who may GET /-/metrics where there is no token", () => {
  it("no remote caller, with any credential", async () => {
    closed.broken.address = ELSEWHERE;
    for (const shown of ["undefined", "", TOKEN]) {
      await scrape(closed, { authorization: `Bearer ${shown}` }).expect(404);
    }
  });

  it.each([
    ["under a name that was made to lead here", { host: "rebound.example" }],
    ["under such a name with a port", { host: "rebound.example:3000" }],
    ["under a name that only begins as this machine's", { host: "localhost.example" }],
    ["through a tunnel", { host: "tunnel.example", "x-forwarded-for": ELSEWHERE }],
    ["through a proxy that names whom it asks for", { forwarded: `for=${ELSEWHERE}` }],
  ])("not this machine %s", async (_, headers) => {
    closed.broken.address = "127.0.0.1";
    await scrape(closed, headers).expect(404);
  });

  it.each(["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])("%s", async (address) => {
    closed.broken.address = address;
    await scrape(closed).expect(200);
  });
});

/** Each sample's value by its name and labels. Fails on any line that is no metric. */
function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of text.split("\n").filter((each) => each !== "" && !each.startsWith("#"))) {
    const [, name = "", value = ""] = /^([a-z_0-9]+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    expect(line).toBe(`${name} ${value}`);
    samples.set(name, Number(value));
  }
  return samples;
}

describe("GET /-/metrics", () => {
  it("tells what happened, in Prometheus's form", async () => {
    const server = await instanceServer();
    for (const path of ["/-/health", "/-/health", "/nothing", "/avatars/u/99"]) {
      await server.client().get(path);
    }
    const { headers, text } = await scrape(server);
    expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(headers["cache-control"]).toBe("no-store");
    const samples = samplesOf(text);
    const count = (operation: string, status: number) =>
      samples.get(
        `http_requests_total{dialect="instance",operation="${operation}",status="${status}"}`,
      );
    expect([count("health", 200), count("none", 404), count("avatar", 404)]).toEqual([2, 1, 1]);
    const duration = (what: string) => samples.get(`http_request_duration_seconds_${what}}`);
    const labels = '{dialect="instance",operation="health"';
    expect(duration(`bucket${labels},le="10"`)).toBe(2);
    expect(duration(`bucket${labels},le="+Inf"`)).toBe(2);
    expect(duration(`count${labels}`)).toBe(2);
    expect(duration(`sum${labels}`)).toBeGreaterThan(0);
    expect(samples.get('followd_info{version="1.2.3"}')).toBe(1);
    const caches = [...samples.keys()].flatMap(
      (name) => /^followd_cache_bytes{cache="(.*)"}$/.exec(name)?.[1] ?? [],
    );
    expect(caches).toEqual(expect.arrayContaining(CACHES));
    expect(samples.get('followd_cache_bytes{cache="pages"}')).toBe(0);
    expect(samples.get('followd_cache_bytes{cache="fragments"}')).toBe(0);
    expect(samples.get("process_resident_memory_bytes")).toBeGreaterThan(0);
    expect(text).toContain("# TYPE http_requests_total counter\n");
    expect(text).toContain("# TYPE http_request_duration_seconds histogram\n");
    await server.close();
  });

  it("has buckets that hold those below them", async () => {
    const server = await instanceServer();
    for (let times = 0; times < 20; times += 1) await server.client().get("/-/health");
    const samples = [...samplesOf((await scrape(server)).text)].filter(([name]) =>
      name.startsWith('http_request_duration_seconds_bucket{dialect="instance",operation="health"'),
    );
    const values = samples.map(([, value]) => value);
    expect(values).toEqual([...values].sort((one, other) => one - other));
    expect(values).toHaveLength(15);
    expect(values.at(-1)).toBe(20);
    await server.close();
  });

  it("counts on from one scrape to the next", async () => {
    const server = await instanceServer();
    const name = 'http_requests_total{dialect="instance",operation="metrics",status="200"}';
    await scrape(server);
    expect(samplesOf((await scrape(server)).text).get(name)).toBe(1);
    expect(samplesOf((await scrape(server)).text).get(name)).toBe(2);
    await server.close();
  });

  it("costs nothing before it is asked for: the library is not loaded", () => {
    const root = join(import.meta.dirname, "../..");
    const script = `
      await import("./src/instance/index.ts");
      const { createRequire } = await import("node:module");
      const { cache } = createRequire(import.meta.url);
      console.log(Object.keys(cache).filter((file) => file.includes("prom-client")).length);`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: root,
      encoding: "utf8",
    });
    expect(stdout.trim()).toBe("0");
  });
});

describe("GET /-/metrics on the data", () => {
  it("counts users and follows, and has no number that is none", async () => {
    const { text } = await scrape(closed).expect(200);
    expect(text).toMatch(/^followd_users \d+$/m);
    expect(text).toMatch(/^followd_follows \d+$/m);
    expect(text).not.toMatch(/ (nan|9223372036\S*)$/im);
  });
});
