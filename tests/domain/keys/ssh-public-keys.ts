export const ED25519_POINT =
  "810a9ce47c6520c38a2c8188cf8f602d9aaa5c3f6c728acf7782376870 2ce416".replaceAll(" ", "");
export const P256_POINT =
  "04c76c7a4a96f58181fbf7854877efc0750615d2df5c7844329e101e92b7e05d6c" +
  "d267e8b64b16a9cf88c50684859ac6ad8693ffe5bb45e516d1138933ef3b1583";

/** A part of a key, behind its length. */
function part(data: string | Buffer): Buffer {
  const bytes = Buffer.from(data as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

export const hex = (text: string) => Buffer.from(text, "hex");
const blobOf = (...parts: (string | Buffer)[]) => Buffer.concat(parts.map(part));
export const line = (type: string, blob: Buffer) => `${type} ${blob.toString("base64")}`;
export const key = (type: string, ...parts: (string | Buffer)[]) =>
  line(type, blobOf(type, ...parts));

export const RSA_1024 =
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQCsp01rRX2N3Do9oYIzmTNHGAZQq+qiEhrcedMTa6an0IWGzscIXBCqY" +
  "NkrEFUvUwxOr+DXadthKJ3lPp3CbFkVNPIuBa0Of2Mp5Ymkyh/+OWBYqT8eQKmbaIgXvzkSWAlopjswXbmzfXPrvjA3nq" +
  "/aG6DB2cDgjID1hKq3m2rFAQ==";
export const ED25519 = key("ssh-ed25519", hex(ED25519_POINT));
export const P256 = key("ecdsa-sha2-nistp256", "nistp256", hex(P256_POINT));
export const SK_ED25519 = key("sk-ssh-ed25519@openssh.com", hex(ED25519_POINT), "ssh:");
export const SK_P256 = key(
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
export const DSA =
  "ssh-dss AAAAB3NzaC1kc3MAAACBAKPJum7PoNgqPxKVA3KdSwLlhvwrMZ2aOKiy36NbA84loMppuhb0sD8DWqWjXKX7n" +
  "ziMsDZA+2ijFPEOkzESjwOt0FGgzz4Kb2eZ9CdiXhFNW+QOU69uNY/mqS4apkBK2UcxAB0CPqGB6lEz+m5bmnHmgTKF8t" +
  "gkUfE5nO5iLTWdAAAAFQCvGGeTodKFG2FYL7i46QXeRJijgwAAAIEAoN0eQ7nyrw5tOsZMyatX8QAv4BOWgu6qymGWCN3" +
  "TsH4xVvO9Fara08ks/KhTmMccZYhW8RPJUsa1mLyGPl+C2VbzL4iSglKdEBZS4eUf4Lkon37mWAyqKAdbFb9dgj4XjoOy" +
  "NV0e3Zl+hqKLDoVPmYlknUcznmA+R9yGGP34z2QAAACAOD3xrNcGIfI21yzT0gM+zLnx260UHudtcFGndE3keCYk56xIS" +
  "/F02+ZKmWLvUPEsK9wZgE/rQUFeoXnnzweSnjwQKsQ1HD7FB3EXylp7HGoJLgn5l/igFWsYysIKpPaXuyrMlwiXBmqbAv" +
  "4ey6cPnfFxHjuDAxggiMzE3FY6boY=";

/** A key, and what ssh-keygen says about it. */
export const known: [line: string, bits: number, sha256: string, md5: string][] = [
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

export const split = (text: string): [type: string, blob: Buffer] => {
  const [type = "", base64 = ""] = text.split(" ");
  return [type, Buffer.from(base64, "base64")];
};

/** The bytes with one bit turned, for each bit before the end. */
export function* flips(blob: Buffer, end = blob.length): Generator<Buffer> {
  for (let bit = 0; bit < end * 8; bit += 1) {
    const flipped = Buffer.from(blob);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    yield flipped;
  }
}
