import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNix } from '../../src/document/nix.js';
import { loadForms } from '../../src/forms/load.js';
import { validateGrafana } from '../../src/products/grafana-validate.js';

const file = (text: string) => ({ path: 'configuration.nix', text, form: 'nix' });

const MODULE = `{ config, lib, pkgs, ... }:
let
  host = "grafana.acme.dev";
in
{
  # The metrics of everybody
  services.grafana = {
    enable = true;
    settings = {
      server.root_url = "https://\${host}/";
      "auth.generic_oauth" = {
        enabled = true;
        name = ''
          Acme''; /* shown on the button */
        client_id = "grafana";
        client_secret = "$__file{/run/secrets/oauth}";
        auth_url = lib.mkDefault "https://id.acme.dev/auth";
        scopes = [ "openid" "email" ];
        role_atribute_path = "contains(groups[*], 'a')";
      };
    };
  };
}
`;

describe('a module', () => {
  it('gives Grafana its settings, what must be evaluated left open', async () => {
    const { sections } = await loadForms([file(MODULE)], { defaults: false });
    expect(sections['auth.generic_oauth']).toEqual({
      enabled: 'true',
      name: 'Acme',
      client_id: 'grafana',
      client_secret: '$__file{/run/secrets/oauth}',
      auth_url: '$__from{an expression of Nix}',
      scopes: 'openid email',
      role_atribute_path: "contains(groups[*], 'a')",
    });
    expect(sections['server']).toEqual({ root_url: 'https://$__from{host}/' });
  });

  it('has findings at its own lines', async () => {
    const { findings } = await validateGrafana([file(MODULE)]);
    expect(findings.find(({ rule }) => rule === 'unknown-key')).toMatchObject({
      range: { start: { line: 19, column: 9 }, end: { line: 19, column: 27 } },
    });
  });

  it('with a secret in clear says who can read it', async () => {
    const { findings } = await validateGrafana([
      file('{ services.grafana.settings."auth.generic_oauth".client_secret = "k3y-9f2b71"; }'),
    ]);
    expect(findings.map(({ rule }) => rule)).toContain('form-readable-secret');
    expect(JSON.stringify(findings)).not.toContain('k3y-9f2b71');
  });

  it('sets variables with extraOptions', async () => {
    const { readings } = await loadForms([file('services.grafana.extraOptions.AUTH_GENERIC_OAUTH_ENABLED = "true";')]);
    expect(readings[0]?.variables).toMatchObject([{ name: 'GF_AUTH_GENERIC_OAUTH_ENABLED', value: 'true' }]);
  });
});

it('reads any text without an exception, and in time', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]()=;."\'$#/*\\ \nab1', 'in ', 'let ', "''") }), (text) => {
      expect(parseNix(text)).toBeDefined();
    }),
  );
  const deep = '{ a = '.repeat(20_000);
  expect(parseNix(deep)).toBeDefined();
});
