import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import request from "supertest";
import { createApp } from "../../src/app.ts";
import { type Config, defaultConfig } from "../../src/config/config.ts";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import { openStore } from "../../src/domain/open-store.ts";
import type { Store } from "../../src/domain/store.ts";
import * as states from "../../src/domain/users/account-states.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { openServer } from "../../src/server/http-server.ts";
import { openPostgres, type PostgresEngine } from "../../src/storage/postgres/open.ts";
import { databases } from "../support/engine.ts";

/**
 * Three servers on one database. What one of them acknowledged, the next request at another sees,
 * although that one remembers how it was: each test warms its memory first.
 */
interface Node {
  store: Store;
  engine: PostgresEngine;
  url: string;
  close(): Promise<void>;
}

const newDatabase = databases();
const KEY = signingKey(Buffer.alloc(32, "followd"));

async function node(database: string, config: Partial<Config> = {}): Promise<Node> {
  const engine = await openPostgres({ url: database, connections: 6 });
  const store = openStore(engine, KEY);
  const app = await createApp({
    store,
    config: { ...defaultConfig, lookupLimit: 0, ...config },
    log: pino({ level: "silent" }),
  });
  app.setReady(true);
  const server = openServer(app.handler, app.messages);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    ...{ store, engine, url: `http://127.0.0.1:${port}` },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.close();
    },
  };
}

let [a, b, c]: Node[] = [];
let turn = 0;
let ada: { id: number; name: string; token: string };
let bea: typeof ada;
let root: typeof ada;

const nodeA = () => a as Node;
const nodeB = () => b as Node;

beforeAll(async () => {
  const database = await newDatabase();
  [a, b, c] = [await node(database), await node(database), await node(database)];
});
afterAll(async () => {
  for (const each of [a, b, c]) await each?.close();
});

async function person(name: string, admin = false): Promise<typeof ada> {
  const { store } = nodeA();
  const email = `${name}@example.test`;
  const { id, username } = await accounts.createAccount(store, { username: name, email, admin });
  const scopes = ["user", "api", "site_admin"];
  const [token] = await tokens.issue(store, { userId: id, name: "test", scopes });
  return { id, name: username, token };
}

beforeEach(async () => {
  turn += 1;
  ada = await person(`ada-${turn}`);
  bea = await person(`bea-${turn}`);
  root = await person(`root-${turn}`, true);
});

const github = ({ url }: Node, token?: string) => {
  const agent = request.agent(`${url}/api/v3`).set("User-Agent", "nodes");
  return token === undefined ? agent : agent.set("Authorization", `token ${token}`);
};
const gitlab = ({ url }: Node, token: string) =>
  request.agent(`${url}/api/v4`).set("PRIVATE-TOKEN", token);

/** All that a node says of whether ada follows bea; asked twice, after which it is remembered. */
async function seenAt(at: Node) {
  const seen = await askedAt(at);
  expect(await askedAt(at)).toEqual(seen);
  return seen;
}

async function askedAt(at: Node) {
  const query = `query { user(login: "${bea.name}") { followers(first: 5) { totalCount nodes { login } } } }`;
  const [list, check, profile, v4, graph, found] = await Promise.all([
    github(at).get(`/users/${bea.name}/followers`),
    github(at).get(`/users/${ada.name}/following/${bea.name}`),
    github(at).get(`/users/${bea.name}`),
    gitlab(at, ada.token).get(`/users/${bea.id}/followers`),
    request(at.url)
      .post("/api/graphql")
      .set("Authorization", `bearer ${ada.token}`)
      .set("User-Agent", "nodes")
      .send({ query }),
    github(at, ada.token).get(`/search/users?q=${bea.name}+followers:1`),
  ]);
  return {
    list: (list.body as { login: string }[]).map(({ login }) => login),
    check: check.status,
    counter: (profile.body as { followers: number }).followers,
    gitlab: (v4.body as { username: string }[]).map(({ username }) => username),
    graphql: (graph.body as { data: { user: { followers: { totalCount: number } } } }).data.user
      .followers.totalCount,
    search: (found.body as { total_count: number }).total_count,
  };
}

