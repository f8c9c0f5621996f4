import type { ExportedFollow, Snapshot } from "../../storage/sqlite/export.ts";

export const FOLLOW_FORMATS = ["csv", "graphml", "gexf"] as const;
export type FollowFormat = (typeof FOLLOW_FORMATS)[number];

interface Graph {
  nodes: () => Iterable<{ username: string; name?: string }>;
  follows: () => Iterable<ExportedFollow>;
}

const timeOf = ({ at }: ExportedFollow): string =>
  new Date(at * 1000).toISOString().replace(".000", "");

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
// XML 1.0 can't write most control characters at all.
const escaped = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n\r]/gu, "").replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? "");

/** Usernames have no sign that CSV would have to quote. */
export function* csvLines(follows: Iterable<ExportedFollow>, withTimes: boolean) {
  yield withTimes ? "follower,followed,time\n" : "follower,followed\n";
  for (const follow of follows) {
    const { follower, followed } = follow;
    yield `${follower},${followed}${withTimes ? `,${timeOf(follow)}` : ""}\n`;
  }
}

/** GraphML (http://graphml.graphdrawing.org), as networkx, igraph and Gephi read it. */
export function* graphmlLines({ nodes, follows }: Graph) {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  yield '<key id="name" for="node" attr.name="name" attr.type="string"/>\n';
  yield '<key id="time" for="edge" attr.name="time" attr.type="string"/>\n';
  yield '<graph edgedefault="directed">\n';
  for (const { username, name = "" } of nodes()) {
    yield `<node id="${escaped(username)}"><data key="name">${escaped(name)}</data></node>\n`;
  }
  for (const follow of follows()) {
    const ends = `source="${escaped(follow.follower)}" target="${escaped(follow.followed)}"`;
    yield `<edge ${ends}><data key="time">${timeOf(follow)}</data></edge>\n`;
  }
  yield "</graph>\n</graphml>\n";
}

/** GEXF 1.3 (https://gexf.net); an edge begins when the follow was made. */
export function* gexfLines({ nodes, follows }: Graph) {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n';
  yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="datetime">\n<nodes>\n';
  for (const { username, name = "" } of nodes()) {
    const label = name === "" ? username : name;
    yield `<node id="${escaped(username)}" label="${escaped(label)}"/>\n`;
  }
  yield "</nodes>\n<edges>\n";
  let id = 0;
  for (const follow of follows()) {
    const ends = `source="${escaped(follow.follower)}" target="${escaped(follow.followed)}"`;
    yield `<edge id="${id}" ${ends} start="${timeOf(follow)}"/>\n`;
    id += 1;
  }
  yield "</edges>\n</graph>\n</gexf>\n";
}

/** The users at the ends of a part of the graph, each once. */
function* endsOf(follows: Iterable<ExportedFollow>): Generator<{ username: string }> {
  const seen = new Set<string>();
  for (const { follower, followed } of follows) {
    for (const username of [follower, followed]) {
      if (seen.has(username)) continue;
      seen.add(username);
      yield { username };
    }
  }
}

/** Lines of a format; the whole graph has users without follows, too. */
export function followLines(
  snapshot: Snapshot,
  format: FollowFormat,
  withTimes: boolean,
  around: Parameters<Snapshot["follows"]>[0],
): Generator<string> {
  const follows = () => snapshot.follows(around);
  if (format === "csv") return csvLines(follows(), withTimes);
  const nodes = around === undefined ? () => snapshot.nodes() : () => endsOf(follows());
  return format === "gexf" ? gexfLines({ nodes, follows }) : graphmlLines({ nodes, follows });
}
