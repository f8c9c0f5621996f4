import { requests } from "../../../src/generated/github-requests.ts";
import { operations } from "../../../src/github/operations/index.ts";

/** So many times the document's operations are added to it, each below a path of its own. */
const COPIES = 20;

/**
 * For `node --import`: followd with a document of a thousand operations. What a request costs is not
 * to grow with them.
 */
const all = Object.entries(requests.paths).filter(([path]) => path !== "/");
const handlers: Record<string, unknown> = operations;
for (let copy = 0; copy < COPIES; copy += 1) {
  for (const [path, item] of all) {
    const added = structuredClone(item);
    for (const operation of [added.get, added.put, added.post, added.patch, added.delete]) {
      const { operationId } = operation ?? {};
      if (operation === undefined || operationId === undefined) continue;
      operation.operationId = `${operationId}-${copy}`;
      handlers[operation.operationId] = handlers[operationId];
    }
    // Both before what a request's path begins with and below it.
    requests.paths[copy % 2 === 0 ? `/copy-${copy}${path}` : `${path}/copy-${copy}`] = added;
  }
}
