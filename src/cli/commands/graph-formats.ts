import type { GraphUser, Neighbourhood } from "../../domain/follows/graph.ts";
import type { ExportedFollow, Snapshot } from "../../storage/sqlite/export.ts";

export const GRAPH_FORMATS = ["csv", "graphml", "gexf", "json", "dot"] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

/** A user in a file; of a part of the graph, only the name is known. */
type Node = Pick<GraphUser, "username"> & Partial<GraphUser> & { readonly depth?: number };

/** A follow in a file, with its time in seconds since 1970 where that is known. */
type Edge = Omit<ExportedFollow, "at"> & { readonly at?: number };

/** What is written: nodes before edges, each read when it is written. */
interface Graph {
  nodes: () => Iterable<Node>;
  follows: () => Iterable<Edge>;
  /** What JSON says of the graph as a whole. */
  about?: object;
}

const timeOf = (at: number): string => new Date(at * 1000).toISOString().replace(".000", "");

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
// XML 1.0 can't write most control characters at all.
const escaped = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n\r]/gu, "").replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? "");

/** The attributes of a node beside its name, in the order in which files have them. */
const NODE_ATTRIBUTES = {
  name: "string",
  followers: "int",
  following: "int",
  depth: "int",
} as const;
type NodeAttribute = keyof typeof NODE_ATTRIBUTES;

/** The attributes that a node has, as names and values. */
const attributesOf = (node: Node): [NodeAttribute, string | number][] =>
  (Object.keys(NODE_ATTRIBUTES) as NodeAttribute[]).flatMap((name) => {
    const value = node[name];
    return value === undefined ? [] : [[name, value] as [NodeAttribute, string | number]];
  });

/** Usernames have no sign that CSV would have to quote. */
function* csvLines({ follows }: Graph, withTimes: boolean): Generator<string> {
  yield withTimes ? "follower,followed,time\n" : "follower,followed\n";
  for (const { follower, followed, at } of follows()) {
    yield `${follower},${followed}${withTimes && at !== undefined ? `,${timeOf(at)}` : ""}\n`;
  }
}

/** GraphML (http://graphml.graphdrawing.org), as networkx, igraph and Gephi read it. */
function* graphmlLines({ nodes, follows }: Graph): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  for (const [name, type] of Object.entries(NODE_ATTRIBUTES)) {
    yield `<key id="${name}" for="node" attr.name="${name}" attr.type="${type}"/>\n`;
  }
  yield '<key id="time" for="edge" attr.name="time" attr.type="string"/>\n';
  yield '<graph edgedefault="directed">\n';
  for (const node of nodes()) {
    const data = attributesOf(node).map(
      ([name, value]) => `<data key="${name}">${escaped(String(value))}</data>`,
    );
    yield `<node id="${escaped(node.username)}">${data.join("")}</node>\n`;
  }
  for (const { follower, followed, at } of follows()) {
    const ends = `source="${escaped(follower)}" target="${escaped(followed)}"`;
    const time = at === undefined ? "" : `<data key="time">${timeOf(at)}</data>`;
    yield `<edge ${ends}>${time}</edge>\n`;
  }
  yield "</graph>\n</graphml>\n";
}

/**
 * GEXF 1.2 (https://gexf.net/1.2), which every Gephi since 0.8 reads; an edge begins when the follow was
 * made.
 */
function* gexfLines({ nodes, follows }: Graph): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n';
  yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="dateTime">\n<nodes>\n';
  for (const { username, name = "" } of nodes()) {
    const label = name === "" ? username : name;
    yield `<node id="${escaped(username)}" label="${escaped(label)}"/>\n`;
  }
  yield "</nodes>\n<edges>\n";
  let id = 0;
  for (const { follower, followed, at } of follows()) {
    const ends = `source="${escaped(follower)}" target="${escaped(followed)}"`;
    yield `<edge id="${id}" ${ends}${at === undefined ? "" : ` start="${timeOf(at)}"`}/>\n`;
    id += 1;
  }
  yield "</edges>\n</graph>\n</gexf>\n";
}

