import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Cluster, ownerIds, startCluster } from "../../scripts/postgres/cluster.ts";
import { localCertificate } from "../../src/server/tls/local.ts";
import { UnavailableError } from "../../src/storage/errors.ts";
import { openPostgres } from "../../src/storage/postgres/open.ts";
import { folders } from "../cli/program.ts";

const folder = folders();
let cluster: Cluster;
/** Files of the authority that signed the server's certificate, and of one that did not. */
let authority: string;
let stranger: string;

async function certificate() {
  const data = folder();
  mkdirSync(data);
  const made = await localCertificate({ data, hosts: ["localhost"] });
  return { data, file: made.authority ?? "", ...made.first };
}

beforeAll(async () => {
  const { data, file, cert, key } = await certificate();
  const ids = ownerIds();
  // PostgreSQL takes a key that is its own and no other's to read.
  for (const [name, text] of [
    ["server.pem", cert],
    ["server.key", key],
  ] as const) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    if (ids !== undefined) chownSync(join(data, name), ids.uid, ids.gid);
  }
  for (const each of [data, join(data, "..")]) chmodSync(each, 0o755);
  [authority, stranger] = [file, (await certificate()).file];
  cluster = await startCluster({
    settings: [
      "ssl=on",
      `ssl_cert_file=${join(data, "server.pem")}`,
      `ssl_key_file=${join(data, "server.key")}`,
    ],
  });
});
afterAll(() => cluster.stop());

/** Opens the database at a host with what the address says of TLS; tells whether it was TLS. */
async function connected(host: string, how: string): Promise<boolean> {
  const url = `postgres://postgres@${host}:${cluster.port}/postgres?${how}`;
  const engine = await openPostgres({ url, connections: 5, wait: 0 });
  try {
    const { rows } = await engine.send({
      text: "select ssl from pg_stat_ssl where pid = pg_backend_pid()",
    });
    return (rows[0] as unknown as { ssl: boolean }).ssl;
  } finally {
    await engine.close();
  }
}

describe("a database that shows a certificate", () => {
  it("is used over TLS where its authority and its name are those of the address", async () => {
    const how = `sslmode=verify-full&sslrootcert=${authority}`;
    expect(await connected("localhost", how)).toBe(true);
  });

  it.each([
    ["another authority's", "localhost", () => `sslmode=verify-full&sslrootcert=${stranger}`],
    ["of an authority that is not given", "localhost", () => "sslmode=verify-full"],
    ["for another name", "127.0.0.1", () => `sslmode=verify-full&sslrootcert=${authority}`],
  ])("is refused where that is %s", async (_, host, how) => {
    await expect(connected(host, how())).rejects.toBeInstanceOf(UnavailableError);
    await expect(connected(host, how())).rejects.toThrow(/certificate/i);
  });

  it("is used without TLS where the address does not ask for it", async () => {
    expect(await connected("localhost", "sslmode=disable")).toBe(false);
  });
});
