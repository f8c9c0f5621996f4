import type { Config } from "./config/config.ts";
import type { Mount } from "./http/dialect-router.ts";
import { type DialectServer, restrictToOperations } from "./http/request-pipeline.ts";
import type { ServedDocument } from "./instance/docs/documents.ts";

/** The dialects, ready to answer. */
interface DialectServers {
  readonly github: DialectServer;
  readonly gitlab: DialectServer;
  /** When the third version is switched off: refers its callers to the fourth. */
  readonly gitlabV3: DialectServer;
  /** Questions about the graph that neither vendor answers. */
  readonly graph: DialectServer;
  readonly instance: DialectServer;
}

type Switches = Pick<Config, "githubV3" | "githubRoot" | "gitlabV3" | "gitlabV4" | "gitlabRoot">;

/** Which dialects are spoken where, the longest prefix first; `last` is asked at the root. */
export function mountsOf(
  servers: DialectServers,
  switches: Switches,
  last?: DialectServer,
): Mount[] {
  const { github, gitlab, graph, instance } = servers;
  const { githubRoot, githubV3, gitlabRoot, gitlabV4 } = switches;
  return [
    mount("/api/v4", gitlabV4 && gitlab),
    mount("/api/v3", githubV3 && github, ...thirdVersion(servers, switches)),
    // GraphQL is one level above the REST API, where GitHub's dialect has nothing else.
    mount("/api", githubV3 && restrictToOperations(github, ["graphql"])),
    mount("", githubRoot && github, gitlabRoot && gitlab, instance, graph, last),
  ].flat();
}

/** What mountsOf mounts, as documents say it: the usual address of a dialect is its first. */
export function documentsOf(switches: Switches, withDev: boolean): ServedDocument[] {
  const { githubRoot, githubV3, gitlabRoot, gitlabV4, gitlabV3 } = switches;
  const places = (low: string, isLow: boolean, isRoot: boolean) => [
    ...(isLow ? [low] : []),
    ...(isRoot ? [""] : []),
  ];
  const graphql = places("/api", githubV3, githubRoot);
  const all: ServedDocument[] = [
    {
      name: "github",
      prefixes: places("/api/v3", githubV3, githubRoot),
      paths: { "/graphql": graphql },
    },
    { name: "gitlab-v4", prefixes: places("/api/v4", gitlabV4, gitlabRoot) },
    { name: "gitlab-v3", prefixes: places("/api/v3", gitlabV3, false) },
    { name: "graph", prefixes: [""] },
    { name: "instance", prefixes: [""] },
    { name: "dev", prefixes: places("", false, withDev) },
  ];
  return all.filter(({ prefixes }) => prefixes.length > 0);
}

/** Undefined where no dialect is mounted. */
function mount(
  prefix: string,
  ...servers: readonly (DialectServer | false | undefined)[]
): Mount[] {
  const [first, ...others] = servers.filter((each) => each !== false && each !== undefined);
  return first === undefined ? [] : [{ prefix, servers: [first, ...others] }];
}

/** Later GitLabs have one operation left of it, for old clients of OAuth: it speaks the fourth. */
function thirdVersion({ gitlab, gitlabV3 }: DialectServers, switches: Switches): DialectServer[] {
  if (switches.gitlabV3) return [gitlabV3];
  return switches.gitlabV4 ? [restrictToOperations(gitlab, ["getCurrentUser"]), gitlabV3] : [];
}
