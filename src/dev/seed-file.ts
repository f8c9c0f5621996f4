import { type Document, isMap, isNode, LineCounter, parseDocument } from "yaml";
import { nearest } from "../config/suggest.ts";
import { SeedError } from "./seed-error.ts";
import type { Seed, SeedSource, SeedToken, SeedUser } from "./seed-types.ts";

type Path = SeedError["path"];

const PARTS = ["users", "follows", "tokens", "groups", "projects", "events"] as const;

/** A seed as a file has it, and the line at which a part of it stands. */
export interface SeedFile {
  seed: Seed;
  lineOf(path: Path): number;
}

/** Reads a seed from YAML. Throws SeedError, whose message begins with the line. */
export function readSeed(text: string): SeedFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new SeedError([], `${lines.linePos(broken.pos[0]).line}: ${broken.message}`);
  }
  const lineIn = (path: Path) => lines.linePos(startOf(document, path)).line;
  try {
    const { seed, follows } = seedOf(document.toJS());
    const lineOf = (path: Path) =>
      lineIn(path[0] === "follows" ? (follows[Number(path[1])]?.[Number(path[2])] ?? []) : path);
    return { seed, lineOf };
  } catch (error) {
    if (!(error instanceof SeedError)) throw error;
    throw new SeedError(error.path, `${lineIn(error.path)}: ${error.message}`);
  }
}

/** A seed of code, which may have the shape of a file's, too. Throws SeedError. */
export const parseSeed = (value: unknown): Seed => seedOf(value).seed;

/** Where a part begins, or the nearest part around it that has a place. */
function startOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const around = document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(around) && around.items.find(({ key }) => String(key) === path[length - 1]);
    const node = pair ? pair.key : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function seedOf(value: unknown) {
  const parts = mapping(value ?? {}, [], `a mapping with ${PARTS.join(", ")}`);
  for (const name of Object.keys(parts)) requireKnown(name, PARTS, [name]);
  const follows = listed(parts.follows, ["follows"]).flatMap(([one, path]) => edgesOf(one, path));
  const entries = <T>(part: (typeof PARTS)[number], toEntry: (value: unknown, path: Path) => T) =>
    listed(parts[part], [part]).map(([value, path]) => toEntry(value, path));
  const seed: Seed = {
    users: entries("users", named<SeedUser>),
    follows: follows.map(({ ends }) => ends),
    tokens: entries("tokens", named<SeedToken>),
    groups: entries("groups", members<SeedSource>),
    projects: entries("projects", members<SeedSource>),
    events: entries("events", members<object>),
  };
  return { seed, follows: follows.map(({ paths }) => paths) };
}

function mapping(value: unknown, path: Path, problem: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SeedError(path, `here belongs ${problem}.`);
  }
  return value as Record<string, unknown>;
}

function listed(value: unknown, path: Path): [unknown, Path][] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new SeedError(path, `${path.join(".")} is no list.`);
  return value.map((one, place) => [one, [...path, place]]);
}

function requireKnown(name: string, all: readonly string[], path: Path): void {
  if (all.includes(name)) return;
  throw new SeedError(path, `there is no “${name}”; did you mean “${nearest(name, all)}”?`);
}

/** One that is named alone, or with more that is said of it; `applySeed` reads the members. */
function named<T extends { username: string }>(value: unknown, path: Path): T {
  const one = typeof value === "string" ? { username: value } : value;
  return mapping(one, path, `a username, or a mapping with one${quotes(value)}`) as T;
}

/** YAML takes 007 for the number 7, and yes for true. */
const quotes = (value: unknown): string =>
  typeof value === "number" || typeof value === "boolean"
    ? "; what YAML takes for a number or a truth value needs quotation marks, as in “'007'”"
    : "";

/** One of which everything is said by name; `applySeed` reads the members. */
const members = <T extends object>(value: unknown, path: Path): T =>
  mapping(value, path, "a mapping") as T;

interface Edge {
  ends: readonly [string, string];
  /** Where each end stands. */
  paths: readonly [Path, Path];
}

/** `octocat: [defunkt, hubot]`, `octocat: defunkt`, or the pair `[octocat, defunkt]`. */
function edgesOf(value: unknown, path: Path): Edge[] {
  if (Array.isArray(value) && value.length === 2) {
    const [follower, followed] = value as unknown[];
    if (typeof follower === "string" && typeof followed === "string") {
      return [
        {
          ends: [follower, followed],
          paths: [
            [...path, 0],
            [...path, 1],
          ],
        },
      ];
    }
  }
  const lists = mapping(value, path, "`FOLLOWER: [FOLLOWED, …]` or `[FOLLOWER, FOLLOWED]`");
  return Object.entries(lists).flatMap(([follower, followed]) => {
    const from = [...path, follower];
    const all: [unknown, Path][] =
      typeof followed === "string" ? [[followed, from]] : listed(followed, from);
    return all.map(([name, to]): Edge => {
      if (typeof name !== "string") {
        throw new SeedError(to, `here belongs a username${quotes(name)}.`);
      }
      if (name.toLowerCase() === follower.toLowerCase()) {
        throw new SeedError(to, `${name} can't follow themselves.`);
      }
      return { ends: [follower, name], paths: [from, to] };
    });
  });
}
