import { readFileSync } from "node:fs";

/** GitHub's own description, cut to what is served here; its npm package is too large to install. */
const FILE = new URL("../../../openapi/vendor/github-ghes-3.15.json", import.meta.url);

/**
 * The description for servers that follow every reference: the cut left headers and examples out
 * that answers still name, so those names go, too.
 */
export const description = (): string =>
  JSON.stringify(JSON.parse(readFileSync(FILE, "utf8")), (key, value: unknown) =>
    (key === "headers" || key === "examples") && isDangling(value)
      ? undefined
      : described(key, value),
  );

/** An answer without a word about it is none to them. */
const described = (key: string, value: unknown): unknown =>
  /^\d{3}$/.test(key) ? { description: "", ...(value as object) } : value;

const isDangling = (value: unknown): boolean => JSON.stringify(value ?? "").includes('"$ref"');
