// Makes dist/followd: the whole program in one file, to be run where there is no node.
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";
import { makeExecutable } from "./executable.ts";
import { here, platforms } from "./platforms.ts";

const HELP = `npm run build:binary -- [--platform NAME --node FILE] [--out FOLDER]

Makes FOLDER/followd for this platform, on the node that this runs on. For another one it needs that
platform's own node, unpacked from nodejs.org/dist/${process.version}/:

${platforms()
  .map((name) => `  --platform ${name}`)
  .join("\n")}

makes FOLDER/followd-NAME. (node for musl: unofficial-builds.nodejs.org.)
`;

const { values } = parseArgs({
  options: {
    platform: { type: "string", default: here() },
    node: { type: "string" },
    out: { type: "string", default: "dist" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else await make();

async function make(): Promise<void> {
  const { platform, out } = values;
  const isOwn = platform === here();
  const node = values.node ?? (isOwn ? process.execPath : undefined);
  if (!platforms().includes(platform)) return complain(`There is no platform ${platform}.`);
  if (node === undefined || !existsSync(node)) {
    return complain(`--node has to name the node of ${platform}, which is not here.`);
  }
  const ending = platform.startsWith("win32") ? ".exe" : "";
  const file = join(out, `followd${isOwn ? "" : `-${platform}`}${ending}`);
  mkdirSync(out, { recursive: true });
  makeExecutable({ bundle: await bundle(), platform, node, file });
  process.stderr.write(`${file}: ${Math.round(statSync(file).size / 1e6)} MB\n`);
}

function complain(problem: string): void {
  process.stderr.write(`${problem}\n\n${HELP}`);
  process.exitCode = 2;
}
