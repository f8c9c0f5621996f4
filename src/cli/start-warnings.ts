import { statSync } from "node:fs";
import type { Config } from "../config/config.ts";
import { isLoopback } from "../dev/http/loopback.ts";

/** Bits of a mode with which users other than the owner and its group read or change a file. */
const OTHERS = 0o007;
/** Of a group, writing alone is odd: certificates are often shared by a group of readers. */
const GROUP_WRITES = 0o020;

type Exposure = Pick<Config, "host" | "publicUrl" | "smtpUrl" | "tls" | "tlsCert" | "tlsKey">;

/** What an operator should know before strangers call: what is sent in clear, what others can read. */
export function startWarnings(config: Exposure): string[] {
  const { host, publicUrl, smtpUrl, tls, tlsCert, tlsKey } = config;
  const warnings: string[] = [];
  const isSecure = tls === "local" || tlsCert !== undefined;
  if (!isSecure && publicUrl === undefined && !isLoopback(host)) {
    warnings.push(
      `other machines reach ${host} without TLS, so that tokens and passwords cross the network in ` +
        "clear; give --tls local, --tls-cert and --tls-key, or the --public-url of a proxy with TLS",
    );
  }
  if (tlsKey !== undefined && process.platform !== "win32" && isOpen(tlsKey)) {
    warnings.push(`other users of this machine can read or change ${tlsKey}; chmod 600 it`);
  }
  if (smtpUrl !== undefined && sendsInClear(smtpUrl)) {
    warnings.push(
      "the mail server may be spoken to in clear where STARTTLS is cut out on the way; " +
        "write smtps://, or add ?requireTLS=true to the smtp:// address",
    );
  }
  return warnings;
}

/** A file that is not there is told of by what reads it. */
function isOpen(file: string): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & (OTHERS | GROUP_WRITES)) !== 0;
}

function sendsInClear(smtpUrl: string): boolean {
  const { protocol, hostname, searchParams } = new URL(smtpUrl);
  return protocol === "smtp:" && !isLoopback(hostname) && searchParams.get("requireTLS") !== "true";
}
