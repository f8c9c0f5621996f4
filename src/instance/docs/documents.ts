import { hash } from "node:crypto";
import { CompressibleBody } from "../../http/compressible-body.ts";
import { SerializedBody } from "../../http/handler.ts";
import { type Reference, toReference } from "./reference-document.ts";

/** Loaded on the first request for one of them. */
const DOCUMENTS = {
  github: () => import("../../generated/github-document.ts"),
  "gitlab-v4": () => import("../../generated/gitlab-v4-document.ts"),
  "gitlab-v3": () => import("../../generated/gitlab-v3-document.ts"),
  graph: () => import("../../generated/graph-document.ts"),
  instance: () => import("../../generated/instance-document.ts"),
  dev: () => import("../../generated/dev-document.ts"),
};

export type DocumentName = keyof typeof DOCUMENTS;

/** A document, and below which prefixes what it describes is spoken. */
export interface ServedDocument {
  readonly name: DocumentName;
  readonly prefixes: readonly string[];
  /** Where it is otherwise for single paths; a path that is nowhere is left out. */
  readonly paths?: Readonly<Record<string, readonly string[]>>;
  /** The document as the configured version of the vendor has it. */
  readonly revise?: (document: Reference) => Reference;
}

/** A document for one origin. */
export interface DocumentAtOrigin {
  readonly body: CompressibleBody<unknown>;
  /** Changes whenever the text would. */
  readonly tag: string;
}

export interface Text {
  readonly text: string;
  /** Changes whenever the text would. */
  readonly tag: string;
}

/** Stands for the origin, which each caller may have a different one of. */
const ORIGIN = "{origin}";

const serversOf = (prefixes: readonly string[]) =>
  prefixes.map((prefix) => ({ url: `${ORIGIN}${prefix}` }));

function place(all: Reference["paths"], exceptions: NonNullable<ServedDocument["paths"]>) {
  const entries = Object.entries(all).flatMap(([path, item]) => {
    const places = exceptions[path];
    if (places === undefined) return [[path, item]];
    return places.length === 0 ? [] : [[path, { servers: serversOf(places), ...item }]];
  });
  return Object.fromEntries(entries);
}

async function templateOf({ name, prefixes, paths = {}, revise }: ServedDocument): Promise<Text> {
  const { document: whole } = await DOCUMENTS[name]();
  const published = toReference(name, whole);
  const { paths: all, ...document } = revise?.(published) ?? published;
  const servers = serversOf(prefixes);
  const placed = { ...document, servers, paths: place(all, paths) };
  const text = JSON.stringify(placed);
  return { text, tag: hash("sha256", text).slice(0, 16) };
}

/** Documents with their servers filled in; undefined for one that is not served. */
export function documents(served: readonly ServedDocument[]) {
  const templates = new Map<DocumentName, Promise<Text>>();
  // Nearly all callers come by the same origin; callers choose it, so no more than one is kept.
  const lastFilledIn = new Map<DocumentName, { origin: string; filledIn: DocumentAtOrigin }>();
  return async (name: string, origin: string): Promise<DocumentAtOrigin | undefined> => {
    const one = served.find((each) => each.name === name);
    if (one === undefined) return undefined;
    const known = templates.get(one.name) ?? templateOf(one);
    templates.set(one.name, known);
    const { text, tag } = await known;
    const last = lastFilledIn.get(one.name);
    if (last?.origin === origin) return last.filledIn;
    const filledIn = {
      // An origin has no character that JSON would write otherwise. Readers are few, and each takes
      // it once: the first one waits for the compressed form.
      body: new CompressibleBody(new SerializedBody(text.replaceAll(ORIGIN, () => origin)), {
        hotRequests: 0,
      }),
      tag: `${tag}-${hash("sha256", origin).slice(0, 16)}`,
    };
    lastFilledIn.set(one.name, { origin, filledIn });
    return filledIn;
  };
}
