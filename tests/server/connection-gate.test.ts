import type { RequestListener } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { ConnectionGate } from "../../src/server/connection-gate.ts";
import { listen, openServer } from "../../src/server/http-server.ts";
import { send } from "../http/wire.ts";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(handler: RequestListener): Promise<string> {
  const server = openServer(handler);
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return listen(server, "127.0.0.1", 0);
}

const requests = (count: number, method = "GET") =>
  `${method} / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`.repeat(count);
const LAST = "GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

/** A socket that sends and reads nothing. */
function silent(url: string, text: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).pause();
  socket.on("error", () => undefined);
  socket.write(text);
  ends.unshift(async () => void socket.destroy());
  return socket;
}

describe("requests in one packet", () => {
  it("that only read are answered one after the other", async () => {
    let [now, most, all] = [0, 0, 0];
    const url = await serve((_, res) => {
      now += 1;
      all += 1;
      most = Math.max(most, now);
      res.prependListener("close", () => {
        now -= 1;
      });
      setImmediate(() => res.end("x"));
    });
    await send(url, requests(50) + LAST);
    expect({ most, all }).toEqual({ most: 1, all: 51 });
  });

  it("that write are carried out side by side, up to twenty", async () => {
    let [now, most, all] = [0, 0, 0];
    /** Answers that wait until as many have been asked for as go side by side. */
    const waiting: (() => void)[] = [];
    const url = await serve((req, res) => {
      now += 1;
      all += 1;
      most = Math.max(most, now);
      res.prependListener("close", () => {
        now -= 1;
      });
      waiting.push(() => res.end(req.url));
      if (waiting.length === 20 || req.url === "/last") for (const end of waiting.splice(0)) end();
    });
    const { body } = await send(url, requests(60, "POST") + LAST);
    expect({ most, all }).toEqual({ most: 20, all: 61 });
    expect(body.endsWith("/last")).toBe(true);
  });

  it("are answered in their order, fast ones and slow ones", async () => {
    const url = await serve((req, res) => {
      setTimeout(() => res.end(`[${req.method}]`), req.method === "GET" ? 0 : 2);
    });
    const { body } = await send(url, requests(2, "POST") + requests(2) + requests(1, "PUT") + LAST);
    const order = [...body.matchAll(/\[(\w+)\]/g)].map(([, method]) => method);
    expect(order).toEqual(["POST", "POST", "GET", "GET", "PUT", "GET"]);
  });
});

describe("a client that reads nothing", () => {
  it("has answers made only until they no longer leave, while others are answered", async () => {
    const size = 2 ** 22;
    let made = 0;
    const url = await serve((req, res) => {
      if (req.url === "/last") {
        res.end("other");
        return;
      }
      made += 1;
      res.end(Buffer.alloc(size));
    });
    const sockets = Array.from({ length: 5 }, () => silent(url, requests(90)));
    await Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.once("connect", resolve))),
    );
    for (let turn = 0; turn < 20; turn += 1) {
      expect((await send(url, LAST)).body).toBe("other");
    }
    // What the system takes for a connection is a few megabytes on any machine.
    expect(made).toBeLessThan(5 * 10);
  });

  it("is cut off when it sends more requests than may wait", async () => {
    const url = await serve((_, res) => void res.end(Buffer.alloc(2 ** 22)));
    const socket = silent(url, requests(1000));
    await new Promise((resolve) => socket.resume().once("close", resolve));
    expect((await send(url, LAST)).status).toBe(200);
  });

  it("is cut off after thirty seconds without progress, and not before", () => {
    const gate = new ConnectionGate((_, res) => void res);
    const socket = Object.assign(new EventTarget(), {
      writableLength: 0,
      destroyed: false,
      once: () => undefined,
      destroy(): void {
        this.destroyed = true;
      },
    });
    const req = { socket, method: "GET", httpVersionMajor: 1, rawHeaders: ["Host", "x"] };
    gate.handle(req as never, { on: () => undefined } as never);
    const look = (now: number, unsent: number) => {
      socket.writableLength = unsent;
      gate.cutUnread(now);
      return socket.destroyed;
    };
    expect(look(0, 0)).toBe(false);
    expect(look(100_000, 0)).toBe(false);
    expect(look(100_000, 500)).toBe(false);
    expect(look(129_000, 500)).toBe(false);
    expect(look(129_000, 400)).toBe(false);
    expect(look(158_999, 400)).toBe(false);
    expect(look(159_000, 400)).toBe(true);
  });
});

describe("what is no HTTP/1 request is refused", () => {
  it.each([
    ["two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"],
    ["the same host twice, in other letters", "GET / HTTP/1.1\r\nHost: a\r\nhOsT: a\r\n\r\n"],
    ["another version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
  ])("%s", async (_, bytes) => {
    const url = await serve((_req, res) => void res.end("answered"));
    const { status, body } = await send(url, bytes);
    expect(status).toBe(400);
    expect(body).not.toContain("answered");
  });
});
