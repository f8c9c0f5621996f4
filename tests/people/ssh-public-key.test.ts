import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parseSshPublicKey } from "../../src/people/ssh-public-key.ts";

const SSH_KEYGEN = "/usr/bin/ssh-keygen";

const ED25519_POINT =
  "810a9ce47c6520c38a2c8188cf8f602d9aaa5c3f6c728acf7782376870 2ce416".replaceAll(" ", "");
const P256_POINT =
  "04c76c7a4a96f58181fbf7854877efc0750615d2df5c7844329e101e92b7e05d6c" +
  "d267e8b64b16a9cf88c50684859ac6ad8693ffe5bb45e516d1138933ef3b1583";

/** A part of a key, behind its length. */
function part(data: string | Buffer): Buffer {
  const bytes = Buffer.from(data as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const hex = (text: string) => Buffer.from(text, "hex");
const blobOf = (...parts: (string | Buffer)[]) => Buffer.concat(parts.map(part));
const line = (type: string, blob: Buffer) => `${type} ${blob.toString("base64")}`;
const key = (type: string, ...parts: (string | Buffer)[]) => line(type, blobOf(type, ...parts));

const RSA_1024 =
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQCsp01rRX2N3Do9oYIzmTNHGAZQq+qiEhrcedMTa6an0IWGzscIXBCqY" +
  "NkrEFUvUwxOr+DXadthKJ3lPp3CbFkVNPIuBa0Of2Mp5Ymkyh/+OWBYqT8eQKmbaIgXvzkSWAlopjswXbmzfXPrvjA3nq" +
  "/aG6DB2cDgjID1hKq3m2rFAQ==";
const ED25519 = key("ssh-ed25519", hex(ED25519_POINT));
const P256 = key("ecdsa-sha2-nistp256", "nistp256", hex(P256_POINT));
const SK_ED25519 = key("sk-ssh-ed25519@openssh.com", hex(ED25519_POINT), "ssh:");
const SK_P256 = key(
  "sk-ecdsa-sha2-nistp256@openssh.com",
  "nistp256",
  hex(P256_POINT),
  "ssh:followd",
);
const P384 =
  "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBG1LWqNJ7/DGo2GoDvuT6" +
  "l93lh/EMiNMse2vAnWwpxOkVccg0mCvCjvnq79SIIRBsPsKPTl3emZF5NeP+7J4OlUeFLGAFN9Z2lchiSjF0iDBCETvK5" +
  "6TWunukorJNoQ4cA==";
const P521 =
  "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAD+mJ0E9VAFNp4dIyBeL" +
  "9dQYe8lJKIf5vqpcGPChGo9GY0Xsk6/KNOwmxsFpA0WbrY/j6lnquRnBLThHamrvPigswDa5LBysomSTYGxk3OUqUl2QY" +
  "lDq8HeJalwyB2eREcYwOsDUCbCqnkbowsClb5fZ/ZGTrg7GlHaNfPOyevO8od3xA==";
const DSA =
  "ssh-dss AAAAB3NzaC1kc3MAAACBAKPJum7PoNgqPxKVA3KdSwLlhvwrMZ2aOKiy36NbA84loMppuhb0sD8DWqWjXKX7n" +
  "ziMsDZA+2ijFPEOkzESjwOt0FGgzz4Kb2eZ9CdiXhFNW+QOU69uNY/mqS4apkBK2UcxAB0CPqGB6lEz+m5bmnHmgTKF8t" +
  "gkUfE5nO5iLTWdAAAAFQCvGGeTodKFG2FYL7i46QXeRJijgwAAAIEAoN0eQ7nyrw5tOsZMyatX8QAv4BOWgu6qymGWCN3" +
  "TsH4xVvO9Fara08ks/KhTmMccZYhW8RPJUsa1mLyGPl+C2VbzL4iSglKdEBZS4eUf4Lkon37mWAyqKAdbFb9dgj4XjoOy" +
  "NV0e3Zl+hqKLDoVPmYlknUcznmA+R9yGGP34z2QAAACAOD3xrNcGIfI21yzT0gM+zLnx260UHudtcFGndE3keCYk56xIS" +
  "/F02+ZKmWLvUPEsK9wZgE/rQUFeoXnnzweSnjwQKsQ1HD7FB3EXylp7HGoJLgn5l/igFWsYysIKpPaXuyrMlwiXBmqbAv" +
  "4ey6cPnfFxHjuDAxggiMzE3FY6boY=";

/** A key, and what ssh-keygen says about it. */
const known: [line: string, bits: number, sha256: string, md5: string][] = [
  [
    RSA_1024,
    1024,
    "7OomAF7OUEYmqcgcXTUi++Wnl3mev3ubAmhOnhOxL4g",
    "a6:c3:26:1b:17:80:b6:9a:43:de:99:1f:6b:6d:bc:a1",
  ],
  [
    ED25519,
    256,
    "oxq5W/3trhnMz+Ju1MC9xajhKdpVKhU/kt82S3ScSJU",
    "a7:3c:43:0d:d8:2c:91:27:ce:04:56:b0:ad:93:40:e2",
  ],
  [
    P256,
    256,
    "40NIqZqWafKWZ41InK7z7A7y5H3ILvcU3KFRDcB0+Pw",
    "b4:6e:f1:78:bb:21:57:2f:3e:8d:d3:3b:a5:8b:2c:a3",
  ],
  [
    P384,
    384,
    "43Ikld56Jn5EjblUjgWhLTWKKcyFJIJ0ekmk4kukSic",
    "f5:1e:07:09:b6:7f:5c:62:94:16:89:53:7a:2c:a3:49",
  ],
  [
    P521,
    521,
    "UuQgnKFmRrlceVTLpC6Fi+LN2MCr0x1h344WR1QxIKg",
    "d1:d4:15:29:49:04:33:94:80:f6:fa:89:46:8a:66:99",
  ],
  [
    SK_ED25519,
    256,
    "L5EMhNdBUQ8axYPVULZQ/aULuZuqoU9qM5Z6/u1HEvw",
    "75:f0:ae:33:60:70:16:9e:78:0f:d2:53:0c:c8:e3:e3",
  ],
  [
    SK_P256,
    256,
    "xeoI0dkCpgjhd7Sonyi21POyF9dhmVXC41JSgpRSj5k",
    "fd:18:a8:01:b9:30:c3:ef:34:6a:96:23:ec:4c:ce:65",
  ],
];

const split = (text: string): [type: string, blob: Buffer] => {
  const [type = "", base64 = ""] = text.split(" ");
  return [type, Buffer.from(base64, "base64")];
};

const texts = known.map(([text]): [type: string, text: string] => [split(text)[0], text]);

describe("parseSshPublicKey", () => {
  it.each(known)("reads %s", (text, bits, sha256, md5) => {
    const [type, blob] = split(text);
    expect(parseSshPublicKey(text)).toEqual({
      type,
      blob: blob.toString("base64"),
      comment: "",
      bits,
      fingerprintSha256: `SHA256:${sha256}`,
      fingerprintMd5: md5,
    });
  });

  it.each([
    [`${ED25519} mona@example.test`, "mona@example.test"],
    [`${ED25519}\t mona lisa's  laptop \n`, "mona lisa's  laptop"],
    [`  ${ED25519}\r\n`, ""],
    [`${ED25519} schlüssel 鍵`, "schlüssel 鍵"],
  ])("takes the comment of %j", (text, comment) => {
    expect(parseSshPublicKey(text)?.comment).toBe(comment);
  });

  const [, ed25519] = split(ED25519);
  const [, rsa] = split(RSA_1024);
  const modulus = rsa.subarray(-129);
  const exponent = hex("010001");
  const refused: [why: string, text: string][] = [
    ["nothing", ""],
    ["a type alone", "ssh-ed25519"],
    ["a type and no key", "ssh-ed25519 = x"],
    ["DSA", DSA],
    ["a certificate", key("ssh-ed25519-cert-v01@openssh.com", hex(ED25519_POINT))],
    ["options", `command="ls" ${ED25519}`],
    ["options without a space", `no-pty,${ED25519}`],
    ["two lines", `${ED25519}\n${P256}`],
    ["a line break in the comment", `${ED25519} a\nb`],
    ["a carriage return in the comment", `${ED25519} a\rb`],
    ["NUL in the comment", `${ED25519} a\0b`],
    ["an escape in the comment", `${ED25519} a\x1b[2Jb`],
    ["another type before the key", line("ecdsa-sha2-nistp256", ed25519)],
    ["a type in capitals", line("SSH-ED25519", ed25519)],
    ["a FIDO key called a plain one", line("ssh-ed25519", split(SK_ED25519)[1])],
    ["base64 without its padding", RSA_1024.replaceAll("=", "")],
    ["base64 with spare bits", RSA_1024.replace("AQ==", "AR==")],
    ["base64 of the other alphabet", ED25519.replace(/[+/]/, "-")],
    ["a byte left over", line("ssh-ed25519", Buffer.concat([ed25519, Buffer.from([0])]))],
    ["a part left over", key("ssh-ed25519", hex(ED25519_POINT), "")],
    ["a length past the end", line("ssh-ed25519", Buffer.from("0000000b7373682d65", "hex"))],
    ["a length of four thousand million", line("ssh-ed25519", Buffer.from("ffffffff00", "hex"))],
    ["too short an Ed25519 key", key("ssh-ed25519", hex(ED25519_POINT).subarray(1))],
    ["another curve", key("ecdsa-sha2-nistp256", "nistp384", hex(P256_POINT))],
    [
      "a compressed point",
      key("ecdsa-sha2-nistp256", "nistp256", hex(`02${P256_POINT.slice(2, 66)}`)),
    ],
    ["the point at infinity", key("ecdsa-sha2-nistp256", "nistp256", hex("00"))],
    [
      "a point beside the curve",
      key("ecdsa-sha2-nistp256", "nistp256", hex(`${P256_POINT.slice(0, -2)}84`)),
    ],
    ["a FIDO key without an application", key("sk-ssh-ed25519@openssh.com", hex(ED25519_POINT))],
    ["an empty application", key("sk-ssh-ed25519@openssh.com", hex(ED25519_POINT), "")],
    ["NUL in the application", key("sk-ssh-ed25519@openssh.com", hex(ED25519_POINT), "ssh:\0")],
    ["a long application", key("sk-ssh-ed25519@openssh.com", hex(ED25519_POINT), "s".repeat(256))],
    ["a short RSA modulus", key("ssh-rsa", exponent, modulus.subarray(2).fill(0x7f, 0, 1))],
    ["a tiny RSA modulus", key("ssh-rsa", exponent, hex("03"))],
    ["an RSA modulus of nothing", key("ssh-rsa", exponent, "")],
    ["an RSA modulus of zero", key("ssh-rsa", exponent, hex("00"))],
    ["an even RSA modulus", key("ssh-rsa", exponent, Buffer.concat([modulus, hex("00")]))],
    ["a negative RSA modulus", key("ssh-rsa", exponent, modulus.subarray(1))],
    [
      "an RSA modulus with spare zeros",
      key("ssh-rsa", exponent, Buffer.concat([hex("00"), modulus])),
    ],
    ["a huge RSA modulus", key("ssh-rsa", exponent, Buffer.alloc(2050, 0x7f))],
    ["an exponent of one", key("ssh-rsa", hex("01"), modulus)],
    ["an even exponent", key("ssh-rsa", hex("010000"), modulus)],
    ["an exponent of nothing", key("ssh-rsa", "", modulus)],
    ["a huge exponent", key("ssh-rsa", modulus, modulus)],
    ["16 KiB of comment", `${ED25519} ${"x".repeat(16_384)}`],
    ["PEM", "-----BEGIN PUBLIC KEY-----"],
    ["a private key", "-----BEGIN OPENSSH PRIVATE KEY-----"],
  ];
  it.each(refused)("refuses %s", (_why, text) => {
    expect(parseSshPublicKey(text)).toBeUndefined();
  });

  it.each(texts)("refuses every beginning of %s", (_type, text) => {
    const [type, blob] = split(text);
    for (let end = 0; end < blob.length; end += 1) {
      expect(parseSshPublicKey(line(type, blob.subarray(0, end)))).toBeUndefined();
    }
  });

  it.each([P256, SK_P256])("refuses %s with any bit of the curve or the point turned", (text) => {
    const [type, blob] = split(text);
    const end = 4 + type.length + 12 + 4 + 65;
    for (const flipped of flips(blob, end))
      expect(parseSshPublicKey(line(type, flipped))).toBeUndefined();
  });

  it.each(["ssh-rsa ", "ssh-rsa\t", "a", "ssh-rsa A", "ssh-rsa A= ", " "])(
    "needs no time for 16 KiB of %j",
    (unit) => {
      const text = unit.repeat(16_384 / unit.length);
      const started = performance.now();
      expect(parseSshPublicKey(text)).toBeUndefined();
      expect(performance.now() - started).toBeLessThan(50);
    },
  );
});

/** The bytes with one bit turned, for each bit before the end. */
function* flips(blob: Buffer, end = blob.length): Generator<Buffer> {
  for (let bit = 0; bit < end * 8; bit += 1) {
    const flipped = Buffer.from(blob);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    yield flipped;
  }
}

// Only away from CI may the oracle be missing.
const beside = process.env.CI || existsSync(SSH_KEYGEN) ? describe : describe.skip;

beside("parseSshPublicKey beside ssh-keygen", () => {
  const inFolder = <T>(work: (folder: string) => T): T => {
    const folder = mkdtempSync(join(tmpdir(), "ssh-"));
    try {
      return work(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  /** What ssh-keygen says about each line: bits and fingerprint. */
  const judged = (lines: readonly string[], hash: string): string[] =>
    inFolder((folder) => {
      const file = join(folder, "keys");
      writeFileSync(file, lines.map((each) => `${each}\n`).join(""));
      const { stdout } = spawnSync(SSH_KEYGEN, ["-E", hash, "-lf", file], { encoding: "utf8" });
      return stdout
        .trim()
        .split("\n")
        .map((each) => each.split(" ").slice(0, 2).join(" "));
    });

  const agree = (lines: readonly string[]) => {
    const parsed = lines.map((each) => parseSshPublicKey(each));
    expect(judged(lines, "sha256")).toEqual(
      parsed.map((each) => `${each?.bits} ${each?.fingerprintSha256}`),
    );
    expect(judged(lines, "md5")).toEqual(
      parsed.map((each) => `${each?.bits} MD5:${each?.fingerprintMd5}`),
    );
  };

  it("agrees on the known keys", () => agree(known.map(([text]) => text)));

  it.each([
    ["rsa", 2048],
    ["rsa", 3072],
    ["ed25519", 256],
    ["ecdsa", 256],
    ["ecdsa", 384],
    ["ecdsa", 521],
  ])("agrees on a fresh %s key of %d bits", (type, bits) => {
    const text = inFolder((folder) => {
      const file = join(folder, "key");
      spawnSync(SSH_KEYGEN, [
        "-q",
        "-t",
        type,
        "-b",
        String(bits),
        "-N",
        "",
        "-C",
        "a b",
        "-f",
        file,
      ]);
      return readFileSync(`${file}.pub`, "utf8");
    });
    expect(parseSshPublicKey(text)).toMatchObject({ bits, comment: "a b" });
    agree([text.trim()]);
  });

  it("accepts nothing that ssh-keygen refuses, whatever bit is turned", () => {
    for (const [text] of known) {
      const [type, blob] = split(text);
      const lines = [...flips(blob)].map((flipped) => line(type, flipped));
      const accepted = lines.filter((each) => parseSshPublicKey(each) !== undefined);
      if (accepted.length > 0) agree(accepted);
    }
  });
});
