import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parseSshPublicKey } from "../../src/domain/keys/ssh-public-key.ts";
import { flips, known, line, split } from "../domain/keys/ssh-public-keys.ts";

describe("parseSshPublicKey beside ssh-keygen", () => {
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
      const { stdout } = spawnSync("ssh-keygen", ["-E", hash, "-lf", file], { encoding: "utf8" });
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
      spawnSync("ssh-keygen", [
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

  it("accepts nothing that ssh-keygen refuses, with any bit turned", () => {
    for (const [text] of known) {
      const [type, blob] = split(text);
      const lines = [...flips(blob)].map((flipped) => line(type, flipped));
      const accepted = lines.filter((each) => parseSshPublicKey(each) !== undefined);
      if (accepted.length > 0) agree(accepted);
    }
  });
});
