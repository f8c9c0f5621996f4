import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "@jest/globals";
import { MAIN } from "../cli/program.ts";

const folder = mkdtempSync(join(tmpdir(), "followd-research-"));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync(join(import.meta.dirname, "../../docs/research.md"), "utf8");

interface Block {
  language: string;
  code: string;
  /** What the block is said to print; empty where nothing is said. */
  printed: string;
}

const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].reduce<Block[]>(
  (all, [, language = "", code = ""]) => {
    const last = all.at(-1);
    if (language === "text" && last !== undefined) last.printed = code;
    else all.push({ language, code, printed: "" });
    return all;
  },
  [],
);

/** Debian's, which has the packages that the page names. */
const PYTHON = "/usr/bin/python3";

function run({ language, code }: Block) {
  const [program, ...words] =
    language === "python" ? [PYTHON, "-c", code] : ["bash", "-euo", "pipefail", "-c", code];
  const { PATH = "" } = process.env;
  return spawnSync(program ?? "", words, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: `${folder}:${PATH}`, HOME: folder },
  });
}

it("docs/research.md prints what it says, block by block", () => {
  const shim = join(folder, "followd");
  writeFileSync(shim, `#!/bin/sh\nexec ${process.execPath} ${MAIN} "$@"\n`);
  chmodSync(shim, 0o700);
  expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(["sh", "python"]));
  for (const block of blocks) {
    const { status, stdout, stderr } = run(block);
    const { code } = block;
    expect({ code, stdout, stderr: status === 0 ? "" : stderr }).toEqual({
      ...{ code, stdout: block.printed, stderr: "" },
    });
  }
});
