import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

/** Lays a graph out by force, off the page's own thread; sends positions after every few rounds. */
interface Order {
  readonly nodes: readonly { id: number; x: number; y: number; size: number }[];
  readonly edges: readonly { source: number; target: number; mutual: boolean }[];
  readonly rounds: number;
}

const ROUNDS_AT_ONCE = 20;
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  postMessage(message: unknown): void;
};

scope.onmessage = ({ data }) => {
  const graph = new Graph({ type: "undirected" });
  for (const { id, x, y, size } of data.nodes) graph.addNode(id, { x, y, size });
  for (const { source, target, mutual } of data.edges) {
    if (source !== target && !graph.hasEdge(source, target)) {
      graph.addEdge(source, target, { weight: mutual ? 2 : 1 });
    }
  }
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    barnesHutOptimize: graph.order > 300,
    adjustSizes: false,
  };
  for (let done = 0; done < data.rounds; done += ROUNDS_AT_ONCE) {
    forceAtlas2.assign(graph, { iterations: ROUNDS_AT_ONCE, settings });
    scope.postMessage(graph.mapNodes((id, { x, y }) => [Number(id), x as number, y as number]));
  }
  scope.postMessage("done");
};
