import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import { createApp } from "../../src/app.ts";
import { type Config, defaultConfig } from "../../src/config/config.ts";
import { openStore } from "../../src/domain/open-store.ts";
import type { Caller } from "../auth-matrix/callers.ts";
import { clock } from "../auth-matrix/cast.ts";
import { wantedOf } from "../auth-matrix/requests.ts";
import type { Request } from "../auth-matrix/row.ts";
import { type Reviewed, reviewed, scene } from "../auth-matrix/scene.ts";
import { KeptConnections } from "../http/kept-connections.ts";
import { raw } from "../support/raw.ts";

/**
 * Every operation that writes, of every vendor's document, on a server that remembers all it was
 * asked before. Afterwards it answers as a server does that has just started over the same
 * database: what a change makes stale is forgotten, whichever way the change came.
 */
const connections = new KeptConnections();
afterAll(() => connections.destroy());

/** Links in answers have the host that was asked, which must be the same for both servers. */
const HOST = { host: "followd.test" };
const GITHUB = [
  ...["/users/una", "/users/vera", "/users?per_page=100", "/search/users?q=vera", "/user/emails"],
  ...["/users/vera/followers", "/users/vera/followers?per_page=2&page=2", "/users/una/following"],
  ...["/user", "/user/following", "/user/followers", "/users/una/keys"],
  ...["/users/una/following/vera", "/users/vera/following/una"],
].map((path) => `/api/v3${path}`);
const GITLAB = ["/users?per_page=100", "/users?username=vera", "/users?search=vera", "/user"].map(
  (path) => `/api/v4${path}`,
);
const PEOPLE = (["una", "vera"] as const).flatMap((name) =>
  ["", "/followers", "/following", "/status"].map((path) => ({ name, path })),
);
const V3 = ["/user", "/users?per_page=100", "/users?search=vera"].map((path) => `/api/v3${path}`);

/** What of an answer depends on the database alone. */
const KEPT = ["link", "x-total", "x-total-pages", "last-modified", "x-oauth-scopes"];

const SCOPES = ["user", "repo", "admin:public_key", "api", "site_admin", "sudo"];
const role = (name: string, who: Caller["who"]): Caller => {
  const scopes = new Set(name.includes("private") ? ["api", "sudo"] : SCOPES);
  const made = { name, who, scopes, admin: who === "root", standing: "let in", token: "" } as const;
  return name.includes("private") ? { ...made, isPrivate: true } : made;
};
/** Callers of the matrix, the first that may do a thing does it; the first two read, too. */
const ROLES = [
  role("administrator, everything", "root"),
  role("everything, administrators' scopes too", "una"),
  role("administrator's private token", "root"),
];
const writerOf = ({ table }: Reviewed, row: Request) =>
  ROLES.find((each) => table.expected(row, each) < 300);

const documents: Record<string, Reviewed> = {};
/** Of each document, the rows that change something for a caller of ours. */
const changes: Record<string, string[]> = {};
for (const name of ["github", "gitlab-v4", "gitlab-v3", "instance"]) {
  const document = await reviewed(name);
  documents[name] = document;
  changes[name] = document.rows.flatMap(([label, row]) => {
    const writes = document.operationOf(label).method !== "GET";
    return writes && writerOf(document, row) !== undefined ? [label] : [];
  });
}

describe.each([
  { name: "github", config: { gitlabV3: false, gitlabRoot: false }, own: GITHUB },
  { name: "gitlab-v4", config: { gitlabVersion: "18.11.0", gitlabV3: false }, own: GITHUB },
  { name: "gitlab-v3", config: { githubV3: false }, own: V3 },
  { name: "instance", config: {}, own: [] },
])("through $name", ({ name, config, own }) => {
  const settings: Partial<Config> = { ...config, lookupLimit: 0, gitlabUserLimits: false };
  const made = scene(settings);
  let read: (url: string) => Promise<string[]>;
  let cold: () => Promise<string[]>;
  let callerOf: (wanted: Caller) => Caller;

  beforeAll(async () => {
    const { here, store, all } = made;
    callerOf = (wanted) => all.find((each) => each.name === wanted.name) as Caller;
    const people = PEOPLE.map(({ name: of, path }) => `/api/v4/users/${store.ids[of]}${path}`);
    const paths = [...GITLAB, ...people, ...own];
    const tokens = ROLES.slice(0, 2).map((each) => callerOf(each).token);
    read = async (url) => {
      const answers: string[] = [];
      for (const token of tokens) {
        for (const path of paths) {
          const headers = { ...HOST, authorization: `Bearer ${token}` };
          const answer = await connections.ask(url, { method: "GET", path, headers });
          const kept = KEPT.map((header) => answer.headers[header] ?? "").join(" ");
          answers.push(`${path}: ${answer.status} ${kept} ${answer.text}`);
        }
      }
      return answers;
    };
    cold = async () => {
      const app = await createApp({
        store: openStore(here.store.engine, here.store.key, { clock }),
        undelivered: async () => undefined,
        config: { ...defaultConfig, accessLog: false, ...settings },
        log: pino({ level: "silent" }),
      });
      app.setReady(true);
      const server = createServer(app.messages, app.handler);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      try {
        return await read(`http://127.0.0.1:${port}`);
      } finally {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    };
    // A page is kept from the second time that it is asked for.
    await read(here.url);
  });

  it.each(changes[name] ?? [])("%s", async (label) => {
    const { here, store, kept } = made;
    const document = documents[name] as Reviewed;
    const { table, operationOf } = document;
    const row = table.rows[label] ?? {};
    const writer = callerOf(writerOf(document, row) as Caller);
    await kept.restore();
    await read(here.url);
    const wanted = await wantedOf(table, row, operationOf(label), writer, store);
    const { status, text } = await connections.ask(here.url, wanted);
    expect(`${status} ${text}`).toMatch(/^2/);
    expect(await read(here.url)).toEqual(await cold());
  });

  it("would find out a server that remembers what is no more", async () => {
    const { here, kept } = made;
    await kept.restore();
    for (let time = 0; time < 2; time += 1) await read(here.url);
    raw(here.store.engine, (rows) => rows.exec("update users set name = 'Changed behind it'"));
    expect(await read(here.url)).not.toEqual(await cold());
    await kept.restore();
  });
});
