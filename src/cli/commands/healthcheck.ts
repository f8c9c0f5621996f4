import { isIPv6 } from "node:net";
import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { CommandError, UsageError } from "../../command-error.ts";
import type { Config } from "../../config/config.ts";
import { isTlsConfigured } from "../../server/tls/index.ts";
import { addSettings, configOf, print, verb, wholeNumber } from "../command.ts";

// Not by `import`, which would load more than is needed: `src/http/status-codes.ts` says what.
const { request } = process.getBuiltinModule("node:http");

interface Options {
  json?: boolean;
  timeout: number;
}

const HELP = `
Asks /-/readiness of the server that these settings describe. Exit code 0 when requests may be sent to
it, else 1; so it is of use to Docker (HEALTHCHECK) and to scripts that wait for a server.`;

export function command(): Command {
  const healthcheck = verb("healthcheck", "Asks a server on this machine whether it is ready.")
    .option("--timeout <seconds>", "how long it may take", wholeNumber(1, 300), 5)
    .addHelpText("after", HELP);
  addSettings(healthcheck, ["host", "port", "tls", "tlsHosts", "tlsCert", "tlsKey"]);
  return healthcheck.action(check);
}

async function check(options: Options): Promise<void> {
  const url = addressOf(configOf(options));
  const problem = await problemOf(url, options.timeout);
  if (problem !== undefined && options.json !== true) throw new CommandError(`${url} ${problem}`);
  print(options.json, { healthy: problem === undefined, url, problem }, `${url} is ready.`);
  if (problem !== undefined) process.exitCode = 1;
}

/** Where this machine reaches a server with these settings. */
function addressOf(config: Config): string {
  if (config.port === 0) throw new UsageError("--port 0 is any port; name the one that it got.");
  const everywhere = { "0.0.0.0": "127.0.0.1", "::": "::1" }[config.host];
  const host = everywhere ?? config.host;
  const scheme = isTlsConfigured(config) ? "https" : "http";
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${config.port}`;
}

/** Undefined when the server is ready; else the fault and its remedy. */
async function problemOf(url: string, seconds: number): Promise<string | undefined> {
  try {
    const { status, body } = await ask(`${url}/-/readiness`, AbortSignal.timeout(seconds * 1000));
    if (status === 200) return undefined;
    return `is not ready: it answers ${status} ${messageIn(body)}`.trimEnd();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ECONNREFUSED") return "has no server; `followd serve` starts one.";
    if (code === "ABORT_ERR") return `did not answer within ${seconds} seconds.`;
    return `can't be asked: ${message}.`;
  }
}

async function ask(url: string, signal: AbortSignal): Promise<{ status: number; body: string }> {
  const secure = url.startsWith("https:");
  const send = secure ? (await import("node:https")).request : request;
  // Nothing secret is said, and who answers is whom this machine's own address leads to.
  const options = { signal, agent: false, rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const asking = send(url, options, (answer) => {
      const { statusCode: status = 0 } = answer;
      text(answer).then((body) => resolve({ status, body }), reject);
    });
    asking.on("error", reject).end();
  });
}

/** What a server that is not ready says of itself (GitLab's form). */
function messageIn(body: string): string {
  const [, message = ""] = /"message":"([^"]*)"/.exec(body) ?? [];
  return message;
}
