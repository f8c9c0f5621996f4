import type { Line } from "../figures.ts";
import type { Found } from "./rows.ts";

/** What has to hold; ratios of figures of one run, but for the last, which are times. */
export function linesOf(found: Found): Line[] {
  const { servers, backends, imports, barriersPerRequest, large } = found;
  const cost = (kind: string) =>
    servers.cost(`${kind}, postgres`) / servers.cost(`${kind}, sqlite`);
  const most = (name: string, value: number, bound: number): Line => ({ name, value, most: bound });
  const least = (name: string, value: number, bound: number): Line => ({
    ...{ name, value },
    least: bound,
  });
  return [
    most("check: node CPU on PostgreSQL / on SQLite", cost("check"), 1.3),
    most("list of pages not seen before: the same", cost("list"), 1.15),
    most("hot list: the same", cost("hot list"), 2.2),
    least(
      "follow, 128 callers: rate / bare pg, the same statements",
      servers.pace("follow, 128", "bare, 128"),
      0.6,
    ),
    least(
      "follow, 128 callers: of one user / of random users",
      servers.pace("follow of one, 128", "follow, 128"),
      0.8,
    ),
    most("last page of a million / first", large.last / large.first, 2),
    most("page in the middle of a million that change, ms", large.middle, 100),
    most("barriers per request at 32 connections", barriersPerRequest, 0.15),
    least(
      "check: CPU of a node that never asks / of one that does",
      servers.cost("check, never") / servers.cost("check, postgres"),
      0.9,
    ),
    most("import into an empty database / into SQLite", imports.postgres / imports.sqlite, 1.5),
    most("search of a term that few have, of a million users, ms", large.rare, 5),
    most("PostgreSQL's CPU for a check, us", backends.cost("check"), 30),
    most("PostgreSQL's CPU for a list, us", backends.cost("list"), 200),
    most("PostgreSQL's CPU for a follow, us", backends.cost("follow"), 500),
    most("wrong answers", servers.wrong, 0),
  ];
}
