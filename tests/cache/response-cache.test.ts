import { describe, expect, it } from "@jest/globals";
import { type LinkBase, ResponseCache } from "../../src/cache/response-cache.ts";
import { invalidate } from "../../src/domain/invalidation.ts";
import type { Store } from "../../src/domain/store.ts";
import type { ListItem } from "../../src/domain/user.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { renderUsers } from "../../src/domain/users/users.ts";
import { opener, users } from "../storage/opened.ts";

const open = opener();

const KIB = 1024;
const written = (text: string, headers: string[] = []) => ({ text: Buffer.from(text), headers });
/** Offers a page twice, as none is kept the first time. */
function keep(caches: ResponseCache, key: string, text: string, headers: string[] = []): void {
  for (let time = 0; time < 2; time += 1) caches.setPage(key, "1", () => written(text, headers));
}

describe("pages", () => {
  it("are given out while their version holds, and not after", () => {
    const caches = new ResponseCache({ pages: 64 * KIB, fragments: 0 });
    keep(caches, "mona", "[]");
    expect(caches.page("mona", "1")).toEqual(written("[]"));
    expect(caches.page("mona", "2")).toBeUndefined();
    expect(caches.page("hubot", "1")).toBeUndefined();
  });

  it("are kept the second time, so that a walk through a whole list pushes nothing out", () => {
    const caches = new ResponseCache({ pages: 64 * KIB, fragments: 0 });
    keep(caches, "hot", "[]");
    let kept = 0;
    for (let number = 0; number < 5000; number += 1) {
      caches.setPage(`page ${number}`, "1", () => {
        kept += 1;
        return written("-");
      });
    }
    // Some new ones are taken for others (src/cache/doorkeeper.ts).
    expect(kept).toBeLessThan(5000 / 15);
    expect(caches.page("hot", "1")).toEqual(written("[]"));
    caches.setPage("page 4999", "1", () => written("[4999]"));
    expect(caches.page("page 4999", "1")).toEqual(written("[4999]"));
  });

  it("are kept at once under a new version, where the one before was asked for lately", () => {
    const caches = new ResponseCache({ pages: 64 * KIB, fragments: 0 });
    keep(caches, "mona", "[]");
    caches.setPage("mona", "2", () => written("[1]"));
    expect(caches.page("mona", "1")).toBeUndefined();
    expect(caches.page("mona", "2")).toEqual(written("[1]"));
  });

  it.each([
    ["bodies", 0, 8 * KIB, 0],
    ["addresses, which callers choose", 8 * KIB, 2, 0],
    ["headers, which repeat the address", 100, 2, 8 * KIB],
    ["nothing but their number", 10, 2, 0],
  ])("take no more memory than they may, made large by %s", (_, keyed, text, header) => {
    const limit = 256 * KIB;
    const caches = new ResponseCache({ pages: limit, fragments: 0 });
    const key = (number: number) => String(number).padEnd(keyed, "x");
    for (let number = 0; number < 5000; number += 1) {
      keep(caches, key(number), "y".repeat(text), ["Link", "z".repeat(header)]);
    }
    let bytes = 0;
    let kept = 0;
    for (let number = 0; number < 5000; number += 1) {
      if (caches.page(key(number), "1") === undefined) continue;
      kept += 1;
      bytes += key(number).length + text + header;
    }
    expect(kept).toBeGreaterThan(10);
    expect(bytes).toBeLessThanOrEqual(limit);
    expect(kept).toBeLessThan(limit / 200);
    expect(caches.sizes.pages).toBeLessThanOrEqual(limit);
  });

  it("are not kept where there is no room for them", () => {
    const caches = new ResponseCache({ pages: 0, fragments: 0 });
    caches.setPage("mona", "1", () => {
      throw new Error("it was written out for nothing");
    });
    expect(caches.page("mona", "1")).toBeUndefined();
  });
});

