import { describe, expect, it } from "@jest/globals";
import { complaint, followd } from "./program.ts";

describe("completion", () => {
  it("refuses a shell that it does not know", async () => {
    const ended = await followd(["completion", "csh"]);
    expect(ended.code).toBe(2);
    expect(complaint(ended)).toContain("Allowed choices are bash, zsh, fish.");
  });

  it.each(["bash", "zsh", "fish"])(
    "of %s names the verbs, and writes nothing beside",
    async (shell) => {
      const { stdout, stderr, code } = await followd(["completion", shell]);
      expect([code, stderr]).toEqual([0, ""]);
      for (const verb of ["serve", "dev", "user", "token", "import", "backup", "doctor"]) {
        expect(stdout).toMatch(new RegExp(`\\b${verb}\\b`));
      }
    },
  );
});
