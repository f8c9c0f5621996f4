import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  Lexer,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
} from "graphql";
import { failure } from "./errors.ts";

/** Of a whole document. */
export const MAX_TOKENS = 10_000;
const DEEPEST = 25;
/** Brackets within brackets, lists and objects in arguments too: the parser's stack has an end. */
const MAX_NESTING = 200;
const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);
/** Rules compare every two fields that might be one, so that this counts by its square. */
const MOST_SELECTIONS = 1000;

/** Refuses a text whose brackets nest too deeply for the parser; what is no query is the parser's to say. */
export function checkNesting(query: string): void {
  // Seldom has a query so many brackets at all.
  if (query.split(/[{([]/, MAX_NESTING + 1).length <= MAX_NESTING) return;
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  for (let tokens = 0; tokens < MAX_TOKENS; tokens += 1) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return;
    if (OPENING.has(kind)) depth += 1;
    if (CLOSING.has(kind)) depth -= 1;
    if (depth > MAX_NESTING) {
      const problem = `Query has depth of ${depth}, which exceeds max depth of ${DEEPEST}`;
      throw failure("RESOURCE_LIMITS_EXCEEDED", problem);
    }
  }
}

interface Shape {
  depth: number;
  selections: number;
}

const NONE: Shape = { depth: 0, selections: 0 };

/**
 * Refuses documents that are costly even to validate: too deep, or too much once their fragments
 * stand where they are used. Knows nothing of the schema.
 */
export function checkQueryDepth(document: DocumentNode): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  }
  const known = new Map<string, Shape>();

  function ofFragment(name: string): Shape {
    const found = known.get(name);
    if (found !== undefined) return found;
    // A circle counts for nothing here; that it is one is for validation to say.
    known.set(name, NONE);
    const shape = ofSet(fragments.get(name)?.selectionSet);
    known.set(name, shape);
    return shape;
  }

  function of(selection: SelectionNode): Shape {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    const below = ofSet(selection.selectionSet);
    return selection.kind === Kind.FIELD ? { ...below, depth: below.depth + 1 } : below;
  }

  function ofSet(set: SelectionSetNode | undefined): Shape {
    let [depth, selections] = [0, 0];
    for (const each of set?.selections ?? []) {
      const shape = of(each);
      depth = Math.max(depth, shape.depth);
      selections += shape.selections + 1;
    }
    return { depth, selections };
  }

  for (const each of document.definitions) {
    if ("selectionSet" in each) checkLimits(ofSet(each.selectionSet));
  }
}

function checkLimits({ depth, selections }: Shape): void {
  if (depth > DEEPEST) {
    const problem = `Query has depth of ${depth}, which exceeds max depth of ${DEEPEST}`;
    throw failure("RESOURCE_LIMITS_EXCEEDED", problem);
  }
  if (selections > MOST_SELECTIONS) {
    const problem = `Query has complexity of ${selections}, which exceeds max complexity of`;
    throw failure("RESOURCE_LIMITS_EXCEEDED", `${problem} ${MOST_SELECTIONS}`);
  }
}
