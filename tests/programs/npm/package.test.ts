import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { ASSET_HASHES } from "../../../src/generated/page-asset-hashes.ts";

/** As in jest.config.js: runners in the project have five seconds otherwise, which a busy machine takes. */
const GUARD_MS = 300_000;
const root = join(import.meta.dirname, "../../..");
const project = mkdtempSync(join(tmpdir(), "followd-package-"));
const modules = join(project, "node_modules");
const own = join(modules, "followd");

interface Manifest {
  bin: Record<string, string>;
  exports: { ".": Record<string, string> };
  dependencies: Record<string, string>;
}

/** The environment without what npm told the tests, as it would mislead the npm that they run. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_|FOLLOWD_|NODE_OPTIONS|JEST_)/i.test(name),
  ),
);

function run(command: string, words: readonly string[], cwd = project): SpawnSyncReturns<string> {
  const path = `${join(root, "node_modules/.bin")}:${env.PATH ?? ""}`;
  const environment = { ...env, PATH: path };
  return spawnSync(command, words, { cwd, encoding: "utf8", env: environment, timeout: GUARD_MS });
}

/** Runs something that has to succeed, and returns what it wrote. */
function done(command: string, words: readonly string[], cwd?: string): string {
  const { status, stdout, stderr, error } = run(command, words, cwd);
  if (status !== 0)
    throw new Error(`${command} ${words.join(" ")}: ${stdout}${stderr}`, { cause: error });
  return stdout + stderr;
}

const link = (name: string) => symlinkSync(join(root, "node_modules", name), join(modules, name));

/** Installs as npm would: the tarball's files, beside what the checkout has of other packages. */
function install(): void {
  done("npm", ["pack", "--silent", "--pack-destination", project], root);
  const [tarball = ""] = readdirSync(project).filter((name) => name.endsWith(".tgz"));
  mkdirSync(join(modules, ".bin"), { recursive: true });
  done("tar", ["-xzf", tarball, "-C", modules]);
  done("mv", [join(modules, "package"), own]);
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (!name.startsWith(".") && name !== "followd") link(name);
  }
  const { bin } = manifest();
  const program = join(own, bin.followd ?? "");
  chmodSync(program, 0o755);
  symlinkSync(program, join(modules, ".bin/followd"));
}

const manifest = () => JSON.parse(readFileSync(join(own, "package.json"), "utf8")) as Manifest;

/** Puts a file of this folder into the project. */
const put = (name: string, as: string) =>
  copyFileSync(join(import.meta.dirname, name), join(project, as));

beforeAll(() => {
  install();
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module", private: true }));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("npm pack before npm ci", () => {
  it("says what is missing, and makes nothing", () => {
    const bare = mkdtempSync(join(tmpdir(), "followd-bare-"));
    mkdirSync(join(bare, "scripts/packaging"), { recursive: true });
    for (const file of ["package.json", "scripts/packaging/check-install.js"]) {
      copyFileSync(join(root, file), join(bare, file));
    }
    const { status, stdout, stderr } = run("npm", ["pack"], bare);
    expect(status).not.toBe(0);
    expect(stderr).toContain("Run `npm ci` first.");
    expect(stdout + stderr).not.toContain("ERR_");
    expect(readdirSync(bare).filter((name) => name.endsWith(".tgz"))).toEqual([]);
    rmSync(bare, { recursive: true });
  });
});