/** Node-link JSON, as `networkx.node_link_graph` and d3 read it; a node or an edge a line. */
function* jsonLines({ nodes, follows, about = {} }: Graph): Generator<string> {
  yield `{"directed":true,"multigraph":false,"graph":${JSON.stringify(about)},"nodes":[`;
  let comma = "\n";
  for (const node of nodes()) {
    const own = { id: node.username, ...Object.fromEntries(attributesOf(node)) };
    yield `${comma}${JSON.stringify(own)}`;
    comma = ",\n";
  }
  yield '\n],"links":[';
  comma = "\n";
  for (const { follower, followed, at } of follows()) {
    const time = at === undefined ? {} : { time: timeOf(at) };
    yield `${comma}${JSON.stringify({ source: follower, target: followed, ...time })}`;
    comma = ",\n";
  }
  yield "\n]}\n";
}

/** DOT (https://graphviz.org/doc/info/lang.html); a JSON string is one of DOT's quoted ids. */
function* dotLines({ nodes, follows }: Graph): Generator<string> {
  yield "digraph followd {\n";
  for (const { username, name = "" } of nodes()) {
    const label = name === "" ? "" : ` [label="${name.replace(/["\\]/g, "\\$&")}"]`;
    yield `  "${username}"${label};\n`;
  }
  for (const { follower, followed } of follows()) yield `  "${follower}" -> "${followed}";\n`;
  yield "}\n";
}

/** A graph in a format, piece by piece; `withTimes` is for CSV, graphs have times where known. */
function graphLines(format: GraphFormat, graph: Graph, withTimes = false): Generator<string> {
  if (format === "csv") return csvLines(graph, withTimes);
  if (format === "gexf") return gexfLines(graph);
  if (format === "json") return jsonLines(graph);
  return format === "dot" ? dotLines(graph) : graphmlLines(graph);
}

/** The users at the ends of a part of the graph, each once. */
function* endsOf(follows: Iterable<Edge>): Generator<Node> {
  const seen = new Set<string>();
  for (const { follower, followed } of follows) {
    for (const username of [follower, followed]) {
      if (seen.has(username)) continue;
      seen.add(username);
      yield { username };
    }
  }
}

/** What has been written so far. */
export interface Counts {
  users: number;
  follows: number;
}

/** Passes rows on and counts them. */
export function* countRows<T>(rows: Iterable<T>, counts: Counts, name: keyof Counts): Generator<T> {
  for (const row of rows) {
    counts[name] += 1;
    yield row;
  }
}

interface FollowLines {
  withTimes: boolean;
  around: Parameters<Snapshot["follows"]>[0];
  counts: Counts;
}

/** Lines of a format; the whole graph has users without follows, too. */
export function followLines(
  snapshot: Snapshot,
  format: GraphFormat,
  { withTimes, around, counts }: FollowLines,
): Generator<string> {
  const ends = () => snapshot.follows(around);
  const nodes = () => (around === undefined ? snapshot.nodes() : endsOf(ends()));
  const graph = {
    nodes: () => countRows(nodes(), counts, "users"),
    follows: () => countRows(ends(), counts, "follows"),
  };
  return graphLines(format, graph, withTimes);
}

/** The graph of a neighbourhood: an edge between two who follow each other becomes two follows. */
export function neighbourhoodLines(format: GraphFormat, around: Neighbourhood, depth: 1 | 2) {
  const names = new Map(around.nodes.map(({ id, username }) => [id, username]));
  const follows = around.edges.flatMap(({ source, target, mutual }): Edge[] => {
    const [follower = "", followed = ""] = [names.get(source), names.get(target)];
    const there = { follower, followed };
    return mutual ? [there, { follower: followed, followed: follower }] : [there];
  });
  const about = { center: around.center.username, depth, truncated: around.truncated };
  return graphLines(format, { nodes: () => around.nodes, follows: () => follows, about });
}
