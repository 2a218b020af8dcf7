import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGemFiles, readGemSettings } from '../../src/gem/config.js';
import { goDuration } from '../../src/gem/duration.js';
import { gemProfile, gemVersionOrder } from '../../src/gem/versions.js';
import type { Range } from '../../src/text/source.js';

const read = (text: string, path = 'x.yaml') => readGemFiles([{ path, text }]);
const REGEX = 'auth.admin.oidc.access_policy_regex';

/** The text at a range. */
function at(text: string, range: Range | undefined): string {
  const lines = text.split('\n');
  return range === undefined ? '' : lines[range.start.line - 1]!.slice(range.start.column - 1, range.end.column - 1);
}

describe('where settings stand', () => {
  it.each([
    ['YAML', 'auth:\n  admin:\n    oidc:\n      access_policy_regex: "a(b)c"\n'],
    ['JSON', '{"auth": {"admin": {"oidc": {"access_policy_regex": "a(b)c"}}}}'],
    [
      'chart values',
      'mimir:\n  structuredConfig:\n    auth:\n      admin:\n        oidc:\n          access_policy_regex: a(b)c\n',
    ],
    [
      'a text in YAML',
      "mimir:\n  config: |\n    auth:\n      admin:\n        oidc:\n          access_policy_regex: 'a(b)c'\n",
    ],
    ['flags', '-auth.admin.oidc.access-policy-regex=a(b)c\n'],
    ['flags with two dashes and a blank', '# x\nprogram --auth.admin.oidc.access-policy-regex "a(b)c" -target=all\n'],
    ['arguments', 'args:\n  - "-auth.admin.oidc.access-policy-regex=a(b)c"\n'],
    ['arguments in pairs', 'args:\n  - -auth.admin.oidc.access-policy-regex\n  - a(b)c\n'],
    ['extraArgs of a chart', 'extraArgs:\n  auth.admin.oidc.access-policy-regex: a(b)c\n'],
    [
      'flags in a text in YAML',
      'data:\n  args: |\n    -auth.type=enterprise\n    -auth.admin.oidc.access-policy-regex=a(b)c\n',
    ],
  ])('%s', (_, text) => {
    const config = read(text);
    expect(config.problems).toEqual([]);
    const entry = config.get(REGEX)!;
    expect(entry.value).toBe('a(b)c');
    expect(at(text, entry.rangeWithin({ start: 1, end: 4 }))).toBe('(b)');
    expect(at(text, entry.keyRange)).toMatch(/access.policy.regex$/);
  });

  it('flags win over YAML, later over earlier', () => {
    const yaml = (type: string) => ({ path: `${type}.yaml`, text: `auth: { type: ${type} }` });
    const flags = { path: 'flags', text: '-auth.type=enterprise\n' };
    expect(readGemFiles([yaml('trust'), yaml('other')]).value('auth.type')).toBe('other');
    expect(readGemFiles([flags, yaml('trust')]).value('auth.type')).toBe('enterprise');
  });

  it.each([
    ['auth: { admin: { oidc: { issuer-url: x } } }', 'dashes', 'auth.admin.oidc.issuer_url'],
    ['auth.admin.oidc.issuer-url: x', 'flat', 'auth.admin.oidc.issuer_url'],
    ['-auth.admin.oidc.issuer_url=x', 'underscores', 'auth.admin.oidc.issuer_url'],
    ['auth: { cache: { ttl: { duration: 5m } } }', 'manual-name', 'auth.admin.cache_ttl'],
    ['auth: { cache: { ttl: 5m } }', 'manual-name', 'auth.admin.cache_ttl'],
    ['-auth.cache.ttl.duration=5m', 'manual-name', 'auth.admin.cache_ttl'],
    ['auth: { admin: { oidc: { url: x } } }', 'old-name', 'auth.admin.oidc.issuer_url'],
    ['-auth.admin.oidc.url=x', 'old-name', 'auth.admin.oidc.issuer_url'],
    ['auth: { admin: { oidc: { audiense: x } } }', 'unknown', undefined],
    ['-auth.x=1', 'unknown', undefined],
  ])('%s is kept as %s and not read', (text, misspelt, path) => {
    const config = read(text);
    expect(config.entries).toMatchObject([{ misspelt, ...(path && { setting: { path } }) }]);
    if (path) expect(config.get(path)).toBeUndefined();
  });

  it.each([
    '',
    'auth: {}',
    'other: { auth: { user: x } }',
    'a: { auth: { type: basic } }',
    'admin_client: { other: 1 }',
    'text: "no auth here\\nat all"',
  ])('%j holds nothing', (text) => expect(read(text).entries).toEqual([]));

  it('knows the settings of the admin client and of the refresh', () => {
    const config = read(
      'admin_client: { disable_default_admin_policy: true }\nauth: { admin: { cache_refresh: { enabled: true, any: 1 } } }',
    );
    expect(config.flag('admin_client.disable_default_admin_policy')).toBe(true);
    expect(config.entries.every((entry) => entry.misspelt === undefined)).toBe(true);
  });

  it('reads the settings of a payload without places', () => {
    const config = readGemSettings({ auth: { type: 'trust', required_for_metrics: true } });
    expect(config.value('auth.type')).toBe('trust');
    expect(config.flag('auth.required_for_metrics')).toBe(true);
    expect(config.get('auth.type')?.valueRange).toBeUndefined();
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      'auth:',
      'type:',
      ' ',
      '\n',
      '  ',
      'admin:',
      'oidc:',
      '-',
      '-auth.type=',
      '"',
      "'",
      '|',
      '[',
      '{',
      '}',
      'x',
      '&a',
      '*a',
      '<<: *a',
      '#',
      '\t',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
        ),
        (text) => {
          for (const entry of read(text).entries) entry.rangeWithin({ start: 0, end: 1 });
        },
      ),
      { numRuns: 500 },
    );
  });
});

it.each([
  ['10m', 600],
  ['1h30m', 5400],
  ['1.5s', 1.5],
  ['0', 0],
  ['-1m', -60],
  ['100ms', 0.1],
  ['', undefined],
  ['10', undefined],
  ['10 m', undefined],
  ['1d', undefined],
])('the duration %j is %j s', (text, seconds) => expect(goDuration(text)).toBe(seconds));

it.each([
  ['2.6', 2006],
  ['v1.7.0', 1007],
  ['2', 2000],
  ['', undefined],
  ['2.x', undefined],
  ['1.2.3.4', undefined],
])('the version %j is %j', (text, order) => expect(gemVersionOrder(text)).toBe(order));

it('has profiles for versions known and unknown', () => {
  expect(gemProfile('1.3')).toMatchObject({
    defaultAuthType: 'trust',
    issuerKey: 'url',
    listClaims: false,
    note: expect.stringContaining('older'),
  });
  expect(gemProfile('9.0')?.note).toContain('newer');
  expect(gemProfile()).toMatchObject({ isDefault: true, defaultAuthType: 'enterprise' });
  expect(gemProfile('x')).toBeUndefined();
});
