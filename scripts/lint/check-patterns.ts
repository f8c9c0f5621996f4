import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check } from "recheck";
import ts from "typescript";
import { readDocuments } from "../stress/fuzz/documents.ts";

/**
 * Holds every regular expression of the program and every pattern of its documents against recheck:
 * none may take worse than linear time, but for those below, which see short texts alone.
 */
const SRC = fileURLToPath(new URL("../../src/", import.meta.url));
const CHECKED_AT_ONCE = 4;
const PARAMETERS = { timeout: 20_000 };

interface Pattern {
  where: string;
  source: string;
  flags: string;
}

/** Patterns that may be worse than linear, with what keeps the text that they see short. */
const BOUNDED: Readonly<Record<string, string>> = {
  "^[^a-z]+|(?<![^a-z])[^a-z]+$": "a password of at most 256 characters",
  "(?:gh[pousr]_|github_pat_|glpat-|glrt-)[\\w-]{8,255}": "255 characters from each place",
  "\\B(?=(\\d{3})+(?!\\d))": "a number of ours, of at most 16 digits",
};

function patternsOfFile(name: string): Pattern[] {
  const text = readFileSync(`${SRC}${name}`, "utf8");
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: Pattern[] = [];
  const add = (node: ts.Node, source: string, flags: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push({ where: `src/${name}:${line + 1}`, source, flags });
  };
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      add(node, node.text.slice(1, end), node.text.slice(end + 1));
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

/** Every member called `pattern` that has a text, wherever it is in a document. */
function patternsOfDocument(name: string, value: unknown): Pattern[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
    key === "pattern" && typeof member === "string"
      ? [{ where: `openapi/${name}`, source: member, flags: "u" }]
      : patternsOfDocument(name, member),
  );
}

async function everyPattern(): Promise<Pattern[]> {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => /\.[jt]s$/.test(file) && !file.startsWith("generated/"));
  const documents = await readDocuments();
  const all = [
    ...sources.flatMap(patternsOfFile),
    ...[...documents].flatMap(([name, document]) => patternsOfDocument(name, document)),
  ];
  // The same pattern is checked once, however often it stands somewhere.
  return [...new Map(all.map((each) => [`/${each.source}/${each.flags}`, each])).values()];
}

async function complaintAbout({ where, source, flags }: Pattern): Promise<string | undefined> {
  if (Object.hasOwn(BOUNDED, source)) return undefined;
  const found = await check(source, flags, PARAMETERS);
  if (found.status === "safe") return undefined;
  const why =
    found.status === "vulnerable" ? found.complexity.summary : `not known: ${found.error.kind}`;
  return `${where}: /${source}/${flags} (${why})`;
}

const patterns = await everyPattern();
const complaints: string[] = [];
const queue = patterns.values();
await Promise.all(
  Array.from({ length: CHECKED_AT_ONCE }, async () => {
    for (const pattern of queue) {
      const complaint = await complaintAbout(pattern);
      if (complaint !== undefined) complaints.push(complaint);
    }
  }),
);
const known = new Set(patterns.map(({ source }) => source));
const spare = Object.keys(BOUNDED).filter((source) => !known.has(source));
for (const complaint of complaints.sort()) console.error(`worse than linear: ${complaint}`);
for (const source of spare) console.error(`no longer there: /${source}/`);
console.log(`${patterns.length} patterns, ${complaints.length} worse than linear`);
process.exit(complaints.length + spare.length > 0 ? 1 : 0);
