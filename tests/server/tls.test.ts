import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { describe, expect, it } from "@jest/globals";
import { localCertificate } from "../../src/server/tls/local.ts";
import { complaint, folders, followd } from "../cli/program.ts";
import { type Served, servers, sharedServer } from "../cli/serving.ts";
import { eventually } from "../support/eventually.ts";

const folder = folders();
const serve = servers(folder);

const DAY = 86_400_000;
const authorityOf = ({ data }: Pick<Served, "data">) =>
  readFileSync(join(data, "tls/ca.pem"), "utf8");
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

/**
 * The body of an answer over TLS, from a caller who trusts this authority alone. The server closes
 * a connection whose handshake takes five seconds, as on a busy machine; then it is asked again.
 */
const get = (url: string, ca: string, host = "localhost"): Promise<unknown> =>
  eventually(async () => {
    const options = { ca, servername: host, agent: false };
    const headers = { Host: `${host}:8443`, "User-Agent": "test" };
    const asked = request(url, { ...options, headers });
    asked.end();
    const [answer] = (await once(asked, "response").catch(ifClosed)) ?? [];
    return answer === undefined ? undefined : (JSON.parse(await text(answer)) as object);
  });

/** For `catch`: nothing where the connection was closed without an answer; throws all else. */
function ifClosed(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ECONNRESET") throw error;
}

/** What the server shows of itself to a caller who asks for this host. */
async function shown({ port }: Served, options: ConnectionOptions): Promise<X509Certificate> {
  const socket = connectTls({ port, host: "127.0.0.1", servername: "localhost", ...options });
  await once(socket, "secureConnect");
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  if (certificate === undefined) throw new Error("It showed no certificate.");
  return certificate;
}

/** Files with a certificate and its key, as another authority would give them out. */
async function pair(data: string, clock?: () => number) {
  const { first, authority = "" } = await localCertificate({
    ...{ data, hosts: ["localhost"] },
    ...(clock === undefined ? {} : { clock }),
  });
  const [cert, key] = [join(data, "cert.pem"), join(data, "key.pem")];
  writeFileSync(cert, first.cert);
  writeFileSync(key, first.key);
  return { cert, key, flags: ["--tls-cert", cert, "--tls-key", key], ca: readFileSync(authority) };
}

describe("TLS settings that contradict each other", () => {
  it.each([
    [["--tls-cert", "c"], "A certificate needs its key: give both --tls-cert and --tls-key."],
    [["--tls-key", "k"], "A certificate needs its key: give both --tls-cert and --tls-key."],
    [
      ["--tls", "local", "--tls-cert", "c", "--tls-key", "k"],
      "--tls local makes a certificate; leave out --tls-cert and --tls-key.",
    ],
    [["--tls-hosts", "a"], "--tls-hosts names hosts for --tls local, which is missing."],
    [["--tls", "on"], "--tls: “on” is not one of off, local"],
    [
      ["--tls", "local", "--tls-hosts", "a b_c"],
      "--tls-hosts: “a b_c” has “b_c”, which is neither a host name nor an address",
    ],
  ])("%j are refused before a data directory is made", async (words, expected) => {
    const data = folder();
    const ended = await followd(["serve", "--data", data, ...words]);
    expect(complaint(ended)).toBe(expected);
    expect(ended.code).toBe(2);
    expect(existsSync(data)).toBe(false);
  });
});

describe("certificate files that can't be used", () => {
  async function refusal(cert: string, key: string) {
    const words = ["--port", "0", "--log-level", "silent", "--tls-cert", cert, "--tls-key", key];
    const ended = await followd(["serve", "--data", folder(), ...words]);
    expect(ended.code).toBe(1);
    return complaint(ended);
  }

  it("are refused in one line that names the file", async () => {
    const mine = await pair(folder());
    const other = await pair(folder());
    expect(await refusal("/nowhere", mine.key)).toBe("/nowhere is not there.");
    expect(await refusal(mine.cert, "/tmp")).toBe("/tmp is a directory.");
    expect(await refusal(mine.key, mine.key)).toBe(`${mine.key} is no certificate in PEM form.`);
    expect(await refusal(mine.cert, mine.cert)).toBe(
      `${mine.cert} is no private key in PEM form, or needs a passphrase.`,
    );
    expect(await refusal(mine.cert, other.key)).toBe(
      `The key in ${other.key} does not belong to the certificate in ${mine.cert}.`,
    );
  });

  it("may be too old", async () => {
    const { cert, key } = await pair(folder(), () => Date.now() - 500 * DAY);
    expect(await refusal(cert, key)).toMatch(/^The certificate in \S+ ended on \w+ .* GMT\.$/);
  });
});

