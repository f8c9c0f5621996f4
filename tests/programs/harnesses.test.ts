import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { MAIN } from "../cli/program.ts";

const folder = mkdtempSync(join(tmpdir(), "followd-harnesses-"));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync(join(import.meta.dirname, "../../docs/harnesses.md"), "utf8");

/** The files of a language that the page shows, each under the name in its first line. */
const filesIn = (language: string): [name: string, text: string][] =>
  [...page.matchAll(RegExp(`^\`\`\`${language}\\n((?:#|//) (\\S+)\\n.*?)^\`\`\`$`, "gms"))].map(
    ([, text = "", name = ""]) => [name, text],
  );

/** Writes the files of a language into a folder of their own, and runs the tests in it. */
function tryOut(language: string, command: string) {
  const here = join(folder, language);
  for (const [name, text] of filesIn(language)) {
    mkdirSync(dirname(join(here, name)), { recursive: true });
    writeFileSync(join(here, name), text);
  }
  const { PATH = "", GOCACHE = join(homedir(), ".cache/go-build") } = process.env;
  const env = { PATH: `${folder}:${PATH}`, HOME: folder, GOPATH: join(folder, "gopath"), GOCACHE };
  const { status, stdout, stderr } = spawnSync("sh", ["-euc", command], {
    ...{ cwd: here, env, encoding: "utf8" },
  });
  return { status, said: stdout + stderr };
}

beforeAll(() => {
  const shim = join(folder, "followd");
  writeFileSync(shim, `#!/bin/sh\nexec ${process.execPath} ${MAIN} "$@"\n`);
  chmodSync(shim, 0o700);
});

/** Jars that Debian's junit5 and libjackson2-databind-java bring. */
const JARS = ["junit-jupiter-api", "junit-jupiter-engine", "junit-platform-commons"]
  .concat(["junit-platform-engine", "junit-platform-launcher", "junit-platform-console"])
  .concat(["junit-platform-reporting", "opentest4j", "opentest4j-reporting-events", "picocli"])
  .concat(["apiguardian-api", "jackson-databind", "jackson-core", "jackson-annotations"])
  .map((name) => `/usr/share/java/${name}.jar`)
  .join(":");

describe("docs/harnesses.md", () => {
  it.each<[string, string, RegExp]>([
    ["python", "/usr/bin/python3 -m pytest -p no:cacheprovider", /1 passed/],
    ["go", "go mod init followers && go test", /^ok\s+followers/m],
    ["ruby", "rspec", /1 example, 0 failures/],
    [
      "java",
      `javac -cp ${JARS} *.java && java -cp .:${JARS} org.junit.platform.console.ConsoleLauncher -c FollowersTest`,
      /1 tests successful/,
    ],
  ])("has a test in %s that passes as it stands", (language, command, passed) => {
    expect(filesIn(language).length).toBeGreaterThan(0);
    const { status, said } = tryOut(language, command);
    expect({ status, said }).toEqual({ status: 0, said: expect.stringMatching(passed) });
  });
});
