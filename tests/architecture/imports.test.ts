import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import {
  areaOf,
  bare,
  type Import,
  imports,
  ownSources,
  read,
  root,
  shown,
  sources,
} from "./sources.ts";

const DOCUMENTS = ["dev", "github", "gitlab-v3", "gitlab-v4", "graph", "instance"].map(
  (name) => `generated/${name}-document`,
);

/**
 * Who may import whom: for each folder or file of src, what it may import of ours (names begin so)
 * and which packages. `type` before a name allows its types alone. ARCHITECTURE.md draws it.
 */
const MAY_IMPORT: Record<string, { ours: string[]; packages: string[] }> = {
  version: { ours: ["package.json"], packages: [] },
  "command-error": { ours: [], packages: [] },
  require: { ours: [], packages: [] },
  config: { ours: [], packages: [] },
  generated: { ours: [], packages: ["type express-openapi-validator/"] },
  cache: { ours: [], packages: ["lru-cache"] },
  storage: {
    ours: ["generated/migrations", "generated/postgres-migrations", "require"],
    packages: ["better-sqlite3", "drizzle-orm", "lru-cache", "pg", "pg-copy-streams"],
  },
  domain: {
    ours: [
      "cache/",
      "require",
      "storage/drizzle",
      "storage/errors",
      "storage/lower-ascii",
      "type storage/",
    ],
    packages: [
      "bcryptjs",
      "file-type",
      "emojibase-data",
      "gemoji",
      "image-size",
      "jsonwebtoken",
      "lru-cache",
      "openpgp",
      "otpauth",
    ],
  },
  import: {
    ours: ["config/suggest", "domain/", "command-error", "storage/"],
    packages: ["csv-parse"],
  },
  http: {
    ours: ["domain/errors", "type domain/errors"],
    packages: [
      "express-openapi-validator",
      "lru-cache",
      "rate-limiter-flexible",
      "type express",
      "type pino",
    ],
  },
  github: {
    ours: ["cache/", "domain/", "http/", "storage/errors", "generated/github-"],
    packages: ["@pothos/core", "express", "express-openapi-validator", "graphql", "lru-cache"],
  },
  gitlab: {
    ours: ["cache/", "domain/", "http/", "storage/errors", "generated/gitlab-"],
    packages: [
      "express",
      "express-openapi-validator",
      "lru-cache",
      "multer",
      "rate-limiter-flexible",
    ],
  },
  graph: {
    ours: ["domain/", "http/", "storage/errors", "generated/graph-"],
    packages: ["express-openapi-validator"],
  },
  instance: {
    // It shows everybody's documents.
    ours: ["cache/", "domain/", "http/", "storage/errors", "generated/instance-", ...DOCUMENTS],
    packages: [
      "@scalar/fastify-api-reference",
      "express",
      "express-openapi-validator",
      "prom-client",
    ],
  },
  pages: {
    // What a page shows and does is the domain's; its browser code is built from browser/.
    ours: ["domain/", "http/", "import/", "generated/page-", "storage/errors"],
    packages: ["@remix-run/html-template", "multer", "qr", "type express"],
  },
  mailer: { ours: ["type domain/letter"], packages: ["nodemailer"] },
  "mail-limits": {
    ours: ["config/", "http/rate-limiter", "mailer", "type domain/letter"],
    packages: [],
  },
  mounts: {
    ours: ["type config/", "type http/", "http/request-pipeline", "type instance/docs/"],
    packages: [],
  },
  app: {
    ours: [
      "config/config",
      "type config/",
      "github/",
      "gitlab/",
      "graph/",
      "http/",
      "instance/",
      "mail-limits",
      "mailer",
      "mounts",
      "pages/page-router",
      "domain/",
      "type domain/",
      "version",
    ],
    packages: ["express", "type pino"],
  },
  dev: {
    ours: [
      "command-error",
      "app",
      "config/suggest",
      "type config/",
      "generated/",
      "http/",
      "openapi/vendor/",
      "cache/",
      "domain/",
      "import/",
      "storage/errors",
      "storage/sqlite/memory",
      "type storage/",
      "version",
    ],
    packages: ["express", "express-openapi-validator", "yaml", "type pino"],
  },
  server: {
    ours: ["command-error", "app", "config/", "domain/", "storage/", "version"],
    packages: ["@peculiar/x509", "pino", "pino-pretty"],
  },
  library: {
    ours: [
      "command-error",
      "type generated/dev-types",
      "app",
      "server/",
      "config/",
      "dev/",
      "domain/",
      "storage/",
    ],
    packages: ["pino", "type pino"],
  },
  cli: {
    ours: [
      "command-error",
      "app",
      "config/",
      "dev/",
      "domain/",
      "import/",
      "server/",
      "storage/",
      "version",
    ],
    packages: ["commander", "cli-progress", "pino"],
  },
  main: { ours: ["command-error", "cli/", "server/"], packages: [] },
};

