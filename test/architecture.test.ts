/** Imports point down, and only the edges of the program touch the world. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './helpers/fake-host.js';

/** A module may import from lower levels and from its own folder. */
const LEVELS: readonly (readonly string[])[] = [
  ['text', 'errors', 'host', 'version'],
  ['document', 'expression', 'settings', 'forms', 'providers'],
  ['rules', 'claims', 'token', 'login', 'gem', 'dashboard', 'demo-idp', 'init', 'why'],
  ['products', 'report'],
  ['library', 'commands'],
  ['program', 'main', 'cli', 'node-host', 'node-request', 'node-terminal', 'index'],
];

/** Edges within a level that are meant to be there. */
const SIDEWAYS = [
  'settings > document',
  'forms > document',
  'forms > settings',
  'login > token',
  'claims > token',
  'rules > gem',
  'rules > dashboard',
  'rules > claims',
  'rules > token',
  'gem > claims',
  'gem > token',
  'dashboard > claims',
  'dashboard > token',
  'login > claims',
  'demo-idp > dashboard',
  'init > login',
  'init > claims',
  'commands > library',
  'cli > main',
  'cli > node-host',
  'main > program',
  'node-host > node-request',
  'node-host > node-terminal',
];

/** Which files may use what touches the world. Everything else gets it as an argument. */
const WORLD: Readonly<Record<string, readonly string[]>> = {
  process: ['cli.ts', 'node-host.ts', 'node-terminal.ts'],
  console: [],
  'fetch(': [],
  'Date.now': ['node-host.ts', 'demo-idp/', 'library/'],
  'Math.random': [],
  setTimeout: ['cli.ts', 'node-host.ts', 'node-terminal.ts', 'demo-idp/', 'login/'],
  setInterval: [],
  performance: ['node-request.ts'],
};

/** Packages with one home each. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  chalk: ['report/style.ts'],
  commander: ['program.ts', 'commands/'],
  inquirer: ['node-terminal.ts'],
  open: ['node-terminal.ts'],
  'openid-client': ['login/'],
  'oidc-provider': ['demo-idp/'],
  'fastest-levenshtein': ['text/suggest.ts'],
  jose: ['token/', 'demo-idp/', 'commands/token/', 'dashboard/', 'gem/', 'login/'],
  yaml: ['document/', 'settings/', 'forms/'],
  re2js: ['gem/', 'document/', 'text/'],
  ini: ['document/', 'rules/', 'init/', 'settings/'],
  jmespath: ['expression/', 'commands/', 'rules/'],
  'cli-table3': ['report/'],
  diff: ['text/', 'report/', 'commands/'],
  'web-tree-sitter': ['document/'],
  '@tree-sitter-grammars/tree-sitter-hcl': ['document/'],
  'node:fs': ['node-host.ts'],
  'node:fs/promises': [],
  'node:os': ['node-host.ts'],
  'node:path': ['node-host.ts'],
  'node:child_process': ['node-terminal.ts'],
  'node:net': ['node-request.ts', 'login/', 'demo-idp/'],
  'node:tls': ['node-request.ts'],
  'node:dns': ['node-request.ts'],
  'node:http': ['node-request.ts', 'login/', 'demo-idp/'],
  'node:https': ['node-request.ts', 'demo-idp/'],
  'node:stream': ['demo-idp/'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const src = join(ROOT, 'src');
const files = list(src).map((path) => path.slice(src.length + 1).replaceAll('\\', '/'));
const texts = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]));

function list(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return list(path);
    return /(?<!\.d)\.ts$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const statements = /(?:import|export)\s+(type\s+)?[^'"`;]*?\s*from\s+'([^']+)'|\bimport\s*(?:\(\s*)?'([^']+)'/g;
  return [...texts.get(file)!.matchAll(statements)].map((match) => ({
    from: file,
    to: match[2] ?? match[3]!,
    typeOnly: match[1] !== undefined,
  }));
}

const imports = files.flatMap(importsOf);
const own = imports
  .filter(({ to }) => to.startsWith('.'))
  .map((one) => ({ ...one, to: normalize(join(dirname(one.from), one.to)).replaceAll('\\', '/') }));
const foreign = imports.filter(({ to }) => !to.startsWith('.'));

const unit = (file: string) =>
  file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.(?:js|ts)$/, '');
const level = (name: string) => LEVELS.findIndex((names) => names.includes(name));
const allowed = (file: string, places: readonly string[]) =>
  places.some((place) => file === place || (place.endsWith('/') && file.startsWith(place)));

describe('imports', () => {
  it('are found at all', () => {
    expect(own.length).toBeGreaterThan(200);
    expect(foreign.map(({ to }) => to)).toContain('commander');
  });

  it('stand in units that have a level', () => {
    expect([...new Set(files.map(unit))].filter((name) => level(name) === -1)).toEqual([]);
  });

  it('point down', () => {
    const wrong = own.filter(({ from, to, typeOnly }) => {
      const [a, b] = [unit(from), unit(to)];
      if (a === b || level(b) < level(a)) return false;
      // What a payload or a product is may be named anywhere above level 1.
      if (typeOnly && b === 'products' && level(a) >= 2) return false;
      if (typeOnly && level(a) === level(b)) return false;
      return !SIDEWAYS.includes(`${a} > ${b}`);
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('of reports lead to nothing that acts', () => {
    const acting = ['login', 'demo-idp', 'products', 'rules', 'init'];
    const wrong = own.filter(
      ({ from, to, typeOnly }) => unit(from) === 'report' && !typeOnly && acting.includes(unit(to)),
    );
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it.each(Object.entries(PACKAGES))('of %s stand in their place', (name, places) => {
    const users = foreign.filter(({ to, from }) => to === name && !allowed(from, places)).map(({ from }) => from);
    expect(users).toEqual([]);
  });

  it('name packages of package.json only', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const names = new Set(
      foreign
        .filter(({ to, typeOnly }) => !to.startsWith('node:') && !(typeOnly && `@types/${to}` in devDependencies))
        // Bytes are bundled: who installs the program needs no package for them.
        .filter(({ to }) => !to.endsWith('.wasm'))
        .map(({ to }) =>
          to
            .split('/')
            .slice(0, to.startsWith('@') ? 2 : 1)
            .join('/'),
        ),
    );
    expect([...names].filter((name) => !(name in dependencies))).toEqual([]);
  });
});

it.each(Object.entries(WORLD))('%s is used at the edge only', (name, places) => {
  const use = new RegExp(`(?<![\\w.'"$-])${name.replace(/[.(]/, '\\$&')}${name.endsWith('(') ? '' : '\\b'}(?!['":?-])`);
  const users = files.filter((file) => !allowed(file, places) && use.test(codeOf(texts.get(file)!)));
  expect(users).toEqual([]);
});

/** The text without comments and without what stands in quotes. */
function codeOf(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g,
    (piece) => (piece.startsWith('/') ? '' : "''"),
  );
}

it('speaks of nothing but itself and leaves nothing for later', () => {
  const marks = /\b(?:TODO|FIXME|XXX|HACK)\b/;
  expect(
    files.filter((file) => marks.test(texts.get(file)!.replace(/(['"`/])[^'"`\n]*\b(?:XXX|TODO)\b[^'"`\n]*\1/g, ''))),
  ).toEqual([]);
});
