import { describe, expect, it } from "@jest/globals";
import { parseSshPublicKey } from "../../../src/domain/keys/ssh-public-key.ts";
import { cpuMillisecondsOf } from "../../support/cpu-time.ts";
import {
  DSA,
  ED25519,
  ED25519_POINT,
  flips,
  hex,
  key,
  known,
  line,
  P256,
  P256_POINT,
  RSA_1024,
  SK_ED25519,
  SK_P256,
  split,
} from "./ssh-public-keys.ts";

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
      expect(parseSshPublicKey(text)).toBeUndefined();
      expect(cpuMillisecondsOf(() => parseSshPublicKey(text))).toBeLessThan(50);
    },
  );
});
