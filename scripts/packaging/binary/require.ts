// What a bundle has in place of src/require.ts: esbuild puts a package into the bundle where
// `require` has its name as a literal.
const PACKAGES: Readonly<Record<string, () => unknown>> = {
  "drizzle-orm": () => require("drizzle-orm"),
  "drizzle-orm/better-sqlite3": () => require("drizzle-orm/better-sqlite3"),
  "drizzle-orm/node-postgres": () => require("drizzle-orm/node-postgres"),
  "drizzle-orm/pg-core": () => require("drizzle-orm/pg-core"),
  "drizzle-orm/sqlite-core": () => require("drizzle-orm/sqlite-core"),
  jsonwebtoken: () => require("jsonwebtoken"),
};

function load(name: string): unknown {
  const found = PACKAGES[name];
  if (found === undefined) throw new Error(`${name} is not in this bundle.`);
  return found();
}

export { load as require };
