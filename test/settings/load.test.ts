import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/library/load-config.js';
import { EXPANDABLE_DEFAULTS } from '../../src/settings/defaults.js';
import { loadFilesSync } from '../../src/settings/load.js';
import type { EffectiveConfig, LoadOptions, Origin } from '../../src/settings/types.js';
import { PROFILE_IDS } from '../../src/settings/versions.js';

const file = (text: string, path = 'grafana.ini') => ({ path, text });
const load = (text: string, options: LoadOptions = {}) => loadFilesSync([file(text)], { defaults: false, ...options });

const place = ({ origin, path, range, variable, value, writtenIn }: Origin) =>
  [
    origin,
    path && `${path}:${range?.start.line}:${range?.start.column}`,
    variable,
    writtenIn && `in ${writtenIn}`,
    value,
  ]
    .filter((part) => part !== undefined)
    .join(' ');

const history = (config: EffectiveConfig, section: string, key: string) => {
  const setting = config.get(section, key);
  return setting && [...setting.overrides, setting.origin].map(place);
};

describe('where a value comes from', () => {
  it('is told for defaults, files, lines and variables, oldest first', () => {
    const config = loadFilesSync(
      [
        file('[auth.generic_oauth]\nname = One\nname = Two\n'),
        file('\n[auth.generic_oauth]\nname = Three # c\n', 'custom.ini'),
      ],
      { env: { GF_AUTH_GENERIC_OAUTH_NAME: 'Four' } },
    );
    expect(history(config, 'auth.generic_oauth', 'name')).toEqual([
      'default OAuth',
      'file grafana.ini:2:8 One',
      'file grafana.ini:3:8 Two',
      'file custom.ini:3:8 Three',
      'env GF_AUTH_GENERIC_OAUTH_NAME Four',
    ]);
    expect(config.origins['auth.generic_oauth']?.['name']).toMatchObject({
      origin: 'env',
      overrides: [{ value: 'OAuth' }, {}, {}, {}],
    });
    expect(config.fileView['auth.generic_oauth']).toEqual({ name: 'Three' });
  });

  it('names the section it was written in where Grafana put it into the parent', () => {
    const config = load('[auth.g]\nx = 1\n', { defaults: file('[auth]\nx =\n[auth.g]\ny = 1\n', 'defaults.ini') });
    expect(history(config, 'auth', 'x')).toEqual(['default defaults.ini:2:4 ', 'file grafana.ini:2:5 in auth.g 1']);
    expect(config.get('auth.g', 'x')).toBeUndefined();
    expect(config.lookup('auth.g', 'x')).toMatchObject({ section: 'auth', key: 'x', value: '1' });
  });

  it('is the default again where the last line of a file is empty', () => {
    const config = load('[s]\nk = 2\nk =\n', { defaults: file('[s]\nk = 1\n') });
    expect(history(config, 's', 'k')).toEqual(['default grafana.ini:2:5 1']);
  });

  it('is an earlier file where a later one leaves the value empty', () => {
    const config = loadFilesSync([file('[s]\nk = 1\n', 'a.ini'), file('[s]\nk =\n', 'b.ini')], { defaults: false });
    expect(history(config, 's', 'k')).toEqual(['file a.ini:2:5 1']);
    expect(config.fileView['s']).toEqual({ k: '' });
  });

  it('is kept through expanders, with what they were', () => {
    const config = load('[s]\nk = a${X}$__file{/f}${X}\n', { env: { X: '1' }, readFile: () => '\n2\n' });
    expect(config.get('s', 'k')).toMatchObject({
      value: 'a121',
      origin: { origin: 'file', value: 'a${X}$__file{/f}${X}', expandedFrom: ['${X}', '$__file{/f}'] },
    });
  });

  it('is never shared between configurations', () => {
    const options: LoadOptions = { defaults: true, env: { GF_SERVER_DOMAIN: 'x' }, hostname: 'h1' };
    const one = loadFilesSync([file('[server]\nhttp_port = 1\n')], options);
    expect(one.get('DEFAULT', 'instance_name')?.value).toBe('h1');
    const two = loadFilesSync([], { hostname: 'h2' });
    expect(two.get('DEFAULT', 'instance_name')?.value).toBe('h2');
    expect(two.get('server', 'http_port')).toMatchObject({
      value: '3000',
      origin: { origin: 'default' },
      overrides: [],
    });
    expect(two.sections['server']?.['domain']).toBe('localhost');
  });
});

