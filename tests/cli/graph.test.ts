import { writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { complaint, type Ended, folders, followd } from "./program.ts";

const folder = folders();
const data = folder();
const ask = (...words: string[]): Promise<Ended> => followd(["graph", ...words, "--data", data]);
const named = (...words: string[]) =>
  ask(...words, "--json").then(({ stdout }) =>
    (JSON.parse(stdout) as { username: string }[]).map(({ username }) => username),
  );

/** a, b and c follow one another; a → d → e, and f, whom e follows, follows a. */
const FOLLOWS = ["a,b", "b,a", "a,c", "c,a", "b,c", "c,b", "a,d", "b,d", "d,e", "e,f", "f,a"];

beforeAll(async () => {
  const file = folder("follows.csv");
  writeFileSync(file, FOLLOWS.map((line) => `${line}\n`).join(""));
  const words = ["import", "follows", file, "--create-users", "{id}", "--data", data];
  expect((await followd(words)).code).toBe(0);
});

describe("what is refused", () => {
  it("is a user who is not there, wherever they stand", async () => {
    const all = [
      ["mutuals", "zz"],
      ["mutuals", "a", "zz"],
      ["path", "a", "zz"],
      ["common", "zz", "a"],
    ];
    all.push(["non-mutuals", "zz"], ["suggestions", "zz"], ["neighbourhood", "zz"]);
    for (const words of all) {
      const ended = await ask(...words);
      expect([ended.code, complaint(ended)]).toEqual([
        1,
        "There is no user zz; `followd user list` lists them.",
      ]);
    }
  });

  it("is a depth, a bound or a format that there is not, and a question without its user", async () => {
    const all = [
      ["--depth", "3"],
      ["--limit", "0"],
      ["--limit", "2001"],
      ["--format", "pdf"],
    ];
    for (const flags of all) {
      const ended = await ask("neighbourhood", "a", ...flags);
      expect([ended.code, ended.stdout]).toEqual([2, ""]);
    }
    expect((await ask("path", "a")).code).toBe(2);
  });

  it("is a directory without a database, which is not made", async () => {
    const ended = await followd(["graph", "mutuals", "a", "--data", folder("typo")]);
    expect(complaint(ended)).toContain("There is no database in");
  });
});

describe("graph", () => {
  it("lists mutuals of one user, and those whom two share", async () => {
    expect(await named("mutuals", "A")).toEqual(["b", "c"]);
    expect(await named("mutuals", "a", "b")).toEqual(["c"]);
    const { stdout } = await ask("mutuals", "d");
    expect(stdout).toBe("ID  USERNAME  FOLLOWERS  FOLLOWING\n");
  });

  it("lists whom two users follow, who follows both, and who is not followed back", async () => {
    expect(await named("common", "a", "b")).toEqual(["c", "d"]);
    expect(await named("common", "b", "d", "--followers")).toEqual(["a"]);
    expect(await named("non-mutuals", "a")).toEqual(["d"]);
  });

  it("prints a shortest path, and says when there is none", async () => {
    const { code, stdout } = await ask("path", "c", "f");
    const [first, second = "", ...rest] = stdout.trimEnd().split("\n");
    expect([code, first, rest]).toEqual([0, "c", ["d", "e", "f"]]);
    expect(["a", "b"]).toContain(second);
    const none = await ask("path", "a", "root");
    expect([none.code, none.stdout, none.stderr]).toEqual([
      0,
      "",
      "There is no path from a to root.\n",
    ]);
    const { stdout: json } = await ask("path", "a", "root", "--json");
    expect(JSON.parse(json)).toEqual({ path: null, complete: true });
  });

  it("suggests whom those one follows follow", async () => {
    const { stdout } = await ask("suggestions", "a", "--json");
    expect(JSON.parse(stdout)).toMatchObject([{ username: "e", ties: 1 }]);
  });

  it("writes a neighbourhood with all follows among its users, in every format", async () => {
    const { stdout } = await ask("neighbourhood", "d", "--depth", "2", "--json");
    const graph = JSON.parse(stdout);
    expect(graph.graph).toEqual({ center: "d", depth: 2, truncated: false });
    const depths = Object.fromEntries(
      graph.nodes.map(({ id, depth }: { id: string; depth: number }) => [id, depth]),
    );
    expect(depths).toEqual({ d: 0, a: 1, b: 1, e: 1, c: 2, f: 2 });
    const pairs = graph.links.map(
      ({ source, target }: { source: string; target: string }) => `${source},${target}`,
    );
    expect(pairs.sort()).toEqual([...FOLLOWS].sort());
    const { stdout: csv } = await ask("neighbourhood", "d");
    const around = ["a,b", "a,d", "b,a", "b,d", "d,e"];
    expect(csv.trimEnd().split("\n").sort()).toEqual([...around, "follower,followed"].sort());
    const edge = { graphml: '<edge source="d" target="e">', gexf: 'source="d" target="e"' };
    for (const [format, text] of Object.entries({ ...edge, dot: '"d" -> "e";' })) {
      expect((await ask("neighborhood", "d", "--format", format)).stdout).toContain(text);
    }
  });

  it("says when it shows a part only", async () => {
    const { stdout, stderr } = await ask("neighbourhood", "a", "--limit", "2");
    expect(stderr).toMatch(/^This is a part: \d users?, and there are more\.\n$/);
    expect(stdout).toContain("follower,followed\n");
  });
});
