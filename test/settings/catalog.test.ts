import { describe, expect, it } from 'vitest';
import {
  catalogSections,
  existsIn,
  findOption,
  knownSections,
  minorOrder,
  optionsNamed,
  sectionOptions,
} from '../../src/settings/catalog.js';
import { CATALOG_PROSE } from '../../src/settings/catalog-prose.js';

const TYPES = ['bool', 'string', 'secret', 'list', 'jmespath', 'url', 'path', 'enum', 'int', 'duration', 'role'];

it('reads every line of its data, and every option has its prose', () => {
  const ids: string[] = [];
  for (const section of catalogSections())
    for (const option of sectionOptions(section)!.values()) {
      ids.push(`${section}.${option.key}`);
      expect(TYPES, `${section} ${option.key}`).toContain(option.type);
      expect(option.key).toMatch(/^[A-Za-z0-9_]+$/);
      for (const version of [option.since, option.until, option.deprecated])
        if (version !== undefined) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      if (option.type === 'enum') expect(option.values.length).toBeGreaterThan(1);
    }
  expect(Object.keys(CATALOG_PROSE).sort()).toEqual(ids.sort());
  expect(new Set(ids).size).toBe(ids.length);
});

it.each(['auth.grafananet', 'auth.metrics-dashboard_com'])('knows %s as a name of auth.grafana_com', (name) => {
  expect(sectionOptions(name)).toBe(sectionOptions('auth.grafana_com'));
  expect(knownSections().has(name)).toBe(true);
});

describe('options', () => {
  it('have type, default, versions and the rest', () => {
    expect(findOption('auth.generic_oauth', 'client_secret')).toMatchObject({
      type: 'secret',
      secret: true,
      required: true,
      default: '',
    });
    expect(findOption('auth.generic_oauth', 'auth_style')!.values).toEqual(['AutoDetect', 'InParams', 'InHeader']);
    expect(findOption('auth.generic_oauth', 'validate_id_token')!.default).toBeUndefined();
    expect(findOption('server', 'root_url')!.default).toBe('%(protocol)s://%(domain)s:%(http_port)s/');
    expect(findOption('auth.azuread', 'federated_credential_audience')!.values[0]).toBe('api://AzureADTokenExchange');
    expect(findOption('auth.azuread', 'auth_url')!.default).toContain('<tenant-id>');
    expect(findOption('auth.generic_oauth', 'nope')).toBeUndefined();
    expect(findOption('nope', 'enabled')).toBeUndefined();
    expect(sectionOptions('constructor')).toBeUndefined();
  });

  it.each([
    ['auth.generic_oauth', 'allowed_groups', '10.0.0', false],
    ['auth.generic_oauth', 'allowed_groups', '10.1.0', true],
    ['auth.generic_oauth', 'org_mapping', '11.0.0', false],
    ['auth.generic_oauth', 'org_mapping', '11.1.0', true],
    ['auth', 'oauth_skip_org_role_update_sync', '11.0.0', false],
    ['auth', 'oauth_skip_org_role_update_sync', '10.4.0', true],
    ['auth.grafana_com', 'allowed_domains', '13.0.0', false],
  ])('[%s] %s in %s: %s', (section, key, version, expected) => {
    expect(existsIn(findOption(section, key)!, minorOrder(version))).toBe(expected);
  });

  it('can be found by name in any section', () => {
    expect(optionsNamed('force_use_graph_api').map((option) => option.section)).toEqual(['auth.azuread', 'auth.saml']);
  });
});