describe("serving with files", () => {
  it("takes new ones without a restart, and keeps the old ones where they are no good", async () => {
    const { cert, key, flags, ca } = await pair(folder());
    const server = await serve(flags);
    expect(server.url).toMatch(/^https:/);
    expect(await get(`${server.url}/api/v3/meta`, ca.toString())).toMatchObject({
      installed_version: "3.15.0",
    });
    const { serialNumber } = await shown(server, { ca });
    expect(serialNumber).toBe(new X509Certificate(readFileSync(cert)).serialNumber);

    const better = await pair(folder());
    copyFileSync(better.cert, `${cert}.new`);
    renameSync(`${cert}.new`, cert);
    await eventually(() => server.logged().includes("keeping the old certificate"));
    expect((await shown(server, { ca })).serialNumber).toBe(serialNumber);

    copyFileSync(better.key, key);
    await eventually(() => server.logged().includes("serving with a newer certificate"));
    const newer = await shown(server, { ca: better.ca });
    expect(newer.serialNumber).toBe(new X509Certificate(readFileSync(better.cert)).serialNumber);
    server.child.kill();
    await server.ended;
    const lines = server
      .logged()
      .split("\n")
      .filter((line) => line.includes("certificate"));
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      "keeping the old certificate, as the new one can't be used: " +
        `The key in ${key} does not belong to the certificate in ${cert}.`,
      "serving with a newer certificate",
    ]);
  });
});

describe("--tls local", () => {
  const shared = sharedServer(folder, ["--tls", "local"]);

  it("is trusted only by clients that have its authority, for its hosts, over TLS 1.2 or newer", async () => {
    const server = shared();
    await expect(shown(server, {})).rejects.toThrow(/unable to verify|self.signed/);
    const ca = authorityOf(server);
    await expect(shown(server, { ca, servername: "elsewhere.example" })).rejects.toThrow(
      /does not match/,
    );
    // Who speaks plain HTTP, or nothing at all, is cut off, and the next one is served.
    const plain = connect(server.port, "127.0.0.1").on("error", () => undefined);
    plain.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    await text(plain).catch(() => "");
    await expect(
      shown(server, { ca, maxVersion: "TLSv1.1", minVersion: "TLSv1" }),
    ).rejects.toThrow();
    expect(await get(`${server.url}/-/liveness`, ca)).toMatchObject({ status: "ok" });
  });

  it("has a certificate for the hosts that it is given, and prints how to trust it", async () => {
    const words = ["--tls", "local", "--tls-hosts", "hub.test,*.lab.test 192.0.2.7"];
    const server = await serve([...words, "--public-url", "https://hub.example:444"]);
    const ca = authorityOf(server);
    const certificate = await shown(server, { ca, servername: "hub.test" });
    expect(certificate.subjectAltName?.split(", ")).toEqual(
      expect.arrayContaining([
        ...["DNS:localhost", "DNS:hub.test", "DNS:*.lab.test", "DNS:hub.example"],
        ...["IP Address:127.0.0.1", "IP Address:192.0.2.7", "IP Address:0:0:0:0:0:0:0:1"],
      ]),
    );
    const file = join(server.data, "tls/ca.pem");
    await eventually(() => server.stderr().includes("update-ca-certificates"));
    expect(server.stderr()).toContain(`To trust its certificate: SSL_CERT_FILE=${file}`);
    expect(server.stderr()).toContain(`NODE_EXTRA_CA_CERTS=${file}`);
  });

  it("links to https where the caller's own Host is used", async () => {
    const server = shared();
    const root = await get(`${server.url}/api/v3/`, authorityOf(server), "localhost");
    expect(root).toMatchObject({ current_user_url: "https://localhost:8443/api/v3/user" });
  });

  it("uses its authority and its certificate again, and a new certificate for new hosts", async () => {
    const first = shared();
    const { data } = first;
    const ca = authorityOf(first);
    const { serialNumber } = await shown(first, { ca });
    for (const name of ["authority.pem", "server.pem"]) {
      expect(modeOf(join(data, "tls", name))).toBe("600");
    }
    expect(modeOf(join(data, "tls"))).toBe("700");
    expect(ca).not.toContain("KEY");
    first.child.kill();
    await first.ended;
    const again = await serve(["--tls", "local"], data);
    expect((await shown(again, { ca })).serialNumber).toBe(serialNumber);
    again.child.kill();
    await again.ended;
    const wider = await serve(["--tls", "local", "--tls-hosts", "hub.test"], data);
    const renewed = await shown(wider, { ca, servername: "hub.test" });
    expect(renewed.serialNumber).not.toBe(serialNumber);
  });

  it("does not take an authority that others can read, or that is damaged", async () => {
    const data = folder();
    await localCertificate({ data, hosts: ["localhost"] });
    const words = ["serve", "--port", "0", "--data", data, "--tls", "local"];
    const file = join(data, "tls/authority.pem");
    writeFileSync(file, readFileSync(file, "utf8").replace("BEGIN PRIVATE", "BEGIN"));
    expect(complaint(await followd([...words, "--log-level", "silent"]))).toBe(
      `${file} is damaged; move it away, and a new one is made.`,
    );
  });
});

