import { createPrivateKey, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { CommandError } from "../../command-error.ts";

/** A certificate, with those that lead to its authority, and its private key; both in PEM form. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Where a server's certificate comes from, and how it is kept fresh. */
export interface Source {
  readonly first: Certificate;
  /** Milliseconds between two looks for a newer one. */
  readonly every: number;
  /** The newer one, if there is one by now. Throws when what is there can't be used. */
  readonly newer: () => Promise<Certificate | undefined>;
  /** The file with the authority that clients have to trust, where it is new. */
  readonly authority?: string;
}

/** Throws `CommandError` unless callers can be served with this; names tell where it is from. */
export function checkCertificate(
  { cert, key }: Certificate,
  certName: string,
  keyName: string,
  now: number,
) {
  const parsed = attempt(
    () => new X509Certificate(cert),
    () => `${certName} is no certificate in PEM form.`,
  );
  const secret = attempt(
    () => createPrivateKey(key),
    () => `${keyName} is no private key in PEM form, or needs a passphrase.`,
  );
  if (!parsed.checkPrivateKey(secret)) {
    throw new CommandError(
      `The key in ${keyName} does not belong to the certificate in ${certName}.`,
    );
  }
  if (expiryOf(parsed) <= now) {
    throw new CommandError(`The certificate in ${certName} ended on ${parsed.validTo}.`);
  }
  attempt(
    () => createSecureContext({ cert, key }),
    (error) => `${certName} can't be used: ${error.message}`,
  );
}

function attempt<T>(deed: () => T, problem: (error: Error) => string): T {
  try {
    return deed();
  } catch (error) {
    throw new CommandError(problem(error as Error));
  }
}

/** When a certificate ends, in milliseconds since 1970. */
export const expiryOf = ({ validTo }: X509Certificate): number => Date.parse(validTo);
