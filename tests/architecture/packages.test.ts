import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { imports, read, root, shown } from "./sources.ts";

/** The oldest versions without a fault that matters here, and why (advisories of 2022 to 2026). */
const FLOORS: Record<string, [oldest: string, because: string]> = {
  ajv: ["8.18.0", "CVE-2025-69873: $data"],
  "better-sqlite3": ["13.0.0", "SQLite 3.51.3"],
  "body-parser": ["2.3.0", "CVE-2026-12590: a bad limit was none"],
  "drizzle-orm": ["0.45.2", "CVE-2026-39356: names in SQL"],
  jsonwebtoken: ["9.0.3", "CVE-2022-23539, -23540, -23541"],
  jws: ["4.0.1", "CVE-2025-65945"],
  multer: ["2.2.0", "CVE-2026-5079 and six before it"],
  "path-to-regexp": ["8.4.0", "CVE-2026-4926, -4923"],
  qs: ["6.16.0", "CVE-2025-15284, 2026-2391, -82417, -82562"],
};

describe("the packages", () => {
  const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
  const lock = JSON.parse(read("package-lock.json")) as {
    packages: Record<string, { version?: string }>;
  };
  const numbers = (version: string) => version.split("-")[0]?.split(".").map(Number) ?? [];

  function isOlder(version: string, floor: string): boolean {
    const [have, want] = [numbers(version), numbers(floor)];
    const place = want.findIndex((part, at) => part !== have[at]);
    return place !== -1 && (have[place] ?? 0) < (want[place] ?? 0);
  }

  it.each(["dependencies", "devDependencies"])("have exact versions (%s)", (kind) => {
    const loose = Object.entries(manifest[kind] ?? {}).filter(
      ([, version]) => !/^(?:npm:@?[\w./-]+@)?\d+\.\d+\.\d+(?:-alpha\.\d+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it("are what is installed", () => {
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(wanted)) {
      const installed = JSON.parse(read(`node_modules/${name}/package.json`)) as {
        version: string;
      };
      expect(`${name} ${installed.version}`).toBe(`${name} ${version.split("@").at(-1)}`);
    }
  });

  // A build carries a file of it, so that users install no package for it.
  const inBuilds = ["@scalar/fastify-api-reference"];

  it("are named where they are imported", () => {
    const known = [...Object.keys(manifest.dependencies ?? {}), ...inBuilds];
    const phantom = imports.filter(({ target, isOurs }) => {
      const name = target
        .split("/")
        .slice(0, target.startsWith("@") ? 2 : 1)
        .join("/");
      return !isOurs && !known.includes(name);
    });
    expect(phantom.map(shown)).toEqual([]);
  });

  it("are at most 30 that run", () => {
    expect(Object.keys(manifest.dependencies ?? {}).length).toBeLessThanOrEqual(30);
  });

  it("come from wherever the installer's npm is set to", () => {
    expect(read("package-lock.json")).not.toContain('"resolved"');
    expect(read(".npmrc")).not.toMatch(/registry\s*=\s*http/);
  });

  it("may run scripts only where we said so", () => {
    const scripted = Object.entries(lock.packages)
      .filter(([, entry]) => "hasInstallScript" in entry)
      .map(([path]) => path.split("node_modules/").at(-1) ?? "");
    const judged = Object.keys(manifest.allowScripts ?? {});
    expect(scripted.filter((name) => !judged.includes(name))).toEqual([]);
  });

  it.each(Object.entries(FLOORS))("%s is not older than it may be (%s)", (name, [floor]) => {
    const copies = Object.keys(lock.packages).filter((path) =>
      path.endsWith(`node_modules/${name}`),
    );
    const versions = copies
      .filter((path) => existsSync(join(root, path)))
      .map((path) => (JSON.parse(read(`${path}/package.json`)) as { version: string }).version);
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => isOlder(version, floor))).toEqual([]);
  });

  it("bring an SQLite that keeps files whole", () => {
    const connection = new SqliteConnection(":memory:");
    const version = connection.prepare("select sqlite_version()").pluck().get() as string;
    connection.close();
    expect(isOlder(version, "3.51.3")).toBe(false);
    expect(isOlder("3.51.2", "3.51.3")).toBe(true);
    expect(isOlder("3.60.0", "3.51.3")).toBe(false);
  });
});
