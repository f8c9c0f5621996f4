import Graph from "graphology";
import Sigma from "sigma";
import { csvOf, gexfOf, graphmlOf, svgOf } from "./explorer/exports.ts";

/** The picture of the explorer. The table below it has the same for those who can't see it. */
interface Node {
  readonly id: number;
  readonly username: string;
  readonly followers: number;
  readonly depth: number;
}
interface Answer {
  readonly center: Node;
  readonly nodes: readonly Node[];
  readonly edges: readonly { source: number; target: number; mutual: boolean }[];
}

const ROUNDS = 200;
const canvas = document.getElementById("canvas");
if (canvas !== null) void draw(canvas);

/** Colours of the page's own stylesheet, light or dark. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Many ties lie over each other: the more there are, the paler each is, so that users stay seen. */
const opacityOf = (ties: number): number => Math.min(1, Math.max(0.05, 12 / Math.sqrt(ties + 1)));

const sizeOf = (followers: number): number => 1.5 + Math.min(5, Math.log2(followers + 1) * 0.35);

async function draw(box: HTMLElement): Promise<void> {
  const { user = "", depth = "1", limit = "150", layout = "" } = box.dataset;
  const address = `/-/graph-data/${encodeURIComponent(user)}?depth=${depth}&limit=${limit}`;
  const reply = await fetch(address, { headers: { Accept: "application/json" } });
  if (!reply.ok) return;
  const answer = (await reply.json()) as Answer;
  const graph = new Graph({ type: "undirected", multi: false });
  answer.nodes.forEach((node, place) => {
    const angle = place * 2.399963;
    const radius = node.depth === 0 ? 0 : Math.sqrt(place + 1) * 10;
    graph.addNode(node.id, {
      ...{ x: radius * Math.cos(angle), y: radius * Math.sin(angle), label: node.username },
      size: sizeOf(node.followers),
      color:
        node.depth === 0 ? colour("danger") : node.depth === 1 ? colour("accent") : colour("muted"),
    });
  });
  const opacity = opacityOf(answer.edges.length);
  for (const { source, target, mutual } of answer.edges) {
    if (graph.hasNode(source) && graph.hasNode(target) && !graph.hasEdge(source, target)) {
      graph.addEdge(source, target, {
        mutual,
        opacity,
        color: colour(mutual ? "accent" : "line"),
        size: mutual ? 0.5 : 0.3,
      });
    }
  }
  const sigma = rendererFor(graph, box);
  walkOnClick(sigma, graph);
  layOut(graph, layout, answer);
  offerTools(graph, sigma, answer);
}

function rendererFor(graph: Graph, box: HTMLElement): Sigma | undefined {
  try {
    return new Sigma(graph, box, {
      settings: { labelDensity: 0.7, labelRenderedSizeThreshold: 3.5, stagePadding: 40 },
      styles: {
        nodes: {
          ...{ x: { attribute: "x" }, y: { attribute: "y" }, size: { attribute: "size" } },
          ...{ color: { attribute: "color" }, label: { attribute: "label" } },
          labelColor: colour("text"),
        },
        edges: {
          color: { attribute: "color" },
          size: { attribute: "size" },
          opacity: { attribute: "opacity" },
        },
      },
    });
  } catch {
    const text = document.createElement("p");
    text.className = "empty";
    text.textContent =
      "This browser has no WebGL, which the picture needs. The table below has the same.";
    box.replaceChildren(text);
    return undefined;
  }
}

function walkOnClick(sigma: Sigma | undefined, graph: Graph): void {
  sigma?.on("clickNode", ({ node }) => {
    location.href = `/-/graph/${encodeURIComponent(String(graph.getNodeAttribute(node, "label")))}`;
  });
  const pale = colour("line");
  const kept = new Map<string, unknown>();
  sigma?.on("enterNode", ({ node }) => {
    const near = new Set([node, ...graph.neighbors(node)]);
    graph.updateEachNodeAttributes((each, attributes) => {
      if (!kept.has(each)) kept.set(each, attributes.color);
      return near.has(each) ? attributes : { ...attributes, color: pale };
    });
  });
  sigma?.on("leaveNode", () => {
    graph.updateEachNodeAttributes((each, attributes) => ({
      ...attributes,
      color: kept.get(each) ?? attributes.color,
    }));
  });
}

/** Reduced motion: the layout is shown once, when it is done. */
function layOut(graph: Graph, script: string, { nodes, edges }: Answer): void {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const worker = new Worker(script, { type: "module" });
  let last: [number, number, number][] = [];
  const place = () => {
    for (const [id, x, y] of last) graph.mergeNodeAttributes(id, { x, y });
  };
  worker.onmessage = ({ data }: MessageEvent<[number, number, number][] | "done">) => {
    if (data === "done") {
      place();
      worker.terminate();
      document.getElementById("canvas")?.setAttribute("data-done", "");
      return;
    }
    last = data;
    if (!isStill) place();
  };
  const sent = nodes.map(({ id, followers }) => ({
    ...{ id, size: sizeOf(followers) },
    ...{
      x: graph.getNodeAttribute(id, "x") as number,
      y: graph.getNodeAttribute(id, "y") as number,
    },
  }));
  worker.postMessage({ nodes: sent, edges, rounds: ROUNDS });
}

function offerTools(graph: Graph, sigma: Sigma | undefined, { center }: Answer): void {
  const tools = document.getElementById("graph-tools");
  if (tools === null) return;
  tools.hidden = false;
  const find = document.querySelector<HTMLInputElement>("#graph-find");
  find?.addEventListener("change", () => {
    const node = graph.findNode((_, { label }) => label === find.value);
    const at = node === undefined ? undefined : sigma?.getNodeDisplayData(node);
    if (at !== undefined)
      void sigma?.getCamera().animate({ x: at.x, y: at.y, ratio: 0.3 }, { duration: 200 });
  });
  const formats: Record<string, () => string> = {
    svg: () => svgOf(graph),
    graphml: () => graphmlOf(graph),
    gexf: () => gexfOf(graph),
    csv: () => csvOf(graph),
  };
  for (const button of tools.querySelectorAll<HTMLButtonElement>("button[data-export]")) {
    button.addEventListener("click", () => {
      const format = button.dataset.export ?? "csv";
      if (format === "png") void savePng(svgOf(graph), `${center.username}.png`);
      else save(new Blob([formats[format]?.() ?? ""]), `${center.username}.${format}`);
    });
  }
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function savePng(svg: string, name: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [1600, 1600];
  sheet.getContext("2d")?.drawImage(image, 0, 0, 1600, 1600);
  sheet.toBlob((blob) => blob !== null && save(blob, name), "image/png");
}
