// Before anything imports signing.ts.
import "./reflect.ts";
import { X509Certificate } from "node:crypto";
import { mkdirSync } from "node:fs";
import { isIP } from "node:net";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { explainError } from "../explain-error.ts";
import { writeFileAtomically } from "../write-file-atomically.ts";
import { type Certificate, expiryOf, type Source } from "./certificate.ts";
import { readCertificateFile, readTextFile } from "./store.ts";

const DAY = 86_400_000;
/** What ends sooner than this is made anew. */
const RENEWED_BEFORE = 30 * DAY;
const EVERY = DAY / 2;

interface LocalOptions {
  /** The data directory; everything is kept in its folder `tls`. */
  data: string;
  /** Host names, addresses, and names that begin with `*.`. */
  hosts: readonly string[];
  clock?: () => number;
}

/**
 * Keeps an authority of this machine's own in the data directory, and a certificate that it
 * signed. Both are used again at the next start, and made anew a month before they end.
 */
export async function localCertificate(options: LocalOptions): Promise<Source> {
  const folder = resolve(options.data, "tls");
  const authority = join(folder, "ca.pem");
  let latest: Certificate | undefined;
  const current = async (): Promise<Certificate> => {
    const signer = await authorityIn(folder, options);
    // For callers to trust: the same without the key.
    if (readTextFile(authority) !== signer.cert) writeFileAtomically(authority, signer.cert);
    return certificateIn(folder, signer, options);
  };
  const newer = async () => {
    const now = await current();
    if (now.cert === latest?.cert) return undefined;
    latest = now;
    return now;
  };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const first = await current();
    latest = first;
    return { first, every: EVERY, newer, authority };
  } catch (error) {
    throw explainError(error, folder);
  }
}

async function authorityIn(folder: string, { clock = Date.now }: LocalOptions) {
  const file = join(folder, "authority.pem");
  const known = readCertificateFile(file);
  if (known !== undefined && lasts(known, clock())) return known;
  const { newAuthority } = await import("./signing.ts");
  const made = await newAuthority(hostname(), clock());
  if (known === undefined) writeFileAtomically(file, made.cert + made.key, { keepExisting: true });
  else writeFileAtomically(file, made.cert + made.key);
  // Processes that start at the same moment must end up with the same one.
  return readCertificateFile(file) as Certificate;
}

async function certificateIn(
  folder: string,
  authority: Certificate,
  { hosts, clock = Date.now }: LocalOptions,
): Promise<Certificate> {
  const file = join(folder, "server.pem");
  const known = readCertificateFile(file);
  if (known !== undefined && lasts(known, clock()) && fits(known, authority, hosts)) return known;
  const { newCertificate } = await import("./signing.ts");
  const made = await newCertificate(authority, hosts, clock());
  writeFileAtomically(file, made.cert + made.key);
  return made;
}

const lasts = ({ cert }: Certificate, now: number): boolean =>
  expiryOf(new X509Certificate(cert)) - RENEWED_BEFORE > now;

function fits({ cert }: Certificate, authority: Certificate, hosts: readonly string[]): boolean {
  const parsed = new X509Certificate(cert);
  const covers = (host: string) =>
    (isIP(host) === 0 ? parsed.checkHost(host.replace("*", "any")) : parsed.checkIP(host)) !==
    undefined;
  return parsed.verify(new X509Certificate(authority.cert).publicKey) && hosts.every(covers);
}
