import { createRequire } from "node:module";

/**
 * Loads a package as CommonJS: at once, and only where it is called. The program as one file has
 * scripts/packaging/binary/require.ts in its place.
 */
export const require: (name: string) => unknown = createRequire(import.meta.url);
