import { createRequire } from "node:module";
import type * as Jwt from "jsonwebtoken";

/** Not by `import`, which loads at once: a start that shows nobody's token is shorter without. */
const require = createRequire(import.meta.url);

let loaded: typeof Jwt | undefined;

/** The library of tokens, loaded by whoever first needs it. */
export function jwt(): typeof Jwt {
  loaded ??= require("jsonwebtoken") as typeof Jwt;
  return loaded;
}
