import type { ColdStart } from "./cold-start.ts";
import type { Figures, Line } from "./figures.ts";

/** What has to hold, each as a ratio of two figures of the same run. */
export function linesOf(figures: Figures, start: ColdStart): Line[] {
  const { cost, pace, p99 } = figures;
  const costs = (a: string, b: string) => cost(a) / cost(b);
  const ofLimit = (what: string) => costs(`${what} const`, `${what} product`);
  const ofRaw = (what: string) => costs(`${what} raw`, `${what} product`);
  const ofNaive = (what: string) => costs(`${what} naive`, `${what} product`);
  return [
    { name: "check: const / product", value: ofLimit("check"), least: 0.36 },
    { name: "check: raw / product", value: ofRaw("check"), least: 0.5 },
    {
      name: "check: with 20 times the operations / as it is",
      value: costs("check wide", "check product"),
      most: 1.1,
    },
    { name: "check: naive / product", value: ofNaive("check"), least: 4 },
    { name: "list, hot page: const / product", value: ofLimit("list"), least: 0.45 },
    { name: "list, hot page: raw / product", value: ofRaw("list"), least: 0.65 },
    { name: "list: naive / product", value: ofNaive("list"), least: 4 },
    { name: "list, no page cache: raw / product", value: ofRaw("fragments"), least: 0.6 },
    { name: "304 / hot page", value: costs("304 product", "list product"), most: 0.9 },
    { name: "last page / page 1", value: costs("last page", "page 1"), most: 2 },
    {
      name: "PUT, requests/s: one commit a turn / one a request",
      value: pace("PUT grouped", "PUT single"),
      least: 2.5,
    },
    {
      name: "PUT, requests/s: FULL / NORMAL",
      value: pace("PUT grouped", "PUT NORMAL"),
      least: 0.9,
    },
    {
      name: "readers' p99: beside a full load of writes / alone",
      value: p99("readers beside writers") / p99("readers alone"),
      most: 3,
    },
    { name: "GitLab list, hot page: const / product", value: ofLimit("GitLab list"), least: 0.45 },
    { name: "GitLab list, hot page: raw / product", value: ofRaw("GitLab list"), least: 0.65 },
    {
      name: "GitLab list, no page cache: raw / product",
      value: ofRaw("GitLab fragments"),
      least: 0.6,
    },
    {
      name: "GitLab 304 / hot page",
      value: costs("GitLab 304 product", "GitLab list product"),
      most: 0.9,
    },
    { name: "GitLab GET /user: const / product", value: ofLimit("GitLab user"), least: 0.36 },
    { name: "GitLab GET /user: raw / product", value: ofRaw("GitLab user"), least: 0.5 },
    { name: "GitLab follow: raw / product", value: ofRaw("GitLab follow"), least: 0.5 },
    {
      name: "GitLab users by cursor: last page / first",
      value: costs("GitLab keyset last", "GitLab keyset first"),
      most: 1.2,
    },
    {
      name: "GitLab search, another text each time: p99 in ms",
      value: p99("GitLab search product"),
      most: 5,
    },
    { name: "cold start / node -e 0", value: start.followd / start.node, most: 12 },
    { name: "cold start of the bundle / node -e 0", value: start.bundle / start.node, most: 6 },
    {
      name: "cold start of the bundle / of the source",
      value: start.bundle / start.followd,
      most: 0.9,
    },
    { name: "wrong answers", value: figures.wrong, most: 0 },
  ];
}
