import { join, relative } from "node:path";
import type { Plugin } from "esbuild";

const root = join(import.meta.dirname, "../../..");
const beside = (name: string) => join(import.meta.dirname, name);

/** Takes other modules than the program names: the keys are files of the project, or packages. */
export const standIns = (modules: Readonly<Record<string, string>>): Plugin => ({
  name: "stand-ins",
  setup(builder) {
    const stems = Object.keys(modules).map((name) => name.split("/").at(-1));
    const filter = new RegExp(`(?:^|/)(?:${stems.join("|")})$`);
    builder.onResolve({ filter }, ({ path, resolveDir, importer }) => {
      const name = path.startsWith(".") ? relative(root, join(resolveDir, path)) : path;
      const standIn = modules[name];
      return standIn === undefined || importer === standIn ? undefined : { path: standIn };
    });
  },
});

/** The script of the reference page as a file, in place of the package that has it. */
export const SCRIPT_AS_FILE = {
  "src/instance/docs/standalone-script.ts": beside("standalone-script.ts"),
};

/** The package that has the script. */
export const SCRIPT_PACKAGE = "node_modules/@scalar/fastify-api-reference";

/** What has to be otherwise where there is one file, and no folder of packages. */
export const IN_ONE_FILE = {
  ...SCRIPT_AS_FILE,
  "better-sqlite3": beside("sqlite.ts"),
  "src/require.ts": beside("require.ts"),
};
