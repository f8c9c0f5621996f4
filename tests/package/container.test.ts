import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readConfig } from "../../src/config/config.ts";
import { followd } from "../cli/program.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** The instructions of a Dockerfile, those of each image apart (docs.docker.com/reference/dockerfile). */
function images(text: string): [instruction: string, rest: string][][] {
  const lines = text
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const found: [string, string][][] = [];
  for (const line of lines) {
    const [, instruction = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    expect(`${instruction} ${rest}`).toBe(line);
    if (instruction === "FROM") found.push([]);
    found.at(-1)?.push([instruction, rest]);
  }
  return found;
}

const [build = [], image = []] = images(read("scripts/packaging/Dockerfile"));
const all = (of: typeof build, wanted: string) =>
  of.filter(([instruction]) => instruction === wanted).map(([, rest]) => rest);
const one = (wanted: string) => {
  const [first, ...more] = all(image, wanted);
  expect(more).toEqual([]);
  return first ?? "";
};
const variables = Object.fromEntries(
  all(image, "ENV").flatMap((rest) =>
    rest.split(" ").map((word) => word.split("=") as [string, string]),
  ),
);

describe("the image that builds", () => {
  const { scripts, devDependencies } = JSON.parse(read("package.json")) as {
    scripts: Record<string, string>;
    devDependencies: Record<string, string>;
  };

  it("begins with the node of the checkout", () => {
    expect(all(build, "FROM")[0]).toBe(`node:${devDependencies.node}-bookworm-slim AS build`);
  });

  it("copies what is there, and what it is not kept from", () => {
    const kept = read("scripts/packaging/Dockerfile.dockerignore").trim().split("\n");
    expect(kept[0]).toBe("**");
    const copied = all(build, "COPY").flatMap((rest) => rest.split(" ").slice(0, -1));
    expect(copied.length).toBeGreaterThan(5);
    for (const path of copied) {
      expect(existsSync(join(root, path))).toBe(true);
      expect(kept).toContain(`!${path}`);
    }
  });

  it("runs scripts that exist, and makes what the other copies", () => {
    const runs = all(build, "RUN").flatMap((rest) => /^npm run (\S+)/.exec(rest)?.[1] ?? []);
    expect(runs).toEqual(["build:binary"]);
    expect(scripts).toHaveProperty("build:binary");
    expect(all(image, "COPY")).toEqual([
      "--from=build /src/dist/followd /usr/local/bin/followd",
      "--from=build /src/LICENSE /src/dist/followd.licenses.txt /usr/share/doc/followd/",
    ]);
  });
});

describe("the image that runs", () => {
  it("runs as a user without a name that matters, and keeps data in its volume", () => {
    expect(one("USER")).toBe("10001:10001");
    expect(one("VOLUME")).toBe(variables.FOLLOWD_DATA);
    expect(all(image, "RUN").join("\n")).toContain("install -d -m 0700 -o 10001 -g 10001 /data");
  });

  it("has settings that exist, and listens where it says", () => {
    const env = Object.entries(variables).filter(([name]) => name.startsWith("FOLLOWD_"));
    const configured = readConfig({}, Object.fromEntries(env));
    expect(configured).toMatchObject({ config: { host: "0.0.0.0", data: "/data" } });
    expect("config" in configured && String(configured.config.port)).toBe(one("EXPOSE"));
  });

  it("runs verbs that exist", async () => {
    const [, check = "[]"] = /CMD (\[.*\])$/.exec(one("HEALTHCHECK")) ?? [];
    const commands = [[...words(one("ENTRYPOINT")), ...words(one("CMD"))], words(check)];
    for (const [program, ...verb] of commands) {
      expect(program).toBe("followd");
      const { code, stdout } = await followd([...verb, "--help"]);
      expect([code, stdout]).toEqual([
        0,
        expect.stringMatching(/^Usage: followd (serve|healthcheck) /),
      ]);
    }
  });

  it("gives its healthcheck the time that it takes by itself", async () => {
    const [, timeout] = /--timeout=(\d+)s/.exec(one("HEALTHCHECK")) ?? [];
    const { stdout } = await followd(["healthcheck", "--help"]);
    const [, own] = /how long it may take \(default: (\d+)\)/.exec(stdout) ?? [];
    expect(Number(timeout)).toBeGreaterThan(Number(own));
  });
});

const words = (json: string): string[] => JSON.parse(json) as string[];