describe("a local certificate", () => {
  const hosts = ["localhost"];
  const parsed = (pem: string) => new X509Certificate(pem);

  it("is made anew a month before it ends, by the same authority", async () => {
    let now = Date.now();
    const source = await localCertificate({ data: folder(), hosts, clock: () => now });
    const ca = parsed(readFileSync(source.authority ?? "", "utf8"));
    const first = parsed(source.first.cert);
    now += 366 * DAY;
    expect(await source.newer()).toBeUndefined();
    now += 2 * DAY;
    const newer = parsed((await source.newer())?.cert ?? "");
    expect(newer.serialNumber).not.toBe(first.serialNumber);
    expect(newer.verify(ca.publicKey)).toBe(true);
    expect(Date.parse(newer.validTo)).toBeGreaterThan(now + 396 * DAY);
    expect(await source.newer()).toBeUndefined();
  });

  it("gets a new authority when the old one is about to end, and never outlives it", async () => {
    let now = Date.now();
    const source = await localCertificate({ data: folder(), hosts, clock: () => now });
    const authority = () => parsed(readFileSync(source.authority ?? "", "utf8"));
    const old = authority();
    now += 3500 * DAY;
    const last = parsed((await source.newer())?.cert ?? "");
    expect(Date.parse(last.validTo)).toBe(Date.parse(old.validTo));
    now += 121 * DAY;
    const next = parsed((await source.newer())?.cert ?? "");
    expect(authority().fingerprint256).not.toBe(old.fingerprint256);
    expect(next.verify(authority().publicKey)).toBe(true);
  });

  it("is one for all processes that start at the same moment", async () => {
    const data = folder();
    const sources = await Promise.all([1, 2, 3].map(() => localCertificate({ data, hosts })));
    const ca = parsed(readFileSync(sources[0]?.authority ?? "", "utf8"));
    expect(sources.map(({ first }) => parsed(first.cert).verify(ca.publicKey))).toEqual([
      ...[true, true, true],
    ]);
  });

  it("can sign no authority", async () => {
    const source = await localCertificate({ data: folder(), hosts });
    expect(parsed(source.first.cert).ca).toBe(false);
    expect(parsed(readFileSync(source.authority ?? "", "utf8")).ca).toBe(true);
  });
});
