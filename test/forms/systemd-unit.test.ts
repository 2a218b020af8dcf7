import { describe, expect, it } from 'vitest';
import { loadForms } from '../../src/forms/load.js';
import { validateGrafana } from '../../src/products/grafana-validate.js';

const load = (text: string, files: Record<string, string> = {}) =>
  loadForms([{ path: 'etc/override.conf', text, form: 'systemd-unit' }], {
    defaults: false,
    forms: {
      readFile: (path) => {
        const found = files[path];
        if (found === undefined) throw new Error('none');
        return found;
      },
    },
  });

const environment = async (text: string, files?: Record<string, string>) =>
  Object.fromEntries((await load(text, files)).readings[0]!.variables.map(({ name, value }) => [name, value]));

describe('Environment=', () => {
  it.each([
    ['[Service]\nEnvironment=A=1 B=2\n', { A: '1', B: '2' }],
    ['[Service]\nEnvironment="A=x y" \'B=it\'\n', { A: 'x y', B: 'it' }],
    ['[Service]\nEnvironment=A=100%% C=a\\tb\n', { A: '100%', C: 'a\tb' }],
    ['[Service]\nEnvironment=A=1 \\\n  B=2\n', { A: '1', B: '2' }],
    ['[Service]\nEnvironment=A=1\nEnvironment=\nEnvironment=B=2\n', { B: '2' }],
    ['[Unit]\nEnvironment=A=1\n', {}],
    ['[Service]\nEnvironment=A=$X\n', { A: '$X' }],
  ])('%j', async (text, wanted) => {
    expect(await environment(text)).toEqual(wanted);
  });

  it('says what falls apart at a blank', async () => {
    const { findings } = await validateGrafana([
      { path: 'o.conf', text: '[Service]\nEnvironment=GF_AUTH_GENERIC_OAUTH_NAME=Acme Login\n', form: 'systemd-unit' },
    ]);
    expect(findings.find(({ rule }) => rule === 'form-quotes')).toMatchObject({
      range: { start: { line: 2, column: 45 }, end: { line: 2, column: 50 } },
    });
  });

  it('loses to EnvironmentFile=, whose places are its own', async () => {
    const config = await load('[Service]\nEnvironmentFile=g.env\nEnvironment=GF_AUTH_GENERIC_OAUTH_NAME=a\n', {
      'etc/g.env': '\nGF_AUTH_GENERIC_OAUTH_NAME="b"\n',
    });
    expect(config.variable('GF_AUTH_GENERIC_OAUTH_NAME')).toMatchObject({
      value: 'b',
      path: 'etc/g.env',
      nameRange: { start: { line: 2, column: 1 } },
    });
  });
});

describe('ExecStart=', () => {
  it('takes variables of the unit, and beats them', async () => {
    const config = await load(
      '[Service]\nEnvironment=HOST=id.acme.dev GF_AUTH_GENERIC_OAUTH_AUTH_URL=https://old/\nExecStart=\nExecStart=/usr/bin/grafana cfg:auth.generic_oauth.auth_url=https://${HOST}/$$x cfg:auth.generic_oauth.name=${NONE}\n',
    );
    expect(config.sections['auth.generic_oauth']).toEqual({
      auth_url: 'https://id.acme.dev/$x',
      name: '$__from{NONE}',
    });
    expect(config.readings[0]?.notes.map(({ kind }) => kind)).toEqual(['form-overridden']);
  });

  it.each(['cfg:auth.x=a=b', 'cfg:x=1', 'cfg:auth.x'])('stops at %s', async (argument) => {
    const { problems } = await load(`[Service]\nExecStart=/usr/bin/grafana ${argument}\n`);
    expect(problems).toMatchObject([{ stage: 'parse', range: { start: { line: 2, column: 28 } } }]);
  });
});