const NOTHING = { list: [], check: 404, counter: 0, gitlab: [], graphql: 0, search: 0 };
const followed = () => ({
  ...{ list: [ada.name], check: 204, counter: 1, gitlab: [ada.name], graphql: 1, search: 1 },
});

describe("with the next request, another node", () => {
  it("refuses a token that was revoked, and one of an account that was closed", async () => {
    await github(nodeB(), ada.token).get("/user").expect(200);
    const [{ id } = { id: 0 }] = await tokens.listByUser(nodeA().store, ada.id);
    await tokens.revoke(nodeA().store, id);
    await github(nodeB(), ada.token).get("/user").expect(401);
    await gitlab(nodeB(), bea.token).get("/user").expect(200);
    await states.suspend(nodeA().store, bea.id);
    await gitlab(nodeB(), bea.token).get("/user").expect(403);
  });

  it("sees a follow and its end in lists, checks, counters, GraphQL and searches", async () => {
    for (const at of [a, b, c] as Node[]) expect(await seenAt(at)).toEqual(NOTHING);
    await github(nodeA(), ada.token).put(`/user/following/${bea.name}`).expect(204);
    expect(await seenAt(nodeB())).toEqual(followed());
    await gitlab(nodeB(), ada.token).post(`/users/${bea.id}/unfollow`).expect(201);
    expect(await seenAt(nodeA())).toEqual(NOTHING);
    await gitlab(c as Node, ada.token)
      .post(`/users/${bea.id}/follow`)
      .expect(201);
    expect(await seenAt(nodeA())).toEqual(followed());
  });

  it("sees names, states, blocks and deletions", async () => {
    await github(nodeA(), ada.token).put(`/user/following/${bea.name}`).expect(204);
    expect(await seenAt(nodeB())).toEqual(followed());
    await github(nodeA(), ada.token).patch("/user").send({ name: "Ada L." }).expect(200);
    const { body } = await github(nodeB(), bea.token).get(`/users/${ada.name}`);
    expect((body as { name: string }).name).toBe("Ada L.");
    await github(nodeA(), root.token).put(`/users/${ada.name}/suspended`).expect(204);
    const hidden = await github(nodeB()).get(`/users/${bea.name}/followers`);
    expect(hidden.body).toEqual([]);
    await github(nodeB(), root.token).delete(`/users/${ada.name}/suspended`).expect(204);
    expect(await seenAt(nodeA())).toEqual(followed());
    await github(nodeB(), bea.token).put(`/user/blocks/${ada.name}`).expect(204);
    expect(await seenAt(nodeA())).toEqual(NOTHING);
    await github(nodeA(), root.token).delete(`/admin/users/${bea.name}`).expect(204);
    await github(nodeB()).get(`/users/${bea.name}`).expect(404);
  });

  it("shows no list of a profile that became private", async () => {
    const list = () => github(nodeB(), ada.token).get(`/users/${bea.name}/followers`);
    for (let time = 0; time < 2; time += 1) await list().expect(200);
    await gitlab(nodeA(), root.token).put(`/users/${bea.id}`).send({ private_profile: true });
    await list().expect(404);
    await gitlab(nodeA(), root.token).put(`/users/${bea.id}`).send({ private_profile: false });
    await list().expect(200);
  });

  it("answers 304 to a tag of another node only while nothing changed", async () => {
    const path = `/users/${bea.name}/followers`;
    const first = await github(nodeA(), ada.token).get(path).expect(200);
    const tag = first.headers.etag ?? "";
    const again = () => github(nodeB(), ada.token).get(path).set("If-None-Match", tag);
    await again().expect(304);
    await github(nodeA(), ada.token).put(`/user/following/${bea.name}`).expect(204);
    await again().expect(200);
    await github(nodeA(), ada.token).delete(`/user/following/${bea.name}`).expect(204);
    // The body is the same, but the follow came and went (contract: a tag moves with each change).
    await again().expect(200);
  });
});

