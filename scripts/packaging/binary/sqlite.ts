// What a bundle has in place of better-sqlite3, which can't find its native part in one.
import Database, { type Options } from "better-sqlite3";
import { addonFile } from "../../../src/server/native-addon.ts";

interface Module {
  exports: { isInitialized?: boolean };
}

let loaded: Module["exports"] | undefined;

/** Loads the native part as node does; an executable's own `require` knows no files. */
function load(file: string | undefined): Module["exports"] {
  if (loaded !== undefined) return loaded;
  if (file === undefined) throw new Error("The native part of better-sqlite3 is missing.");
  const module: Module = { exports: {} };
  try {
    process.dlopen(module, file);
  } catch (error) {
    throw new Error(
      `${file} can't be loaded: ${(error as Error).message}. Where its folder is mounted noexec, ` +
        "name another one in XDG_CACHE_HOME.",
    );
  }
  loaded = module.exports;
  return loaded;
}

/** Opens a database; better-sqlite3 is given its native part as an object. */
// biome-ignore lint/style/noDefaultExport: it is what better-sqlite3 exports
export default function Connection(
  file: string | Buffer,
  options: Options = {},
): Database.Database {
  const nativeBinding = load(options.nativeBinding ?? addonFile());
  return new Database(file, { ...options, nativeBinding } as Options);
}
