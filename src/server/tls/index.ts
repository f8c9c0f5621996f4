import type { Server } from "node:http";
import type { Server as SecureServer } from "node:https";
import { isIP } from "node:net";
import { hostname } from "node:os";
import type { Logger } from "pino";
import type { App } from "../../app.ts";
import { UsageError } from "../../command-error.ts";
import type { Config } from "../../config/config.ts";
import { isHostName } from "../../config/parsers.ts";
import { openSecureServer, openServer } from "../http-server.ts";
import type { Source } from "./certificate.ts";

/** Whether callers are to be served over TLS. Throws when the settings contradict each other. */
export function isTlsConfigured({ tls, tlsCert, tlsKey, tlsHosts }: Config): boolean {
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new UsageError("A certificate needs its key: give both --tls-cert and --tls-key.");
  }
  if (tls === "local" && tlsCert !== undefined) {
    throw new UsageError("--tls local makes a certificate; leave out --tls-cert and --tls-key.");
  }
  if (tls !== "local" && tlsHosts.length > 0) {
    throw new UsageError("--tls-hosts names hosts for --tls local, which is missing.");
  }
  return tls === "local" || tlsCert !== undefined;
}

/** The certificate that the settings ask for. Throws `CommandError` where it can't be used. */
export async function openSource(config: Config): Promise<Source> {
  const { data, tlsCert, tlsKey } = config;
  if (tlsCert !== undefined && tlsKey !== undefined) {
    const { certificateFiles } = await import("./files.ts");
    return certificateFiles(tlsCert, tlsKey);
  }
  const { localCertificate } = await import("./local.ts");
  return localCertificate({ data, hosts: hostsOf(config) });
}

/** Every name under which a server on this machine may be called, wherever it listens. */
function hostsOf({ host, publicUrl, tlsHosts }: Config): string[] {
  const named =
    publicUrl === undefined ? [] : [new URL(publicUrl).hostname.replace(/^\[|\]$/g, "")];
  const all = ["localhost", "127.0.0.1", "::1", hostname(), host, ...named, ...tlsHosts];
  const names = new Set(all.map((each) => each.toLowerCase()));
  // What a machine calls itself need not be a name that a certificate can be for.
  return [...names].filter(
    (each) => !EVERYWHERE.has(each) && (isIP(each) !== 0 || isHostName(each)),
  );
}

const EVERYWHERE: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/** A server over TLS where there is a certificate, and without it where there is none. */
export async function serverFor(
  { handler, messages }: Pick<App, "handler"> & Partial<Pick<App, "messages">>,
  source: Source | undefined,
  log: Logger,
): Promise<Server> {
  if (source === undefined) return openServer(handler, messages);
  const server = await openSecureServer(handler, source.first, messages);
  reloadCertificate(server, source, log);
  return server;
}

/** Serves new connections with the newest certificate; one that can't be used changes nothing. */
function reloadCertificate(server: SecureServer, source: Source, log: Logger): void {
  const look = async () => {
    try {
      const newer = await source.newer();
      if (newer === undefined) return;
      server.setSecureContext({ ...newer });
      log.info("serving with a newer certificate");
    } catch (error) {
      const { message } = error as Error;
      log.error(`keeping the old certificate, as the new one can't be used: ${message}`);
    }
  };
  const timer = setInterval(() => void look(), source.every);
  server.on("close", () => clearInterval(timer));
}

/** Says how clients come to trust an authority that is new. */
export const trustLine = (authority: string): string =>
  `To trust its certificate: SSL_CERT_FILE=${authority} (gh, Go, Python, Ruby), ` +
  `NODE_EXTRA_CA_CERTS=${authority} (Node), curl --cacert ${authority}; or, for all of the machine, ` +
  `cp ${authority} /usr/local/share/ca-certificates/followd.crt && update-ca-certificates`;
