import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForm } from '../../src/forms/read.js';
import type { FormFacts, FormReading } from '../../src/forms/types.js';

const read = (text: string, facts: FormFacts = {}): Promise<FormReading> =>
  readForm({ path: 'grafana-server.service.d/sso.conf', text, form: 'systemd-unit' }, 'systemd-unit', facts);

const env = ({ variables }: FormReading) => Object.fromEntries(variables.map(({ name, value }) => [name, value]));

const kinds = ({ notes }: FormReading) => notes.map(({ kind }) => kind);

describe('Environment=', () => {
  it.each([
    ['A=1 B=2', { A: '1', B: '2' }],
    ['"A=1 2" \'B=x y\'', { A: '1 2', B: 'x y' }],
    ['"A=a\\nb\\x41\\101\\s%%"', { A: 'a\nbAA %' }],
    ['A=$X', { A: '$X' }],
    ['A=%h', { A: '$__from{systemd: %h}' }],
    ['A=1 \\\n  B=2', { A: '1', B: '2' }],
    ['A=1\nEnvironment=\nEnvironment=B=2', { B: '2' }],
  ])('%s', async (written, expected) => {
    expect(env(await read(`[Service]\n; no\nEnvironment=${written}\n`))).toEqual(expected);
  });

  it('says which words are no assignments, and where quotes stand in a wrong place', async () => {
    expect(kinds(await read('[Service]\nEnvironment=GF_A="x y"\n'))).toEqual(['form-quotes', 'form-quotes']);
    expect(kinds(await read('[Unit]\nEnvironment=x\n'))).toEqual([]);
  });

  it('loses to its files, which are read where they are', async () => {
    const readFile = (path: string) => {
      if (path === '/etc/default/grafana-server') return 'A=file\nGF_B__FILE=/x\n';
      throw new Error('no');
    };
    const text =
      '[Service]\nEnvironmentFile=-/etc/no\nEnvironmentFile=/etc/default/grafana-server\nEnvironment=A=unit\n';
    const reading = await read(text, { readFile });
    expect(env(reading)).toEqual({ A: 'file' });
    expect(reading.alongside?.map(({ path }) => path)).toEqual(['/etc/default/grafana-server']);
    expect(reading.notes).toMatchObject([{ kind: 'form-file-suffix', path: '/etc/default/grafana-server' }]);
  });
});

describe('ExecStart=', () => {
  it('gives Grafana the arguments, over variables', async () => {
    const text =
      '[Service]\nEnvironment=GF_AUTH_GENERIC_OAUTH_NAME=x ID=i\nExecStart=\nExecStart=/bin/grafana server cfg:auth.generic_oauth.name=y "cfg:auth.generic_oauth.client_id=${ID}$$%%"\n';
    const reading = await read(text);
    expect(env(reading)).toEqual({ ID: 'i' });
    expect(kinds(reading)).toEqual(['form-overridden']);
    const entries = reading.documents.flatMap(({ sections }) => sections.flatMap((section) => section.entries));
    expect(entries.map(({ section, key, value }) => [section, key, value])).toEqual([
      ['auth.generic_oauth', 'name', 'y'],
      ['auth.generic_oauth', 'client_id', 'i$%'],
    ]);
    const [document] = reading.documents;
    const { start, end } = document!.range(entries[0]!.valueSpan);
    expect(text.split('\n')[start.line - 1]!.slice(start.column - 1, end.column - 1)).toBe('y');
  });

  it('says that a second "=" ends Grafana', async () => {
    expect((await read('[Service]\nExecStart=/bin/g cfg:server.root_url=https://x/?a=b\n')).notes).toMatchObject([
      { kind: 'form-refused', stops: 'grafana' },
    ]);
  });
});

it('reads any text without throwing', async () => {
  const part = fc.constantFrom(
    '[Service]',
    '\n',
    'Environment=',
    'EnvironmentFile=',
    'ExecStart=',
    'A=',
    '"',
    "'",
    '\\',
    '%',
    '$',
    ' ',
    'cfg:',
    '.',
    'é',
    ';',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 30 }), async (parts) => {
      const text = `[Service]\n${parts.join('')}`;
      for (const { span } of (await read(text)).notes) expect(span.end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 300 },
  );
});
