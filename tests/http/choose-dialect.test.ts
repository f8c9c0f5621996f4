import { afterAll, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import { type Config, defaultConfig } from "../../src/config/config.ts";
import { signingKey } from "../../src/domain/credentials/token-signing.ts";
import { openStore } from "../../src/domain/open-store.ts";
import { github } from "../../src/github/index.ts";
import { gitlab } from "../../src/gitlab/index.ts";
import { gitlabV3, retiredGitlabV3 } from "../../src/gitlab/v3/index.ts";
import { toGitLabRelease } from "../../src/gitlab/versions.ts";
import { graph as graphDialect } from "../../src/graph/index.ts";
import type { Dialect } from "../../src/http/dialect.ts";
import { dialectChooser } from "../../src/http/dialect-router.ts";
import {
  createDialectServer,
  type DialectServer,
  matchesPathPatterns,
} from "../../src/http/request-pipeline.ts";
import { mountsOf } from "../../src/mounts.ts";
import { openSqlite } from "../../src/storage/sqlite/open.ts";

/** What there is of a dialect before anybody asks it anything. */
const store = openStore(openSqlite({ file: ":memory:" }), signingKey(Buffer.alloc(32, "key")));
afterAll(() => store.engine.close());
const settings = {
  ...defaultConfig,
  sendMail: undefined,
  keepMail: async () => {},
  log: pino({ level: "silent" }),
};
const github15 = { version: "3.15.0", release: { major: 3, minor: 15 } };
const unlimited = { limits: undefined, badCredentials: undefined };
const common = { ...settings, ...github15, ...unlimited, isBehindProxy: false };
const gitlabCommon = {
  ...settings,
  ...unlimited,
  userLimits: true,
  release: toGitLabRelease("17.6.0", "ce"),
};

const instance: DialectServer = {
  ...createDialectServer(gitlab(store, gitlabCommon)),
  name: "instance",
  match: () => undefined,
  matchExact: () => undefined,
  affinity: () => 0,
};
const graph = createDialectServer(
  graphDialect({ ...settings, ...unlimited, store }) as Dialect<unknown>,
);
const spoken = (config: Partial<Config>) => ({
  github: createDialectServer(github(store, common) as Dialect<unknown>),
  gitlab: createDialectServer(gitlab(store, gitlabCommon)),
  gitlabV3: createDialectServer(
    (config.gitlabV3 === false ? retiredGitlabV3 : gitlabV3)(store, gitlabCommon),
  ),
  ...{ graph, instance },
});

type Name = "github" | "gitlab" | "gitlab-v3" | "graph" | "instance";
type Headers = Record<string, string>;

/** Each way in which a caller may show whose client they are. */
const MANNERS: Record<
  string,
  { headers?: Headers; query?: string; means: "github" | "gitlab" | "any" }
> = {
  nothing: { means: "any" },
  "PRIVATE-TOKEN": { headers: { "private-token": "x" }, means: "gitlab" },
  "an empty PRIVATE-TOKEN": { headers: { "private-token": "" }, means: "gitlab" },
  private_token: { query: "private_token=x", means: "gitlab" },
  "private_token, not first": { query: "page=2&private_token=x", means: "gitlab" },
  "JOB-TOKEN": { headers: { "job-token": "x" }, means: "gitlab" },
  job_token: { query: "job_token=x", means: "gitlab" },
  Sudo: { headers: { sudo: "mona" }, means: "gitlab" },
  sudo: { query: "sudo=1", means: "gitlab" },
  "a parameter that ends so": { query: "xsudo=1", means: "any" },
  Bearer: { headers: { authorization: "Bearer x" }, means: "any" },
  token: { headers: { authorization: "token x" }, means: "any" },
  Basic: { headers: { authorization: "Basic bW9uYTp4" }, means: "any" },
  "GitHub's media type": { headers: { accept: "application/vnd.github+json" }, means: "github" },
  "GitHub's version": { headers: { "x-github-api-version": "2022-11-28" }, means: "github" },
  "both vendors' signs": {
    headers: { "private-token": "x", accept: "application/vnd.github+json" },
    means: "gitlab",
  },
};
const manners = Object.entries(MANNERS);

function chooser(config: Partial<Config> = {}) {
  const servers = spoken(config);
  const choose = dialectChooser(mountsOf(servers, { ...defaultConfig, ...config }));
  return {
    servers,
    /** Who answers. */
    who: (request: string, manner = "nothing"): Name | undefined => {
      const [method = "", path = ""] = request.split(" ");
      const { headers = {}, query } = MANNERS[manner] ?? {};
      const url = query === undefined ? path : `${path}?${query}`;
      return choose({ method, path, url, headers })?.server.name as Name | undefined;
    },
  };
}

const every = chooser();

/**
 * The paths that both vendors have, or one of them in another form. For each: who answers at the
 * root, then below /api/v3, to whom shows nothing, GitLab's credentials, and GitHub's signs.
 */
const BOTH = { "": ["github", "gitlab", "github"], "/api/v3": ["github", "gitlab-v3", "github"] };
// Below /api/v3 GitLab's credentials decide before the path does.
const GITHUB = { "": ["github", "github", "github"], "/api/v3": BOTH["/api/v3"] };
/** Of no dialect below /api/v3: GitHub says so, or the old version to its own callers. */
const V4 = { "": ["gitlab", "gitlab", "gitlab"], "/api/v3": ["github", "gitlab-v3", "github"] };
const OLD = { "": ["gitlab", "gitlab", "gitlab"], "/api/v3": Array(3).fill("gitlab-v3") };
/** A number: GitLab's at the root, unless GitHub's client asks. */
const NUMBER = { "": ["gitlab", "gitlab", "github"], "/api/v3": BOTH["/api/v3"] };
const NO_DIALECT = { "": ["github", "gitlab", "github"], "/api/v3": V4["/api/v3"] };

const rows: [string, Record<"" | "/api/v3", string[]>][] = [
  ["GET /users/mona/followers", GITHUB],
  ["GET /users/7/followers", { ...NUMBER, "/api/v3": GITHUB["/api/v3"] }],
  ["GET /users/mona/following", GITHUB],
  ["GET /users/7/following", { ...NUMBER, "/api/v3": GITHUB["/api/v3"] }],
  ["GET /users/mona/following/vera", GITHUB],
  ["GET /users/7/following/8", GITHUB],
  ["PUT /user/following/mona", GITHUB],
  ["POST /users/7/follow", V4],
  ["DELETE /user/following/mona", GITHUB],
  ["POST /users/7/unfollow", V4],
  ["GET /user/followers", GITHUB],
  ["GET /user/following", GITHUB],
  ["GET /user/following/mona", GITHUB],
  ["GET /user", BOTH],
  ["HEAD /user", BOTH],
  ["PATCH /user", GITHUB],
  ["GET /users", BOTH],
  ["GET /users/mona", GITHUB],
  ["GET /users/7", NUMBER],
  ["GET /user/emails", BOTH],
  ["POST /user/emails", BOTH],
  ["DELETE /user/emails", GITHUB],
  ["DELETE /user/emails/5", OLD],
  ["GET /user/keys", BOTH],
  ["POST /user/keys", BOTH],
  ["GET /user/keys/5", BOTH],
  ["DELETE /user/keys/5", BOTH],
  ["GET /users/mona/keys", { ...BOTH, "/api/v3": GITHUB["/api/v3"] }],
  ["GET /users/7/keys", NUMBER],
  ["GET /user/gpg_keys", { ...BOTH, "/api/v3": GITHUB["/api/v3"] }],
  ["GET /users/mona/gpg_keys", GITHUB],
  ["GET /users/7/gpg_keys", { ...NUMBER, "/api/v3": GITHUB["/api/v3"] }],
  ["GET /users/mona/events", { ...BOTH, "/api/v3": GITHUB["/api/v3"] }],
  ["GET /users/7/events", NUMBER],
  ["PUT /users/mona/suspended", GITHUB],
  ["POST /users/7/block", V4],
  ["PUT /users/7/block", { ...NUMBER, "/api/v3": OLD["/api/v3"] }],
  ["POST /session", { ...NO_DIALECT, "/api/v3": OLD["/api/v3"] }],
  ["GET /nowhere", NO_DIALECT],
  ["GET /users/7/nowhere", { ...NUMBER, "/api/v3": NO_DIALECT["/api/v3"] }],
];

describe("a request that both vendors could have meant", () => {
  it.each(rows)("%s", (request, wanted) => {
    for (const [prefix, [nothing, shown, signed]] of Object.entries(wanted)) {
      const [method, path] = request.split(" ");
      const at = `${method} ${prefix}${path}`;
      for (const [manner, { means }] of manners) {
        const name = means === "any" ? nothing : means === "gitlab" ? shown : signed;
        expect(`${at}, ${manner}: ${every.who(at, manner)}`).toBe(`${at}, ${manner}: ${name}`);
      }
    }
  });

  it.each(rows)("%s below /api/v4 is always GitLab's", (request) => {
    const [method, path] = request.split(" ");
    for (const [manner] of manners) {
      expect(every.who(`${method} /api/v4${path}`, manner)).toBe("gitlab");
    }
  });
});

describe("a question about the graph", () => {
  it.each(["mutuals", "common/vera", "path/7"])("is the graph's at the root: %s", (question) => {
    for (const [manner] of manners) {
      expect(every.who(`GET /-/graph/mona/${question}`, manner)).toBe("graph");
      expect(every.who(`GET /api/v4/-/graph/mona/${question}`, manner)).toBe("gitlab");
    }
  });
});

/** Every method and path of two documents that both have, with a number and with a name. */
function sharedBy(one: DialectServer, other: DialectServer): string[] {
  const asked = [one, other]
    .flatMap(({ operations }) => operations)
    .flatMap(({ method, route }) =>
      ["7", "mona"].map((word) => `${method} ${route.replace(/\{[^}]+\}/g, word)}`),
    );
  return [...new Set(asked)].filter((request) => {
    const [method = "", path = ""] = request.split(" ");
    return [one, other].every((server) => {
      const match = server.match(method, path);
      return match !== undefined && matchesPathPatterns(match);
    });
  });
}

describe("what the documents share", () => {
  const { servers, who } = every;
  const pairs = [
    ["", "gitlab", sharedBy(servers.github, servers.gitlab)],
    ["/api/v3", "gitlab-v3", sharedBy(servers.github, servers.gitlabV3)],
  ] as const;

  it.each(pairs)("at “%s” goes by the caller's manner", (prefix, old, shared) => {
    expect(shared.length).toBeGreaterThan(8);
    for (const request of shared) {
      const [method, path = ""] = request.split(" ");
      const byNumber = prefix === "" && /^\/users\/7(\/|$)/.test(path);
      for (const [manner, { means }] of manners) {
        const theirs = means === "gitlab" || (means === "any" && byNumber);
        const told = `${request}, ${manner}: ${who(`${method} ${prefix}${path}`, manner)}`;
        expect(told).toBe(`${request}, ${manner}: ${theirs ? old : "github"}`);
      }
    }
  });
});

describe("a mount that is switched off", () => {
  const requests = rows.map(([request]) => request.split(" ") as [string, string]);
  const answered = (
    config: Partial<Config>,
    prefix: string,
    only?: "gitlab" | "any" | "github",
  ) => {
    const { who } = chooser(config);
    return new Set(
      requests.flatMap(([method, path]) =>
        manners
          .filter(([, { means }]) => only === undefined || means === only)
          .map(([manner]) => who(`${method} ${prefix}${path}`, manner)),
      ),
    );
  };

  it.each<[Partial<Config>, string, Name[]]>([
    [{ githubRoot: false }, "", ["gitlab"]],
    [{ gitlabRoot: false }, "", ["github"]],
    [{ githubRoot: false, gitlabRoot: false }, "", ["instance"]],
    [{ githubV3: false }, "/api/v3", ["gitlab-v3"]],
    [{ gitlabV3: false, gitlabV4: false }, "/api/v3", ["github"]],
    [{ gitlabV4: false }, "/api/v4", ["github"]],
    [{ gitlabV4: false, githubV3: false, githubRoot: false }, "/api/v4", ["gitlab"]],
    [
      {
        ...{ githubV3: false, gitlabV3: false, gitlabV4: false },
        githubRoot: false,
        gitlabRoot: false,
      },
      "/api/v3",
      ["instance"],
    ],
  ])("%j leaves “%s” to %j", (config, prefix, names) => {
    expect([...answered(config, prefix)]).toEqual(names);
  });

  it("as v3 is, answers its callers and leaves them GET /user in the words of v4", () => {
    const off = { gitlabV3: false };
    const { who } = chooser(off);
    for (const [manner, { means }] of manners) {
      const theirs = means === "gitlab";
      expect(who("GET /api/v3/user", manner)).toBe(theirs ? "gitlab" : "github");
      expect(who("HEAD /api/v3/user", manner)).toBe(theirs ? "gitlab" : "github");
      expect(who("GET /api/v3/users", manner)).toBe(theirs ? "gitlab-v3" : "github");
      expect(who("GET /api/v3/projects", manner)).toBe(theirs ? "gitlab-v3" : "github");
      expect(who("PUT /api/v3/user/following/mona", manner)).toBe(theirs ? "gitlab-v3" : "github");
    }
    expect(answered(off, "/api/v3", "github")).toEqual(new Set(["github", "gitlab-v3"]));
  });

  it("as one is, changes nothing at the others", () => {
    const switches = ["githubRoot", "gitlabRoot", "githubV3", "gitlabV3", "gitlabV4"] as const;
    const places = {
      githubRoot: "",
      gitlabRoot: "",
      githubV3: "/api/v3",
      gitlabV3: "/api/v3",
      gitlabV4: "/api/v4",
    };
    for (const name of switches) {
      const { who } = chooser({ [name]: false });
      const others = ["", "/api/v3", "/api/v4"].filter((prefix) => prefix !== places[name]);
      for (const prefix of others) {
        for (const [method, path] of requests) {
          for (const [manner] of manners) {
            const at = `${method} ${prefix}${path}`;
            expect(`${name}: ${at}: ${who(at, manner)}`).toBe(
              `${name}: ${at}: ${every.who(at, manner)}`,
            );
          }
        }
      }
    }
  });
});
