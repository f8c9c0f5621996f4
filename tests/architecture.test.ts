import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "@jest/globals";
import SqliteConnection from "better-sqlite3";
import { variableOf } from "../src/config/config.ts";
import { SETTINGS } from "../src/config/settings.ts";

const REFERENCES = ["dev", "github", "gitlab-v3", "gitlab-v4", "instance"].map(
  (name) => `generated/${name}-reference`,
);

/**
 * Who may import whom: for each folder or file of src, what it may import of ours (names begin so)
 * and which packages. `type` before a name allows its types alone. ARCHITECTURE.md draws it.
 */
const MAY_IMPORT: Record<string, { ours: string[]; packages: string[] }> = {
  version: { ours: ["package.json"], packages: [] },
  config: { ours: [], packages: [] },
  generated: { ours: [], packages: ["type express-openapi-validator/"] },
  cache: { ours: [], packages: ["lru-cache"] },
  storage: { ours: ["generated/migrations"], packages: ["better-sqlite3", "drizzle-orm"] },
  domain: {
    ours: ["cache/", "storage/drizzle", "storage/errors", "type storage/"],
    packages: [
      "bcryptjs",
      "file-type",
      "gemoji",
      "image-size",
      "jsonwebtoken",
      "lru-cache",
      "openpgp",
      "otpauth",
    ],
  },
  import: {
    ours: ["config/suggest", "domain/", "server/errors", "storage/"],
    packages: ["csv-parse"],
  },
  http: {
    ours: ["domain/errors", "type domain/errors"],
    packages: ["express-openapi-validator", "lru-cache", "type express", "type pino"],
  },
  github: {
    ours: ["cache/", "domain/", "http/", "storage/errors", "generated/github-"],
    packages: [
      "@pothos/core",
      "express",
      "express-openapi-validator",
      "graphql",
      "lru-cache",
      "rate-limiter-flexible",
    ],
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
  instance: {
    // It shows everybody's documents.
    ours: ["cache/", "domain/", "http/", "storage/errors", "generated/instance-", ...REFERENCES],
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
  "mail-limits": { ours: ["http/rate-limiter", "type domain/letter"], packages: [] },
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
    ours: ["app", "config/", "domain/", "storage/", "version"],
    packages: ["@peculiar/x509", "pino", "pino-pretty"],
  },
  library: {
    ours: ["type generated/dev-types", "app", "server/", "config/", "dev/", "domain/", "storage/"],
    packages: ["pino", "type pino"],
  },
  cli: {
    ours: ["app", "config/", "dev/", "domain/", "import/", "server/", "storage/", "version"],
    packages: ["commander", "cli-progress", "pino"],
  },
  main: { ours: ["cli/", "server/"], packages: [] },
};

/** Packages that one place alone may run, so that it can be seen at once what is done with them. */
const ONLY_IN: Record<string, RegExp> = {
  "@scalar/fastify-api-reference": /^instance\/docs\/script$/,
  "@peculiar/x509": /^server\/tls\/signing$/,
  jsonwebtoken: /^domain\/credentials\/(?:token-signing|signed-statements)$/,
  openpgp: /^domain\/keys\/gpg-/,
  "better-sqlite3": /^storage\//,
  "drizzle-orm": /^storage\/drizzle$/,
  express: /^(app|\w+\/index|gitlab\/http\/collect-parameters)$/,
  commander: /^cli\//,
};

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

const MOST_LINES = 300;

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.[jt]s$/.test(name) && !name.endsWith(".d.ts"),
);
const ownSources = sources.filter((name) => !name.startsWith("generated/"));
const bare = (file: string) => file.replace(/\.[jt]s$/, "");
const areaOf = (file: string) => bare(file.split("/")[0] ?? "");

interface Import {
  file: string;
  /** Relative to src without its ending for ours, else the package's name. */
  target: string;
  isOurs: boolean;
  onlyTypes: boolean;
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
const CALL = /\b(?:import|require)\("([^"]+)"\)/g;

