import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { UnavailableError } from "../../src/storage/errors.ts";
import { type InstanceServer, instanceServer } from "./server.ts";

let server: InstanceServer;
beforeAll(async () => {
  server = await instanceServer();
});
afterEach(() => server.mend());
afterAll(() => server.close());

/** Makes the database answer every probe with this. */
function breakDatabase(error: Error): void {
  const { store } = server;
  const probe = () => {
    throw error;
  };
  server.broken.store = { ...store, engine: { ...store.engine, probe } };
}

const ioError = () => new UnavailableError("disk I/O error: /secret");

describe("GET /-/health", () => {
  it("answers as long as the process does", async () => {
    server.broken.ready = false;
    breakDatabase(ioError());
    const { status, text, headers } = await server.client().get("/-/health");
    expect([status, text]).toEqual([200, "followd OK"]);
    expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(headers["content-length"]).toBe("10");
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("answers HEAD without a body", async () => {
    const { status, text, headers } = await server.client().head("/-/health");
    expect([status, text ?? ""]).toEqual([200, ""]);
    expect(headers["content-length"]).toBe("10");
  });
});

describe("GET /-/liveness", () => {
  it("answers as GitLab does", async () => {
    server.broken.ready = false;
    const { status, body, headers } = await server.client().get("/-/liveness");
    expect([status, body]).toEqual([200, { status: "ok" }]);
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
  });
});

describe("GET /-/readiness", () => {
  it("says 503 while the program starts or stops, and logs nothing", async () => {
    server.broken.ready = false;
    const { status, body, headers } = await server.client().get("/-/readiness");
    expect(status).toBe(503);
    expect(body).toEqual({
      status: "failed",
      master_check: [{ status: "failed", message: "followd is starting or stopping." }],
    });
    expect(headers["cache-control"]).toBe("no-store");
    expect(server.logged).toEqual([]);
  });

  it("says 503 when the database is out of order, and why to the log alone", async () => {
    const error = ioError();
    breakDatabase(error);
    const { status, body, headers } = await server.client().get("/-/readiness");
    expect(status).toBe(503);
    expect(body).toEqual({
      status: "failed",
      master_check: [{ status: "ok" }],
      db_check: [{ status: "failed", message: "The database can't be read or written." }],
    });
    expect(server.logged).toEqual([{ err: error, id: headers["x-request-id"] }]);
  });

  it("answers as GitLab does, with any other parameter", async () => {
    for (const path of ["/-/readiness", "/-/readiness?all=1", "/-/readiness?token=a:b/c"]) {
      const { status, body } = await server.client().get(path);
      expect([status, body]).toEqual([200, { status: "ok", master_check: [{ status: "ok" }] }]);
    }
  });

  it("answers 200 again once the database can be read", async () => {
    breakDatabase(ioError());
    await server.client().get("/-/readiness").expect(503);
    server.broken.store = server.store;
    await server.client().get("/-/readiness").expect(200);
  });
});

describe("GET /status", () => {
  it("looks like GitHub's to those who ask for it", async () => {
    const { status, text, headers } = await server.client().get("/status");
    expect(status).toBe(200);
    expect(text).toMatch(/^GitHub lives! \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000\) \(1\)$/);
    expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(headers.server).toBe("GitHub.com");
    expect(headers["x-github-request-id"]).toBe(headers["x-request-id"]);
  });

  it("says 503 when requests should go elsewhere", async () => {
    server.broken.ready = false;
    await server.client().get("/status").expect(503);
    server.broken.ready = true;
    breakDatabase(ioError());
    await server.client().get("/status").expect(503);
  });
});

describe("what is not there", () => {
  it.each(["/", "/-/", "/-/healthy", "/-/health/", "/-/HEALTH", "/status/x", "/avatars/u"])(
    "answers 404 to GET %s",
    async (path) => {
      const { status, body } = await server.client().get(path);
      expect([status, body]).toEqual([404, { error: "404 Not Found" }]);
    },
  );

  it.each(["post", "put", "patch", "delete", "options"] as const)(
    "answers 404 to %s",
    async (method) => {
      const { status, body } = await server.client()[method]("/-/health");
      expect([status, body]).toEqual([404, { error: "404 Not Found" }]);
    },
  );
});
