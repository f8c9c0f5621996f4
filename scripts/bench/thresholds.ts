import type { ColdStart } from "./cold-start.ts";
import type { Figures, Line } from "./figures.ts";
import type { Memory } from "./memory.ts";

/** Requests a second of bare node:http on a machine that has to reach the rates below. */
const FAST_MACHINE = 40_000;

export interface Measured {
  figures: Figures;
  start?: ColdStart | undefined;
  memory?: Memory | undefined;
}

/**
 * What has to hold, each as a ratio of two figures of the same run; not a number where one of them
 * was not measured.
 */
export function linesOf({ figures, start, memory }: Measured): Line[] {
  const { cost, pace, rate, p99 } = figures;
  const costs = (a: string, b: string) => cost(a) / cost(b);
  const ofLimit = (what: string) => costs(`${what} const`, `${what} product`);
  const ofRaw = (what: string) => costs(`${what} raw`, `${what} product`);
  const ofNaive = (what: string) => costs(`${what} naive`, `${what} product`);
  const slower = (name: string) => (start?.[name]?.wall ?? Number.NaN) / (start?.node.wall ?? 1);
  const larger = (name: string) => (memory?.[name] ?? Number.NaN) / (memory?.node ?? 1);
  const least = (name: string, value: number, bound: number): Line => ({
    name,
    value,
    least: bound,
  });
  const most = (name: string, value: number, bound: number): Line => ({ name, value, most: bound });
  return [
    least("check: const / product", ofLimit("check"), 0.5),
    least("check: raw / product", ofRaw("check"), 0.7),
    least("check: naive / product", ofNaive("check"), 4),
    most(
      "check: with 20 times the operations / as it is",
      costs("check wide", "check product"),
      1.1,
    ),
    least("list, hot page: const / product", ofLimit("list"), 0.6),
    least("list, hot page: raw / product", ofRaw("list"), 0.75),
    least("list: naive / product", ofNaive("list"), 4),
    least("list, no page cache: raw / product", ofRaw("fragments"), 0.7),
    least("list, page not seen before: raw / product", ofRaw("unseen"), 0.7),
    most("list, compressed / not", costs("list gzip", "list product"), 1),
    most("304 / hot page", costs("304 product", "list product"), 0.8),
    most("last page / page 1", costs("last page", "page 1"), 2),
    least("GET /users/{name}: const / product", ofLimit("GET /users/{name}"), 0.5),
    least("GET /user: const / product", ofLimit("GET /user"), 0.5),
    most(
      "GraphQL, viewer and 30 followers / list, no page cache",
      costs("GraphQL product", "fragments product"),
      2,
    ),
    least(
      "check: --no-access-log / as served",
      costs("check --no-access-log", "check as served"),
      0.9,
    ),
    least(
      "list: --no-access-log / as served",
      costs("list --no-access-log", "list as served"),
      0.9,
    ),
    least(
      "check: without metrics / as served",
      costs("check without metrics", "check as served"),
      0.9,
    ),
    most("check: --rate-limit / as served", costs("check --rate-limit", "check as served"), 1.25),
    most(
      "list: --private-mode with a token / as served",
      costs("list --private-mode, with a token", "list as served"),
      1.25,
    ),
    most("list: --tls / as served", costs("list --tls", "list as served"), 2),
    least("follow: raw / product", ofRaw("follow"), 0.75),
    least(
      "PUT, requests/s: one commit a turn / one a request",
      pace("follow product", "PUT single"),
      3,
    ),
    ...(rate("check const") < FAST_MACHINE || !(rate("follow product") > 0)
      ? []
      : [least("PUT, requests/s / 20,000", rate("follow product") / 20_000, 1)]),
    least("PUT, requests/s: FULL / NORMAL", pace("follow product", "PUT NORMAL"), 0.9),
    most(
      "readers' p99: beside a full load of writes / alone",
      p99("readers beside writers") / p99("readers alone"),
      3,
    ),
    least("GitLab list, hot page: const / product", ofLimit("GitLab list"), 0.55),
    least("GitLab list, hot page: raw / product", ofRaw("GitLab list"), 0.65),
    least("GitLab list, no page cache: raw / product", ofRaw("GitLab fragments"), 0.7),
    most("GitLab 304 / hot page", costs("GitLab 304 product", "GitLab list product"), 0.8),
    least("GitLab GET /user: const / product", ofLimit("GitLab user"), 0.5),
    least("GitLab GET /user: raw / product", ofRaw("GitLab user"), 0.5),
    least("GitLab v3 GET /user: const / product", ofLimit("v3 user"), 0.5),
    least("GitLab follow: raw / product", ofRaw("GitLab follow"), 0.5),
    most(
      "GitLab users by cursor: last page / first",
      costs("GitLab keyset last", "GitLab keyset first"),
      1.2,
    ),
    most(
      "check: at a million users / at 100,000",
      costs("check at a million users", "check product"),
      1.2,
    ),
    most(
      "list, hot page: at a million users / at 100,000",
      costs("list at a million users", "list product"),
      1.2,
    ),
    most(
      "list, page not seen before: at a million users / at 100,000",
      costs("unseen at a million users", "unseen product"),
      1.5,
    ),
    most(
      "search at a million users, another text each time: p99 in ms",
      p99("search at a million users"),
      5,
    ),
    most("cold start / node -e 0", slower("followd"), 7),
    most("cold start of the bundle / node -e 0", slower("bundle"), 4),
    // Only Linux tells what a process holds.
    ...(process.platform === "linux"
      ? [
          most("memory at rest, of the source / bare node:http", larger("followd"), 1.8),
          most("memory at rest, as one file / bare node:http", larger("bundle"), 1.8),
        ]
      : []),
    most("wrong answers", figures.wrong, 0),
  ];
}
