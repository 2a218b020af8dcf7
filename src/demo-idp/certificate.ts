/**
 * A CA and a server certificate for loopback, made at start, so that TLS settings can be tried without OpenSSL and without
 * private keys in a repository. Encodes just enough DER (X.690) for a version 3 certificate (RFC 5280).
 */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** Private key of the server, PEM. */
  readonly key: string;
  /** Certificate of the server, PEM. */
  readonly cert: string;
  /** The CA to trust, PEM. */
  readonly ca: string;
  /** A client of the same CA, for servers that ask for a certificate; PEM. */
  readonly client: { readonly key: string; readonly cert: string };
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const BOOLEAN = 0x01;
const context = (tag: number, constructed = true) => 0x80 | (constructed ? 0x20 : 0) | tag;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const septets = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80);
    bytes.push(...septets);
  }
  return der(OBJECT_ID, Buffer.from(bytes));
}

const ECDSA_WITH_SHA256 = der(SEQUENCE, oid('1.2.840.10045.4.3.2'));

const commonName = (name: string) =>
  der(SEQUENCE, der(SET, der(SEQUENCE, oid('2.5.4.3'), der(UTF8_STRING, Buffer.from(name, 'utf8')))));

function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  const flag = critical ? [der(BOOLEAN, Buffer.from([0xff]))] : [];
  return der(SEQUENCE, oid(id), ...flag, der(OCTET_STRING, value));
}

/** Good from 2020 to the end of 2049: nothing here ends while somebody is looking. */
const VALIDITY = der(
  SEQUENCE,
  der(UTC_TIME, Buffer.from('200101000000Z', 'ascii')),
  der(UTC_TIME, Buffer.from('491231235959Z', 'ascii')),
);

function certificate(
  subject: string,
  publicKey: KeyObject,
  issuer: string,
  issuerKey: KeyObject,
  extensions: readonly Buffer[],
): string {
  const serial = randomBytes(15);
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  const body = der(
    SEQUENCE,
    der(context(0), der(INTEGER, Buffer.from([2]))),
    der(INTEGER, serial),
    ECDSA_WITH_SHA256,
    commonName(issuer),
    VALIDITY,
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(context(3), der(SEQUENCE, ...extensions)),
  );
  const signature = sign('sha256', body, issuerKey);
  const whole = der(SEQUENCE, body, ECDSA_WITH_SHA256, der(BIT_STRING, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** A fresh CA and a certificate by it for 127.0.0.1, ::1 and localhost. */
export function makeCertificate(): Certificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const caName = 'auth-cli demo CA';
  const isAuthority = extension('2.5.29.19', true, der(SEQUENCE, der(BOOLEAN, Buffer.from([0xff]))));
  const signsCertificates = extension('2.5.29.15', true, der(BIT_STRING, Buffer.from([1, 0x06])));
  const names = extension(
    '2.5.29.17',
    false,
    der(
      SEQUENCE,
      der(context(2, false), Buffer.from('localhost', 'ascii')),
      der(context(7, false), Buffer.from([127, 0, 0, 1])),
      der(context(7, false), Buffer.from([...new Array(15).fill(0), 1])),
    ),
  );
  const client = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const serverUse = extension('2.5.29.37', false, der(SEQUENCE, oid('1.3.6.1.5.5.7.3.1')));
  const clientUse = extension('2.5.29.37', false, der(SEQUENCE, oid('1.3.6.1.5.5.7.3.2')));
  return {
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: certificate('127.0.0.1', server.publicKey, caName, authority.privateKey, [names, serverUse]),
    client: {
      key: client.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      cert: certificate('auth-cli demo client', client.publicKey, caName, authority.privateKey, [clientUse]),
    },
    ca: certificate(caName, authority.publicKey, caName, authority.privateKey, [isAuthority, signsCertificates]),
  };
}
