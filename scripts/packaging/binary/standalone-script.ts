// What a build has in place of src/instance/docs/standalone-script.ts: the script is a file beside
// the program or inside it. In the package that it comes from it is a text of 4 MB in a module,
// which V8 would read at every start.
import { assetOf } from "./asset.ts";
import { REFERENCE } from "./names.ts";

export const readStandaloneScript = async (): Promise<string> => String(assetOf(REFERENCE));