describe("the package", () => {
  it("has what its manifest names, and no source, test or map", () => {
    const { bin, exports } = manifest();
    for (const file of [...Object.values(bin), ...Object.values(exports["."])]) {
      expect(existsSync(join(own, file))).toBe(true);
    }
    const files = readdirSync(own, { recursive: true, encoding: "utf8" });
    expect(
      files.filter((name) => /(?<!\.d)\.ts$|\.map$|\.test\.|^(?:src|tests|scripts)\b/.test(name)),
    ).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md"]));
    expect(files).toContain("openapi/vendor/LICENSE-octokit-openapi");
  });

  it("imports nothing that it does not depend on", () => {
    const { dependencies } = manifest();
    const files = readdirSync(join(own, "dist"), { recursive: true, encoding: "utf8" });
    const stray = files
      .filter((name) => name.endsWith(".js"))
      .flatMap((name) => {
        const text = readFileSync(join(own, "dist", name), "utf8");
        return [...text.matchAll(/^(?:import|export) [^"';]*\bfrom "([^".][^"]*)"/gm)].map(
          ([, to = ""]) => to,
        );
      })
      .filter((to) => !to.startsWith("node:"))
      .map((to) =>
        to
          .split("/")
          .slice(0, to.startsWith("@") ? 2 : 1)
          .join("/"),
      )
      .filter((name) => !(name in dependencies));
    expect(stray).toEqual([]);
  });

  it("runs by npx", () => {
    expect(run("npx", ["--no", "followd", "version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const { stdout } = run("npx", ["followd", "--help"]);
    for (const verb of ["serve", "dev", "token"])
      expect(stdout).toMatch(new RegExp(`^  ${verb} `, "m"));
  });

  it("serves every file that pages load", async () => {
    const words = [join(own, manifest().bin.followd ?? ""), "serve", "--port", "0"];
    const data = ["--data", join(project, "pages")];
    const server = spawn("node", [...words, ...data], {
      ...{ cwd: project, stdio: ["ignore", "pipe", "pipe"] },
      env: { ...env, PATH: `${join(root, "node_modules/.bin")}:${env.PATH ?? ""}` },
    });
    const ended = once(server, "exit");
    let url = "";
    for await (const line of createInterface(server.stderr)) {
      [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url !== "") break;
    }
    const statuses = await Promise.all(
      Object.entries(ASSET_HASHES).map(async ([name, hash]) => {
        const { status } = await fetch(`${url}/-/assets/${hash}/${name}`);
        return `${name} ${status}`;
      }),
    );
    server.kill("SIGTERM");
    await ended;
    expect(statuses).toEqual(Object.keys(ASSET_HASHES).map((name) => `${name} 200`));
  });

  it("keeps a database, too", () => {
    const made = run("npx", [
      "--no",
      "followd",
      "user",
      "create",
      "mona",
      "--email",
      "m@example.com",
    ]);
    expect([made.status, made.stdout.trim()]).toEqual([0, "2"]);
  });
});

describe("the library of the package", () => {
  it("works with node:test", () => {
    put("node-test.js", "node.test.js");
    const told = done("node", ["--test", "--test-reporter=tap", "node.test.js"]);
    expect(told).toMatch(/^# pass 2$/m);
  });

  it("works with jest", () => {
    put("jest.js", "jest.test.js");
    const flags = ["--disable-warning=ExperimentalWarning", "--experimental-vm-modules"];
    const words = ["--rootDir", project, "--testMatch", "**/jest.test.js", "--no-cache"];
    const program = join(root, "node_modules/jest/bin/jest.js");
    expect(done("node", [...flags, program, ...words, `--testTimeout=${GUARD_MS}`])).toMatch(
      /^Tests: +3 passed, 3 total$/m,
    );
  });

  it("works with vitest", () => {
    put("vitest.js", "vitest.test.js");
    const program = join(root, "node_modules/vitest/vitest.mjs");
    const guards = [`--testTimeout=${GUARD_MS}`, `--hookTimeout=${GUARD_MS}`];
    const told = done("node", [program, "run", "--root", project, ...guards, "vitest.test.js"]);
    expect(stripVTControlCharacters(told)).toMatch(/Tests +2 passed/);
  });

  it("has types that hold", () => {
    put("types.ts", "types.ts");
    const compiler = join(root, "node_modules/@typescript/native/bin/tsc");
    const flags = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2024",
      "--types",
      "",
    ];
    expect(done("node", [compiler, ...flags, "--skipLibCheck", "false", "types.ts"])).toBe("");
  });
});
