import { parseArgs } from "node:util";
import { measureGraph } from "./graph.ts";

const { values: options } = parseArgs({
  options: {
    /** Loads a large graph through the importer instead of measuring rows. */
    graph: { type: "boolean", default: false },
    users: { type: "string", default: "1000000" },
    follows: { type: "string", default: "20000000" },
  },
});

if (options.graph) {
  await measureGraph({ users: Number(options.users), follows: Number(options.follows) });
}
