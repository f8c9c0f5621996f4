import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { CLOSED, COMMENTED, OPENED, PUSHED } from "../support/vendor-events.ts";
import { complaint, folders, followd } from "./program.ts";

const folder = folders();

let data: string;
beforeEach(async () => {
  data = folder();
  const words = ["user", "create", "ted", "--email", "ted@example.test", "--data", data];
  expect((await followd(words)).code).toBe(0);
});

const ndjson = (...events: unknown[]) => events.map((event) => JSON.stringify(event)).join("\n");

function file(name: string, content: string | Buffer): string {
  const path = folder(name);
  writeFileSync(path, content);
  return path;
}

const load = (path: string, ...words: string[]) =>
  followd(["import", "events", path, "--data", data, ...words]);

/** Imports lines and returns what the program reports. */
async function report(content: string | Buffer, ...words: string[]): Promise<object> {
  const { code, stdout, stderr } = await load(file("events", content), "--json", ...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as object;
}

/** What came from elsewhere, oldest first, read behind the program's back. */
function imported(): { action: string; author: string; time: number }[] {
  const connection = new SqliteConnection(join(data, "followd.db"), { readonly: true });
  const rows = connection
    .prepare(
      `select action_name as action, username as author, events.created_at as time
        from events join users on users.id = author_id where data is not null order by events.id`,
    )
    .all() as { action: string; author: string; time: number }[];
  expect(connection.pragma("integrity_check", { simple: true })).toBe("ok");
  expect(connection.pragma("foreign_key_check")).toEqual([]);
  connection.close();
  return rows;
}
const actions = () => imported().map(({ action, author }) => `${author} ${action}`);

const EVENTS = [OPENED, CLOSED, PUSHED, COMMENTED];
const ALL = ["root commented", "ted created", "root closed", "root pushed"];

describe("what ends an import of events, with nothing done", () => {
  const without = (event: Record<string, unknown>, ...names: string[]) =>
    Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)));

  it.each<[string, unknown, string]>([
    ["an unknown action", { ...OPENED, action_name: "ogled" }, "“ogled” is no action_name of"],
    ["no action", without(OPENED, "action_name"), "action_name is missing."],
    ["an unknown author", { ...OPENED, author: { username: "mia" } }, "there is no user “mia”."],
    [
      "another name for one",
      without({ ...OPENED, author_username: "mia" }, "author"),
      "there is no user",
    ],
    ["an unknown number", { action_name: "left", author_id: 9 }, "there is no user with the id 9."],
    ["no author", without(OPENED, "author", "author_id", "author_username"), "it names no author."],
    ["an odd author", { ...OPENED, author: "ted" }, "author is not an object."],
    ["an odd time", { ...OPENED, created_at: "yesterday" }, "created_at is not a time, as 2024"],
    ["a day alone", { ...OPENED, created_at: "2024-05-31" }, "created_at is not a time, as 2024"],
    ["no such day", { ...OPENED, created_at: "2024-13-31T00:00:00Z" }, "created_at is not a time"],
    ["an odd number", { ...OPENED, target_id: "7" }, "target_id is not a whole number."],
    ["an odd id", { ...OPENED, id: 1.5 }, "id is not a whole number."],
    ["an odd title", { ...OPENED, target_title: 7 }, "target_title is not a text."],
    ["an odd note", { ...COMMENTED, note: "hm" }, "note is not an object."],
    ["half a push", { ...PUSHED, push_data: { action: "pushed" } }, "push_data.commit_count is"],
    ["a list", [OPENED], "it is not an object."],
  ])("%s", async (_, event, problem) => {
    const ended = await load(file("f.ndjson", `${ndjson(OPENED)}\n\n${ndjson(event)}\n`));
    expect(complaint(ended)).toContain(`Line 3: ${problem}`);
    expect(complaint(ended)).toMatch(/ Nothing was imported; --skip-bad leaves such lines out\.$/);
    expect(ended.code).toBe(1);
    expect(imported()).toEqual([]);
  });

  it("a line that is not JSON, after many that are good", async () => {
    const many = Array.from({ length: 1200 }, (_, id) => ({ ...OPENED, id }));
    const ended = await load(file("f.ndjson", `${ndjson(...many)}\n{"id":`));
    expect(complaint(ended)).toMatch(/^Line 1201: it is not JSON\. Nothing was imported;/);
    expect(imported()).toEqual([]);
  });

  it("a file that is not there, not whole, or has no lines", async () => {
    expect(complaint(await load("/nowhere.ndjson"))).toBe("There is no file /nowhere.ndjson");
    const cut = file("cut.gz", gzipSync(ndjson(...EVENTS)).subarray(0, 40));
    expect(complaint(await load(cut))).toBe(`The end of this gzip file is missing: ${cut}`);
    const endless = complaint(await load(file("f", Buffer.alloc(9 * 2 ** 20, "x"))));
    expect(endless).toBe("Line 1 has no end; is this a file of events?");
  });
});

