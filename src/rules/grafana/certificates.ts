/**
 * What PEM files for a TLS client hold, as Go's crypto/tls judges them. Pure: bytes in, findings out; the time is an argument.
 */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

export interface PemProblem {
  readonly problem: string;
  readonly consequence: string;
}

interface PemBlock {
  readonly label: string;
  readonly text: string;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g;

function blocks(bytes: Uint8Array | string): PemBlock[] {
  const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');
  return [...text.matchAll(BLOCK)].map((match) => ({ label: match[1]!, text: match[0] }));
}

function certificates(bytes: Uint8Array | string): X509Certificate[] | undefined {
  try {
    return blocks(bytes)
      .filter(({ label }) => label === 'CERTIFICATE')
      .map(({ text }) => new X509Certificate(text));
  } catch {
    return undefined;
  }
}

/** Problems of a certificate file; `now` in seconds since 1970. */
export function certificateProblem(bytes: Uint8Array | string, now: number | undefined): PemProblem | undefined {
  const found = certificates(bytes);
  const failed = 'every login fails ("failed to setup TlsClientCert")';
  if (!found) return { problem: 'holds a certificate that cannot be read', consequence: failed };
  const leaf = found[0];
  if (!leaf) return { problem: `holds no certificate${what(bytes)}`, consequence: failed };
  return validity(leaf, now, 'the identity provider refuses the connection, and every login fails');
}

/** Problems of a file of trusted authorities. Grafana does not look whether it holds one. */
export function authorityProblem(bytes: Uint8Array | string, now: number | undefined): PemProblem | undefined {
  const failed = 'Grafana trusts no authority at all: "x509: certificate signed by unknown authority" at every login';
  const found = certificates(bytes);
  if (!found) return { problem: 'holds a certificate that cannot be read', consequence: failed };
  if (found.length === 0) return { problem: `holds no certificate${what(bytes)}`, consequence: failed };
  const problems = found.map((one) =>
    validity(one, now, 'certificates signed with it are not accepted, and logins fail'),
  );
  return problems.every((problem) => problem !== undefined) ? problems[0] : undefined;
}

/** Problems of a private key file, and whether it belongs to the certificate. */
export function keyProblem(
  bytes: Uint8Array | string,
  certificate: Uint8Array | string | undefined,
): PemProblem | undefined {
  const failed = 'every login fails ("failed to setup TlsClientCert")';
  const key = blocks(bytes).find(({ label }) => label === 'PRIVATE KEY' || label.endsWith(' PRIVATE KEY'));
  if (!key) return { problem: `holds no private key${what(bytes)}`, consequence: failed };
  if (key.label === 'ENCRYPTED PRIVATE KEY' || /Proc-Type: 4,ENCRYPTED/.test(key.text))
    return { problem: 'holds a key protected by a pass phrase, which Grafana cannot give', consequence: failed };
  let read: KeyObject;
  try {
    read = createPrivateKey(key.text);
  } catch {
    return { problem: 'holds a private key that cannot be read', consequence: failed };
  }
  const leaf = certificate === undefined ? undefined : certificates(certificate)?.[0];
  if (leaf && !leaf.checkPrivateKey(read))
    return { problem: 'holds a key that does not belong to the certificate of tls_client_cert', consequence: failed };
  return undefined;
}

function validity(certificate: X509Certificate, now: number | undefined, consequence: string): PemProblem | undefined {
  if (now === undefined) return undefined;
  const until = Date.parse(certificate.validTo) / 1000;
  const from = Date.parse(certificate.validFrom) / 1000;
  if (now > until) return { problem: `holds a certificate that expired on ${day(until)}`, consequence };
  if (now < from) return { problem: `holds a certificate that is valid from ${day(from)} only`, consequence };
  return undefined;
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** What the file holds instead, where that is plain to see. */
function what(bytes: Uint8Array | string): string {
  const labels = [...new Set(blocks(bytes).map(({ label }) => label.toLowerCase()))];
  if (labels.length > 0) return ` but a ${labels.join(', ')}`;
  return bytes.length === 0 ? ' (it is empty)' : ' in PEM form';
}