describe("fragments", () => {
  const write = ({ id, username }: ListItem, { api }: LinkBase) => `${api}/${id}/${username}`;
  const texts = (store: Store, base: LinkBase, ...ids: number[]) =>
    renderUsers(store, base, ids, write);
  const baseOf = (store: Store, host = "h") =>
    store.responses.base("github", `http://${host}`, "/api/v3");

  async function staged(count = 3): Promise<Store> {
    const store = open.store();
    await users(store, count);
    return store;
  }

  it("come in the order of the ids, without the ids of no user", async () => {
    const store = await staged();
    const wanted = [3, 1, 2].map((id) => `http://h/api/v3/${id}/user-${id}`);
    expect(await texts(store, baseOf(store), 3, 99, 1, 2)).toEqual(wanted);
    expect(await texts(store, baseOf(store), 3, 99, 1, 2)).toEqual(wanted);
    expect(await texts(store, baseOf(store))).toEqual([]);
  });

  it("are written again when the user has changed, and not before", async () => {
    const store = await staged();
    const base = baseOf(store);
    let times = 0;
    const ask = () =>
      renderUsers(store, base, [1, 2], (user) => {
        times += 1;
        return user.username;
      });
    await ask();
    expect(times).toBe(2);
    // None is kept the first time.
    await ask();
    await ask();
    expect(times).toBe(4);
    invalidate.userChanged(store, 1);
    await ask();
    await ask();
    expect(times).toBe(5);
    invalidate.everything(store);
    await ask();
    await ask();
    expect(times).toBe(7);
  });

  it("show a new name at once, and no deleted user", async () => {
    const store = await staged();
    await texts(store, baseOf(store), 1, 2);
    await accounts.updateAccount(store, 1, { username: "mona" });
    await accounts.deleteAccount(store, 2);
    expect(await texts(store, baseOf(store), 1, 2)).toEqual(["http://h/api/v3/1/mona"]);
  });

  it("differ by dialect, origin and prefix", async () => {
    const store = await staged();
    const bases = [
      store.responses.base("github", "http://a", "/api/v3"),
      store.responses.base("github", "http://b", "/api/v3"),
      store.responses.base("github", "http://a", ""),
    ];
    const other = store.responses.base("gitlab", "http://a", "");
    expect(await renderUsers(store, other, [1], () => "other")).toEqual(["other"]);
    const all = await Promise.all(bases.map((base) => texts(store, base, 1)));
    expect(all.flat()).toEqual([
      "http://a/api/v3/1/user-1",
      "http://b/api/v3/1/user-1",
      "http://a/1/user-1",
    ]);
  });

  it("are never another user's or another host's, however many hosts are asked for", async () => {
    const store = await staged(8);
    const ids = [1, 2, 3, 4, 5, 6, 7, 8];
    for (let number = 0; number < 20_000; number += 1) {
      const base = baseOf(store, `host-${number}`);
      if (number % 997 !== 0 && number % 4096 !== 1) continue;
      const wanted = ids.map((id) => `http://host-${number}/api/v3/${id}/user-${id}`);
      // One after the other, so that each finds what the one before it left.
      for (let time = 0; time < 2; time += 1) {
        for (const id of ids) expect(await texts(store, base, id)).toEqual([wanted[id - 1]]);
      }
      expect(await texts(store, base, ...ids)).toEqual(wanted);
    }
  });

  it("take no more memory than they may", async () => {
    const limit = 64 * KIB;
    const store = open.store({ cacheBytes: { pages: 0, fragments: limit } });
    await users(store, 500);
    const ids = Array.from({ length: 500 }, (_, place) => place + 1);
    const long = (user: ListItem) => String(user.id).padEnd(KIB, ".");
    const first = await renderUsers(store, baseOf(store), ids, long);
    expect(store.responses.sizes.fragments).toBe(0);
    expect(await renderUsers(store, baseOf(store), ids, long)).toEqual(first);
    expect(first).toHaveLength(500);
    expect(store.responses.sizes.fragments).toBeGreaterThan(0);
    expect(store.responses.sizes.fragments).toBeLessThanOrEqual(limit);
    expect(await renderUsers(store, baseOf(store), ids, long)).toEqual(first);
  });
});