function importsOf(file: string): Import[] {
  const text = read(`src/${file}`);
  const found: [string, boolean][] = [
    ...[...text.matchAll(STATEMENT)].map(([, type, to]): [string, boolean] => [to ?? "", !!type]),
    ...[...text.matchAll(CALL)].map(([, to]): [string, boolean] => [to ?? "", false]),
  ];
  return found
    .filter(([to]) => !to.startsWith("node:"))
    .map(([to, onlyTypes]) => {
      const isOurs = to.startsWith(".");
      const path = normalize(join(dirname(file), to)).replace(/^\.\.\//, "");
      return { file, target: isOurs ? bare(path) : to, isOurs, onlyTypes };
    });
}

const imports = sources.flatMap(importsOf);

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

const told = ({ file, target, onlyTypes }: Import) =>
  `${file} imports ${onlyTypes ? "the types of " : ""}${target}`;

describe("the import rule", () => {
  it("has an entry for every folder and file of src", () => {
    const areas = new Set(sources.map(areaOf));
    expect([...areas].filter((area) => !(area in MAY_IMPORT))).toEqual([]);
    expect(imports.length).toBeGreaterThan(100);
  });

  it("is kept", () => {
    expect(imports.filter((each) => !isAllowed(each)).map(told)).toEqual([]);
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
    expect(stray.map(told)).toEqual([]);
  });
});

describe("the sources", () => {
  it("have no default exports", () => {
    expect(sources.filter((file) => /^export default\b/m.test(read(`src/${file}`)))).toEqual([]);
  });

  it(`have at most ${MOST_LINES} lines a file, unless they are generated`, () => {
    const long = ownSources.filter(
      (file) => read(`src/${file}`).split("\n").length - 1 > MOST_LINES,
    );
    expect(long).toEqual([]);
  });
});

describe("the rules in domain", () => {
  const END = /^(?:get|all|run|values|execute|prepare|sync)$/;

  /** The methods that are called one after the other on a builder that begins at a place. */
  function chainAt(text: string, start: number): string[] {
    const methods: string[] = [];
    for (let at = start; ; ) {
      const [link, name] = /^\s*\.(\w+)(?:<[^>()]*>)?\(/.exec(text.slice(at)) ?? [];
      if (link === undefined || name === undefined) return methods;
      methods.push(name);
      at = behindBracket(text, at + link.length);
    }
  }

  function behindBracket(text: string, start: number): number {
    let depth = 1;
    let at = start;
    for (; depth > 0 && at < text.length; at += 1) {
      if (text[at] === "(") depth += 1;
      if (text[at] === ")") depth -= 1;
    }
    return at;
  }

  const chainsIn = (text: string) =>
    [...text.matchAll(/\bquery(?=\s*\.\w)/g)].map(({ index }) =>
      chainAt(text, index + "query".length),
    );

  it("wait for every builder, and end none in a way that only one engine has", () => {
    const wrong: string[] = [];
    let chains = 0;
    for (const file of sources.filter((name) => name.startsWith("domain/"))) {
      for (const chain of chainsIn(read(`src/${file}`))) {
        chains += 1;
        // `insert(…).values(…)` gives rows; `select(…).values()` would be another thing.
        const ends = chain.filter(
          (name) => END.test(name) && !(name === "values" && chain[0] === "insert"),
        );
        if (ends.length > 0) wrong.push(`${file}: ${chain.join(".")}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(chains).toBeGreaterThan(20);
  });

  it("would be told of one that does", () => {
    const text =
      "const row = people.db.query\n  .select({ id: f(users.id) })\n  .from(users).get();";
    expect(chainsIn(text)).toEqual([["select", "from", "get"]]);
  });
});

describe("SQL in domain", () => {
  /** What one engine alone understands; `engine.sql` has such expressions for both. */
  const ENGINE_WORDS =
    /\b(?:json_\w+|match|rowid|pragma|glob|i?like \$|unixepoch|sqlite_\w+|nextval)|= *[01]\b|(?:^|[\s(])\+\$/i;
  const sqlIn = (text: string) =>
    [...text.matchAll(/\bsql(?:<[^`]*?>)?`([^`]*)`/g)].map(([, words = ""]) => words);

  it("has no word that one engine alone understands", () => {
    const texts = sources
      .filter((file) => file.startsWith("domain/"))
      .flatMap((file) => sqlIn(read(`src/${file}`)));
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => ENGINE_WORDS.test(text))).toEqual([]);
  });

  it.each([
    "${users.admin} = 1",
    "+${users.type} = 'human'",
    "${users.id} in (select value from json_each(${ids}))",
    "select rowid from users_search where users_search match ${terms}",
    "${users.name} like ${pattern}",
  ])("would be refused: %s", (words) => {
    expect(sqlIn(`sql<number>\`${words}\``)).toEqual([words]);
    expect(ENGINE_WORDS.test(words)).toBe(true);
  });
});

