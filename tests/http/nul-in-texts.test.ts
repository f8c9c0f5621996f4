import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { byUsername } from "../../src/domain/users/users.ts";
import { MalformedTextError } from "../../src/storage/errors.ts";
import { operationsOf } from "../auth-matrix/requests.ts";
import { type World, world } from "../support/server.ts";
import { KeptConnections } from "./kept-connections.ts";

/**
 * PostgreSQL holds no text with a NUL. What one engine refused and another stored would be lost on
 * the way between them, so it is refused everywhere: by each document where it can say so, and by
 * the engines beneath.
 */
const NUL = "a\0b";

let here: World;
let token: string;
let made = 0;
const connections = new KeptConnections();
beforeAll(async () => {
  here = await world({ config: { lookupLimit: 0, signInLimit: 0 }, isDescribed: false });
});
beforeEach(newCaller);
afterAll(async () => {
  connections.destroy();
  await here.close();
});

/** An administrator and a person of these names, also after others of these names. */
async function newCaller(): Promise<void> {
  made += 1;
  const root = await here.user(`root-${made}`, { admin: true });
  token = await here.token(root, ..."user,site_admin,admin:public_key,api,sudo".split(","));
  await here.user(`mona-${made}`);
}
const mona = () => byUsername(here.store, `mona-${made}`);

const ROOTS = { github: "/api/v3", "gitlab-v4": "/api/v4", "gitlab-v3": "/api/v3" } as const;
type Name = keyof typeof ROOTS;

/** Names and numbers that lead to a user where they can. */
const filled = (route: string): string =>
  route.replace(/\{(\w+)\}/g, (_, name: string) => (/id$/.test(name) ? "2" : `mona-${made}`));

/** Asks as an administrator; one who took their own rights away is followed by another. */
async function send(name: Name, method: string, path: string, body?: object) {
  const answer = () => {
    const own =
      name === "github" ? { authorization: `token ${token}` } : { "private-token": token };
    const headers = { ...own, "content-type": "application/json" };
    const more = body === undefined ? {} : { body: JSON.stringify(body) };
    return connections.ask(here.url, { method, path: ROOTS[name] + path, headers, ...more });
  };
  const first = await answer();
  if (first.status !== 401) return first;
  await newCaller();
  return answer();
}

describe.each<Name>(["github", "gitlab-v4", "gitlab-v3"])("%s", (name) => {
  it("answers no member of a body that has a NUL as a fault of its own", async () => {
    const wrong: string[] = [];
    let sent = 0;
    for (const { method, route, members } of await operationsOf(name)) {
      for (const member of members) {
        const { status } = await send(name, method, filled(route), { [member]: NUL });
        if (status >= 500) wrong.push(`${method} ${route} ${member}: ${status}`);
        sent += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThan(20);
  });

  it("answers no part of a path and no search that has one so, either", async () => {
    const wrong: string[] = [];
    for (const { method, route } of await operationsOf(name)) {
      const path = route.replace(/\{\w+\}/, "a%00b");
      const query = "search=a%00b&username=a%00b&q=a%00b&extern_uid=a%00b&provider=a%00b";
      for (const each of [filled(path), `${filled(route)}?${query}`]) {
        const { status } = await send(name, method, each);
        if (status >= 500) wrong.push(`${method} ${each}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("texts with a NUL", () => {
  it("are refused in GraphQL without a word of ours in the log", async () => {
    const query =
      'mutation { changeUserStatus(input: { message: "a\\u0000b" }) { status { message } } }';
    const answer = await connections.ask(here.url, {
      ...{ method: "POST", path: "/api/graphql", headers: { authorization: `token ${token}` } },
      body: JSON.stringify({ query }),
    });
    const { errors } = JSON.parse(answer.text) as { errors: { type: string }[] };
    expect(errors[0]?.type).toBe("UNPROCESSABLE");
  });

  it("are refused in forms of multipart, urlencoded and JSON alike", async () => {
    const form = new FormData();
    form.set("note", NUL);
    const { id } = await mona();
    const bodies = [form, new URLSearchParams({ note: NUL }), JSON.stringify({ note: NUL })];
    for (const body of bodies) {
      const headers: Record<string, string> = { "private-token": token };
      if (typeof body === "string") headers["content-type"] = "application/json";
      const answer = await fetch(`${here.url}/api/v4/users/${id}`, {
        method: "PUT",
        headers,
        body,
      });
      expect(answer.status).toBe(400);
    }
    expect((await mona()).note).toBeNull();
  });

  it("are refused by the engine itself, and what was sent with them is not written", async () => {
    const { engine } = here.store;
    const { sources } = engine.tables;
    const row = (id: number, name: string) =>
      engine.query.insert(sources).values({ type: "Project", id, name });
    await expect(engine.transaction(row(71, "good"), row(72, NUL))).rejects.toThrow(
      MalformedTextError,
    );
    await expect(engine.transaction(row(73, NUL))).rejects.toThrow(MalformedTextError);
    expect(await engine.query.select().from(sources)).toEqual([]);
  });
});
