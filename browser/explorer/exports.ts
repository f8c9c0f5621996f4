import type Graph from "graphology";

/** The shown part of the graph as files of other programs. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const nameOf = (graph: Graph, node: string): string =>
  String(graph.getNodeAttribute(node, "label"));

/** `Source,Target,Type`: what Gephi reads. Usernames have no sign that CSV would have to quote. */
export const csvOf = (graph: Graph): string =>
  `Source,Target,Type,Mutual\n${graph
    .mapEdges((_, { mutual }, source, target) =>
      [nameOf(graph, source), nameOf(graph, target), "Directed", String(mutual === true)].join(","),
    )
    .join("\n")}\n`;

export const graphmlOf = (graph: Graph): string => `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="mutual" for="edge" attr.name="mutual" attr.type="boolean"/>
<graph edgedefault="directed">
${graph.mapNodes((node) => `<node id="${escaped(nameOf(graph, node))}"/>`).join("\n")}
${graph
  .mapEdges(
    (_, { mutual }, source, target) =>
      `<edge source="${escaped(nameOf(graph, source))}" target="${escaped(nameOf(graph, target))}"><data key="mutual">${mutual === true}</data></edge>`,
  )
  .join("\n")}
</graph>
</graphml>
`;

export const gexfOf = (graph: Graph): string => `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="directed">
<nodes>
${graph.mapNodes((node) => `<node id="${node}" label="${escaped(nameOf(graph, node))}"/>`).join("\n")}
</nodes>
<edges>
${graph
  .mapEdges(
    (_, { mutual }, source, target) =>
      `<edge source="${source}" target="${target}" type="${mutual === true ? "mutual" : "directed"}"/>`,
  )
  .join("\n")}
</edges>
</graph>
</gexf>
`;

/** The picture as it lies now, in a square of 1,000. */
export function svgOf(graph: Graph): string {
  const points = graph.mapNodes((node, { x, y, size, color }) => ({
    ...{ node, x: x as number, y: -(y as number), size: size as number, color: String(color) },
  }));
  const [left, right] = [
    Math.min(...points.map(({ x }) => x)),
    Math.max(...points.map(({ x }) => x)),
  ];
  const [top, bottom] = [
    Math.min(...points.map(({ y }) => y)),
    Math.max(...points.map(({ y }) => y)),
  ];
  const scale = 920 / Math.max(right - left, bottom - top, 1);
  const at = new Map(
    points.map(({ node, x, y }) => [
      node,
      [40 + (x - left) * scale, 40 + (y - top) * scale] as const,
    ]),
  );
  const lines = graph.mapEdges((_, { color, opacity }, source, target) => {
    const [[x1, y1], [x2, y2]] = [at.get(source) ?? [0, 0], at.get(target) ?? [0, 0]];
    return `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${escaped(String(color))}" stroke-opacity="${Number(opacity ?? 1).toFixed(2)}"/>`;
  });
  const circles = points.map(({ node, size, color }) => {
    const [x, y] = at.get(node) ?? [0, 0];
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${size.toFixed(1)}" fill="${escaped(color)}"><title>${escaped(nameOf(graph, node))}</title></circle>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000" width="1000" height="1000">\n${lines.join("\n")}\n${circles.join("\n")}\n</svg>\n`;
}
