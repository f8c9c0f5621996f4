import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import request from "supertest";
import { door } from "../../src/http/door.ts";
import { observer } from "../../src/http/observe.ts";
import { speak } from "../../src/http/speak.ts";
import { instance } from "../../src/instance/index.ts";
import * as accounts from "../../src/people/accounts.ts";
import { openPeople, type People } from "../../src/people/people.ts";
import { signingKey } from "../../src/people/tokens.ts";
import { openSqlite } from "../../src/storage/sqlite.ts";

interface Broken {
  people: People;
  ready: boolean;
  address: string | undefined;
  privateMode: boolean;
}

/** The instance dialect alone, over a real database, and what the tests turn on it. */
export async function instanceServer(metricsToken?: string) {
  const people = openPeople(openSqlite({ file: ":memory:" }), signingKey(Buffer.alloc(32, "k")));
  // Tests put what they break in here.
  const usual = { people, ready: true, address: undefined, privateMode: false };
  const broken: Broken = { ...usual };
  const logged: object[] = [];
  const observed = observer();
  const speaker = await speak(
    instance({
      get people() {
        return broken.people;
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
  app.use(door([{ prefix: "", speakers: [speaker] }], observed.seen));
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    people,
    broken,
    logged,
    /** Mends what a test broke. */
    mend() {
      Object.assign(broken, usual);
      logged.length = 0;
    },
    client: () => request(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    user: (username: string) => accounts.create(people, { username }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      people.db.close();
    },
  };
}

export type InstanceServer = Awaited<ReturnType<typeof instanceServer>>;
