// Makes dist/bundle.cjs of the program, which any node of its age runs, with three files beside it.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ADDON } from "../../src/storage/addon.ts";
import { bundle } from "./bundle.ts";
import { REFERENCE } from "./names.ts";
import { here, prebuildFor } from "./platforms.ts";

/** node keeps what it compiled of a file only when the cache was on before it was read. */
const LOADER = `require("node:module").enableCompileCache?.();\nrequire("./program.cjs");\n`;

const { values } = parseArgs({ options: { out: { type: "string", default: "dist" } } });
const beside = (name: string): string => join(values.out, name);

mkdirSync(values.out, { recursive: true });
const { code, reference, licenses } = await bundle();
writeFileSync(beside("bundle.cjs"), LOADER);
writeFileSync(beside("program.cjs"), code);
writeFileSync(beside(REFERENCE), reference);
writeFileSync(beside("bundle.cjs.licenses.txt"), licenses);
copyFileSync(prebuildFor(here()), beside(ADDON));
process.stderr.write(`${beside("bundle.cjs")}, with program.cjs, ${REFERENCE} and ${ADDON}\n`);
