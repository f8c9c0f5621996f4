import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { pageAssetFiles } from "./page-assets.ts";
import { requestsOf } from "./requests-document.ts";
import { withSettingsTable } from "./settings-table.ts";
import { withoutProse } from "./strip-descriptions.ts";

const root = join(import.meta.dirname, "../..");
const header = "// Made by scripts/generate/index.ts; do not edit.\n";

const dialects = [
  { name: "github", source: "openapi/github.yaml" },
  { name: "gitlab-v3", source: "openapi/gitlab-v3.yaml" },
  { name: "gitlab-v4", source: "openapi/gitlab-v4.yaml" },
  { name: "graph", source: "openapi/graph.yaml" },
  { name: "instance", source: "openapi/instance.yaml" },
  { name: "dev", source: "openapi/dev.yaml" },
];

const prose = new Set(["summary", "description", "example", "examples", "tags"]);

const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

async function bundle(source: string): Promise<OpenAPI3> {
  const redocly = join(root, "node_modules/@redocly/cli/bin/cli.js");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [redocly, "bundle", source, "--ext", "json"],
    { cwd: root, env: { ...process.env, ...quiet }, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout);
}

/** A response without a description is no OpenAPI, and the validator refuses it. */
function describeResponses(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === "responses") describeEach(member);
    describeResponses(member);
  }
}

function describeEach(responses: Record<string, Record<string, unknown>>): void {
  for (const response of Object.values(responses)) {
    if (!("$ref" in response)) response.description = "";
  }
}

function bare(bundled: OpenAPI3): object {
  const document = withoutProse(bundled, (key) => prose.has(key)) as object;
  describeResponses(document);
  return document;
}

// One string literal is the form of a large constant that engines parse fastest.
function constantFile(name: string, value: object): string {
  const literal = JSON.stringify(JSON.stringify(value));
  return `${header}import type { OpenAPIV3 } from "express-openapi-validator/dist/framework/types.js";

export const ${name}: OpenAPIV3.DocumentV3 = JSON.parse(
  ${literal},
);
`;
}

async function typesFile(bundled: OpenAPI3): Promise<string> {
  return header + astToString(await openapiTS(bundled, { immutable: false, silent: true }));
}

async function migrationsFile(engine: string): Promise<string> {
  const folder = join(root, "db", engine);
  const found = await readdir(folder).catch(() => [] as string[]);
  const names = found.filter((name) => name.endsWith(".sql")).sort();
  const rows = await Promise.all(names.map((name) => migrationRow(folder, name)));
  const list = rows.length === 0 ? "[]" : `[\n${rows.join("\n")}\n]`;
  return `${header}export const migrations: readonly { name: string; sql: string }[] = ${list};\n`;
}

async function migrationRow(folder: string, name: string): Promise<string> {
  const sql = await readFile(join(folder, name), "utf8");
  return `  { name: ${JSON.stringify(name.slice(0, -".sql".length))}, sql: ${JSON.stringify(sql)} },`;
}

async function everything(): Promise<Map<string, string>> {
  const files = new Map([
    ["src/generated/migrations.ts", await migrationsFile("sqlite")],
    ["src/generated/postgres-migrations.ts", await migrationsFile("postgres")],
  ]);
  for (const [path, text] of await pageAssetFiles(header)) files.set(path, text);
  for (const { name, source } of dialects) {
    const bundled = await bundle(source);
    const requests = requestsOf(bare(bundled));
    files.set(`src/generated/${name}-document.ts`, constantFile("document", bundled));
    files.set(`src/generated/${name}-requests.ts`, constantFile("requests", requests));
    files.set(`src/generated/${name}-types.ts`, await typesFile(bundled));
  }
  const page = "docs/reference.md";
  files.set(page, withSettingsTable(await readFile(join(root, page), "utf8")));
  return files;
}

async function isStale([path, text]: [string, string]): Promise<boolean> {
  return (await readFile(join(root, path), "utf8").catch(() => "")) !== text;
}

async function write([path, text]: [string, string]): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const stale: [string, string][] = [];
for (const file of await everything()) if (await isStale(file)) stale.push(file);

if (process.argv.includes("--check")) {
  for (const [path] of stale) console.error(`${path} is stale: run node scripts/generate/index.ts`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  await Promise.all(stale.map(write));
}
