// Cuts the vendor's own description down to what we serve, for the tests to hold us to.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { document as ours } from "../../src/generated/github-document.ts";
import { withoutProse } from "./strip-descriptions.ts";

const source = { package: "@octokit/openapi@18.0.0", file: "ghes-3.15.json" };
const vendor = join(import.meta.dirname, "../../openapi/vendor");

type Tree = Record<string, Record<string, unknown>>;
interface Description {
  openapi: string;
  info: unknown;
  paths: Tree;
  components: Record<string, Tree>;
}

const words = new Set(["summary", "description", "example", "examples", "tags", "title"]);
const methods = new Set(["get", "put", "post", "patch", "delete"]);

function unpack(folder: string): string {
  execFileSync("npm", ["pack", source.package, "--silent", "--pack-destination", folder], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const tarball = `${source.package.slice(1).replace(/[/@]/g, "-")}.tgz`;
  execFileSync("tar", ["-xzf", tarball], { cwd: folder });
  return join(folder, "package");
}

/** The vendor's names of path parameters are not ours to keep. */
function unnamed(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, "{}");
}

type Response = { content?: Record<string, { schema?: { type?: string; maxItems?: number } }> };

/** A list that is always empty here says nothing of its items, whose schemas are thousands of lines. */
function withoutItems(theirs: unknown, own: unknown): unknown {
  const emptyList = JSON.stringify(
    (own as { responses?: Record<string, Response> }).responses?.["200"] ?? null,
  );
  if (!emptyList.includes('"#/components/schemas/nothing"')) return theirs;
  const { responses, ...operation } = theirs as { responses: Record<string, Response> };
  const ok = { ...responses["200"], content: { "application/json": { schema: LIST } } };
  return { ...operation, responses: { ...responses, 200: ok } };
}

const LIST = { type: "array", items: { type: "object" } };

function servedPaths(theirs: Tree): Tree {
  const served = new Map(Object.entries(ours.paths).map(([path, item]) => [unnamed(path), item]));
  const cut: Tree = {};
  for (const [path, item] of Object.entries(theirs)) {
    const twin = served.get(unnamed(path)) ?? {};
    const kept = Object.entries(item)
      .filter(([key]) => methods.has(key) && key in twin)
      .map(([key, operation]) => [
        key,
        withoutItems(operation, (twin as Record<string, unknown>)[key]),
      ]);
    if (kept.length > 0) cut[path] = Object.fromEntries(kept);
  }
  return cut;
}

function referencesIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(
    (match) => match[1] as string,
  );
}

function reachable(from: unknown, components: Record<string, Tree>): Record<string, Tree> {
  const kept: Record<string, Tree> = {};
  const waiting = referencesIn(from);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [kind, name] = next.split("/") as [string, string];
    const part = components[kind]?.[name];
    if (part === undefined || kept[kind]?.[name] !== undefined) continue;
    kept[kind] = { ...kept[kind], [name]: part };
    waiting.push(...referencesIn(part));
  }
  return sorted(kept);
}

function sorted<Value>(value: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function cut(file: string): unknown {
  const whole = JSON.parse(readFileSync(file, "utf8"));
  const isProse = (key: string) => words.has(key) || key.startsWith("x-");
  const { openapi, info, paths, components } = withoutProse(whole, isProse) as Description;
  const served = servedPaths(paths);
  const parts = Object.entries(reachable(served, components));
  const ordered = Object.fromEntries(parts.map(([kind, named]) => [kind, sorted(named)]));
  return { openapi, info, paths: served, components: ordered };
}

const folder = mkdtempSync(join(tmpdir(), "official-"));
try {
  const unpacked = unpack(folder);
  const text = JSON.stringify(cut(join(unpacked, "generated", source.file)), null, 1);
  writeFileSync(join(vendor, `github-${source.file}`), `${text}\n`);
  copyFileSync(join(unpacked, "LICENSE"), join(vendor, "LICENSE-octokit-openapi"));
} finally {
  rmSync(folder, { recursive: true });
}
