import { once } from "node:events";
import { existsSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { complaint, folders, followd, followdProcess } from "./program.ts";
import { servers, sharedServer } from "./serving.ts";

const folder = folders();
const serve = servers(folder);

/** Sends bytes on a connection of its own; resolves with all that came when it was closed. */
async function raw(port: number, ...parts: string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  for (const part of parts) socket.write(part);
  return text(socket);
}

const unusual = sharedServer(folder);

// Started here and read by the last tests of this file, as the server gives them ten seconds.
let unfinished: Promise<string[]>;
beforeAll(() => {
  const { port } = unusual();
  const type = "Content-Type: application/json\r\nContent-Length: 9";
  unfinished = Promise.all([
    raw(port, "GET / HTTP/1.1\r\nHost: x\r\n"),
    raw(port, `POST /api/v4/users HTTP/1.1\r\nHost: x\r\n${type}\r\n\r\n{`),
  ]);
});

describe("serve, refusing to start in one line", () => {
  it("names a port that is taken, and --port 0", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const ended = await followdProcess(["serve", "--port", String(port), "--data", folder()]);
    other.close();
    expect(complaint({ ...ended, stdout: "" })).toMatch(
      new RegExp(
        `^127\\.0\\.0\\.1:${port} is taken; .* another --port \\(0 for any free one\\)\\.$`,
      ),
    );
    expect(ended.code).toBe(1);
  });

  it("names an address of another machine", async () => {
    const ended = await followd([
      "serve",
      "--host",
      "192.0.2.1",
      "--port",
      "0",
      "--data",
      folder(),
    ]);
    expect(complaint(ended)).toBe(
      "192.0.2.1:0 is not an address of this machine; choose another --host.",
    );
    expect(ended.code).toBe(1);
  });

  it("names a setting that can't be used, before it makes a data directory", async () => {
    const data = folder();
    const env = { FOLLOWD_METRICS_TOKEN_FILE: "/nowhere" };
    const ended = await followd(["serve", "--data", data], { env });
    expect(complaint(ended)).toBe("The secret in /nowhere can't be read.");
    expect(ended.code).toBe(2);
    expect(existsSync(data)).toBe(false);
  });
});

