import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingsOfRule } from '../../helpers/findings.js';

const folder = new URL('../../../fixtures/tls/', import.meta.url);

/** A file system that holds the fixtures under /etc/tls, an empty file and a text. */
function readFile(path: string): Uint8Array {
  const name = path.replace('/etc/tls/', '');
  if (name === 'empty.pem') return new Uint8Array();
  if (name === 'text.pem') return Buffer.from('not a certificate\n');
  if (name === 'broken.pem') return Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
  if (name === 'secret.pem') throw Object.assign(new Error('denied'), { code: 'EACCES' });
  return readFileSync(new URL(name, folder));
}

const CREATED = Date.parse('2026-12-01T00:00:00Z') / 1000;

const run = (options: string, now: number | undefined = CREATED) =>
  findingsOfRule('tls-file', `[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n${options}`, {
    readFile,
    now,
  });

describe('tls-file', () => {
  it('has nothing to say about a certificate, its key and an authority', async () => {
    expect(
      await run(
        'tls_client_cert = /etc/tls/client.crt\ntls_client_key = /etc/tls/client.key\ntls_client_ca = /etc/tls/ca.pem\n',
      ),
    ).toEqual([]);
  });

  it.each([
    ['tls_client_ca = /etc/tls/nowhere.pem', 'warning', 'does not exist here'],
    ['tls_client_ca = /etc/tls/secret.pem', 'error', 'cannot be read'],
    ['tls_client_ca = /etc/tls/empty.pem', 'error', 'holds no certificate (it is empty)'],
    ['tls_client_ca = /etc/tls/text.pem', 'error', 'holds no certificate in PEM form'],
    ['tls_client_ca = /etc/tls/client.key', 'error', 'holds no certificate but a private key'],
    ['tls_client_ca = /etc/tls/broken.pem', 'error', 'certificate that cannot be read'],
    [
      'tls_client_cert = /etc/tls/client.key\ntls_client_key = /etc/tls/client.key',
      'error',
      'holds no certificate but',
    ],
    [
      'tls_client_cert = /etc/tls/client.crt\ntls_client_key = /etc/tls/client.crt',
      'error',
      'holds no private key but',
    ],
    [
      'tls_client_cert = /etc/tls/client.crt\ntls_client_key = /etc/tls/other.key',
      'error',
      'does not belong to the certificate',
    ],
    ['tls_client_cert = /etc/tls/client.crt\ntls_client_key = /etc/tls/encrypted.key', 'error', 'pass phrase'],
    ['tls_client_cert = /etc/tls/client.crt\ntls_client_key = /etc/tls/encrypted-pkcs8.key', 'error', 'pass phrase'],
  ])('%s: %s, %s', async (options, severity, message) => {
    const findings = await run(`${options}\n`);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity });
    expect(findings[0]!.message).toContain(message);
    expect(findings[0]!.range!.start.line).toBe(
      options.startsWith('tls_client_ca') || message.includes('no certificate') ? 4 : 5,
    );
  });

  const pair = 'tls_client_cert = /etc/tls/client.crt\ntls_client_key = /etc/tls/client.key\n';

  it('judges dates by the time it is given, and not at all without', async () => {
    const [late] = await run(pair, Date.parse('2027-06-01T00:00:00Z') / 1000);
    expect(late!.message).toBe('the file of tls_client_cert holds a certificate that expired on 2026-12-22');
    const [early] = await run(pair, Date.parse('2026-01-01T00:00:00Z') / 1000);
    expect(early!.message).toContain('valid from 2026-11-22 only');
    const text = `[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n${pair}`;
    expect(await findingsOfRule('tls-file', text, { readFile })).toEqual([]);
  });

  it('shows nothing of the files', async () => {
    const findings = await run('tls_client_ca = /etc/tls/client.key\n');
    expect(JSON.stringify(findings)).not.toContain('BEGIN');
  });
});