describe("events from a file", () => {
  it.each<[string, string | Buffer]>([
    ["plain", ndjson(...EVENTS)],
    ["as Windows ends lines", `\ufeff${ndjson(...EVENTS).replaceAll("\n", "\r\n")}\r\n`],
    ["gzipped", gzipSync(ndjson(...EVENTS))],
    ["with empty lines", `\n${ndjson(...EVENTS).replaceAll("\n", "\n \n\n")}`],
  ])("%s", async (_, content) => {
    expect(await report(content)).toEqual({
      ...{ lines: 4, added: 4, already_there: 0, undated: 2, lost: 0, skipped: { bad: 0 } },
      seconds: expect.any(Number),
    });
    expect(actions()).toEqual(expect.arrayContaining(ALL));
  });

  it("from standard input, with a summary for people", async () => {
    const words = ["import", "events", "-", "--data", data];
    const { code, stdout, stderr } = await followd(words, { input: ndjson(...EVENTS) });
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(
      /^4 lines read: 4 events added, 0 already there; left out: 0 bad lines, and parts of 0 others; 2 without a time, /,
    );
    expect(actions()).toHaveLength(4);
  });

  it("happen when they did, and at the time of the import where no time is given", async () => {
    const before = Date.now();
    await report(ndjson({ ...OPENED, created_at: "2017-02-09T11:43:19.426+01:00" }, CLOSED));
    const [opened, closed] = imported();
    expect(opened?.time).toBe(Date.parse("2017-02-09T10:43:19.426Z"));
    expect(closed?.time).toBeGreaterThanOrEqual(before);
    expect(closed?.time).toBeLessThanOrEqual(Date.now());
  });

  it("are by whom the name says, else by whom the number says", async () => {
    const { author: _, author_username: __, ...bare } = OPENED;
    await report(
      ndjson(
        { ...bare, author: { username: "TED" }, author_username: "root", author_id: 1 },
        { ...bare, id: 11, author_username: "root", author_id: 2 },
        { ...bare, id: 12, author_id: 2 },
      ),
    );
    expect(imported().map(({ author }) => author)).toEqual(["ted", "root", "ted"]);
  });

  it("change nothing when they come again, and only what is new is added", async () => {
    const { id: _, ...nameless } = OPENED;
    const content = ndjson(...EVENTS, nameless, nameless, ...EVENTS);
    expect(await report(content)).toMatchObject({ lines: 10, added: 5, already_there: 5 });
    const first = imported();
    expect(await report(content)).toMatchObject({ lines: 10, added: 0, already_there: 10 });
    expect(await report(content, "--public")).toMatchObject({ added: 0, already_there: 10 });
    // Known by its id after any change.
    expect(await report(ndjson({ ...OPENED, target_title: "Renamed" }))).toMatchObject({
      added: 0,
    });
    expect(imported()).toEqual(first);
    const later = { ...nameless, created_at: "2017-02-09T10:43:19.427Z" };
    expect(await report(ndjson(later, { ...CLOSED, id: 33 }))).toMatchObject({ added: 2 });
    expect(imported()).toHaveLength(7);
  });

  it("leave bad lines out with --skip-bad, count them, and say which they are", async () => {
    const mia = { ...OPENED, author: { username: "mia" } };
    const content = ndjson(OPENED, 7, COMMENTED, mia, { ...OPENED, id: 9, created_at: "" });
    const { code, stdout, stderr } = await load(file("f", content), "--skip-bad", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ lines: 5, added: 2, skipped: { bad: 3 } });
    expect(stderr.match(/Line \d+/g)).toEqual(["Line 2", "Line 4", "Line 5"]);
    expect(actions()).toEqual(["root commented", "ted created"]);
  });

  it("may be none", async () => {
    expect(await report("")).toMatchObject({ lines: 0, added: 0, already_there: 0 });
  });
});
