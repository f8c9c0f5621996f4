// What SQLite means to do for GET /users: with many users, a plan that reads all of them where an
// index could serve takes seconds, which does not show with the few users of a test.
import { afterAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type * as Driver from "drizzle-orm/better-sqlite3";
import { require } from "../../../../src/require.ts";
import type { RawConnection } from "../../../../src/storage/sqlite/raw-connection.ts";
import { stage } from "../../../gitlab-v4/stage.ts";
import { raw } from "../../../support/raw.ts";

const here = stage();

let cast: Awaited<ReturnType<typeof here.cast>>;
beforeEach(async () => {
  cast = await here.cast();
});

/** Drizzle's own file, as src/storage/drizzle.ts loads it. */
const { BetterSQLiteSession } = require("drizzle-orm/better-sqlite3") as typeof Driver;
const listening = jest.spyOn(BetterSQLiteSession.prototype, "prepareQuery");
afterAll(() => listening.mockRestore());

function stepsOf(connection: RawConnection, sql: string): string[] {
  const values = [...sql.matchAll(/\?/g)].map(() => 1);
  const rows = connection.prepare(`explain query plan ${sql}`).iterate(...values);
  return [...(rows as Iterable<{ detail: string }>)].map(({ detail }) => detail);
}

/**
 * The steps to find the users of a page and to count them. What a search found is remembered, so
 * none may be asked twice.
 */
async function plansFor(path: string, client = cast.asAdmin) {
  listening.mockClear();
  await client.get(path).expect(200);
  const built = listening.mock.calls.map(([{ sql }]) => sql);
  const asked = built.filter((sql) => /^select (?:count\(\*\)|"id" as "id")/.test(sql));
  const isCount = (sql: string) => sql.startsWith("select count");
  return raw(here.store.engine, (connection) => {
    const all = (questions: string[]) => questions.flatMap((sql) => stepsOf(connection, sql));
    return {
      count: all(asked.filter(isCount)),
      page: all(asked.filter((sql) => !isCount(sql))),
    };
  });
}

const SORTED = "USE TEMP B-TREE FOR ORDER BY";
const EVERYBODY = "SCAN users";
const ordered = (index: string) => `SCAN users USING COVERING INDEX ${index}`;

describe("an order of users", () => {
  it.each([
    ["sort=asc", EVERYBODY],
    ["order_by=created_at", EVERYBODY],
    ["order_by=name", ordered("users_shown_name")],
    ["order_by=username&sort=asc", ordered("users_username")],
    ["order_by=updated_at", ordered("users_updated_at")],
  ])("is that of an index: %s", async (query, step) => {
    expect((await plansFor(`/users?${query}`)).page).toEqual([step]);
  });

  it.each([
    ["sort=asc", /^SEARCH users USING INTEGER PRIMARY KEY \(rowid>\?\)$/],
    ["order_by=name", /^SEARCH users USING COVERING INDEX users_shown_name \(<expr><\?\)$/],
    ["order_by=username", /^SEARCH users USING COVERING INDEX users_username \(<expr><\?\)$/],
    [
      "order_by=updated_at",
      /^SEARCH users USING COVERING INDEX users_updated_at \(updated_at<\?\)$/,
    ],
  ])("goes on where a cursor stands: %s", async (query, step) => {
    const path = `/users?pagination=keyset&per_page=1&${query}`;
    const { headers } = await cast.asAdmin.get(path).expect(200);
    const [, next = ""] = /<[^>]*(\/users\?[^>]+)>; rel="next"/.exec(headers.link as string) ?? [];
    const { page, count } = await plansFor(next);
    expect(page).toEqual([expect.stringMatching(step)]);
    expect(count).toEqual([]);
  });

  it("is kept for those who don't see everybody", async () => {
    const { page } = await plansFor("/users?order_by=name&per_page=7", cast.asOther);
    expect(page).toEqual([expect.stringMatching(/^SCAN users USING INDEX users_shown_name$/)]);
  });
});

describe("a filter that leaves a few", () => {
  it.each([
    ["username=una", "users_username"],
    ["external=true", "users_external"],
    ["admins=true", "users_admin"],
    ["blocked=true", "users_state"],
    ["exclude_active=true", "users_state"],
    ["two_factor=enabled", "users_two_factor"],
    ["exclude_humans=true", "users_bots"],
    ["extern_uid=1&provider=x", "identities_extern_uid"],
    ["custom_attributes[a]=b", "custom_attributes_key"],
    ["search=una@example.test", "emails_address"],
  ])("looks them up in an index, in any order: %s", async (query, index) => {
    for (const order of ["", "&order_by=name", "&order_by=updated_at&sort=asc"]) {
      const { page, count } = await plansFor(`/users?${query}${order}`);
      const steps = [...page, ...count];
      expect(page.join("\n")).toContain(index);
      expect(
        steps.filter((step) =>
          /^SCAN users(?!_search| USING COVERING INDEX users_bots$)/.test(step),
        ),
      ).toEqual([]);
    }
  });
});

describe("a search that finds a few", () => {
  it.each([
    ["una", "users_search VIRTUAL TABLE"],
    ["una vera", "users_search VIRTUAL TABLE"],
    ["un", "users_shown_name"],
  ])(
    "counts them in an index, and reads them by their ids in any order: %s",
    async (search, index) => {
      const { page, count } = await plansFor(`/users?search=${search}`);
      expect(count.join("\n")).toContain(index);
      const pages = [page];
      for (const order of ["order_by=name", "order_by=updated_at&sort=asc"]) {
        const next = await plansFor(`/users?search=${search}&${order}`);
        expect(next.count).toEqual([]);
        pages.push(next.page);
      }
      for (const [first] of pages) {
        expect(first).toBe("SEARCH users USING INTEGER PRIMARY KEY (rowid=?)");
      }
      const scans = [...count, ...pages.flat()].filter((step) =>
        /^SCAN users(?!_search)/.test(step),
      );
      expect(scans).toEqual([]);
    },
  );
});

describe("a filter that leaves nearly everybody", () => {
  it.each([
    "active=true",
    "humans=true",
    "exclude_external=true",
    "exclude_internal=true",
    "without_project_bots=true",
    "two_factor=disabled",
    "created_after=2020-01-01",
    "created_before=2040-01-01",
    "without_projects=true",
    "skip_ldap=true",
  ])("is held against users in their order, and sorts no rows: %s", async (query) => {
    const byId = await plansFor(`/users?${query}`);
    expect(byId.page).toContain(EVERYBODY);
    const byName = await plansFor(`/users?${query}&order_by=name`);
    expect(byName.page.join("\n")).toMatch(/SCAN users USING (COVERING )?INDEX users_shown_name/);
    expect([...byId.page, ...byName.page]).not.toContain(SORTED);
  });
});

describe("what many share that few do elsewhere", () => {
  it("is no longer looked up: two factors, bots", async () => {
    const many = 10_001;
    raw(here.store.engine, (connection) => {
      const insertion = connection.prepare(
        `insert into users (username, type, otp_enabled_at, created_at, updated_at)
          values ('many' || ?, 'project_bot', 1, 1, 1)`,
      );
      for (let number = 0; number < many; number += 1) insertion.run(number);
    });
    here.store.userListVersions.touchAll();
    for (const query of ["two_factor=enabled", "exclude_humans=true"]) {
      const { page } = await plansFor(`/users?${query}`);
      expect(page).toEqual([EVERYBODY]);
    }
  });
});
