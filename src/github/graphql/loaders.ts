import {
  blockersAmong,
  filterFollowed,
  followersAmong,
} from "../../domain/follows/relationships.ts";
import { type Status, statusOf } from "../../domain/profile/statuses.ts";
import type { Store } from "../../domain/store.ts";
import type { User } from "../../domain/user.ts";
import { manyById } from "../../domain/users/users.ts";

/** Rows that one query keeps in mind; more are read again when they come up again. */
const MAX_LOADED_USERS = 5000;

type Load<T> = (id: number) => Promise<T>;

/** What is asked one by one while a query is carried out, and fetched together. */
export interface Loaders {
  /** Undefined for an unknown id. */
  readonly user: Load<User | undefined>;
  /** In the order of the ids; undefined for those that are unknown. */
  readonly users: (ids: readonly number[]) => Promise<(User | undefined)[]>;
  /** Whether the viewer follows them. */
  readonly isFollowed: Load<boolean>;
  /** Whether they follow the viewer. */
  readonly isFollower: Load<boolean>;
  /** Whether they have blocked the viewer. */
  readonly isBlocker: Load<boolean>;
  readonly status: Load<Status | undefined>;
  /** Forgets what was fetched, as a mutation has changed it. */
  readonly clear: () => void;
}

export function loadersFor(store: Store, viewer: number): Loaders {
  const users = batched(async (ids) => {
    const found = new Map((await manyById(store, ids)).map((user) => [user.id, user]));
    return (id) => found.get(id);
  });
  const among = (find: typeof filterFollowed) =>
    batched(async (ids) => {
      const found = await find(store, viewer, ids);
      return (id) => found.has(id);
    });
  const followed = among(filterFollowed);
  const followers = among(followersAmong);
  const blockers = among(blockersAmong);
  return {
    user: users.load,
    users: users.loadAll,
    isFollowed: followed.load,
    isFollower: followers.load,
    isBlocker: blockers.load,
    status: (id) => statusOf(store, id),
    clear() {
      for (const each of [users, followed, followers, blockers]) each.clear();
    },
  };
}

interface Batched<T> {
  readonly load: Load<T>;
  /** One promise for all, as a page of thirty would be sixty of them; they are not remembered. */
  readonly loadAll: (ids: readonly number[]) => Promise<T[]>;
  readonly clear: () => void;
}

/** Fetches with one call what is asked for within one turn, and remembers it. */
function batched<T>(fetch: (ids: readonly number[]) => Promise<(id: number) => T>): Batched<T> {
  const known = new Map<number, Promise<T>>();
  let waiting: number[] = [];
  let fetched: ReturnType<typeof fetch> | undefined;
  function next(): ReturnType<typeof fetch> {
    fetched ??= Promise.resolve().then(() => {
      const ids = [...new Set(waiting)];
      waiting = [];
      fetched = undefined;
      return fetch(ids);
    });
    return fetched;
  }
  const load = (id: number): Promise<T> => {
    let found = known.get(id);
    if (found === undefined) {
      waiting.push(id);
      found = next().then((fact) => fact(id));
      if (known.size >= MAX_LOADED_USERS) known.clear();
      known.set(id, found);
    }
    return found;
  };
  const loadAll = (ids: readonly number[]): Promise<T[]> => {
    waiting.push(...ids);
    return next().then((fact) => ids.map(fact));
  };
  return { load, loadAll, clear: () => known.clear() };
}
