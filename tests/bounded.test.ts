import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ListOffsets } from "../src/cache/list-offsets.ts";
import { Versions } from "../src/cache/versions.ts";
import { sizesOf } from "../src/domain/open-store.ts";
import { sharedCache, sharedSizes } from "../src/http/process-caches.ts";
import { Limits } from "../src/http/rate-limits.ts";
import { opener } from "./storage/opened.ts";

const open = opener();
const SRC = join(import.meta.dirname, "../src");

/**
 * What outlives a request, by the file that keeps it, with what bounds it: a cache that tells its
 * bytes, or something that there are only so many of.
 */
const KEPT: Readonly<Record<string, string>> = {
  "dev/response-schema.ts": "operations of a document",
  "dev/check-responses.ts": "documents",
  "dev/world-template.ts": "seeds that are the program's own",
  "dev/world.ts": "snapshots, which have a limit",
  "dev/worlds.ts": "worlds, which have a limit",
  "github/graphql/execute.ts": "told as GraphQL documents and GraphQL errors",
  "http/rate-limits.ts": "callers, which have a limit",
  "github/http/content-negotiation.ts": "told as media types",
  "gitlab/presenters/times.ts": "told as time zones",
  "gitlab/http/collect-parameters.ts": "media types that are read",
  "gitlab/index.ts": "releases of GitLab by version and edition, some dozens",
  "gitlab/versions.ts": "releases of GitLab by version and edition, as the settings name them",
  "http/compressible-body.ts": "forms of a body, three of each, which count among pages",
  "http/content-coding.ts": "told as content codings",
  "http/dialect-router.ts": "told as accepted addresses",
  "http/rate-limiter.ts": "callers, which have a limit",
  "http/request-metrics.ts": "operations and statuses",
  "http/process-caches.ts": "caches of the program",
  "instance/docs/documents.ts": "documents",
  "cache/bounded-lru.ts": "told as pages, fragments, rows, edges and findings",
  "cache/response-cache.ts": "told as bases",
  "domain/open-store.ts": "told as tokens and usernames",
  "cache/list-offsets.ts": "told as ranks",
  "domain/keys/ssh-public-key.ts": "kinds of keys",
  "cache/versions.ts": "told as versions",
  "pages/operations/import-jobs.ts": "imports, of which twenty are kept",
  "pages/operations/files.ts": "files of pages, three encodings each",
  "server/connection-gate.ts": "connections and what waits on them, which have limits",
  "storage/sqlite/bulk-write-users.ts": "statements of one load",
  "storage/postgres/bulk-write-users.ts": "tables of one load",
  "storage/postgres/barrier.ts": "80 slots",
  "storage/postgres/gathered-reads.ts": "statements of the program, and callers who wait",
  "storage/postgres/open.ts": "statements of the program",
  "storage/postgres/statement-times.ts": "200 names of statements",
  "storage/sqlite/open.ts": "statements of the program",
  "storage/sqlite/statement-cache.ts": "100 statements",
};

/** Made at the outermost level of a module, in a class, or told to grow by its name. */
const KEEPS =
  /^(?:export )?const \w+ = new (?:Map|LRUCache)\b|^\s+(?:readonly )?#\w+ = new (?:Map|Set|LRUCache)\b|\bnew LRUCache\b|\bnew RateLimiterMemory\b|\bsharedCache[<(]|^ {2}const (?:statements|templates|counts) = new Map<(?:string, P|D|O)/m;

describe("what is kept from request to request", () => {
  it("is known, every bit of it", () => {
    const files = readdirSync(SRC, { recursive: true, encoding: "utf8" });
    const keeping = files.filter(
      (file) =>
        file.endsWith(".ts") &&
        !/^(?:generated|cli)\//.test(file) &&
        KEEPS.test(withoutTables(readFileSync(join(SRC, file), "utf8"))),
    );
    expect(keeping.sort()).toEqual(Object.keys(KEPT).sort());
  });
});

