import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { follow } from "../../src/domain/follows/follows.ts";
import * as graph from "../../src/domain/follows/graph.ts";
import { shortestPath } from "../../src/domain/follows/shortest-path.ts";
import type { User } from "../../src/domain/user.ts";
import * as states from "../../src/domain/users/account-states.ts";
import { updateAccount } from "../../src/domain/users/accounts.ts";
import { getUserById } from "../../src/domain/users/users.ts";
import { Browser } from "../pages/browser.ts";
import { type World, world } from "../support/server.ts";

let here: World;
const people = new Map<string, User>();
const id = (name: string) => people.get(name)?.id ?? 0;
const person = (name: string) => getUserById(here.store, id(name));
const names = (users: readonly { username: string }[]) =>
  users.map(({ username }) => username).sort();

/** a and b follow each other; a → c → d → e; a → d; b → d; p is private, x is blocked. */
const FOLLOWS = [
  "a b",
  "b a",
  "a c",
  "c d",
  "d e",
  "b d",
  "b c",
  "c p",
  "p e",
  "a x",
  "x e",
  "e f",
];

beforeAll(async () => {
  here = await world();
  for (const name of ["a", "b", "c", "d", "e", "f", "p", "x", "lone"]) {
    people.set(name, await here.user(name));
  }
  for (const pair of FOLLOWS) {
    const [from = "", to = ""] = pair.split(" ");
    await follow(here.store, id(from), id(to));
  }
  await updateAccount(here.store, id("p"), { privateProfile: true });
  await states.suspend(here.store, id("x"));
});
afterAll(() => here.close());

describe("the graph around a user", () => {
  it("has both ends of their follows, and an edge of two who follow each other once", async () => {
    const { nodes, edges, truncated } = await graph.neighbourhood(
      here.store,
      await person("a"),
      1,
      100,
    );
    expect(names(nodes)).toEqual(["a", "b", "c"]);
    expect(truncated).toBe(false);
    const told = edges.map(({ source, target, mutual }) => [source, target, mutual]);
    expect(told).toEqual(
      expect.arrayContaining([
        [id("a"), id("b"), true],
        [id("a"), id("c"), false],
        [id("b"), id("c"), false],
      ]),
    );
    expect(told).toHaveLength(3);
  });

  it("goes on to depth 2, and is bounded", async () => {
    const wide = await graph.neighbourhood(here.store, await person("a"), 2, 100);
    expect(names(wide.nodes)).toEqual(["a", "b", "c", "d"]);
    const bounded = await graph.neighbourhood(here.store, await person("a"), 1, 1);
    expect(bounded.nodes).toHaveLength(2);
    expect(bounded.truncated).toBe(true);
  });
});

describe("questions about follows", () => {
  it("tell who follows back and who does not, blocked and private users left out", async () => {
    expect(names((await graph.mutuals(here.store, id("a"), -1)).users)).toEqual(["b"]);
    expect(names((await graph.nonMutuals(here.store, id("a"), -1)).users)).toEqual(["c"]);
    expect(names((await graph.nonMutuals(here.store, id("c"), -1)).users)).toEqual(["d"]);
  });

  it("tell whom two follow and who follows both", async () => {
    const pair = [await person("a"), await person("b")] as const;
    expect(names((await graph.listInCommon(here.store, pair, "following", -1)).users)).toEqual([
      "c",
    ]);
    const other = [await person("c"), await person("d")] as const;
    expect(names((await graph.listInCommon(here.store, other, "followers", -1)).users)).toEqual([
      "b",
    ]);
  });

  it("suggest whom those follow whom one follows, most ties first", async () => {
    const found = await graph.suggestions(here.store, id("a"));
    expect(found.map(({ username, ties }) => [username, ties])).toEqual([["d", 2]]);
  });
});

describe("the shortest path", () => {
  const pathOf = async (from: string, to: string) => {
    const { path } = await shortestPath(here.store, await person(from), await person(to));
    return path?.map(({ username }) => username) ?? null;
  };

  it("goes along follows, in their direction, over no private or blocked user", async () => {
    expect(await pathOf("a", "a")).toEqual(["a"]);
    expect(await pathOf("a", "b")).toEqual(["a", "b"]);
    expect(await pathOf("c", "e")).toEqual(["c", "d", "e"]);
    const long = await pathOf("a", "f");
    expect(long).toHaveLength(5);
    expect([long?.[0], long?.[2], long?.[3], long?.[4]]).toEqual(["a", "d", "e", "f"]);
    expect(await pathOf("f", "a")).toBeNull();
    expect(await pathOf("a", "lone")).toBeNull();
  });
});

describe("what the graph tells of a user", () => {
  const SHOWN = ["followers", "following", "id", "name", "username"];
  const membersOf = (value: object) => Object.keys(value).sort();

  it("is five members and no more, of the user in the middle as of all others", async () => {
    const around = await graph.neighbourhood(here.store, await person("a"), 2, 100);
    expect(membersOf(around.center)).toEqual(SHOWN);
    for (const node of around.nodes) expect(membersOf(node)).toEqual(["depth", ...SHOWN].sort());
    for (const to of ["a", "f"]) {
      const { path } = await shortestPath(here.store, await person("a"), await person(to));
      for (const step of path ?? []) expect(membersOf(step)).toEqual(SHOWN);
    }
    const data = (await (await fetch(`${here.url}/-/graph-data/a`)).json()) as graph.Neighbourhood;
    expect(membersOf(data.center)).toEqual(SHOWN);
    for (const node of data.nodes) expect(membersOf(node)).toEqual(["depth", ...SHOWN].sort());
  });
});

describe("the explorer", () => {
  it("answers the page and its data, and hides private profiles", async () => {
    const visitor = new Browser(here);
    const { text, status } = await visitor.get("/-/graph/a?with=f&depth=2");
    expect(status).toBe(200);
    expect(text).toContain("Graph around a");
    expect(text).toContain('<ol id="path">');
    const data = await fetch(`${here.url}/-/graph-data/a`);
    expect(((await data.json()) as { nodes: unknown[] }).nodes).toHaveLength(3);
    expect((await visitor.get("/-/graph/p")).status).toBe(404);
    expect((await fetch(`${here.url}/-/graph-data/p`)).status).toBe(404);
    expect((await visitor.get("/-/graph?user=a")).location).toBe("/-/graph/a");
    expect((await visitor.get("/-/graph/a?with=missing")).text).toContain("There is no such user.");
  });
});
