// Makes dist/bundle.cjs of the program, which any node of its age runs.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ADDON } from "../../src/storage/addon.ts";
import { bundle } from "./bundle.ts";
import { here, prebuildFor } from "./platforms.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: "dist" } } });

mkdirSync(values.out, { recursive: true });
const { code } = await bundle();
writeFileSync(join(values.out, "bundle.cjs"), code);
copyFileSync(prebuildFor(here()), join(values.out, ADDON));
process.stderr.write(`${join(values.out, "bundle.cjs")}, with ${ADDON} beside it\n`);
