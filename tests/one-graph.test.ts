// Both dialects over one graph, held against a model that knows neither counters nor caches: any
// operations in any order, and after each of them every number, list and check that it could touch.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { invalidate } from "../src/domain/invalidation.ts";
import type { User } from "../src/domain/user.ts";
import { byUsername } from "../src/domain/users/users.ts";
import { Model } from "./storage/model.ts";
import { nodeCount } from "./support/engine.ts";
import { type World, world } from "./support/server.ts";

type Dialect = "github" | "gitlab";

const OWN = ["follow", "unfollow", "block", "unblock"] as const;
const ROOTS = ["suspend", "ban", "unsuspend", "delete", "create"] as const;

interface Deed {
  what: (typeof OWN)[number] | (typeof ROOTS)[number];
  by: Dialect;
  /** Places in the list of names. */
  actor: number;
  target: number;
}

const NAMES = ["ada", "bea", "cleo", "dora"];
const RUNS = 20;
/** Over several nodes each run is long, 2,000 steps in all: memory of old steps has to be there. */
const STEPS = nodeCount > 1 ? { minLength: 100, maxLength: 100 } : { maxLength: 30 };
/** The seed that a failure tells, to do the same again. */
const SEED = process.env.FOLLOWD_TEST_SEED;
/** Ends what hangs: a minute over several nodes, six on a machine with ten others at work. */
const LONG = 3_600_000;

let here: World;
let root: string;
let model: Model;
/** Everybody who is there, by name, with a token for both dialects. */
let there: Map<string, { id: number; token: string }>;

beforeAll(async () => {
  here = await world({ config: { lookupLimit: 0 } });
});
afterAll(() => here.close());

async function enter(user: User): Promise<void> {
  model.add(user.id, user.username);
  there.set(user.username, { id: user.id, token: await here.token(user, "user") });
}

/** As it is before the first deed: an administrator, and two who may follow each other. */
async function begin(): Promise<void> {
  const { engine } = here.store;
  await engine.transaction(engine.query.delete(engine.tables.users));
  invalidate.everything(here.store);
  [model, there] = [new Model(), new Map()];
  root = await here.token(await here.user("root", { admin: true }), "site_admin", "user", "sudo");
  for (const name of NAMES.slice(0, 2)) await enter(await here.user(name));
}

interface Answer {
  status: number;
  body: unknown;
}

async function ask(method: string, path: string, token?: string, body?: object): Promise<Answer> {
  const answer = await fetch(here.url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      "content-type": "application/json",
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
}

/** The id of no user: what is asked of it finds nothing. */
const NO_USER = 9_999_999;

/** Where each dialect has a deed; what only one of them has stands for both. */
const REQUESTS: Record<Deed["what"], (name: string, id: number) => Record<Dialect, string>> = {
  follow: (name, id) => ({
    github: `PUT /api/v3/user/following/${name}`,
    gitlab: `POST /api/v4/users/${id}/follow`,
  }),
  unfollow: (name, id) => ({
    github: `DELETE /api/v3/user/following/${name}`,
    gitlab: `POST /api/v4/users/${id}/unfollow`,
  }),
  block: (name) => both(`PUT /api/v3/user/blocks/${name}`),
  unblock: (name) => both(`DELETE /api/v3/user/blocks/${name}`),
  suspend: (name, id) => ({
    github: `PUT /api/v3/users/${name}/suspended`,
    gitlab: `POST /api/v4/users/${id}/block`,
  }),
  ban: (_, id) => both(`POST /api/v4/users/${id}/ban`),
  unsuspend: (name, id) => ({
    github: `DELETE /api/v3/users/${name}/suspended`,
    gitlab: `POST /api/v4/users/${id}/unblock`,
  }),
  delete: (name, id) => ({
    github: `DELETE /api/v3/admin/users/${name}`,
    gitlab: `DELETE /api/v4/users/${id}`,
  }),
  create: () => ({ github: "POST /api/v3/admin/users", gitlab: "POST /api/v4/users" }),
};
const both = (request: string) => ({ github: request, gitlab: request });

/** What a new user is made of, in each dialect. */
const newUser = (name: string): Record<Dialect, object> => ({
  github: { login: name, email: `${name}@example.test` },
  gitlab: {
    ...{ username: name, name, email: `${name}@example.test` },
    ...{ force_random_password: true, skip_confirmation: true },
  },
});

/** Does a deed in a dialect, and the same to the model; returns the status, and what it should be. */
async function act({ what, by, ...places }: Deed): Promise<{ status: number; expected: number }> {
  const name = NAMES[places.target] as string;
  const [actor, target] = [there.get(NAMES[places.actor] as string), there.get(name)];
  const [method = "", path = ""] = REQUESTS[what](name, target?.id ?? NO_USER)[by].split(" ");
  const isByRoot = ROOTS.some((each) => each === what);
  const expected = isByRoot
    ? ordered(what, by, target?.id)
    : done(what, by, actor?.id ?? NO_USER, target?.id);
  const body = what === "create" ? newUser(name)[by] : undefined;
  const { status } = await ask(method, path, isByRoot ? root : (actor?.token ?? "none"), body);
  if (what === "create" && status === 201) await enter(await byUsername(here.store, name));
  if (what === "delete") there.delete(name);
  return { status, expected };
}

/** Does to the model what a user does, and returns what the vendor answers. */
function done(what: Deed["what"], by: Dialect, actor: number, target: number | undefined): number {
  // The token of a deleted user is unknown; a blocked user is told so.
  if (!model.names.has(actor)) return 401;
  if (!model.isListed(actor)) return 403;
  if (target === undefined) return 404;
  const isGitHub = by === "github";
  const changed = (is: boolean) => (isGitHub ? 204 : is ? 201 : 304);
  if (what === "follow") {
    if (isGitHub && !model.isListed(target)) return 404;
    return changed(model.follow(actor, target));
  }
  if (what === "unfollow") return changed(model.unfollow(actor, target));
  if (what === "unblock") model.unblock(actor, target);
  else if (actor === target) return 422;
  else model.block(actor, target);
  return 204;
}

/** Does to the model what the administrator does, and says what the vendor answers. */
function ordered(what: Deed["what"], by: Dialect, target: number | undefined): number {
  const isGitHub = by === "github";
  if (what === "create") return target === undefined ? 201 : isGitHub ? 422 : 409;
  if (target === undefined) return 404;
  if (what === "delete") {
    model.remove(target);
    return 204;
  }
  if (what === "ban") {
    // Only who is let in can be banned.
    if (!model.isListed(target)) return 403;
    model.suspend(target);
    return 201;
  }
  if (what === "suspend") model.suspend(target);
  else model.unsuspend(target);
  return isGitHub ? 204 : 201;
}

const namesOf = (ids: readonly number[]) => ids.map((id) => model.names.get(id));
const ascending = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);
const valuesOf = (list: unknown, key: string) =>
  (list as Record<string, unknown>[]).map((row) => row[key]);