describe("serve", () => {
  const shared = sharedServer(folder);

  it("names the command that makes a token, without a terminal", async () => {
    const { stderr } = shared();
    const hint = "for a token of its administrator: followd token create root";
    await eventually(() => stderr().includes(hint));
    expect(stderr()).not.toMatch(/eyJ/);
  });

  it("answers for a token that the command line made, and logs lines of JSON", async () => {
    const { child, url, data, stdout, ended } = shared();
    const { stdout: token } = await followd(["token", "create", "root", "--data", data]);
    const answer = await fetch(`${url}/api/v3/user`, {
      headers: { Authorization: `Bearer ${token.trim()}`, "User-Agent": "test" },
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ login: "root", site_admin: true });
    expect((await fetch(`${url}/-/readiness`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    const lines = (await stdout).trimEnd().split("\n");
    const events = lines.map((line) => JSON.parse(line) as { msg: string; path?: string });
    expect(events.map(({ msg, path }) => path ?? msg)).toEqual([
      `listening at ${url}`,
      "/api/v3/user",
      "/-/readiness",
      "stopping",
      "stopped",
    ]);
    expect(lines.join()).not.toContain(token.trim());
  });

  it("names no such command where the database is there already", async () => {
    const again = await serve([], shared().data);
    again.child.kill();
    await again.ended;
    expect(shared().stderr()).not.toMatch(/eyJ/);
    expect(again.stderr()).not.toContain("administrator");
  });
});

describe("serve, on a signal", () => {
  it("closes idle connections, and accepts no new ones", async () => {
    const { child, port, ended } = await serve();
    const idle = connect(port, "127.0.0.1");
    idle.write("GET /-/health HTTP/1.1\r\nHost: x\r\n\r\n");
    await once(idle, "data");
    child.kill("SIGINT");
    await once(idle.resume(), "close");
    expect(await ended).toEqual([0, null]);
    await expect(raw(port, "")).rejects.toThrow(/ECONNREFUSED/);
  });

  const body = JSON.stringify({ bio: "late" });

  /** A server that has begun with a request whose body is only half sent, and then was stopped. */
  async function stoppedInTheMiddle() {
    const server = await serve();
    const { stdout: token } = await followd(["token", "create", "root", "--data", server.data]);
    const socket = connect(server.port, "127.0.0.1").on("error", () => undefined);
    socket.write(
      `PATCH /api/v3/user HTTP/1.1\r\nHost: x\r\nUser-Agent: test\r\n` +
        `Authorization: token ${token.trim()}\r\nContent-Type: application/json\r\n` +
        `Expect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
    );
    // The server says so once it has begun with the request.
    expect(String((await once(socket, "data"))[0])).toMatch(/^HTTP\/1\.1 100 Continue/);
    server.child.kill("SIGTERM");
    await eventually(() => server.logged().includes('"stopping"'));
    return { ...server, socket };
  }

  it("goes on after SIGHUP, SIGUSR1 and SIGUSR2, and stops on SIGQUIT", async () => {
    const { child, url, logged, ended } = await serve();
    for (const signal of ["SIGHUP", "SIGUSR1", "SIGUSR2"] as const) {
      child.kill(signal);
      await eventually(() => logged().includes(`ignoring ${signal}`));
    }
    expect((await fetch(`${url}/-/liveness`)).status).toBe(200);
    child.kill("SIGQUIT");
    expect(await ended).toEqual([0, null]);
    expect(logged()).toContain('"signal":"SIGQUIT","msg":"stopping"');
  });

  it("writes every line of the access log before it stops", async () => {
    const { child, url, stdout, ended } = await serve();
    const asked = Array.from({ length: 50 }, (_, each) => `/-/liveness?each=${each}`);
    for (const path of asked) await (await fetch(url + path)).text();
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    const lines = (await stdout).trimEnd().split("\n");
    const events = lines.map((line) => JSON.parse(line) as { msg: string; path: string });
    const requests = events.filter(({ msg }) => msg === "request").map(({ path }) => path);
    expect(requests.sort()).toEqual(asked.sort());
  });

  it("answers a request that has begun before it stops", async () => {
    const { socket, ended } = await stoppedInTheMiddle();
    socket.write(body.slice(5));
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*"bio":\s?"late"/);
    expect(await ended).toEqual([0, null]);
  });

  it("stops at once on a second signal", async () => {
    const { child, ended } = await stoppedInTheMiddle();
    // One that comes at once is the first again, passed on by npm.
    const again = setInterval(() => child.kill("SIGTERM"), 20);
    const how = await ended;
    clearInterval(again);
    expect(how).toEqual([1, null]);
  });
});

describe("a server that is sent unusual requests", () => {
  // Node deprecates url.parse for these (DEP0170).
  it.each(["http://h:99999/", "http://h:abc/", "//a@h:abc/#"])(
    "answers GET %s as any other target",
    async (target) => {
      const head = `GET ${target} HTTP/1.1\r\nHost: h\r\nUser-Agent: x\r\nConnection: close\r\n`;
      expect(await raw(unusual().port, `${head}\r\n`)).toMatch(/^HTTP\/1\.1 (200|40[04]) /);
    },
  );

  it("refuses what is no HTTP, in HTTP", async () => {
    const { port } = unusual();
    const closed = "Connection: close\r\nContent-Length: 0\r\n\r\n";
    expect(await raw(port, "GET / HTTP/1.1\r\nno colon\r\n\r\n")).toBe(
      `HTTP/1.1 400 Bad Request\r\n${closed}`,
    );
    const long = `GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(17_000)}\r\n\r\n`;
    expect(await raw(port, long)).toBe(`HTTP/1.1 431 Request Header Fields Too Large\r\n${closed}`);
  });

  it("answers 408 to a request that is not finished in time", async () => {
    const late = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    expect(await unfinished).toEqual([late, late]);
  });

  it("writes no warning of Node's for any of them", async () => {
    const { child, ended, stderr } = unusual();
    child.kill("SIGTERM");
    await ended;
    expect(stderr()).not.toMatch(/DEP0|Warning/);
  });
});
