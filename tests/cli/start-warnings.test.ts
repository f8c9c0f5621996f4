import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { clockWarnings, startWarnings } from "../../src/cli/start-warnings.ts";

const nothing = {
  database: undefined,
  host: "127.0.0.1",
  publicUrl: undefined,
  smtpUrl: undefined,
  tls: "off" as const,
  tlsCert: undefined,
  tlsKey: undefined,
};
type Given = Parameters<typeof startWarnings>[0];
const warned = (given: Partial<Given>) => startWarnings({ ...nothing, ...given });

describe("a server that other machines reach", () => {
  it.each(["0.0.0.0", "::", "192.0.2.1", "followd.test"])(
    "at %s without TLS is warned of",
    (host) => {
      expect(warned({ host })).toEqual([expect.stringMatching(/without TLS.*--public-url/)]);
    },
  );

  it.each<[string, Partial<Given>]>([
    ["at loopback", { host: "localhost" }],
    ["by a proxy", { host: "0.0.0.0", publicUrl: "https://followd.test" }],
    ["over TLS of its own", { host: "0.0.0.0", tls: "local" }],
  ])("%s is not", (_, given) => {
    expect(warned(given)).toEqual([]);
  });
});

describe("a private key", () => {
  const key = join(mkdtempSync(join(tmpdir(), "followd-key-")), "key.pem");
  writeFileSync(key, "");
  const pair = { tlsCert: "cert.pem", tlsKey: key };

  it.each([0o644, 0o604, 0o660, 0o602])("of mode %o is warned of", (mode) => {
    chmodSync(key, mode);
    expect(warned(pair)).toEqual([expect.stringContaining(`${key}; chmod 600`)]);
  });

  it.each([0o600, 0o400, 0o640])("of mode %o is not", (mode) => {
    chmodSync(key, mode);
    expect(warned(pair)).toEqual([]);
  });
});

describe("a mail server", () => {
  it("is warned of where STARTTLS may be cut out", () => {
    const smtpUrl = "smtp://user:secret@mail.example";
    const [warning = ""] = warned({ smtpUrl });
    expect(warning).toContain("requireTLS");
    expect(warning).not.toContain("secret");
  });

  it.each(["smtps://mail.example", "smtp://mail.example?requireTLS=true", "smtp://127.0.0.1:25"])(
    "at %s is not",
    (smtpUrl) => {
      expect(warned({ smtpUrl })).toEqual([]);
    },
  );
});

describe("a database on another machine", () => {
  it.each([
    "postgres://followd@db.test/followd",
    ...["disable", "no-verify", "prefer", "require", "verify-ca"].map(
      (mode) => `postgres://followd@db.test/followd?sslmode=${mode}&sslrootcert=ca.pem`,
    ),
    "postgres://followd@127.0.0.1/followd?host=192.0.2.7",
  ])("as %s is warned of", (database) => {
    expect(warned({ database })).toEqual([expect.stringMatching(/sslmode=verify-full/)]);
  });

  it.each([
    "postgres://followd@db.test/followd?sslmode=verify-full&sslrootcert=ca.pem",
    "postgres://followd@localhost/followd",
    "postgres:///followd?host=/run/postgresql",
  ])("as %s is not", (database) => {
    expect(warned({ database })).toEqual([]);
  });
});

describe("the clock of a database", () => {
  it("is warned of where it is more than a second off", async () => {
    const off = (offset: number) => clockWarnings({ clockOffset: async () => offset });
    expect(await off(-1500)).toEqual([expect.stringMatching(/-1500 ms off/)]);
    expect(await off(900)).toEqual([]);
    expect(await clockWarnings({})).toEqual([]);
  });
});
