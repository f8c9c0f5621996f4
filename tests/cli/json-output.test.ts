import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { loadVerb, VERBS } from "../../src/cli/commands-index.ts";
import { commandNodes } from "../../src/cli/completion/command-tree.ts";
import { folders, followd, MAIN, start } from "./program.ts";
import { servers } from "./serving.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../docs/command-line.schema.json"), "utf8"),
) as { properties: Record<string, object> };

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
formats.default(ajv);
ajv.addSchema(schema, "followd");

/** What is wrong with a value, by the shape of a command or of errors; nothing where it fits. */
function wrongs(pointer: string, value: unknown): string[] {
  const validate = ajv.compile({ $ref: `followd#/${pointer}` });
  validate(value);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const shapeOf = (command: string): string => `properties/${command.replaceAll(" ", "%20")}`;

/** Runs many commands in one process of its own, and gives what each wrote and how it ended. */
function runAll(commands: readonly string[][], env: Record<string, string>) {
  const source = `
    const { run } = await import(${JSON.stringify(join(MAIN, "../cli/index.ts"))});
    const written = { stdout: "", stderr: "" };
    const write = process.stdout.write.bind(process.stdout);
    for (const name of ["stdout", "stderr"]) {
      process[name].setMaxListeners(0);
      process[name].write = (chunk, encoding, done) => {
        written[name] += chunk;
        (typeof encoding === "function" ? encoding : done)?.();
        return true;
      };
    }
    for (const words of JSON.parse(process.env.COMMANDS)) {
      Object.assign(written, { stdout: "", stderr: "" });
      process.exitCode = 0;
      await run(words);
      write(JSON.stringify({ words, code: process.exitCode, ...written }) + "\\n");
    }
    process.exitCode = 0;`;
  const child = spawnSync(process.execPath, ["--input-type=module", "-e", source], {
    env: { ...process.env, ...env, COMMANDS: JSON.stringify(commands) },
    encoding: "utf8",
    input: "correct horse battery staple\n",
    maxBuffer: 2 ** 26,
  });
  expect([child.status, child.stderr]).toEqual([0, ""]);
  return child.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Ended);
}

interface Ended {
  words: string[];
  code: number;
  stdout: string;
  stderr: string;
}

const folder = folders();
const serve = servers(folder);
let commands: string[];

beforeAll(async () => {
  const verbs = await Promise.all(Object.entries(VERBS).map((entry) => loadVerb(...entry)));
  const leaves = commandNodes(verbs).filter(
    ({ path, verbs: below }) => path !== "" && below.length === 0,
  );
  commands = leaves.map(({ path }) => path);
});

/** The value of a text, or the text itself where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The command at the beginning of a line of words. */
const commandOf = (words: readonly string[]): string =>
  commands
    .filter((command) => `${words.join(" ")} `.startsWith(`${command} `))
    .sort((a, b) => b.length - a.length)[0] ?? "";

/** Every command that ends by itself, in an order in which each has something to do. */
function lines(work: string): string[][] {
  const file = (name: string, content: string) => {
    writeFileSync(join(work, name), content);
    return join(work, name);
  };
  const follows = file("follows.csv", "follower,followed\na,b\nb,a\nb,c\na,c\nc,d\n");
  const users = file("users.ndjson", '{"username":"ann","email":"ann@example.org","phone":1}\n');
  const events = file("events.ndjson", '{"action_name":"joined","author_username":"ann"}\n');
  const secret = file("password", "correct horse battery staple\n");
  const one = (word: string) => ["user", word, "ann"];
  return [
    ["user", "create", "bob", "--email", "bob@example.org", "--name", "Bob"],
    ["import", "follows", follows, "--create-users", "{id}"],
    ["import", "users", users, "--ignore", "phone"],
    ["import", "events", events, "--skip-bad"],
    ...[["user", "list"], one("show"), [...one("update"), "--note", "x"]],
    ...["suspend", "unsuspend", "ban", "unban"].map(one),
    [...one("password"), "--password-file", secret],
    ...[
      ["user", "two-factor", "enable", "ann"],
      ["user", "two-factor", "disable", "ann"],
    ],
    ["token", "create", "ann", "--scope", "user", "--expires-in", "1y"],
    ...[["token", "list"], ["token", "list", "ann"], ["token", "revoke", "1"], ["audit"]],
    ...[
      ["graph", "mutuals", "a"],
      ["graph", "mutuals", "a", "b"],
      ["graph", "common", "a", "b"],
    ],
    ...[
      ["graph", "non-mutuals", "a"],
      ["graph", "path", "a", "d"],
      ["graph", "path", "d", "a"],
    ],
    ...[
      ["graph", "suggestions", "a"],
      ["graph", "neighbourhood", "a", "--depth", "2"],
    ],
    ...[
      ["export", "follows"],
      ["export", "graph"],
      ["export", "users"],
    ],
    ...[
      ["export", "follows", join(work, "out.csv.gz")],
      ["export", "graph", join(work, "o.gexf")],
    ],
    ["export", "users", join(work, "out.ndjson")],
    ...[["backup", join(work, "copy.db")], ["restore", join(work, "copy.db")], ["doctor"]],
    ...[
      ["config", "print"],
      ["config", "init", join(work, "followd.env")],
    ],
    ...[["completion", "bash"], ["version"], ["user", "delete", "bob", "--yes"]],
  ];
}

