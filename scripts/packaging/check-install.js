// Node makes the package from TypeScript, and the node that can is one of the packages. It is plain
// JavaScript, as it is run by any node.
import { existsSync } from "node:fs";

if (!existsSync(new URL("../../node_modules/node", import.meta.url))) {
  console.error("The package is made by the node that npm installs here. Run `npm ci` first.");
  process.exit(1);
}
