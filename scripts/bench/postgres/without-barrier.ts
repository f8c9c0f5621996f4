import { registerHooks } from "node:module";

/** For `node --import`: a node that trusts its memory without asking, to see what asking costs. */
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith("/src/storage/postgres/barrier.ts")) return loaded;
    const source = Buffer.from(loaded.source as Uint8Array).toString();
    const asking = "this.#next ??= this.#askNext();";
    if (!source.includes(asking)) throw new Error("barrier.ts asks elsewhere.");
    return { ...loaded, source: source.replace(asking, "this.#next ??= Promise.resolve();") };
  },
});
