import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { CommandError } from "../../command-error.ts";
import { refuseOpenToOthers } from "../signing-key-file.ts";
import type { Certificate } from "./certificate.ts";

const CERT = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/;
const KEY = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/;

/**
 * A certificate and its key from one file, so that they can't come from two different ones.
 * Undefined where there is no file; throws `CommandError` where there is another thing.
 */
export function readCertificateFile(file: string): Certificate | undefined {
  const text = readTextFile(file);
  if (text === undefined) return undefined;
  refuseOpenToOthers(file, "600");
  const [cert, key] = [CERT.exec(text)?.[0], KEY.exec(text)?.[0]];
  if (cert !== undefined && key !== undefined && belong(cert, key)) return { cert, key };
  throw new CommandError(`${file} is damaged; move it away, and a new one is made.`);
}

function belong(cert: string, key: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

/** What a file says; undefined where there is none. */
export function readTextFile(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