describe('defaults', () => {
  it.each([
    ['9.4', 'auth', 'oauth_skip_org_role_update_sync', 'false'],
    ['11.0', 'auth', 'oauth_skip_org_role_update_sync', undefined],
    ['10.0', 'auth.generic_oauth', 'org_mapping', undefined],
    ['11.1', 'auth.generic_oauth', 'org_mapping', ''],
    ['12.1', 'auth.generic_oauth', 'login_prompt', undefined],
    ['12.2', 'auth.generic_oauth', 'login_prompt', ''],
    ['8.0', 'auth.generic_oauth', 'scopes', 'user:email'],
    ['99', 'auth.generic_oauth', 'name', 'OAuth'],
  ])('of %s: [%s] %s is %j', (grafanaVersion, section, key, value) => {
    const config = loadFilesSync([], { grafanaVersion });
    expect(config.get(section, key)?.value).toBe(value);
    expect(config.defaultOf(section, key)).toBe(value);
  });

  it('refer to variables and files in the sections said to do so only', () => {
    for (const version of PROFILE_IDS) {
      const config = loadFilesSync([], { grafanaVersion: version });
      const found = [...config.settings()].filter((one) => /\$(?:__\w+)?\{/.test(one.value)).map((one) => one.section);
      expect([...new Set(found)]).toEqual(EXPANDABLE_DEFAULTS);
    }
  });

  it('are those of the newest version where none is asked for', () => {
    expect(loadFilesSync([]).profile).toMatchObject({ id: '13.0', isDefault: true });
    expect(loadFilesSync([]).sections).toEqual(loadFilesSync([], { grafanaVersion: '13.0' }).sections);
  });

  it('that do not parse are a problem of their own file', () => {
    const config = load('', { defaults: file('lost\n', 'defaults.ini') });
    expect(config.problems).toMatchObject([{ stage: 'parse', path: 'defaults.ini', kind: 'key-value-delimiter' }]);
  });
});

describe('after a line that stops Grafana', () => {
  const config = load('[s]\na = 1\nlost\na = 2\nb = 3\n[t]\nc = 4\n');

  it('the view of the file ends', () => {
    expect(config.fileView).toEqual({ s: { a: '1' } });
  });

  it('the settings are those of the file without it', () => {
    expect(config.sections).toEqual({ s: { a: '2', b: '3' }, t: { c: '4' } });
    expect(config.get('s', 'b')?.origin.entry?.unreached).toBe(true);
  });

  it('the problem has its place', () => {
    expect(config.problems).toMatchObject([
      {
        stage: 'parse',
        severity: 'error',
        kind: 'key-value-delimiter',
        path: 'grafana.ini',
        section: 's',
        range: { start: { line: 3, column: 1 }, end: { line: 3, column: 5 } },
      },
    ]);
  });
});

describe('variables', () => {
  it('only come from the options', () => {
    expect(load('[s]\nk = <${PATH}>\n').sections).toEqual({ s: { k: '<>' } });
    expect(load('[s]\nk = <${PATH}>\n', { env: { PATH: 'p' } }).sections).toEqual({ s: { k: '<p>' } });
    expect(load('').envGiven).toBe(false);
    expect(load('', { env: {} }).envGiven).toBe(true);
  });

  it('that change nothing are listed with names that would', () => {
    const config = loadFilesSync([file('[auth.generic_oauth]\nmy.key-x = 1\n')], {
      grafanaVersion: '9.4',
      env: {
        GF_AUTH_GENERIC_OAUTH_CLIENTID: 'x',
        GF_AUTH_GENERIC_OAUTH_SIGNOUT_REDIRECT_URL: 'x',
        GF_AUTH_GENERIC_OAUTH_SCOPES: '',
        GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE: '/run/secret',
        GF_AUTH_GENERIC_OAUTH_ORG_MAPPING: 'x',
        'GF_AUTH_GENERIC_OAUTH_MY_KEY-X': 'applied',
        GF_INSTALL_PLUGINS: 'x',
        GF_PATHS_CONFIG: '/etc/grafana/grafana.ini',
        GF_UNSET: undefined,
        OTHER: 'x',
      },
    });
    expect(config.ignored).toMatchObject([
      {
        variable: 'GF_AUTH_GENERIC_OAUTH_CLIENTID',
        reason: 'no-such-key',
        suggestions: ['GF_AUTH_GENERIC_OAUTH_CLIENT_ID'],
      },
      { variable: 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE', reason: 'file-suffix' },
      { variable: 'GF_AUTH_GENERIC_OAUTH_ORG_MAPPING', reason: 'no-such-key' },
      { variable: 'GF_AUTH_GENERIC_OAUTH_SCOPES', reason: 'empty' },
      { variable: 'GF_AUTH_GENERIC_OAUTH_SIGNOUT_REDIRECT_URL', suggestions: ['GF_AUTH_SIGNOUT_REDIRECT_URL'] },
    ]);
    expect(config.get('auth.generic_oauth', 'my.key-x')?.value).toBe('applied');
  });

  it.each([
    ['${HOSTNAME}', {}, undefined, '${HOSTNAME}'],
    ['${HOSTNAME}', {}, 'box', 'box'],
    ['$__env{HOSTNAME}', { HOSTNAME: '' }, 'box', 'box'],
    ['${HOSTNAME}', { HOSTNAME: 'set' }, 'box', 'set'],
  ])('%s with %j on host %s is %s', (text, env, hostname, expected) => {
    expect(load(`[s]\nk = ${text}\n`, { env, hostname }).sections['s']?.['k']).toBe(expected);
  });

  it.each([
    ['$${A}{B}${B}', { A: '', B: 'x' }, 'x${B}'],
    ['$${A}', { A: 'x' }, '$x'],
    ['\\${A}.', { A: 'x' }, '\\x.'],
    ['$A $(A) $__{A} $__env(A)', { A: 'x' }, '$A $(A) $__{A} $__env(A)'],
    ['${A', { A: 'x' }, '${A'],
    ['${${A}}', { A: 'x', '${A': 'y' }, 'y}'],
    ['${A:-b}', { A: 'x' }, ''],
    ['${ A }', { ' A ': 'x' }, 'x'],
    ['$__env_{A}', { A: 'x' }, '$__env_{A}'],
    ['${}${A}', { A: 'x' }, '${}x'],
  ])('%s with %j is %s', (text, env, expected) => {
    expect(load(`[s]\nk = ${text}\n`, { env }).sections['s']?.['k']).toBe(expected);
  });
});

describe('files named by $__file{}', () => {
  const failing = (code: string) => () => {
    throw Object.assign(new Error('secret content'), { code });
  };

  it('stay as written where nothing can read them', () => {
    const config = load('[s]\nk = $__file{/f}\n');
    expect(config.problems).toEqual([]);
    expect(config.sections['s']?.['k']).toBe('$__file{/f}');
  });

  it.each([
    ['ENOENT', 'stat /run/x: no such file or directory'],
    ['EACCES', 'open /run/x: permission denied'],
    ['EISDIR', 'read /run/x: is a directory'],
  ])('that fail with %s are a problem at their place', (code, says) => {
    const config = load('[s]\nk = "a $__file{/run/x}"\n', { readFile: failing(code) });
    expect(config.problems).toEqual([
      {
        stage: 'expand',
        severity: 'error',
        kind: 'file-expander',
        path: 'grafana.ini',
        range: { start: { line: 2, column: 8 }, end: { line: 2, column: 23 } },
        section: 's',
        option: 'k',
        message: `[s] k names the file /run/x, which cannot be read (${code})`,
        productMessage: `got error while expanding s.k with expander 'file': ${says}`,
      },
    ]);
    expect(config.sections['s']?.['k']).toBe('a $__file{/run/x}');
  });

  it.each([
    ['an error of another kind', failing('EIO')],
    ['a rejection', () => Promise.reject(new Error('secret content'))],
    ['a rejection with something else', () => Promise.reject('secret content')],
  ])('that fail with %s are a problem without the cause in its text', async (_name, readFile) => {
    const { problems } = await loadConfig([file('[s]\nk = $__file{/f}\n')], { defaults: false, readFile });
    expect(problems).toMatchObject([{ kind: 'file-expander', section: 's', option: 'k' }]);
    expect(problems[0]?.productMessage).toBeUndefined();
    expect(JSON.stringify(problems)).not.toContain('secret content');
  });

  it('named by a variable point at the variable', () => {
    const config = load('[s]\nk = 1\n', { env: { GF_S_K: '$__file{/f}' }, readFile: failing('ENOENT') });
    expect(config.problems).toMatchObject([{ kind: 'file-expander', source: 'env:GF_S_K' }]);
    expect(config.problems[0]).not.toHaveProperty('range');
  });

  it('may be read asynchronously, each once', async () => {
    const asked: string[] = [];
    const config = await loadConfig([file('[s]\na = $__file{/a}\nb = $__file{/b}$__file{/a}\n')], {
      defaults: false,
      readFile: async (path) => {
        asked.push(path);
        if (path === '/b') throw Object.assign(new Error('no'), { code: 'ENOENT' });
        return new TextEncoder().encode(' \u00a0\ufeffx\n');
      },
    });
    expect(asked).toEqual(['/a', '/b']);
    expect(config.sections['s']).toEqual({ a: '\ufeffx', b: '$__file{/b}\ufeffx' });
    expect(config.problems).toHaveLength(1);
  });

  it('cannot be read asynchronously by a synchronous call', () => {
    expect(() => load('[s]\nk = $__file{/f}\n', { readFile: async () => 'x' })).toThrow(TypeError);
  });
});

describe('%(name)s', () => {
  it('that doubles again and again is given up and told', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `k${index} = %(k${index + 1})s%(k${index + 1})s`);
    const config = load(`[s]\n${lines.join('\n')}\nk60 = xxxxxxxx\n`);
    expect(config.problems[0]).toMatchObject({
      stage: 'expand',
      kind: 'interpolation-size',
      section: 's',
      option: 'k0',
    });
    expect(config.get('s', 'k59')?.interpolated).toBe('x'.repeat(16));
  });

  it('that names itself in DEFAULT grows 99 times', () => {
    expect(load('a = x%(a)s\n').get('DEFAULT', 'a')?.interpolated).toBe(`${'x'.repeat(100)}%(a)s`);
  });

  it.each([
    ['%%(a)s', '%1'],
    ['%(a', undefined],
    ['%(a)', undefined],
    ['%(%(a)s)s', undefined],
    ['%()s%(a)s', '%()s1'],
    ['%(a)d%(a)s', '%(a)d1'],
    ['%(up)s', 'parent'],
    ['%(top)s', '$&'],
  ])('%s is %s', (text, expected) => {
    const config = load(`top = $&\n[p]\nup = parent\n[p.s]\na = 1\nk = ${text}\n`);
    expect(config.interpolated['p.s']?.['k']).toBe(expected);
    expect(config.get('p.s', 'k')?.interpolated).toBe(expected ?? text);
  });
});

