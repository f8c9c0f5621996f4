import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "@jest/globals";
import manifest from "../../package.json" with { type: "json" };
import { variableOf } from "../../src/config/config.ts";
import { SETTINGS } from "../../src/config/settings.ts";
import { complaint, folders, followd, MAIN, start } from "./program.ts";

const folder = folders();

describe("a command line that is wrong", () => {
  it.each([
    [["sevre"], "unknown command 'sevre'\n(Did you mean serve?)"],
    [["user", "creat"], "unknown command 'creat'\n(Did you mean create?)"],
    [["version", "--jsno"], "unknown option '--jsno'\n(Did you mean --json?)"],
    [["user", "show"], "missing required argument 'username'"],
    [["user", "create", "mona"], "required option '--email <address>' not specified"],
    [["user", "list", "--limit", "0"], "“0” is not a whole number from 1 to 1000000."],
    [["token", "revoke", "one"], "“one” is not a whole number from 1 to 9007199254740991."],
    [["serve", "--port", "x"], "--port: “x” is not a whole number from 0 to 65535"],
  ])("ends %j with 2", async (words, expected) => {
    const ended = await followd(words);
    expect(complaint(ended)).toBe(expected);
    expect(ended.code).toBe(2);
  });

  it("is an unknown variable, too, for any verb", async () => {
    const ended = await followd(["user", "list"], { env: { FOLLOWD_DAT: "x" } });
    expect(complaint(ended)).toBe("FOLLOWD_DAT: is no setting; did you mean FOLLOWD_DATA?");
    expect(ended.code).toBe(2);
  });

  it("is nothing at all: help goes to standard error", async () => {
    const { code, stdout, stderr } = await followd([]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: followd");
  });
});

it("listens for SIGUSR1 before anything is loaded, which would open the debugger", async () => {
  const code = `await import(${JSON.stringify(MAIN)}); console.log(process.listenerCount("SIGUSR1"))`;
  const words = ["--input-type=module", "--eval", code, "followd", "version"];
  const { stdout } = spawnSync(process.execPath, words, { encoding: "utf8" });
  expect(stdout.split("\n")[0]).toBe("1");
});

describe("help", () => {
  it("names every verb, and is no failure", async () => {
    const { code, stdout, stderr } = await followd(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const name of ["serve", "user", "token", "import", "version"]) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
    }
  });

  it("teaches: examples, where data lies, exit codes, where to read on", async () => {
    const { stdout } = await followd(["--help"]);
    for (const line of ["followd serve", "followd token create root", "followd dev"]) {
      expect(stdout).toMatch(new RegExp(`^  ${line}  `, "m"));
    }
    expect(stdout).toContain(
      "Data is kept in ./data, or in the directory of --data or FOLLOWD_DATA",
    );
    expect(stdout).toContain("Exit codes: 0 success, 1 failure, 2 usage error.");
    expect(stdout).toContain("`followd help VERB`");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("has every verb under a heading", async () => {
    const { stdout } = await followd(["--help"]);
    expect(stdout.match(/^\S.*:$/gm)).toEqual([
      ...["Options:", "To serve:", "Users and tokens:", "To keep data:"],
      ...["About the program:", "Examples:"],
    ]);
  });

  it("tells every setting of serve, with its variable", async () => {
    const { stdout } = await followd(["help", "serve"]);
    // The controls are those of `followd dev`.
    const { controlToken: _, ...settings } = SETTINGS;
    for (const one of Object.values(settings)) expect(stdout).toContain(variableOf(one));
    expect(stdout).toContain("--no-github-root");
    expect(stdout).toContain("FOLLOWD_METRICS_TOKEN_FILE");
    expect(stdout).not.toContain("--metrics-token");
  });
});

describe("version", () => {
  it("is alone on standard output", async () => {
    expect(await followd(["version"])).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: "",
    });
  });

  it("is an object with --json", async () => {
    const { stdout } = await followd(["version", "--json"]);
    expect(JSON.parse(stdout)).toEqual({ followd: manifest.version, node: process.versions.node });
  });
});

it("writes no stack and no usage when something fails", async () => {
  const data = folder();
  await followd(["token", "create", "root", "--data", data]);
  const ended = await followd(["user", "show", "missing", "--data", data]);
  expect(complaint(ended)).toBe("There is no user missing; `followd user list` lists them.");
  expect(ended.code).toBe(1);
  const json = await followd(["user", "show", "missing", "--data", data, "--json"]);
  expect([json.code, json.stdout]).toEqual([1, ""]);
  expect(JSON.parse(json.stderr)).toEqual({
    error: "There is no user missing; `followd user list` lists them.",
    exit_code: 1,
  });
  const wrong = await followd(["user", "show", "--json"]);
  expect(JSON.parse(wrong.stderr)).toEqual({
    error: "missing required argument 'username'",
    exit_code: 2,
  });
});

describe("output", () => {
  it("may have a reader that goes away", async () => {
    const child = start(["serve", "--help"]);
    child.stdout.destroy();
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("that can't be kept is a failure in one line", async () => {
    const full = openSync("/dev/full", "w");
    const ended = spawnSync(process.execPath, [MAIN, "version"], {
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    expect(ended.status).toBe(1);
    expect(String(ended.stderr)).toBe(
      "followd: The output can't be written; make room and try again. (ENOSPC)\n",
    );
  });

  it("names the flag that turns a setting off by what it turns off", async () => {
    const { stdout } = await followd(["serve", "--help"]);
    expect(stdout).toMatch(/--no-docs\s+do not serve the reference page/);
    expect(stdout).not.toMatch(/whether/);
  });
});