describe("nodes", () => {
  it("count limits together", async () => {
    const database = await newDatabase();
    const config = { rateLimit: 6, rateLimitWrites: 2, badCredentialsLimit: 3, signInLimit: 3 };
    const [one, two] = [await node(database, config), await node(database, config)];
    try {
      const { store } = one;
      const { id } = await accounts.createAccount(store, { username: "mona" });
      const [token] = await tokens.issue(store, { userId: id, name: "x", scopes: ["user"] });
      for (let time = 0; time < 3; time += 1) {
        await github(one, token).get("/user").expect(200);
        await github(two, token).get("/user").expect(200);
      }
      await github(one, token).get("/user").expect(403);
      const refused = await github(two, token).get("/user").expect(403);
      expect(refused.headers).toMatchObject({ "x-ratelimit-limit": "6", "x-ratelimit-used": "6" });
      for (const at of [one, two, one]) await github(at, "unknown-token").get("/user").expect(401);
      const shut = await github(two, token).get("/user").expect(403);
      expect((shut.body as { message: string }).message).toMatch(
        /Maximum number of login attempts/,
      );
    } finally {
      await one.close();
      await two.close();
    }
  });

  it("make one of two users of a name who come at the same time", async () => {
    const body = { login: `both-${turn}`, email: `both-${turn}@example.test` };
    const both = await Promise.all(
      [nodeA(), nodeB()].map((at) => github(at, root.token).post("/admin/users").send(body)),
    );
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 422]));
  });

  it("answer 201 to one and 409 to the other of two who make the same user in GitLab's dialect", async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = `same-${turn}-${round}`;
      const email = `${name}@example.test`;
      const body = { username: name, name, email, force_random_password: true };
      const both = await Promise.all(
        [nodeA(), nodeB()].map((at) => gitlab(at, root.token).post("/users").send(body)),
      );
      expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    }
  });

  it("leave counters that are sums of follows when all follow all from everywhere", async () => {
    const crowd = [ada, bea, root];
    const nodes = [a, b, c] as Node[];
    const pairs = crowd.flatMap((by) => crowd.filter((to) => to !== by).map((to) => [by, to]));
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(
        nodes.flatMap((at) =>
          pairs.map(([by, to]) => {
            const caller = github(at, by?.token);
            const path = `/user/following/${to?.name}`;
            return round % 2 === 0 ? caller.put(path) : caller.delete(path);
          }),
        ),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    }
    for (const { name } of crowd) {
      const { body } = await github(nodeB()).get(`/users/${name}`);
      expect(body).toMatchObject({ followers: 2, following: 2 });
    }
  });

  it("ask the database once for all requests of a turn, and never answer without", async () => {
    const { barrier } = nodeB().engine;
    const [asked, requests] = [barrier.asked, barrier.requests];
    await Promise.all(Array.from({ length: 20 }, () => barrier.catchUp()));
    expect(barrier.requests - requests).toBe(20);
    expect(barrier.asked - asked).toBe(1);
  });

  it("send no statement to a connection of slow ones that is at work", async () => {
    const warnings: string[] = [];
    const note = ({ message }: Error) => void warnings.push(message);
    process.on("warning", note);
    const { slowQuery, tables } = nodeA().engine;
    const counts = await Promise.all(
      Array.from({ length: 8 }, () => slowQuery.$count(tables.users)),
    );
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", note);
    expect(new Set(counts).size).toBe(1);
    expect(warnings).toEqual([]);
  });

  it("tell of connections and of the barrier in their metrics", async () => {
    const { text } = await request(nodeA().url).get("/-/metrics").expect(200);
    for (const kind of ["reading", "writing", "slow"]) {
      expect(text).toMatch(
        new RegExp(`^followd_database_statements_in_flight\\{lanes="${kind}"\\} \\d+$`, "m"),
      );
    }
    for (const sum of ["statements", "statement_seconds"]) {
      const line = `^followd_database_${sum}_total\\{statement="barrier"\\} [\\d.e-]+$`;
      expect(text).toMatch(new RegExp(line, "m"));
    }
    expect(text).toMatch(/^followd_barrier_requests_total [1-9]\d*$/m);
    expect(text).toMatch(/^followd_barrier_questions_total [1-9]\d*$/m);
  });
});
