import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { compileOnce } from "../../../src/storage/sqlite/statement-cache.ts";

let connection: SqliteConnection.Database;
let caching: SqliteConnection.Database;
let compiling: jest.SpiedFunction<SqliteConnection.Database["prepare"]>;

beforeEach(() => {
  connection = new SqliteConnection(":memory:");
  connection.exec("create table users (id integer primary key, name text not null)");
  compiling = jest.spyOn(connection, "prepare");
  caching = compileOnce(connection);
});
afterEach(() => {
  connection.close();
});

const ALL = "select * from users order by id";
const ADD = "insert into users (name) values (?)";

describe("a text that comes again", () => {
  it("is compiled once, and runs with other values", () => {
    caching.prepare(ADD).run("mona");
    caching.prepare(ADD).run("hubot");
    expect(compiling).toHaveBeenCalledTimes(1);
    expect(caching.prepare(ALL).all()).toEqual([
      { id: 1, name: "mona" },
      { id: 2, name: "hubot" },
    ]);
  });

  it("gives rows out as each run says", () => {
    caching.prepare(ADD).run("mona");
    expect(caching.prepare(ALL).raw().all()).toEqual([[1, "mona"]]);
    expect(caching.prepare(ALL).all()).toEqual([{ id: 1, name: "mona" }]);
  });

  it("runs after one run that failed", () => {
    expect(() => caching.prepare(ADD).run(null)).toThrow(/NOT NULL/);
    caching.prepare(ADD).run("mona");
    expect(caching.prepare(ALL).all()).toEqual([{ id: 1, name: "mona" }]);
  });

  it("finds a table as it is by now", () => {
    caching.prepare(ADD).run("mona");
    expect(caching.prepare(ALL).all()).toEqual([{ id: 1, name: "mona" }]);
    connection.exec("alter table users add column bio text not null default '-'");
    expect(caching.prepare(ALL).all()).toEqual([{ id: 1, name: "mona", bio: "-" }]);
  });
});

it("runs more texts than it keeps, in any order", () => {
  caching.prepare(ADD).run("mona");
  for (const _ of [1, 2]) {
    for (let number = 1; number <= 300; number += 1) {
      expect(caching.prepare(`select ${number} as one from users`).get()).toEqual({ one: number });
    }
  }
});
