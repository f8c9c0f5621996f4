import { describe, expect, it } from "@jest/globals";
import { areaOf, bare, imports, sources } from "./sources.ts";

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** A way from each node of a circle back to itself; empty where there is none. */
function circleIn(graph: Graph): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  function visit(node: string): string[] {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return [];
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next);
      if (circle.length > 0) return circle;
    }
    path.pop();
    done.add(node);
    return [];
  }
  for (const node of graph.keys()) {
    const circle = visit(node);
    if (circle.length > 0) return circle;
  }
  return [];
}

function graphOf(nameOf: (file: string) => string): Graph {
  const graph = new Map(sources.map((file) => [nameOf(file), new Set<string>()]));
  for (const { file, target, isOurs } of imports) {
    const [from, to] = [nameOf(file), nameOf(target)];
    if (isOurs && from !== to) graph.get(from)?.add(to);
  }
  return graph;
}

describe("the imports of src, types included", () => {
  it("have no circle of files", () => {
    expect(circleIn(graphOf(bare))).toEqual([]);
  });

  it("have no circle of folders", () => {
    expect(circleIn(graphOf(areaOf))).toEqual([]);
  });

  it("would show a circle", () => {
    const graph = new Map([
      ["a", new Set(["b"])],
      ["b", new Set(["c"])],
      ["c", new Set(["b"])],
    ]);
    expect(circleIn(graph)).toEqual(["b", "c", "b"]);
  });
});
