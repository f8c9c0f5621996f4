import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import request from "supertest";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import { openStore } from "../../src/domain/open-store.ts";
import type { Store } from "../../src/domain/store.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { dialectRouter } from "../../src/http/dialect-router.ts";
import { observer } from "../../src/http/request-metrics.ts";
import { createDialectServer } from "../../src/http/request-pipeline.ts";
import { instance } from "../../src/instance/index.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";

interface Broken {
  store: Store;
  ready: boolean;
  address: string | undefined;
  privateMode: boolean;
}

/** The instance dialect alone, over a real database, and what the tests turn on it. */
export async function instanceServer(metricsToken?: string) {
  const store = openStore(openSqlite({ file: ":memory:" }), signingKey(Buffer.alloc(32, "k")));
  // Tests put what they break in here.
  const usual = { store, ready: true, address: undefined, privateMode: false };
  const broken: Broken = { ...usual };
  const logged: object[] = [];
  const observed = observer();
  const dialectServer = await createDialectServer(
    instance({
      get store() {
        return broken.store;
      },
      version: "1.2.3",
      metricsToken,
      get privateMode() {
        return broken.privateMode;
      },
      isReady: () => broken.ready,
      observed,
      log: { error: (details) => void logged.push(details) },
      documented: undefined,
    }),
  );
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  app.set("query parser", "simple");
  app.use((req, _res, next) => {
    const { address } = broken;
    if (address !== undefined)
      Object.defineProperty(req.socket, "remoteAddress", { value: address });
    next();
  });
  app.use(dialectRouter([{ prefix: "", servers: [dialectServer] }], observed.seen));
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    store,
    broken,
    logged,
    /** Mends what a test broke. */
    mend() {
      Object.assign(broken, usual);
      logged.length = 0;
    },
    client: () => request(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    user: (username: string) => accounts.createAccount(store, { username }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      await store.engine.close();
    },
  };
}

export type InstanceServer = Awaited<ReturnType<typeof instanceServer>>;
