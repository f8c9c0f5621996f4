import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { authenticateToken } from "../../src/domain/credentials/authenticate-token.ts";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import * as tokens from "../../src/domain/credentials/tokens.ts";
import * as blocks from "../../src/domain/follows/blocks.ts";
import * as follows from "../../src/domain/follows/follows.ts";
import { openStore } from "../../src/domain/open-store.ts";
import type { Store } from "../../src/domain/store.ts";
import * as states from "../../src/domain/users/account-states.ts";
import * as accounts from "../../src/domain/users/accounts.ts";
import { byUsername } from "../../src/domain/users/users.ts";
import { openPostgres } from "../../src/storage/postgres/open.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";
import { complaint, folders, followd } from "../cli/program.ts";
import { databases } from "../support/engine.ts";

const shape = (
  JSON.parse(
    readFileSync(join(import.meta.dirname, "../../docs/command-line.schema.json"), "utf8"),
  ) as { properties: { move: object } }
).properties.move;
const KEY = Buffer.alloc(32, "followd-move");
const NAMES = ["ada", "bea", "cleo", "dora", "eve"];

interface Told {
  tables: { table: string; rows: number; sha256: string }[];
}

const emptyDatabase = databases();
const folder = folders();
let data: string;
/** A token that was made before the move. */
let token: string;

/** A data directory with follows out of order, a gap in the ids, a block and a closed account. */
async function filled(): Promise<string> {
  const made = folder();
  mkdirSync(made, { mode: 0o700 });
  writeFileSync(join(made, "followd.key"), KEY, { mode: 0o600 });
  process.umask(0o077);
  const engine = openSqlite({ file: join(made, "followd.db") });
  const store = openStore(engine, signingKey(KEY));
  const ids: Record<string, number> = {};
  for (const username of NAMES) {
    const name = `${username} \\ tab\there\nand "ü" 🐙`;
    ids[username] = (await accounts.createAccount(store, { username, name })).id;
  }
  const of = (name: string) => ids[name] ?? 0;
  for (const [a, b] of ["cleo ada", "bea ada", "dora ada", "ada bea", "eve cleo"].map(pair)) {
    await follows.follow(store, of(a), of(b));
  }
  await follows.unfollow(store, of("dora"), of("ada"));
  await follows.follow(store, of("dora"), of("ada"));
  await blocks.block(store, of("ada"), of("eve"));
  await blocks.block(store, of("cleo"), of("dora"));
  await states.suspend(store, of("bea"));
  await accounts.deleteAccount(store, of("eve"));
  [token] = await tokens.issue(store, { userId: of("ada"), name: "old", scopes: ["user"] });
  await engine.close();
  return made;
}

const pair = (text: string) => text.split(" ") as [string, string];

/** What a rule sees of the graph, in the order of following. */
async function graphOf(store: Store) {
  const { follows: edges, users } = store.engine.tables;
  const rows = await store.engine.query.select().from(edges).orderBy(edges.seq);
  const people = await store.engine.query
    .select(store.engine.sql.user)
    .from(users)
    .orderBy(users.id);
  return { rows, people };
}

async function on<T>(
  engine: Awaited<ReturnType<typeof openPostgres>> | ReturnType<typeof openSqlite>,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  try {
    return await work(openStore(engine, signingKey(KEY)));
  } finally {
    await engine.close();
  }
}

beforeAll(async () => {
  data = await filled();
});

describe("followd move", () => {
  it("refuses what is no move, and a database that has rows", async () => {
    const url = await emptyDatabase();
    const key = ["--key-file", join(data, "followd.key")];
    const both = ["move", "--database", url, url, "--data", data];
    expect(complaint(await followd(both))).toMatch(/pg_dump/);
    expect(complaint(await followd(["move", join(data, "other.db"), "--data", data]))).toMatch(
      /followd backup/,
    );
    const mona = ["user", "create", "mona", "--email", "mona@example.test"];
    const made = await followd([...mona, "--database", url, "--data", data, ...key]);
    expect(made.code).toBe(0);
    const refused = complaint(await followd(["move", url, "--data", data]));
    expect(refused).toMatch(/has rows already, in users; nothing was changed/);
  });

  it("refuses a database with servers on it", async () => {
    const url = await emptyDatabase();
    const node = await openPostgres({ url, connections: 5 });
    await node.query.select().from(node.tables.users);
    const file = join(folder("back"), "..", "busy.db");
    const busy = await followd(["move", file, "--database", url, "--data", data]);
    await node.close();
    expect(complaint(busy)).toMatch(/servers have \d+ connections to it/);
  });

  it("keeps everything on the way there and back, and tokens stay good", async () => {
    const url = await emptyDatabase();
    const there = await followd(["move", url, "--data", data, "--json"]);
    expect({ code: there.code, stderr: there.stderr }).toEqual({ code: 0, stderr: "" });
    const validate = new Ajv2020().compile(shape);
    expect({ fits: validate(JSON.parse(there.stdout)), errors: validate.errors }).toEqual({
      ...{ fits: true, errors: null },
    });
    const { tables } = JSON.parse(there.stdout) as Told;
    expect(tables).toContainEqual(expect.objectContaining({ table: "users", rows: 4 }));
    expect(tables).toContainEqual(expect.objectContaining({ table: "follows", rows: 4 }));
    expect(tables).toContainEqual(expect.objectContaining({ table: "blocks", rows: 1 }));

    const before = await on(openSqlite({ file: join(data, "followd.db") }), graphOf);
    const moved = await on(await openPostgres({ url, connections: 5 }), graphOf);
    expect(moved).toEqual(before);

    const back = join(data, "back.db");
    const again = await followd(["move", back, "--database", url, "--data", data, "--json"]);
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: "" });
    expect((JSON.parse(again.stdout) as Told).tables).toEqual(tables);
    expect(await on(openSqlite({ file: back }), graphOf)).toEqual(before);

    const home = folder("home");
    mkdirSync(home, { mode: 0o700 });
    writeFileSync(join(home, "followd.key"), KEY, { mode: 0o600 });
    const restored = await followd(["restore", back, "--data", home]);
    expect(restored.code).toBe(0);
    const doctor = await followd(["doctor", "--data", home]);
    expect({ code: doctor.code, out: doctor.stdout }).toMatchObject({ code: 0 });
    // Noted as a visit, so it comes last.
    const caller = await on(await openPostgres({ url, connections: 5 }), (store) =>
      authenticateToken(store, token),
    );
    expect(caller).toMatchObject({ user: { username: "ada" } });
  });

  it("gives no number out again, and goes on counting where it was", async () => {
    const url = await emptyDatabase();
    expect((await followd(["move", url, "--data", data])).code).toBe(0);
    await on(await openPostgres({ url, connections: 5 }), async (store) => {
      const { rows, people } = await graphOf(store);
      const { id } = await accounts.createAccount(store, { username: "fay" });
      // The one who was deleted had the highest id.
      expect(id).toBeGreaterThan(Math.max(...people.map((user) => user.id)) + 1);
      const ada = await byUsername(store, "ada");
      await follows.follow(store, id, ada.id);
      const last = (await graphOf(store)).rows.at(-1);
      expect(last?.seq).toBeGreaterThan(Math.max(...rows.map(({ seq }) => seq)));
      expect((await byUsername(store, "ada")).followers).toBe(ada.followers + 1);
    });
  });
});
