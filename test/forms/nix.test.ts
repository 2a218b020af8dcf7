import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForm } from '../../src/forms/read.js';
import type { FormReading } from '../../src/forms/types.js';
import { validate } from '../../src/library/validate.js';

const read = (text: string): Promise<FormReading> => readForm({ path: 'grafana.nix', text, form: 'nix' }, 'nix', {});

const written = ({ documents }: FormReading) => documents.map(({ source }) => source.text).join('');

const ini = async (value: string) => {
  const text = written(await read(`{ services.grafana.settings.server.x = ${value}; }`));
  return /^\[server\]\nx=([\s\S]*)\n$/.exec(text)?.[1];
};

describe('values', () => {
  it.each([
    ['true', 'true'],
    ['null', ''],
    ['12', '12'],
    ['-1', '-1'],
    ['"a\\"b\\n\\${x} $${y}"', 'a"b\n${x} $${y}'],
    ['"a${b}c"', 'a$__from{b}c'],
    ["''\n    a\n      b ''${x} '''\n    ''", "a\n  b ${x} ''\n"],
    ['[ "a" 1 true ]', 'a 1 true'],
    ['lib.mkForce "x"', 'x'],
    ['mkDefault true', 'true'],
    ['config.x.y', '$__from{Nix}'],
    ['if a then "x" else "y"', '$__from{Nix}'],
    ['with lib; "x"', '$__from{Nix}'],
    ['"x" + "y"', '$__from{Nix}'],
  ])('%s', async (value, text) => {
    expect(await ini(value)).toBe(text);
  });
});

it('finds settings however the paths are cut', async () => {
  const all = '[auth]\ndisable_login_form=true\n[auth.generic_oauth]\nenabled=true\nname=Corp\n';
  for (const text of [
    '{ config, pkgs, ... }: { services.grafana = { enable = true; settings = { auth.disable_login_form = true; "auth.generic_oauth" = { enabled = true; name = "Corp"; }; }; }; }',
    '{ pkgs, ... }:\n{\n  services.grafana.settings = lib.mkIf (config.a == "b") {\n    auth = { disable_login_form = true; }; # x\n    "auth.generic_oauth".enabled = true;\n    "auth.generic_oauth".name = "Corp";\n  };\n}',
    'let a = { b = 1; }; in { services = rec { grafana.settings.auth.disable_login_form = true; grafana.settings."auth.generic_oauth" = { enabled = true; name = "Corp"; }; nginx.enable = true; }; }',
  ])
    expect(written(await read(text))).toBe(all);
});

it('says what becomes of lists, lines and secrets', async () => {
  const text = `services.grafana.settings."auth.generic_oauth" = {
  allowed_groups = [ "a b" "c" ];
  client_secret = "k3y";
  name = ''
    a
    b
  '';
};
services.grafana.settings.auth.okta.name = "x";
services.grafana.extraOptions.AUTH_GENERIC_OAUTH_CLIENT_ID = "old";
`;
  const reading = await read(text);
  expect(reading.notes.map(({ kind, option }) => `${kind} ${option}`)).toEqual([
    'form-nested-section name',
    'form-list allowed_groups',
    'form-readable-secret client_secret',
    'form-multi-line name',
  ]);
  expect(text.slice(reading.notes[0]!.span.start, reading.notes[0]!.span.end)).toBe('auth.okta');
  expect(reading.variables).toMatchObject([{ name: 'GF_AUTH_GENERIC_OAUTH_CLIENT_ID', value: 'old' }]);
});

it('points into the file', async () => {
  const text = `{ services.grafana.settings."auth.generic_oauth".role_attribute_path = "'Admn' || 'Viewer'"; }\n`;
  const { files } = await validate([{ path: 'grafana.nix', text }]);
  const { start, end } = files[0]!.findings.find(({ rule }) => rule === 'role-never-valid')!.range!;
  expect(text.slice(start.column - 1, end.column - 1)).toContain('Admn');
});

it('reads any text without throwing', async () => {
  const part = fc.constantFrom(
    'services.grafana.settings',
    '.',
    'a',
    '"',
    "''",
    '${',
    '}',
    '{',
    '=',
    ';',
    '[',
    ']',
    '(',
    ')',
    '\n',
    '\\',
    'with',
    '#',
    '/*',
    '-1',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (parts) => {
      const text = parts.join('');
      for (const { span } of (await read(text)).notes) expect(span.end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 300 },
  );
});