/** Packages that one place alone may run, so that it can be seen at once what is done with them. */
const ONLY_IN: Record<string, RegExp> = {
  "@scalar/fastify-api-reference": /^instance\/docs\/standalone-script$/,
  "@peculiar/x509": /^server\/tls\/signing$/,
  jsonwebtoken: /^domain\/credentials\/token-signing$/,
  openpgp: /^domain\/keys\/gpg-/,
  "better-sqlite3": /^storage\//,
  // Loaded by servers on PostgreSQL alone; COPY is a package of its own.
  pg: /^storage\/postgres\//,
  "pg-copy-streams": /^storage\/postgres\//,
  "drizzle-orm": /^storage\/(?:postgres\/)?drizzle$/,
  express: /^(app|\w+\/index|gitlab\/http\/collect-parameters)$/,
  commander: /^cli\//,
};

const MAX_LINES = 300;

function isAllowed({ file, target, isOurs, onlyTypes }: Import): boolean {
  const area = areaOf(file);
  if (isOurs && areaOf(target) === area) return true;
  const rule = MAY_IMPORT[area];
  const names = (isOurs ? rule?.ours : rule?.packages) ?? [];
  return names.some((name) => {
    const [wanted, typesAlone] = name.startsWith("type ") ? [name.slice(5), true] : [name, false];
    const fits = isOurs
      ? target.startsWith(wanted)
      : `${target}/`.startsWith(`${wanted.replace(/\/$/, "")}/`);
    return fits && (onlyTypes || !typesAlone);
  });
}

describe("the import rule", () => {
  it("has an entry for every folder and file of src", () => {
    const areas = new Set(sources.map(areaOf));
    expect([...areas].filter((area) => !(area in MAY_IMPORT))).toEqual([]);
    expect(imports.length).toBeGreaterThan(100);
  });

  it("is kept", () => {
    expect(imports.filter((each) => !isAllowed(each)).map(shown)).toEqual([]);
  });

  it("refuses what it is there for", () => {
    const refused = (file: string, target: string, isOurs = true, onlyTypes = false) =>
      expect(isAllowed({ file, target, isOurs, onlyTypes })).toBe(false);
    refused("domain/follows/follows.ts", "github/index");
    refused("domain/follows/follows.ts", "storage/sqlite/open");
    refused("domain/follows/follows.ts", "drizzle-orm", false);
    refused("cache/entity-cache.ts", "domain/user", true, true);
    refused("http/dialect-router.ts", "github/index");
    refused("http/dialect-router.ts", "domain/follows/follows");
    refused("http/dialect-router.ts", "express", false);
    refused("github/operations/users.ts", "gitlab/users");
    refused("github/operations/users.ts", "storage/engine", true, true);
    refused("github/operations/users.ts", "generated/instance-types", true, true);
    refused("config/config.ts", "domain/store", true, true);
    refused("cli/commands/serve.ts", "github/index");
    refused("storage/sqlite/open.ts", "domain/store", true, true);
  });

  it("keeps some packages in one place", () => {
    const stray = imports.filter(({ file, target, isOurs, onlyTypes }) => {
      const [, place] =
        Object.entries(ONLY_IN).find(([name]) => `${target}/`.startsWith(`${name}/`)) ?? [];
      return !isOurs && !onlyTypes && place !== undefined && !place.test(bare(file));
    });
    expect(stray.map(shown)).toEqual([]);
  });
});

describe("node:http", () => {
  it("is imported by no file, as that loads all of node's fetch at each start", () => {
    const importing = sources.filter((file) =>
      /^import (?!type )[^;]*?from "node:https?";/m.test(read(`src/${file}`)),
    );
    expect(importing).toEqual([]);
  });
});

describe("the tests", () => {
  it("run the long harnesses in tests/programs alone, which `npm test` leaves out", () => {
    const tests = readdirSync(join(root, "tests"), { recursive: true, encoding: "utf8" });
    const running = tests.filter(
      (file) =>
        file.endsWith(".ts") &&
        !file.startsWith("programs/") &&
        /from "[./]+scripts\/stress\//.test(read(`tests/${file}`)),
    );
    expect(running).toEqual([]);
  });
});

describe("the sources", () => {
  it("have no default exports", () => {
    expect(sources.filter((file) => /^export default\b/m.test(read(`src/${file}`)))).toEqual([]);
  });

  it(`have at most ${MAX_LINES} lines a file, unless they are generated`, () => {
    const long = ownSources.filter(
      (file) => read(`src/${file}`).split("\n").length - 1 > MAX_LINES,
    );
    expect(long).toEqual([]);
  });
});
