import { describe, expect, it } from "@jest/globals";
import {
  defaultConfig,
  type Environment,
  readConfig,
  variableOf,
  withSecrets,
} from "../../src/config/config.ts";
import { SETTINGS } from "../../src/config/settings.ts";
import { nearest } from "../../src/config/suggest.ts";

function config(flags: Record<string, string | boolean>, env: Environment = {}) {
  const read = readConfig(flags, env);
  if ("complaints" in read) throw new Error(JSON.stringify(read.complaints));
  return read.config;
}

function complaints(flags: Record<string, string | boolean>, env: Environment = {}) {
  const read = readConfig(flags, env);
  return "complaints" in read ? read.complaints : [];
}

describe("readConfig", () => {
  it.each<[Environment, string]>([
    [{ FOLLOWD_PROT: "80" }, "FOLLOWD_PROT: is no setting; did you mean FOLLOWD_PORT?"],
    [{ FOLLOWD_DATA_DIR: "x" }, "FOLLOWD_DATA_DIR: is no setting; did you mean FOLLOWD_DATA?"],
    [{ FOLLOWD_: "x" }, "FOLLOWD_: is no setting; did you mean FOLLOWD_TLS?"],
    [{ FOLLOWD_PORT: "65536" }, "FOLLOWD_PORT: “65536” is not a whole number from 0 to 65535"],
    [{ FOLLOWD_PORT: "-1" }, "FOLLOWD_PORT: “-1” is not a whole number from 0 to 65535"],
    [{ FOLLOWD_PORT: "1e3" }, "FOLLOWD_PORT: “1e3” is not a whole number from 0 to 65535"],
    [{ FOLLOWD_PRIVATE_MODE: "maybe" }, "FOLLOWD_PRIVATE_MODE: “maybe” is neither true nor false"],
    [
      { FOLLOWD_PUBLIC_URL: "example.org" },
      "FOLLOWD_PUBLIC_URL: “example.org” is not an address that begins with http:// or https://",
    ],
    [
      { FOLLOWD_PUBLIC_URL: "ftp://example.org" },
      "FOLLOWD_PUBLIC_URL: “ftp://example.org” is not an address that begins with http:// or https://",
    ],
    [
      { FOLLOWD_PUBLIC_URL: "https://example.org/api" },
      "FOLLOWD_PUBLIC_URL: “https://example.org/api” has more than a scheme, a host and a port; " +
        "did you mean https://example.org?",
    ],
    [
      { FOLLOWD_TRUSTED_PROXIES: "10.0.0.0/33" },
      "FOLLOWD_TRUSTED_PROXIES: “10.0.0.0/33” has “10.0.0.0/33”, which is no address, " +
        "no network (10.0.0.0/8), not loopback",
    ],
    [
      { FOLLOWD_LOG_LEVEL: "loud" },
      "FOLLOWD_LOG_LEVEL: “loud” is not one of trace, debug, info, warn, error, fatal, silent",
    ],
    [{ FOLLOWD_TLS: "on" }, "FOLLOWD_TLS: “on” is not one of off, local"],
    [
      { FOLLOWD_TLS_HOSTS: "hub.test, a_b" },
      "FOLLOWD_TLS_HOSTS: “hub.test, a_b” has “a_b”, which is neither a host name nor an address",
    ],
    [
      { FOLLOWD_GITHUB_VERSION: "4.0" },
      "FOLLOWD_GITHUB_VERSION: “4.0” is not a version from 3.15 to 3.22",
    ],
  ])("complains of %j", (env, expected) => {
    expect(complaints({}, env).map(({ key, problem }) => `${key}: ${problem}`)).toEqual([expected]);
  });

  it("names the flag when the flag is at fault, and complains of everything at once", () => {
    const found = complaints({ port: "x", logLevel: "y" }, { FOLLOWD_HSOT: "z" });
    expect(found.map(({ key }) => key)).toEqual(["FOLLOWD_HSOT", "--port", "--log-level"]);
  });

  it("never repeats a secret", () => {
    const [found] = complaints({}, { FOLLOWD_METRICS_TOKEN: "too short" });
    expect(found?.problem).toBe("needs 16 to 255 printable characters without spaces");
  });

  it("has a default for everything", () => {
    expect(config({})).toEqual(defaultConfig);
    expect(defaultConfig).toMatchObject({
      data: "./data",
      keyFile: undefined,
      host: "127.0.0.1",
      port: 3000,
      publicUrl: undefined,
      trustedProxies: [],
      privateMode: false,
      githubVersion: "3.15.0",
      githubRoot: true,
      rateLimit: 0,
      rateLimitAnonymous: 60,
      rateLimitWrites: 0,
      logLevel: "info",
      accessLog: true,
      pageCacheMb: 32,
      fragmentCacheMb: 32,
      metricsToken: undefined,
    });
  });

  it("takes the flag before the environment, and the environment before the default", () => {
    const env = { FOLLOWD_PORT: "81", FOLLOWD_GITHUB_ROOT: "no", FOLLOWD_HOST: "::1" };
    expect(config({ port: "80", githubRoot: true }, env)).toMatchObject({
      port: 80,
      githubRoot: true,
      host: "::1",
      data: "./data",
    });
    expect(config({ accessLog: false }, { FOLLOWD_ACCESS_LOG: "true" }).accessLog).toBe(false);
  });

  it("takes an empty variable for none, and leaves other programs' alone", () => {
    expect(config({}, { FOLLOWD_PORT: "", FOLLOWED_BY: "x", PORT: "1" }).port).toBe(3000);
  });

  it.each([
    ["https://git.example.org", "https://git.example.org"],
    ["https://git.example.org/", "https://git.example.org"],
    ["http://git.example.org:8080/", "http://git.example.org:8080"],
  ])("reads the public URL %s", (given, expected) => {
    expect(config({ publicUrl: given }).publicUrl).toBe(expected);
  });

  it("reads a list of proxies", () => {
    const { trustedProxies } = config({ trustedProxies: "loopback, 10.0.0.0/8,2001:db8::/32 ::1" });
    expect(trustedProxies).toEqual(["loopback", "10.0.0.0/8", "2001:db8::/32", "::1"]);
  });

  it.each(["true", "yes", "ON", "1"])("takes %s for yes", (given) => {
    expect(config({}, { FOLLOWD_PRIVATE_MODE: given }).privateMode).toBe(true);
  });

  it.each(["false", "No", "off", "0"])("takes %s for no", (given) => {
    expect(config({}, { FOLLOWD_ACCESS_LOG: given }).accessLog).toBe(false);
  });
});

describe("withSecrets", () => {
  const read = (file: string) => `secret in ${file}\n`;

  it("puts a secret in the place of the file that has it", () => {
    const env = withSecrets({ FOLLOWD_METRICS_TOKEN_FILE: "/run/token" }, read);
    expect(env.FOLLOWD_METRICS_TOKEN).toBe("secret in /run/token");
  });

  it("reads no file that is no secret's", () => {
    expect(withSecrets({ FOLLOWD_KEY_FILE: "/run/key" }, read)).toEqual({
      FOLLOWD_KEY_FILE: "/run/key",
    });
  });
});

it("has every setting under a name of its own, with words on what it means", () => {
  const all = Object.values(SETTINGS);
  expect(new Set(all.map(variableOf)).size).toBe(all.length);
  for (const { name, description: means } of all) {
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(means.length).toBeGreaterThan(10);
  }
});

it.each([
  ["sevre", "serve"],
  ["", "user"],
  ["usr", "user"],
  ["importt", "import"],
])("takes %s for %s", (word, expected) => {
  expect(nearest(word, ["serve", "user", "token", "import"])).toBe(expected);
});