/** A map that can't be changed does not grow. */
const withoutTables = (text: string) =>
  text.replaceAll(/: Readonly(?:Map|Set)<[^=]*= new Map/g, "");

describe("bounded in bytes for any input", () => {
  it("are tokens and names", () => {
    const store = open.store();
    for (let number = 0; number < 200_000; number += 1) {
      store.ids.set(`${number}`.padEnd(39, "x"), number);
      store.credentials.set(`${number}`.padEnd(255, "x"), {} as never);
    }
    const { tokens = 0, usernames = 0 } = sizesOf(store);
    for (const bytes of [tokens, usernames]) {
      expect(bytes).toBeGreaterThan(4 * 2 ** 20);
      expect(bytes).toBeLessThanOrEqual(8 * 2 ** 20);
    }
    expect(store.credentials.size).toBeLessThan(10_000);
  });

  it("are the addresses that callers say they asked", () => {
    const store = open.store();
    for (let number = 0; number < 1000; number += 1) {
      store.responses.base("github", `http://${number}.${"x".repeat(15_000)}`, "/api/v3");
    }
    expect(store.responses.sizes.bases).toBeGreaterThan(2 ** 19);
    expect(store.responses.sizes.bases).toBeLessThanOrEqual(2 ** 20);
  });

  it("are the places in long lists, however finely they were cut", async () => {
    const offsets = new ListOffsets();
    for (let owner = 1; owner <= 500; owner += 1) {
      await offsets.find(`followers ${owner}`, 1_999_999, 2_000_000, async (after) => after + 1);
    }
    expect(offsets.bytes).toBeGreaterThan(500 * 200);
    expect(offsets.bytes).toBe(500 * 200 + offsets.size * 40);
  });

  it("are versions, which then count as new", () => {
    const versions = new Versions();
    for (let id = 0; id < 99_999; id += 1) versions.touch(id);
    expect(versions.bytes).toBeGreaterThan(2 ** 20);
    for (let id = 0; id < 10; id += 1) versions.touch(200_000 + id);
    expect(versions.bytes).toBeLessThan(10 * 40);
  });

  it("are caches of the process", () => {
    const cache = sharedCache<object>("of this test", 100_000, 10);
    for (let number = 0; number < 1000; number += 1) cache.set(`${number}`.padEnd(100), {});
    expect(sharedSizes()).toMatchObject({ "of this test": cache.calculatedSize });
    expect(cache.calculatedSize).toBeLessThanOrEqual(100_000);
    expect(cache.size).toBe(Math.floor(100_000 / (100 * 10 + 200)));
  });
});

describe("callers who are counted", () => {
  const settings = { authenticated: 10, anonymous: 10, writesPerMinute: 1 };

  it("are still known while there are no more than there may be", async () => {
    const limits = new Limits(settings, { clock: Date.now }, 2);
    for (const address of ["192.0.2.1", "192.0.2.2"]) await limits.count(undefined, address);
    expect((await limits.look(undefined, "192.0.2.1")).used).toBe(1);
  });

  it("are forgotten, the one not seen for longest first, in all that counts them", async () => {
    const limits = new Limits(settings, { clock: Date.now }, 2);
    const addresses = ["192.0.2.1", "192.0.2.2", "192.0.2.3"];
    for (const address of addresses) {
      await limits.count(undefined, address);
      await limits.waitToWrite(undefined, address);
    }
    const used = await Promise.all(
      ["192.0.2.3", "192.0.2.2"].map(async (each) => (await limits.look(undefined, each)).used),
    );
    expect(used).toEqual([1, 1]);
    expect(await limits.waitToWrite(undefined, "192.0.2.3")).toBeGreaterThan(0);
    expect(await limits.waitToWrite(undefined, "192.0.2.1")).toBe(0);
    expect((await limits.look(undefined, "192.0.2.1")).used).toBe(0);
  });
});
