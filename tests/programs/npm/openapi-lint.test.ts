import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { client, type World, world } from "../../support/server.ts";

const root = join(import.meta.dirname, "../../..");

const redocly = (...words: string[]) =>
  spawnSync(process.execPath, ["node_modules/@redocly/cli/bin/cli.js", ...words], {
    ...{ cwd: root, encoding: "utf8" },
    env: { ...process.env, REDOCLY_TELEMETRY: "off" },
  });

const broken = {
  openapi: "3.0.3",
  info: { title: "Broken", version: "1" },
  servers: [{ url: "/" }],
  components: { securitySchemes: {} },
  paths: {
    "/a/{b}": {
      get: {
        operationId: "same",
        parameters: [
          { name: "b", in: "path", required: true, schema: { type: "string" } },
          { name: "q", in: "query", schema: { type: "string" } },
        ],
        security: [{ undeclared: [] }],
        responses: { "200": { description: "" } },
      },
      put: { operationId: "same", responses: { default: { description: "" } } },
    },
  },
};

describe("the lint rules", () => {
  const refused = new Set<string>();

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), "lint-"));
    const file = join(folder, "broken.json");
    writeFileSync(file, JSON.stringify(broken));
    const linted = redocly("lint", file, "--config=redocly.yaml", "--format=json");
    rmSync(folder, { recursive: true });
    for (const { ruleId } of JSON.parse(linted.stdout).problems) refused.add(ruleId);
  });

  it.each([
    "followd/strings-have-patterns",
    "followd/texts-and-lists-are-bounded",
    "followd/query-strings-allow-reserved",
    "rule/operation-states-security",
    "rule/operation-has-default-response",
    "rule/operation-has-external-docs",
    "operation-summary",
    "security-defined",
    "operation-operationId-unique",
  ])("refuse a document that breaks %s", (rule) => {
    expect([...refused]).toContain(rule);
  });
});

describe("a document that a server hands out", () => {
  let here: World;
  const folder = mkdtempSync(join(tmpdir(), "documents-"));

  beforeAll(async () => {
    here = await world();
  });
  afterAll(async () => {
    await here.close();
    rmSync(folder, { recursive: true });
  });

  it("is OpenAPI, for each dialect", async () => {
    const files = await Promise.all(
      ["github", "gitlab-v4", "gitlab-v3", "graph", "instance"].map(async (name) => {
        const file = join(folder, `${name}.json`);
        const { text } = await client(here).get(`/openapi/${name}.json`);
        writeFileSync(file, text);
        return file;
      }),
    );
    const config = join(folder, "redocly.yaml");
    writeFileSync(config, "extends: [spec]\n");
    const linted = redocly("lint", ...files, `--config=${config}`);
    expect(linted.stderr).toContain("Your API descriptions are valid");
    expect(linted.status).toBe(0);
  });
});
