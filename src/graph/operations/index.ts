import type { Handlers } from "../http/context.ts";
import * as graph from "./graph.ts";

/** The table of contents: each operation of the document, and the function that answers it. */
export const operations: Handlers = {
  neighbourhood: graph.neighbourhood,
  mutuals: graph.mutuals,
  nonMutuals: graph.nonMutuals,
  suggestions: graph.suggestions,
  common: graph.common,
  path: graph.path,
};
