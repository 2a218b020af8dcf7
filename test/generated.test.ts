/** What is written by `npm run generate` says what the program says today. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { catalog } from '../src/program.js';
import { buildIfStale } from './helpers/built.js';
import { ROOT } from './helpers/fake-host.js';

beforeAll(buildIfStale);

it('is up to date', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, '.dev/generate.mjs'), '--check'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

it('shows outputs in the README', () => {
  expect([...readme.matchAll(/<!-- run: /g)].length).toBeGreaterThan(3);
});

it('names every command in the README', () => {
  expect(
    catalog.names.filter((name) => !readme.includes(`auth-cli ${name}`) && !readme.includes(`  ${name} `)),
  ).toEqual([]);
});

it('names every dependency in the README, and no other', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  // Other tables, such as the measured figures, have rows of the same look.
  const section = readme.slice(readme.indexOf('## Dependencies')).split(/\n## (?!Dependencies)/)[0]!;
  const named = [...section.matchAll(/^\| `([\w@/-]+)` \|/gm)].map((match) => match[1]!);
  expect(named.toSorted()).toEqual(Object.keys(dependencies).toSorted());
});

it('imports in its examples what the library exports', async () => {
  const library = await import('../src/index.js');
  const names = [...readme.matchAll(/import \{([^}]+)\} from 'auth-cli'/g)].flatMap((match) => match[1]!.split(','));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(library).toHaveProperty(name.trim());
});
