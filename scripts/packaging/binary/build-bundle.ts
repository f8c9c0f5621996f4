// Makes dist/bundle.cjs of the program, which any node of its age runs, with what it needs beside.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";
import { here } from "./platforms.ts";
import { BEGINNING, writeBundle, writeCompiled } from "./write.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: "dist" } } });

mkdirSync(values.out, { recursive: true });
const made = await bundle();
writeBundle(made, here(), values.out);
writeCompiled(values.out);
const file = join(values.out, BEGINNING);
writeFileSync(`${file}.licenses.txt`, made.licenses);
process.stderr.write(`${file}, with the rest beside it\n`);