it("has a shape for every command, and for nothing else", () => {
  expect(Object.keys(schema.properties).sort()).toEqual([...commands].sort());
});

describe("under --json", () => {
  /**
   * They need a running server, PostgreSQL (tests/nodes/move.test.ts), or a user in a state that no
   * command brings about.
   */
  const apart = ["serve", "dev", "healthcheck", "move"];
  const states = ["user deactivate", "user activate", "user approve", "user reject"];

  it("every command that ends by itself writes what the schema says", () => {
    const work = folder("work");
    mkdirSync(work, { mode: 0o700 });
    const words = lines(work).map((line) => [...line, "--json"]);
    const ended = runAll(words, { FOLLOWD_DATA: folder() });
    const tried = new Set(ended.map((one) => commandOf(one.words)));
    expect([...tried, ...apart, ...states].sort()).toEqual([...commands].sort());
    for (const { words: said, code, stdout, stderr } of ended) {
      const command = commandOf(said);
      const byLine = command === "audit" || (command === "export users" && said.length === 3);
      const values = byLine ? stdout.trimEnd().split("\n") : [stdout];
      for (const value of values) {
        const problems = wrongs(shapeOf(command), parsed(value));
        const well = { command, stderr, code: 0, problems: [] };
        expect({ command, stderr, code, problems }).toEqual(well);
      }
    }
  });

  it("every command ends a wrong use, and what it can't do, with an error in JSON", async () => {
    const used = commands.map((command) => [...command.split(" "), "--no-such-flag", "--json"]);
    const missing = [
      ...["show", "suspend", "activate", "approve", "reject"].map((verb) => ["user", verb, "zz"]),
      ...[
        ["user", "unban", "root"],
        ["user", "approve", "root"],
        ["token", "revoke", "99"],
      ],
      ...[
        ["graph", "path", "root", "zz"],
        ["restore", "/nowhere"],
        ["backup", "/nowhere/at/all"],
      ],
      ...[
        ["import", "follows", "/nowhere"],
        ["export", "graph", "--user", "zz"],
      ],
      ["audit", "--user", "zz"],
    ].map((words) => [...words, "--json"]);
    const data = folder();
    await followd(["token", "create", "root", "--data", data]);
    for (const { words, code, stdout, stderr } of runAll([...used, ...missing], {
      FOLLOWD_DATA: data,
    })) {
      const problems = wrongs("$defs/error", parsed(stderr));
      const expected = words.includes("--no-such-flag") ? 2 : 1;
      expect({ words, code, stdout, problems }).toEqual({
        ...{ words, code: expected, stdout: "", problems: [] },
      });
      expect((JSON.parse(stderr) as { exit_code: number }).exit_code).toBe(code);
    }
  });

  it("a change of state is told, and so is one that there was no need for", async () => {
    const data = folder();
    const file = folder("waiting.ndjson");
    const waiting = { state: "blocked_pending_approval", created_at: "2020-01-01T00:00:00Z" };
    const users = [
      { username: "one", email: "one@example.org", ...waiting },
      { username: "two", email: "two@example.org", ...waiting },
      { username: "old", email: "old@example.org", created_at: "2020-01-01T00:00:00Z" },
    ];
    writeFileSync(file, users.map((user) => `${JSON.stringify(user)}\n`).join(""));
    const words = [
      ["import", "users", file],
      ...[
        ["user", "approve", "one"],
        ["user", "reject", "two"],
        ["user", "deactivate", "old"],
      ],
      ["user", "activate", "old"],
    ].map((line) => [...line, "--json"]);
    const told = runAll(words, { FOLLOWD_DATA: data });
    for (const { words: said, code, stdout } of told) {
      const problems = wrongs(shapeOf(commandOf(said)), JSON.parse(stdout));
      expect({ said, code, problems }).toEqual({ said, code: 0, problems: [] });
    }
    const states = told
      .slice(1)
      .map(({ stdout }) => (JSON.parse(stdout) as { state: string }).state);
    expect(states).toEqual(["active", "removed", "deactivated", "active"]);
  });

  it("servers say where they are, what they log, and whether they are ready", async () => {
    const dev = start(["dev", "--port", "0", "--json", "--open"]);
    const [first] = (await once(createInterface(dev.stdout), "line")) as [string];
    dev.kill("SIGKILL");
    expect(wrongs("properties/dev", JSON.parse(first))).toEqual([]);
    const { port, data, child, stdout } = await serve(["--json"]);
    const asked = ["healthcheck", "--json", "--data", data, "--port"];
    const well = await followd([...asked, String(port)]);
    expect([well.code, wrongs("properties/healthcheck", JSON.parse(well.stdout))]).toEqual([0, []]);
    child.kill("SIGTERM");
    for (const line of (await stdout).trimEnd().split("\n")) {
      expect(wrongs("properties/serve", JSON.parse(line))).toEqual([]);
    }
    const sick = await followd([...asked, String(port)]);
    expect([sick.code, wrongs("properties/healthcheck", JSON.parse(sick.stdout))]).toEqual([1, []]);
    expect(JSON.parse(sick.stdout)).toMatchObject({ healthy: false });
  });
});

it("finds a value that does not fit", () => {
  expect(wrongs(shapeOf("version"), { followd: "1", node: 24 })).toHaveLength(1);
  expect(wrongs(shapeOf("version"), { followd: "1", node: "24", more: 1 })).toHaveLength(1);
  expect(wrongs("$defs/error", { error: "x", exit_code: 0 })).toHaveLength(1);
});