/** Holds every list and number of one user in both dialects against the model. */
async function holdUser(name: string): Promise<void> {
  const id = there.get(name)?.id;
  if (id === undefined) {
    expect((await ask("GET", `/api/v3/users/${name}/followers`, root)).status).toBe(404);
    return;
  }
  const [followers, following] = [model.followersOf(id), model.followingOf(id)];
  const read = async (path: string, token?: string) => (await ask("GET", path, token)).body;
  const [a, b, one, c, d, other] = await Promise.all([
    read(`/api/v3/users/${name}/followers`, root),
    read(`/api/v3/users/${name}/following`, root),
    read(`/api/v3/users/${name}`),
    read(`/api/v4/users/${id}/followers`, root),
    read(`/api/v4/users/${id}/following`, root),
    read(`/api/v4/users/${id}`, root),
  ]);
  const told = {
    github: [valuesOf(a, "login"), valuesOf(b, "login")],
    gitlab: [valuesOf(c, "username"), valuesOf(d, "username")],
  };
  expect(told).toEqual({
    // GitHub's followers stand in the order of following.
    github: [namesOf(followers), namesOf(following)],
    gitlab: [namesOf(ascending(followers)), namesOf(following)],
  });
  const counters = { followers: followers.length, following: following.length };
  // Of an account that is closed only administrators are told whom it follows.
  const toAnyone = model.isListed(id) ? counters : { followers: 0, following: 0 };
  expect([one, other]).toMatchObject([toAnyone, counters]);
}

/** Holds what both dialects say of two people against the model. */
async function holdPair(a: string, b: string): Promise<void> {
  const [one, two] = [there.get(a), there.get(b)];
  if (one === undefined || two === undefined) return;
  const expected = model.isFollowing(one.id, two.id);
  const path = `/api/v3/users/${a}/following/${b}`;
  expect((await ask("GET", path, root)).status).toBe(expected ? 204 : 404);
  // GitLab says neither whether users follow themselves nor whom they can't see.
  if (a === b || !model.isListed(one.id) || !model.isListed(two.id)) return;
  const { body } = await ask("GET", `/api/v4/users/${two.id}`, one.token);
  expect(body).toMatchObject({ is_followed: expected });
}

const place = fc.nat({ max: NAMES.length - 1 });
const deed: fc.Arbitrary<Deed> = fc.record({
  // Follows are what all the rest works on, so they are the most.
  what: fc.oneof(
    { arbitrary: fc.constant("follow" as const), weight: 6 },
    { arbitrary: fc.constantFrom(...OWN, ...ROOTS), weight: 8 },
  ),
  by: fc.constantFrom<Dialect>("github", "gitlab"),
  actor: place,
  target: place,
});

async function holds(deeds: readonly Deed[]): Promise<void> {
  await begin();
  for (const each of deeds) {
    const { status, expected } = await act(each);
    expect({ ...each, status }).toEqual({ ...each, status: expected });
    await Promise.all([each.actor, each.target].map((at) => holdUser(NAMES[at] as string)));
  }
  for (const name of NAMES) {
    await holdUser(name);
    for (const other of NAMES) await holdPair(name, other);
  }
}

/** Everything once in each dialect, with success, again, and to an unknown user. */
const everything = (by: Dialect): Deed[] => {
  const [ada, bea, unknown] = [0, 1, 3];
  const deeds = [
    "follow",
    "suspend",
    "unsuspend",
    "ban",
    "unsuspend",
    "unfollow",
    "follow",
  ] as const;
  const more = ["block", "follow", "unblock", "follow", "delete", "create", "follow"] as const;
  return [...deeds, ...more].flatMap((what) => [
    { what, by, actor: ada, target: bea },
    { what, by, actor: ada, target: bea },
    { what, by, actor: bea, target: ada },
    { what, by, actor: ada, target: ada },
    ...(what === "create" ? [] : [{ what, by, actor: ada, target: unknown }]),
    ...(what === "create" ? [] : [{ what, by, actor: unknown, target: ada }]),
  ]);
};

describe("two dialects over one graph", () => {
  const deeds = fc.array(deed, STEPS);
  const how = { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) };

  it.each<Dialect>(["github", "gitlab"])("say the same of everything done in %s", (by) =>
    holds(everything(by)),
  );

  it(
    "say the same of anything done in either",
    () => fc.assert(fc.asyncProperty(deeds, holds), how),
    LONG,
  );
});
