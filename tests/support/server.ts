import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { pino } from "pino";
import request from "supertest";
import { type App, createApp } from "../../src/app.ts";
import { type Config, defaultConfig } from "../../src/config/config.ts";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import type { Letter } from "../../src/domain/letter.ts";
import { openStore } from "../../src/domain/open-store.ts";
import type { Store } from "../../src/domain/store.ts";
import type { User } from "../../src/domain/user.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { openServer } from "../../src/server/http-server.ts";
import { openTestEngine } from "./engine.ts";
import { violationsOf } from "./official.ts";

export interface WorldOptions {
  config?: Partial<Config>;
  /** A database file, where memory is not enough. */
  file?: string;
  /** What a database of SQLite in memory begins with, as another one told it. */
  image?: Buffer;
  /** Milliseconds to wait for the lock of another process. */
  busyTimeout?: number;
  clock?: () => number;
  /** False where another test holds the same answers against GitHub's own description. */
  isDescribed?: boolean;
}

/** A running server over a database of its own, and what a test needs to speak with it. */
export type World = Awaited<ReturnType<typeof world>>;

/**
 * The real application over a real database, on a port of its own. With FOLLOWD_TEST_NODES it is so
 * many of them over one PostgreSQL, each with memory of its own, and each request goes to another.
 */
export async function world(options: WorldOptions = {}) {
  /** What the program logged, a JSON line each. */
  const log: string[] = [];
  /** What GitHub's own description refused in the answers so far. */
  const violations: string[] = [];
  const opened = await openTestEngine(options);
  const key = signingKey(Buffer.alloc(32, "followd"));
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  const store = openStore(opened.engine, key, clock);
  /** Letters that were not sent, as no test has a mail server. */
  const letters: Letter[] = [];
  const appOn = async (own: Store) => {
    const app = await createApp({
      store: own,
      undelivered: async (letter) => void letters.push(letter),
      config: { ...defaultConfig, ...options.config },
      log: pino({ level: "debug" }, { write: (line) => void log.push(line) }),
    });
    app.setReady(true);
    return app;
  };
  const app = await appOn(store);
  const others = await Promise.all(
    opened.others.map((engine) => appOn(openStore(engine, key, clock))),
  );
  const answered = others.length === 0 ? app.handler : inTurn([app, ...others]);
  const { isDescribed = true } = options;
  const handler = isDescribed ? recorded(answered, violations) : answered;
  const server = openServer(handler, others.length === 0 ? app.messages : undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  /** Throws when an answer since the last call was not as GitHub's description has it. */
  const check = () => {
    const found = violations.splice(0);
    if (found.length > 0) throw new Error(`Not as GitHub has it:\n${found.join("\n")}`);
  };
  return {
    ...{ store, server, log, letters, violations, check },
    /** Without a slash at its end. */
    url: `http://127.0.0.1:${port}`,
    user: (username: string, more: Partial<accounts.NewAccount> = {}) =>
      accounts.createAccount(store, { username, email: `${username}@example.test`, ...more }),
    token: async ({ id }: Pick<User, "id">, ...scopes: string[]) =>
      (await tokens.issue(store, { userId: id, name: "test", scopes }))[0],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await opened.close();
      check();
    },
  };
}

/** Gives each request to the next of several servers, also those of one connection. */
function inTurn(apps: readonly App[]): RequestListener {
  let turn = 0;
  return (req, res) => {
    turn += 1;
    apps[turn % apps.length]?.handler(req, res);
  };
}

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  zstd: zstdDecompressSync,
};

/** Holds every answer, to any caller, against the vendor's description. */
function recorded(handler: RequestListener, violations: string[]): RequestListener {
  return (req, res) => {
    const { method = "GET", url = "/" } = req;
    const end = res.end.bind(res);
    const prefix = url.startsWith("/api/v3") ? "/api/v3" : "";
    const path = url.slice(prefix.length) || "/";
    res.end = ((text?: string | Buffer, ...how: []) => {
      // The headers are a flat list, which Node keeps only as the text that it sends.
      const { _header: head = "", statusCode: status } = res as typeof res & { _header?: string };
      const contentType = /^content-type: (.*)$/im.exec(head)?.[1];
      const coding = /^content-encoding: (.*)$/im.exec(head)?.[1] ?? "";
      const bytes = Buffer.from(text ?? "");
      // A 304 has the headers of the body that it stands for.
      const decode = bytes.length === 0 ? undefined : DECODERS[coding];
      const body = (decode?.(bytes) ?? bytes).toString();
      // The other dialects give no such id.
      if (/^x-github-request-id:/im.test(head)) {
        violations.push(...violationsOf({ method, path, status, contentType, body }));
      }
      return end(text as string, ...how);
    }) as typeof res.end;
    handler(req, res);
  };
}

/** A client of the server, as `token` where there is one. */
export function client({ url }: Pick<World, "url">, token?: string) {
  const agent = request.agent(url).set("User-Agent", "followd-tests");
  return token === undefined ? agent : agent.set("Authorization", `token ${token}`);
}
