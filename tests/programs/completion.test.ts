import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { SETTINGS } from "../../src/config/settings.ts";
import { followd } from "../cli/program.ts";

const folder = mkdtempSync(join(tmpdir(), "followd-completion-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

beforeAll(async () => {
  for (const shell of SHELLS) {
    const { stdout, stderr, code } = await followd(["completion", shell]);
    expect([code, stderr]).toEqual([0, ""]);
    writeFileSync(join(folder, shell), stdout);
  }
  for (const name of ["some dir", "other"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "some file"), "");
});

/** How each shell is made to complete the line in $1, and to say with what. */
const ASK: Record<Shell, string> = {
  bash: `source ./bash
    COMP_LINE="$1" COMP_POINT=\${#1}; _followd; printf '%s\\n' "\${COMPREPLY[@]}"`,
  zsh: `
    compdef() { : }
    _message() { : }
    _files() { [[ "$1" == "-/" ]] && print -l -- *(/) || print -l -- * }
    compadd() { shift; print -l -- "$@" }
    _describe() { print -l -- \${(P)4} }
    source ./zsh
    words=(\${(z)1}) CURRENT=\${#words}
    [[ "$1" == *" " ]] && { words+=(""); ((CURRENT++)) }
    _followd`,
  fish: "source ./fish; complete -C $argv[1]",
};

/** What a shell offers, without what it says of each. */
function offered(shell: Shell, line: string): string[] {
  const words = shell === "fish" ? ["-c", ASK.fish, line] : ["-c", ASK[shell], shell, line];
  const bare = { bash: ["--norc"], zsh: ["-f"], fish: ["--no-config"] }[shell];
  const { stdout, stderr, status, error } = spawnSync(shell, [...bare, ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", HOME: folder, LANG: "C.UTF-8" },
  });
  if (error !== undefined) throw error;
  expect([status === 0 || shell === "zsh", stderr]).toEqual([true, ""]);
  const separator = { bash: "\n", zsh: ":", fish: "\t" }[shell];
  return stdout
    .split("\n")
    .filter((one) => one !== "")
    .map((one) => (shell === "bash" ? one : (one.split(separator)[0] ?? "")));
}

describe("completion", () => {
  describe.each(SHELLS)("of %s", (shell) => {
    it("knows every verb", () => {
      const verbs = ["serve", "dev", "user", "token", "import", "export", "backup", "restore"];
      const more = ["doctor", "healthcheck", "config", "completion", "version", "help"];
      expect(offered(shell, "followd ")).toEqual(expect.arrayContaining([...verbs, ...more]));
    });

    it("knows the verbs below one, and not those of another", () => {
      const found = offered(shell, "followd token ");
      expect(found).toEqual(expect.arrayContaining(["create", "list", "revoke"]));
      expect(found).not.toContain("delete");
      expect(offered(shell, "followd help ")).toContain("serve");
    });

    it("knows the flags, and hides those that help hides", () => {
      const found = offered(shell, "followd serve --");
      const shown = Object.values(SETTINGS)
        .filter((one) => !("secret" in one))
        .map(({ name, default: initial }) => `--${initial === true ? "no-" : ""}${name}`);
      expect(found).toEqual(expect.arrayContaining(shown));
      expect(found).not.toContain("--github-root");
      expect(offered(shell, "followd user create mona --")).toContain("--email");
    });

    it("knows the values where they are few", () => {
      expect(offered(shell, "followd serve --port 1 --tls ")).toEqual(
        expect.arrayContaining(["local", "off"]),
      );
      expect(offered(shell, "followd serve --log-level ")).toContain("trace");
      expect(offered(shell, "followd completion ")).toEqual(expect.arrayContaining([...SHELLS]));
    });

    it("knows where a folder or a file belongs, and where anything", () => {
      const names = offered(shell, "followd serve --data ").map((name) => name.replace(/\/$/, ""));
      expect(names).toEqual(expect.arrayContaining(["some dir", "other"]));
      expect(names).not.toContain("some file");
      expect(offered(shell, "followd restore ")).toContain("some file");
      expect(offered(shell, "followd serve --host ")).toEqual([]);
    });
  });

  it("of bash reads words that bash takes apart", () => {
    expect(offered("bash", "followd serve --tls=lo")).toEqual(["local"]);
    expect(offered("bash", "followd token create a --scope read:us")).toEqual(["user"]);
    expect(offered("bash", "followd us")).toEqual(["user"]);
  });
});
