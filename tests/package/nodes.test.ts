import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse, parseAllDocuments } from "yaml";
import { readConfig } from "../../src/config/config.ts";
import { document } from "../../src/generated/instance-document.ts";

const read = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../scripts/packaging/nodes", name), "utf8");

interface Compose {
  "x-node": { environment: Record<string, string> };
  services: Record<string, object>;
}

interface Probe {
  httpGet: { path: string; port: string };
}

interface Container {
  name: string;
  args: string[];
  ports: { name: string; containerPort: number }[];
  env: { name: string; value?: string }[];
  startupProbe: Probe;
  readinessProbe: Probe;
  livenessProbe: Probe;
  volumeMounts: { name: string }[];
}

interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: {
    selector: Record<string, unknown>;
    ports: { targetPort: string }[];
    template: {
      metadata: { labels: object };
      spec: { containers: Container[]; volumes: { name: string }[] };
    };
  };
}

/** The settings that a container is given; what only the place knows is not among them. */
const settingsIn = (env: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith("FOLLOWD_")));

describe("the compose file of two nodes", () => {
  const { "x-node": node, services } = parse(read("compose.yaml"), { merge: true }) as Compose;

  it("has two nodes, a database and a proxy that knows both nodes", () => {
    expect(Object.keys(services).sort()).toEqual(["database", "one", "proxy", "two"]);
    const configuration = read("compose.yaml");
    for (const name of ["one", "two"]) {
      expect(configuration).toContain(`server ${name} ${name}:3000`);
    }
  });

  it("has settings that exist", () => {
    const settings = settingsIn(node.environment);
    expect(readConfig({}, settings)).toMatchObject({
      config: { host: "0.0.0.0", port: 3000, database: settings.FOLLOWD_DATABASE },
    });
  });
});

describe("the Kubernetes manifest", () => {
  const documents = parseAllDocuments(read("kubernetes.yaml"));
  const all = documents.map((each) => each.toJS() as Manifest);
  const of = (kind: string) => all.filter((each) => each.kind === kind);
  const [deployment] = of("Deployment");
  const { containers = [], volumes = [] } = deployment?.spec.template.spec ?? {};
  const [container] = containers;

  it("is YAML without errors, of three objects with one name", () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(all.map(({ kind }) => kind)).toEqual(["Deployment", "PodDisruptionBudget", "Service"]);
    expect(all.map(({ metadata }) => metadata.name)).toEqual(["followd", "followd", "followd"]);
  });

  it("has settings that exist", () => {
    const env = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    const settings = settingsIn({ ...env, FOLLOWD_DATABASE: "postgres://followd@db/followd" });
    expect(readConfig({}, settings)).toMatchObject({ config: { host: "0.0.0.0", port: 3000 } });
  });

  it("asks for addresses that a document has, at a port that is open", () => {
    const probes = ["startupProbe", "readinessProbe", "livenessProbe"] as const;
    const asked = probes.map((name) => container?.[name].httpGet);
    for (const each of asked) expect(Object.keys(document.paths)).toContain(each?.path);
    expect(new Set(asked.map((each) => each?.port))).toEqual(new Set(["http"]));
    expect(container?.ports).toEqual([{ name: "http", containerPort: 3000 }]);
    expect(of("Service")[0]?.spec.ports.map(({ targetPort }) => targetPort)).toEqual(["http"]);
  });

  it("finds its pods by their labels, and has each volume that it mounts", () => {
    const labels = deployment?.spec.template.metadata.labels;
    expect(deployment?.spec.selector).toEqual({ matchLabels: labels });
    expect(of("PodDisruptionBudget")[0]?.spec.selector).toEqual({ matchLabels: labels });
    expect(of("Service")[0]?.spec.selector).toEqual(labels);
    const there = volumes.map(({ name }) => name);
    for (const { name } of container?.volumeMounts ?? []) expect(there).toContain(name);
  });
});