describe('names that are special to JavaScript', () => {
  it('are names like others', () => {
    const text =
      '[__proto__]\n__proto__ = %(constructor)s\nconstructor = 1\n10 = a\n9 = b\n[constructor.prototype]\ntoString = x\n';
    const config = load(text, { env: { GF___PROTO___CONSTRUCTOR: '2' } });
    expect(Object.keys(config.sections)).toEqual(['__proto__', 'constructor.prototype']);
    expect(config.get('__proto__', 'constructor')?.value).toBe('2');
    expect(JSON.stringify(config.interpolated)).toBe('{"__proto__":{"__proto__":"2"}}');
    expect(config.lookup('constructor.prototype', 'hasOwnProperty')).toBeUndefined();
    expect(config.lookup('nowhere', 'toString')).toBeUndefined();
    expect(({} as Record<string, unknown>)['constructor.prototype']).toBeUndefined();
  });
});

describe('many sections', () => {
  it('are merged in time, however deep', () => {
    const depth = 2500;
    const names = Array.from({ length: depth }, (_, index) => `a${'.a'.repeat(index)}`);
    const text = names.map((name, index) => `[${name}]\nk${index} = %(k0)s\n`).join('');
    const config = load(text.replace('%(k0)s', 'first'));
    expect(config.interpolated[names[depth - 1]!]).toEqual({ [`k${depth - 1}`]: 'first' });
    expect(config.parentsOf(names[50]!)).toEqual(names.slice(0, 50).reverse());
  });

  it('find the same parents along a tree and one by one', () => {
    const part = fc
      .array(fc.constantFrom('a', 'b', 'ab', ''), { minLength: 1, maxLength: 24 })
      .map((parts) => parts.join('.'));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), part, (names, name) => {
        const config = load(
          names
            .filter((one) => one !== '')
            .map((one) => `[${one}]\nk${one.length} = 1\n`)
            .join(''),
        );
        const known = new Set(config.sectionNames());
        const expected: string[] = [];
        for (let end = name.length - 1; end >= 0; end--) {
          if (name[end] !== '.') continue;
          const parent = end === 0 ? 'DEFAULT' : name.slice(0, end);
          if (known.has(parent)) expected.push(parent);
        }
        expect(config.parentsOf(name)).toEqual(expected);
      }),
    );
  });
});

