#!/usr/bin/env node
// JavaScript, and nothing imported up here: an old node must get as far as the message below.
const OLDEST = [24, 7];

// Without a listener node opens its debugger to every local user. Commands that serve log the signal.
process.on("SIGUSR1", () => undefined);

// A function, as a bundle of one file knows no `await` out here.
async function main() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    process.stderr.write(
      `followd needs Node ${OLDEST.join(".")} or newer; this is ${process.versions.node}. ` +
        "In a checkout, `npm start` and `npm run followd` bring their own.\n",
    );
    process.exitCode = 1;
    return;
  }
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  const { run } = await import("./cli/index.ts");
  await run(process.argv.slice(2));
}

void main();
