import { statSync } from "node:fs";
import type { Config } from "../config/config.ts";
import { isLoopback } from "../dev/http/loopback.ts";
import type { Engine } from "../storage/engine.ts";

/** Bits of a mode with which users other than the owner and its group read or change a file. */
const OTHERS = 0o007;
/** Of a group, writing alone is odd: certificates are often shared by a group of readers. */
const GROUP_WRITES = 0o020;

type Exposure = Pick<
  Config,
  "database" | "host" | "publicUrl" | "smtpUrl" | "tls" | "tlsCert" | "tlsKey"
>;

/** Warnings for an operator before others call: what is sent in clear, what others can read. */
export function startWarnings(config: Exposure): string[] {
  const { database, host, publicUrl, smtpUrl, tls, tlsCert, tlsKey } = config;
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
  if (database !== undefined && isWeaklySecured(database)) {
    warnings.push(
      "the database may be spoken to in clear, or be another one than it says; write " +
        "sslmode=verify-full and sslrootcert=FILE into its address",
    );
  }
  return warnings;
}

const MAX_CLOCK_OFFSET_MS = 1000;

/** What to know of a database's clock: times come from nodes, and should agree among them. */
export async function clockWarnings({
  clockOffset,
}: Pick<Engine, "clockOffset">): Promise<string[]> {
  const offset = (await clockOffset?.()) ?? 0;
  if (Math.abs(offset) <= MAX_CLOCK_OFFSET_MS) return [];
  return [
    `the clock of the database is ${offset} ms off this machine's; run a time service on both`,
  ];
}

/** Anything but a checked certificate, where the address leaves this machine. */
function isWeaklySecured(database: string): boolean {
  const { hostname, searchParams } = new URL(database);
  const host = searchParams.get("host") ?? hostname;
  if (host === "" || host.startsWith("/") || isLoopback(host)) return false;
  return searchParams.get("sslmode") !== "verify-full";
}

/** A missing file is reported by its reader. */
function isOpen(file: string): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & (OTHERS | GROUP_WRITES)) !== 0;
}

function sendsInClear(smtpUrl: string): boolean {
  const { protocol, hostname, searchParams } = new URL(smtpUrl);
  return protocol === "smtp:" && !isLoopback(hostname) && searchParams.get("requireTLS") !== "true";
}
