import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { type Environment, readConfig, variableOf } from "../../src/config/config.ts";
import { SETTINGS } from "../../src/config/settings.ts";
import { complaint, folders, followd } from "./program.ts";

const folder = folders();
const all = Object.values(SETTINGS);

interface Shown {
  settings: { name: string; variable: string; value: unknown; from: string }[];
}

async function shown(words: string[], env: Record<string, string> = {}) {
  const { stdout, code } = await followd(["config", "print", "--json", ...words], { env });
  expect(code).toBe(0);
  const { settings } = JSON.parse(stdout) as Shown;
  return (name: string) => settings.find((one) => one.name === name);
}

describe("config print", () => {
  it("ends with 2 for a setting that can't be used", async () => {
    const ended = await followd(["config", "print", "--port", "x"]);
    expect([ended.code, complaint(ended)]).toEqual([
      2,
      "--port: “x” is not a whole number from 0 to 65535",
    ]);
  });

  it("never shows a secret, wherever it comes from", async () => {
    const file = join(folder("parent"), "../secret");
    writeFileSync(file, "smtp://user:hunter2@mail.test\n");
    const env = { FOLLOWD_METRICS_TOKEN: "0123456789abcdef", FOLLOWD_SMTP_URL_FILE: file };
    for (const more of [[], ["--json"]]) {
      const { stdout, stderr } = await followd(["config", "print", ...more], { env });
      expect(stdout + stderr).not.toMatch(/hunter2|0123456789abcdef/);
      expect(stdout).toContain("********");
    }
    const of = await shown([], env);
    expect(of("smtp-url")).toEqual({
      name: "smtp-url",
      variable: "FOLLOWD_SMTP_URL",
      value: "********",
      from: "FOLLOWD_SMTP_URL_FILE",
    });
  });

  it("says where each value comes from, the flag before the variable", async () => {
    const env = { FOLLOWD_PORT: "8080", FOLLOWD_HOST: "::1", FOLLOWD_TLS: "" };
    const of = await shown(["--port", "9090", "--no-github-root"], env);
    expect(of("port")).toMatchObject({ value: 9090, from: "--port" });
    expect(of("github-root")).toMatchObject({ value: false, from: "--no-github-root" });
    expect(of("host")).toMatchObject({ value: "::1", from: "FOLLOWD_HOST" });
    expect(of("tls")).toMatchObject({ value: "off", from: "default" });
    expect(of("smtp-url")).toMatchObject({ value: null, from: "default" });
  });

  it("shows every setting, a line each, and makes nothing", async () => {
    const data = folder();
    const { stdout } = await followd(["config", "print", "--data", data]);
    const names = stdout.split("\n").map((line) => line.split(" ")[0]);
    expect(names).toEqual(["SETTING", ...all.map(({ name }) => name), ""]);
    expect(existsSync(data)).toBe(false);
  });
});

describe("config init", () => {
  it("leaves a file alone that is there", async () => {
    const file = join(folder("parent"), "../mine.env");
    writeFileSync(file, "FOLLOWD_PORT=1\n");
    const ended = await followd(["config", "init", file]);
    expect([ended.code, complaint(ended)]).toEqual([
      1,
      `${file} is there already; choose another name.`,
    ]);
    expect(readFileSync(file, "utf8")).toBe("FOLLOWD_PORT=1\n");
  });

  it("makes no folder", async () => {
    const file = join(folder(), "followd.env");
    const ended = await followd(["config", "init", file]);
    expect(complaint(ended)).toMatch(/ is not there; make it first\.$/);
  });

  it("writes every setting, which is its default when the # is gone", async () => {
    const file = join(folder("parent"), "../new.env");
    const { code, stdout } = await followd(["config", "init", file, "--json"]);
    expect([code, JSON.parse(stdout)]).toEqual([0, { file }]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, "utf8");
    expect(parseEnv(text)).toEqual({});
    const all = parseEnv(text.replaceAll(/^#(?=FOLLOWD_)/gm, "")) as Environment;
    expect(Object.keys(all).sort()).toEqual(Object.values(SETTINGS).map(variableOf).sort());
    expect(readConfig({}, all)).toEqual(readConfig({}, {}));
  });
});

describe("--config", () => {
  const written = (text: string) => {
    const file = join(folder("parent"), "../settings.env");
    writeFileSync(file, text);
    return file;
  };

  it("refuses a file that is not there, and names that are no settings", async () => {
    const missing = await followd(["config", "print", "--config", "/nowhere.env"]);
    expect([complaint(missing), missing.code]).toEqual([
      "The settings in /nowhere.env can't be read.",
      2,
    ]);
    const typo = await followd(["user", "list", "--config", written("FOLLOWD_PROT=1\n")]);
    expect(complaint(typo)).toBe("FOLLOWD_PROT: is no setting; did you mean FOLLOWD_PORT?");
    const file = written("PATH=/\n");
    expect(complaint(await followd(["user", "list", "--config", file]))).toBe(
      `${file}: PATH is no setting; settings begin with FOLLOWD_.`,
    );
  });

  it("is read by every command, below the environment and flags", async () => {
    const data = folder();
    const file = written(`FOLLOWD_DATA=${data}\nFOLLOWD_PORT=1234\nFOLLOWD_HOST=::1\n`);
    const words = ["user", "create", "mona", "--email", "mona@x.test", "--config", file];
    expect((await followd(words)).code).toBe(0);
    expect(existsSync(join(data, "followd.db"))).toBe(true);
    const env = { FOLLOWD_CONFIG: file, FOLLOWD_HOST: "127.0.0.2" };
    const { stdout } = await followd(["config", "print", "--json", "--port", "5"], { env });
    const { settings } = JSON.parse(stdout) as { settings: { name: string; from: string }[] };
    const from = Object.fromEntries(settings.map((one) => [one.name, one.from]));
    expect([from.data, from.port, from.host]).toEqual([file, "--port", "FOLLOWD_HOST"]);
  });
});
