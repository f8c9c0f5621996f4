import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "@jest/globals";

const root = join(import.meta.dirname, "../../..");

it("what is generated is up to date", () => {
  const args = ["scripts/generate/index.ts", "--check"];
  const checked = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect(checked.stderr).toBe("");
  expect(checked.status).toBe(0);
});
