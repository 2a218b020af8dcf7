import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEnvFile } from '../../src/document/env-file.js';
import { loadConfig } from '../../src/index.js';
import { writeSettings } from '../../src/settings/write-settings.js';

const SETTINGS = {
  enabled: 'true',
  scopes: 'openid profile email',
  auth_url: 'https://id.example.com/auth?a=1&b=2',
  role_attribute_path: "contains(groups[*], 'a') && 'Admin' || 'Viewer'",
  signout_redirect_url: 'https://id.example.com/logout?x=%2F#${HOME}%{y}',
};
const input = { section: 'auth.generic_oauth', settings: SETTINGS, comments: ['a remark'] };

const section = async (text: string) =>
  (await loadConfig([{ path: 'x.ini', text }], { defaults: false })).fileView['auth.generic_oauth'];

describe('settings as text', () => {
  it('INI reads back equal', async () => {
    const { text, left } = writeSettings(input, 'ini');
    expect(left).toEqual([]);
    expect(text).toContain('; a remark\n');
    expect(await section(text)).toEqual(SETTINGS);
  });

  it('Helm values read back equal, through YAML and then INI', async () => {
    const values = parse(writeSettings(input, 'helm').text)['grafana.ini']['auth.generic_oauth'] as Record<
      string,
      string
    >;
    const ini = Object.entries(values).map(([key, value]) => `${key} = ${value}`);
    expect(await section(`[auth.generic_oauth]\n${ini.join('\n')}\n`)).toEqual(SETTINGS);
  });

  it('env files read back equal', () => {
    const { text, left } = writeSettings(input, 'env');
    const { variables, problems } = parseEnvFile({ path: 'x.env', text }, {});
    expect(problems).toEqual([]);
    expect(left).toEqual(['role_attribute_path', 'signout_redirect_url']);
    expect(variables).toEqual({
      GF_AUTH_GENERIC_OAUTH_ENABLED: 'true',
      GF_AUTH_GENERIC_OAUTH_SCOPES: 'openid profile email',
      GF_AUTH_GENERIC_OAUTH_AUTH_URL: SETTINGS.auth_url,
    });
  });

  it('Terraform quotes texts and leaves booleans bare', () => {
    const { text } = writeSettings({ ...input, settings: { ...SETTINGS, jwk_set_url: 'https://a/b' } }, 'terraform');
    expect(text).toContain('resource "grafana_sso_settings" "generic_oauth" {');
    expect(text).toMatch(/^ {4}enabled +=+ true$/m);
    expect(text).toMatch(/^ {4}allow_sign_up +=+ true$/m);
    expect(text).toMatch(/^ {4}email_attribute_name +=+ "email:primary"$/m);
    expect(text).toContain('#$${HOME}%%{y}"');
    expect(text).toContain('    custom = {\n      jwk_set_url = "https://a/b"\n    }');
  });

  it('names what a form cannot hold', () => {
    const settings = { name: '{{ .Values.x }}', a: "it's $HOME" };
    expect(writeSettings({ section: 's', settings }, 'helm').left).toEqual(['name']);
    expect(writeSettings({ section: 's', settings }, 'env').left).toEqual(['a']);
  });

  it('writes nothing that reads back as something else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 40 }), async (value) => {
        const one = { section: 'auth.generic_oauth', settings: { name: value } };
        const ini = writeSettings(one, 'ini');
        if (ini.left.length === 0) expect(await section(ini.text)).toEqual({ name: value });
        const env = writeSettings(one, 'env');
        if (env.left.length === 0) {
          const { variables } = parseEnvFile({ path: 'x.env', text: env.text }, {});
          expect(variables).toEqual({ GF_AUTH_GENERIC_OAUTH_NAME: value });
        }
      }),
    );
  });
});
