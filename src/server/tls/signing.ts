import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import type { Certificate } from "./certificate.ts";

const DAY = 86_400_000;
const AUTHORITY_LASTS = 3650 * DAY;
/** Browsers take nothing that lasts longer than 398 days. */
const CERTIFICATE_LASTS = 397 * DAY;
/** Clocks of callers may be slow. */
const EARLIER = DAY;

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

const newKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);

type Keys = Awaited<ReturnType<typeof newKeys>>;

async function pemOf(key: Keys["privateKey"]): Promise<string> {
  return `${PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")}\n`;
}

/** Makes an authority of this machine's own, for ten years. */
export async function newAuthority(machine: string, now: number): Promise<Certificate> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ O: ["followd"] }, { CN: [`followd on ${machine}`] }],
    notBefore: new Date(now - EARLIER),
    notAfter: new Date(now + AUTHORITY_LASTS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      // It may sign servers' certificates, and no authorities.
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${certificate.toString("pem")}\n`, key: await pemOf(keys.privateKey) };
}

/** Makes a certificate for host names and addresses that the authority signs, for 13 months. */
export async function newCertificate(
  authority: Certificate,
  hosts: readonly string[],
  now: number,
): Promise<Certificate> {
  const issuer = new X509Certificate(authority.cert);
  const pkcs8 = PemConverter.decode(authority.key)[0] as ArrayBuffer;
  const signingKey = await crypto.subtle.importKey("pkcs8", pkcs8, ALGORITHM, false, ["sign"]);
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.create({
    subject: [{ O: ["followd"] }],
    issuer: issuer.subjectName.toJSON(),
    notBefore: new Date(now - EARLIER),
    notAfter: new Date(Math.min(now + CERTIFICATE_LASTS, issuer.notAfter.getTime())),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        hosts.map((value) => ({
          type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const),
          value,
        })),
      ),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { cert: `${certificate.toString("pem")}\n`, key: await pemOf(keys.privateKey) };
}
