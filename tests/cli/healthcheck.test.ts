import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { complaint, folders, followd } from "./program.ts";
import { servers } from "./serving.ts";

const folder = folders();
const serve = servers(folder);
const others: Server[] = [];
afterEach(() => {
  for (const other of others.splice(0)) other.close().closeAllConnections();
});

/** A server that is not followd, and its port. */
async function other(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  others.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return String((server.address() as AddressInfo).port);
}

const check = (...words: string[]) => followd(["healthcheck", ...words]);

describe("a healthcheck fails", () => {
  it("where nothing listens, and says what would", async () => {
    const ended = await check("--port", "1");
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toBe("http://127.0.0.1:1 has no server; `followd serve` starts one.");
  });

  it("with what is wrong as JSON", async () => {
    const { code, stdout, stderr } = await check("--port", "1", "--json");
    expect([code, stderr]).toEqual([1, ""]);
    expect(JSON.parse(stdout)).toEqual({
      healthy: false,
      url: "http://127.0.0.1:1",
      problem: "has no server; `followd serve` starts one.",
    });
  });

  it("for a server that is not ready", async () => {
    const checks = { status: "failed", master_check: [{ status: "failed", message: "Starting." }] };
    const port = await other((_req, res) => res.writeHead(503).end(JSON.stringify(checks)));
    const ended = await check("--port", port);
    expect(ended.code).toBe(1);
    expect(complaint(ended)).toContain("is not ready: it answers 503 Starting.");
  });

  it("for a server that does not answer, or begins to and never ends", async () => {
    for (const listener of [
      () => undefined,
      (_: unknown, res) => res.write("{"),
    ] as RequestListener[]) {
      const ended = await check("--port", await other(listener), "--timeout", "1");
      expect([ended.code, complaint(ended)]).toEqual([
        1,
        expect.stringContaining("did not answer within 1 seconds."),
      ]);
    }
  });

  it("with 2 for a port that is none", async () => {
    const ended = await check("--port", "0");
    expect([ended.code, complaint(ended)]).toEqual([
      2,
      "--port 0 is any port; name the one that it got.",
    ]);
  });
});

describe("a healthcheck succeeds", () => {
  it("for a server that is ready, at any address", async () => {
    const { port } = await serve(["--host", "0.0.0.0"]);
    const { code, stdout } = await check("--host", "0.0.0.0", "--port", String(port));
    expect([code, stdout]).toEqual([0, `http://127.0.0.1:${port} is ready.\n`]);
  });

  it("over TLS, in private mode, from the environment", async () => {
    const { port } = await serve(["--tls", "local", "--private-mode"]);
    const env = { FOLLOWD_TLS: "local", FOLLOWD_PORT: String(port) };
    const { code, stdout } = await followd(["healthcheck", "--json"], { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ healthy: true, url: `https://127.0.0.1:${port}` });
  });
});