describe('any configuration', () => {
  const TEXT = fc.string({ unit: fc.constantFrom(...'ab.="`#[]\\-\n\n\n ${}%()s_'), maxLength: 80 });

  it('is loaded without an exception, and every origin leads to its text', () => {
    fc.assert(
      fc.property(
        TEXT,
        TEXT,
        fc.dictionary(fc.constantFrom('GF_A_B', 'GF_DEFAULT_A', 'a', 'b'), TEXT),
        (one, two, env) => {
          const config = loadFilesSync([file(one, 'one'), file(two, 'two')], {
            defaults: false,
            env,
            readFile: (path) => path,
          });
          expect(Object.keys(config.origins)).toEqual(Object.keys(config.sections));
          for (const setting of config.settings()) {
            const { origin } = setting;
            expect(config.sections[setting.section]![setting.key]).toBe(setting.value);
            expect(config.interpolated[setting.section]?.[setting.key] ?? setting.value).toBe(setting.interpolated);
            if (origin.origin === 'file') {
              expect(origin.entry?.value).toBe(origin.value);
              expect(origin.entry?.section).toBe(origin.writtenIn ?? setting.section);
            } else expect(env[origin.variable!]).toBe(origin.value);
          }
          expect(() => JSON.stringify(config)).not.toThrow();
        },
      ),
    );
  });
});
