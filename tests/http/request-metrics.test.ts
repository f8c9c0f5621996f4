import { once } from "node:events";
import {
  createServer,
  get,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type Logger, pino } from "pino";
import type { Exchange } from "../../src/http/dialect.ts";
import { type Observer, observer } from "../../src/http/request-metrics.ts";
import { eventually } from "../support/eventually.ts";

const TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJqdGkiOiJ4In0.c2VjcmV0";

const operation = {
  id: "users/follow",
  method: "PUT",
  route: "/user/following/{username}",
  schema: { security: [] },
  answer: () => ({ status: 204 }),
};

let server: Server | undefined;

async function listen(handler: RequestListener): Promise<string> {
  server = createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A request as the door would hand it over. */
const exchangeOf = (req: IncomingMessage, res: unknown, more: object = {}) =>
  ({
    req: Object.assign(req, { originalUrl: req.url }),
    res,
    prefix: "",
    match: { target: operation, path: {} },
    context: undefined,
    dialect: "github",
    ...more,
  }) as unknown as Exchange;

const lines = (level = "info"): [Logger, Record<string, unknown>[]] => {
  const seen: Record<string, unknown>[] = [];
  return [pino({ level }, { write: (line) => void seen.push(JSON.parse(line)) }), seen];
};

/** What dialects know of a request, from nothing to an administrator who stands in for another. */
const contexts: readonly object[] = [
  {},
  { requestId: "id-1", caller: undefined, viewer: undefined },
  { requestId: "id-2", caller: { user: { id: 7 } }, viewer: { id: 7 } },
  { requestId: "id-3", caller: { user: { id: 1 } }, viewer: { id: 7 } },
];

const total = (observed: Observer) =>
  [...observed.series()].reduce((sum, { count }) => sum + count, 0);

describe("observer", () => {
  it("counts each operation and status once, and how long they took", async () => {
    const observed = observer();
    const url = await listen((req, res) => {
      observed.seen(exchangeOf(req, res));
      res.writeHead(req.url === "/no" ? 404 : 204).end();
    });
    for (const path of ["/a", "/no", "/b"]) await fetch(url + path);
    await eventually(() => total(observed) === 3);
    const [series, ...rest] = [...observed.series()];
    expect(rest).toEqual([]);
    expect(series).toMatchObject({ dialect: "github", operation: "users/follow", count: 3 });
    expect([...(series?.statuses ?? [])]).toEqual([
      [204, 2],
      [404, 1],
    ]);
    expect(series?.buckets.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect(series?.seconds).toBeGreaterThan(0);
  });

  it("keeps what is no operation apart, by dialect", async () => {
    const observed = observer();
    const url = await listen((req, res) => {
      const dialect = req.url === "/a" ? "github" : "instance";
      observed.seen(exchangeOf(req, res, { match: undefined, dialect }));
      res.writeHead(404).end();
    });
    for (const path of ["/a", "/b", "/c"]) await fetch(url + path);
    await eventually(() => total(observed) === 3);
    expect([...observed.series()]).toMatchObject([
      { dialect: "github", operation: "none", count: 1 },
      { dialect: "instance", operation: "none", count: 2 },
    ]);
  });

  it("puts a slow answer where it belongs", async () => {
    const observed = observer();
    const url = await listen((req, res) => {
      observed.seen(exchangeOf(req, res));
      setTimeout(() => res.end(), 30);
    });
    await fetch(url);
    await eventually(() => total(observed) === 1);
    const [series] = [...observed.series()];
    expect(series?.buckets.indexOf(1)).toBeGreaterThanOrEqual(5);
    expect(series?.seconds).toBeGreaterThan(0.028);
  });

  it("counts callers who went away", async () => {
    const observed = observer();
    let hasCome = false;
    const url = await listen((req, res) => {
      observed.seen(exchangeOf(req, res));
      hasCome = true;
    });
    const asking = get(url);
    asking.on("error", () => undefined);
    await eventually(() => hasCome);
    asking.destroy();
    await eventually(() => total(observed) === 1);
    const [series] = [...observed.series()];
    expect([...(series?.statuses.keys() ?? [])]).toEqual([499]);
  });

  it("writes a line for each request", async () => {
    const [log, written] = lines();
    const observed = observer(log);
    const context = { requestId: "id-1", caller: { user: { id: 7, username: "mona" } } };
    const url = await listen((req, res) => {
      const exchange = exchangeOf(req, res);
      observed.seen(exchange);
      exchange.context = context;
      res.writeHead(204).end();
    });
    await fetch(`${url}/user/following/octocat?a=b`, { method: "PUT" });
    await eventually(() => written.length === 1);
    expect(written[0]).toEqual({
      level: 30,
      time: expect.any(Number),
      pid: expect.any(Number),
      hostname: expect.any(String),
      method: "PUT",
      path: "/user/following/octocat?a=b",
      address: "127.0.0.1",
      status: 204,
      agent: "node",
      dialect: "github",
      operation: "users/follow",
      ms: expect.any(Number),
      id: "id-1",
      user: 7,
      msg: "request",
    });
  });

  it("writes finished lines as the logger would have made them", async () => {
    const [log, written] = lines();
    const finished: string[] = [];
    const url = await listen((req, res) => {
      const exchange = exchangeOf(req, res);
      for (const observed of [observer(log), observer(log, (line) => finished.push(line))]) {
        observed.seen(exchange, 0);
      }
      exchange.context = contexts[Number(req.headers.number)];
      res.writeHead(200).end();
    });
    for (const number of contexts.keys()) {
      const headers = { number: String(number), "user-agent": `a "quoted" \u00e9 agent\\` };
      await fetch(`${url}/users/%22?q="&page=2&private_token=${TOKEN}`, { headers });
    }
    await eventually(
      () => written.length === contexts.length && finished.length === contexts.length,
    );
    const parsed = finished.map((line) => JSON.parse(line) as Record<string, unknown>);
    const common = { time: expect.anything(), ms: expect.any(Number) };
    for (const [at, { pid: _, hostname: __, ...line }] of written.entries()) {
      expect(Object.keys(parsed[at] ?? {})).toEqual(Object.keys(line));
      expect(parsed[at]).toEqual({ ...line, ...common });
      expect(parsed[at]?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    expect(finished.every((line) => line.endsWith("}\n"))).toBe(true);
  });

  it("never writes a token", async () => {
    const [log, written] = lines("trace");
    const observed = observer(log);
    const url = await listen((req, res) => {
      observed.seen(exchangeOf(req, res));
      res.end();
    });
    const asked = [
      `/user?private_token=${TOKEN}`,
      `/user?access_token=${TOKEN}&job_token=${TOKEN}&token=${TOKEN}`,
      `/user?private%5ftoken=${TOKEN}`,
      `/user/following/${TOKEN}`,
      `/user?mistyped=${TOKEN}`,
    ];
    const headers = {
      authorization: `token ${TOKEN}`,
      "private-token": TOKEN,
      "job-token": TOKEN,
      cookie: `session=${TOKEN}`,
    };
    for (const path of asked) await fetch(url + path, { headers });
    await eventually(() => written.length === asked.length);
    for (const piece of [TOKEN, ...TOKEN.split(".")]) {
      expect(JSON.stringify(written)).not.toContain(piece);
    }
  });

  it("writes nothing where the log takes nothing", async () => {
    const [log, written] = lines("warn");
    const observed = observer(log);
    const url = await listen((req, res) => {
      // A line that is built would stumble here.
      observed.seen(
        exchangeOf(req, res, {
          context: {
            get requestId() {
              throw new Error("built");
            },
          },
        }),
      );
      res.end();
    });
    await fetch(url);
    await eventually(() => total(observed) === 1);
    expect(written).toEqual([]);
  });
});