describe("domain/invalidation.ts", () => {
  const CLEARS =
    /\b(?:\w*[vV]ersions|listOffsets|credentials|ids|userRows|searchResults)\s*\.(?:touch|touchAll|clear|delete|moved)\(/;

  it("is the only file of the rules and above that clears a cache", () => {
    const clearing = sources.filter(
      (file) => !file.startsWith("cache/") && CLEARS.test(read(`src/${file}`)),
    );
    expect(clearing).toEqual(["domain/invalidation.ts"]);
  });
});

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

  it("are named where they are imported", () => {
    const phantom = imports.filter(({ target, isOurs }) => {
      const name = target
        .split("/")
        .slice(0, target.startsWith("@") ? 2 : 1)
        .join("/");
      return !isOurs && !(name in (manifest.dependencies ?? {}));
    });
    expect(phantom.map(told)).toEqual([]);
  });

  it("are at most 29 that run", () => {
    expect(Object.keys(manifest.dependencies ?? {}).length).toBeLessThanOrEqual(29);
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

type Paths = Record<string, Record<string, { operationId: string }>>;

/** The documents that a dialect serves, with its handlers. */
async function servedDocuments() {
  const mounted = imports
    .filter(({ file }) => file === "app.ts")
    .map(({ target }) => dirname(target))
    // Mounted by whoever makes a server for tests, and by nobody else.
    .concat("dev");
  const folders = imports.flatMap(({ file, target }) => {
    const [, name] = /^generated\/(.+)-requests$/.exec(target) ?? [];
    const folder = dirname(file);
    return name === undefined || !mounted.includes(folder) ? [] : [{ name, folder }];
  });
  return Promise.all(
    folders.map(async ({ name, folder }) => {
      const { document } = (await import(`../src/generated/${name}-document.ts`)) as {
        document: { paths: Paths };
      };
      const { operations } = (await import(`../src/${folder}/operations/index.ts`)) as {
        operations: object;
      };
      return { name, paths: document.paths, handlers: Object.keys(operations) };
    }),
  );
}

describe("every operation", () => {
  it("has a handler, and every handler an operation", async () => {
    const served = await servedDocuments();
    expect(served.map(({ name }) => name)).toEqual(expect.arrayContaining(["github", "instance"]));
    for (const { paths, handlers } of served) {
      const ids = Object.values(paths).flatMap((item) =>
        Object.values(item).map((each) => each.operationId),
      );
      expect(handlers.sort()).toEqual(ids.sort());
    }
  });

  const reference = read("docs/reference.md");

  it("is in the reference, and nothing else is", async () => {
    const served = await servedDocuments();
    const known = served.flatMap(({ paths }) =>
      Object.entries(paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
      ),
    );
    const rows = reference.split("\n").filter((line) => line.startsWith("|"));
    const named = rows.flatMap(
      (row) => row.match(/\b(?:GET|POST|PUT|PATCH|DELETE) \/[^\s`|]*/g) ?? [],
    );
    expect([...new Set(named)].sort()).toEqual([...new Set(known)].sort());
  });

  it("of the configuration is in the reference, and no other", () => {
    const known = Object.values(SETTINGS).map((setting) => variableOf(setting));
    const files = Object.values(SETTINGS)
      .filter((setting) => "secret" in setting)
      .map((setting) => `${variableOf(setting)}_FILE`);
    const named = new Set(reference.match(/\bFOLLOWD_[A-Z0-9_]*[A-Z0-9]/g) ?? []);
    expect(known.filter((name) => !named.has(name))).toEqual([]);
    expect([...named].filter((name) => ![...known, ...files].includes(name))).toEqual([]);
  });
});
