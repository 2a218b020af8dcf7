import { describe, expect, it } from 'vitest';
import { readDashboardFiles, readDashboardSettings } from '../../src/dashboard/config.js';
import { readMappings, viewOf } from '../../src/dashboard/settings-view.js';
import { dashboardProfile, dashboardVersionOrder } from '../../src/dashboard/versions.js';
import type { Range } from '../../src/text/source.js';

const read = (text: string, env?: Record<string, string>, path = 'x.yml') => readDashboardFiles([{ path, text }], env);

/** The text at a range. */
function at(text: string, range: Range | undefined): string {
  const lines = text.split('\n');
  return range === undefined ? '' : lines[range.start.line - 1]!.slice(range.start.column - 1, range.end.column - 1);
}

describe('where settings stand', () => {
  it.each([
    ['an environment file', 'A=1\nMB_JWT_ENABLED=true\n'],
    ['a mapping of variables', 'services:\n  d:\n    environment:\n      MB_JWT_ENABLED: "true"\n'],
    ['a list of variables', 'services:\n  d:\n    environment:\n      - MB_JWT_ENABLED=true\n'],
    ['a list of names and values', 'env:\n  - name: MB_JWT_ENABLED\n    value: true\n'],
    ['JSON', '{"environment": {"MB_JWT_ENABLED": true}}'],
  ])('%s', (_, text) => {
    const config = read(text);
    const entry = config.get('MB_JWT_ENABLED')!;
    expect(config.flag('MB_JWT_ENABLED')).toBe(true);
    expect(at(text, entry.keyRange)).toBe('MB_JWT_ENABLED');
    expect(at(text, entry.rangeWithin({ start: 1, end: 3 }))).toBe('ru');
  });

  it('config.yml has keys of its own, and the question mark may stay', () => {
    const config = read(
      'version: 1\nconfig:\n  settings:\n    jwt-user-provisioning-enabled?: false\n    jwt-group-mappings: {hr: [7]}\n    jwt_enabled: true\n',
    );
    expect(viewOf(config)).toMatchObject({
      enabled: true,
      provisioning: false,
      mappings: { ok: true, table: new Map([['hr', [7]]]) },
    });
  });

  it('the environment wins over files, variables over config.yml, later over earlier', () => {
    const files = [
      { path: 'a.env', text: 'MB_SITE_NAME=env file\nMB_SITE_NAME=again\n' },
      { path: 'config.yml', text: 'config: { settings: { site-name: config } }' },
    ];
    expect(readDashboardFiles(files).value('MB_SITE_NAME')).toBe('again');
    expect(readDashboardFiles(files, { MB_SITE_NAME: 'environment' }).value('MB_SITE_NAME')).toBe('environment');
    expect(readDashboardFiles([files[1]!]).value('MB_SITE_NAME')).toBe('config');
    expect(readDashboardFiles([], { MB_SITE_NAME: 'x', OTHER: 'y' }).entries).toMatchObject([
      { source: 'env:MB_SITE_NAME' },
    ]);
  });

  it('fills in variables where their reader does, and knows what it could not fill', () => {
    const compose = 'environment:\n  MB_SITE_NAME: "${A}-${B:-b}-${C:+c}-$$x"\n';
    expect(read(compose, { A: '1', C: '2' }).get('MB_SITE_NAME')).toMatchObject({ value: '1-b-c-$x', template: false });
    expect(read(compose).get('MB_SITE_NAME')).toMatchObject({ template: true });
    const config = 'config: { settings: { site-name: "{{ env A }}" } }';
    expect(read(config, { A: '1' }).get('MB_SITE_NAME')).toMatchObject({ value: '1' });
    expect(read(config).get('MB_SITE_NAME')).toMatchObject({ template: true });
    expect(read('MB_SITE_NAME=${A}\n', { A: '1' }).get('MB_SITE_NAME')).toMatchObject({ value: '${A}' });
  });

  it('a name without a value in an environment file stands for the variable of the shell', () => {
    const handed = read('MB_JWT_ENABLED=true\nMB_JWT_SHARED_SECRET\nOTHER\n');
    expect(handed.entries).toHaveLength(2);
    expect(handed.get('MB_JWT_SHARED_SECRET')).toMatchObject({
      template: true,
      keyRange: { start: { line: 2, column: 1 }, end: { line: 2, column: 21 } },
    });
    const known = read('MB_JWT_ENABLED=true\nMB_JWT_SHARED_SECRET\n', { MB_JWT_SHARED_SECRET: 's' });
    expect(known.get('MB_JWT_SHARED_SECRET')).toMatchObject({ template: false, value: 's' });
    const written = read('MB_JWT_SHARED_SECRET=s\nMB_JWT_SHARED_SECRET\n');
    expect(written.get('MB_JWT_SHARED_SECRET')).toMatchObject({ template: false, value: 's' });
  });

  it('empty counts as unset, switches know two words', () => {
    const config = readDashboardSettings({
      MB_JWT_ATTRIBUTE_EMAIL: '',
      MB_JWT_ENABLED: 'TRUE',
      MB_JWT_USER_PROVISIONING_ENABLED: 'no',
      MB_JWT_SHARED_SECRET: null,
      MB_JWT_GROUP_MAPPINGS: { a: [1] },
    });
    expect(viewOf(config)).toMatchObject({
      emailClaim: 'email',
      enabled: true,
      provisioning: true,
      secret: '',
      mappings: { ok: true },
    });
  });

  it('tells of what cannot be read', () => {
    expect(read('a: [').problems.length).toBeGreaterThan(0);
    expect(readDashboardFiles([{ path: 'x.env', text: 'MB_A=1\nwhat is this\n' }]).problems).toMatchObject([
      { range: { start: { line: 2, column: 1 } } },
    ]);
  });
});

describe('group mappings', () => {
  it.each(['', '[]', '{"a": 7}', '{"a": ["7"]}', '{"a": [0]}', '{"a": [1.5]}', '{"a": [1], "b": null}'])(
    '%s is none',
    (text) => expect(readMappings(text)).toMatchObject({ ok: false }),
  );
  it('{} is empty', () => expect(readMappings('{}')).toEqual({ ok: true, table: new Map() }));
});

describe('versions', () => {
  it.each([
    ['58', 58000],
    ['v58.1', 58001],
    ['46.7', 46007],
    ['0.58.3', 58003],
    ['v1.58', 58000],
    ['1.46.7.2', 46007],
    ['', undefined],
    ['latest', undefined],
    ['x', undefined],
  ])('%s', (text, order) => expect(dashboardVersionOrder(text)).toBe(order));

  it('take the newest profile above 58, and say what is older than known', () => {
    expect(dashboardProfile()).toMatchObject({ asked: 'newest', isDefault: true, joinsLists: true });
    expect(dashboardProfile('60')).toMatchObject({ asked: '60', joinsLists: true });
    expect(dashboardProfile('58')).toMatchObject({ joinsLists: false, tenants: true });
    expect(dashboardProfile('40')?.note).toContain('older');
    expect(dashboardProfile('nonsense')).toBeUndefined();
  });
});
