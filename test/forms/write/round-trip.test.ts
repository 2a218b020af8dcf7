/** Written, and read back by the reader of the form: the same settings. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadForms } from '../../../src/forms/load.js';
import { formsWithReader } from '../../../src/forms/read.js';
import { collectSettings } from '../../../src/forms/write/collect.js';
import { writeForm } from '../../../src/forms/write/index.js';
import { WRITE_TARGETS, type WriteSetting, type WriteTarget } from '../../../src/forms/write/types.js';
import { findOption } from '../../../src/settings/catalog.js';
import { readBoolean } from '../../../src/settings/read.js';
import type { EffectiveConfig } from '../../../src/settings/types.js';
import { ROOT } from '../../helpers/fake-host.js';
import { NASTY } from './nasty.js';

const TARGETS = (Object.keys(WRITE_TARGETS) as WriteTarget[]).filter((target) =>
  formsWithReader().includes(WRITE_TARGETS[target]),
);
const isDatabase = (target: WriteTarget) => target === 'terraform' || target === 'sso-api';

async function load(text: string, form: string): Promise<EffectiveConfig> {
  return loadForms([{ path: `x.${form}`, text, form }]);
}

/** Settings as they count: those without a value do not, line breaks of expressions are blanks, booleans of the database are words. */
function counted(settings: readonly WriteSetting[], target: WriteTarget): Map<string, string> {
  const found = new Map<string, string>();
  for (const { section, home = section, key, value } of settings) {
    if (value === '') continue;
    const type = findOption(home, key)?.type;
    const text =
      type === 'jmespath'
        ? value.replace(/\s*[\r\n]\s*/g, ' ').trim()
        : type === 'bool' && isDatabase(target)
          ? String(readBoolean(value))
          : value;
    if (text !== '') found.set(`[${home}] ${key}`, text);
  }
  return found;
}

/** What comes back must be what was given, but for what was said to be left out. */
async function check(settings: readonly WriteSetting[], target: WriteTarget) {
  const { text, left, references } = await writeForm(target, settings);
  const config = await load(text, WRITE_TARGETS[target]);
  // Terraform demands some options, which not every configuration sets.
  const refused = (kind: string) => target === 'terraform' && kind === 'form-refused';
  expect(config.problems.filter(({ kind }) => !refused(kind))).toEqual([]);
  const isHidden = (one: WriteSetting) =>
    references.some(({ section, key }) => one.section === section && one.key === key);
  const omitted = (one: WriteSetting) =>
    isHidden(one) ||
    left.some(({ section, key }) => (one.section === section || one.home === section) && (key ?? one.key) === one.key);
  const given = counted(
    settings.filter((one) => !omitted(one)),
    target,
  );
  const hidden = new Set(settings.filter(isHidden).map(({ section, home = section, key }) => `[${home}] ${key}`));
  const back = counted(collectSettings(config, { showSecrets: true }).settings, target);
  for (const name of hidden) back.delete(name);
  if (target === 'terraform')
    for (const [name, value] of back) {
      const [, section, key] = /^\[(.*?)\] (.*)$/.exec(name)!;
      if (!given.has(name) && (config.defaultOf(section!, key!) ?? 'false') === value) back.delete(name);
    }
  expect(Object.fromEntries(back)).toEqual(Object.fromEntries(given));
}

const configurations = ['seeds', 'lint', 'demo'].flatMap((folder) =>
  readdirSync(join(ROOT, 'fixtures', folder))
    .filter((name) => name.endsWith('.ini'))
    .map((name) => join(folder, name)),
);

const section = 'auth.generic_oauth';
const KEYS = [
  'name',
  'client_id',
  'client_secret',
  'scopes',
  'auth_url',
  'role_attribute_path',
  'groups_attribute_path',
];
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(...NASTY),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom(
        '"',
        "'",
        '`',
        '\\',
        '$',
        '{',
        '}',
        '#',
        ';',
        '%',
        '=',
        ':',
        ' ',
        '\n',
        '\t',
        '"""',
        '{{',
        '}}',
        '${',
      ),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));
const anySettings = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), texts), { selector: ([key]) => key, maxLength: 4 })
  .map((entries) => entries.map(([key, value]): WriteSetting => ({ section, key, value })));

describe.each(TARGETS)('%s', (target) => {
  it('gives the configurations of all fixtures back', { timeout: 60_000 }, async () => {
    for (const name of configurations) {
      const config = await load(readFileSync(join(ROOT, 'fixtures', name), 'utf8'), 'ini');
      if (config.problems.length > 0) continue;
      const { settings } = collectSettings(config);
      try {
        await check(settings, target);
      } catch (error) {
        throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
      }
    }
  });

  it.each(NASTY)('gives %j back', async (value) => {
    await check([{ section, key: 'name', value }], target);
  });

  it('gives any text back', async () => {
    await fc.assert(
      fc.asyncProperty(anySettings, (settings) => check(settings, target)),
      { numRuns: 60 },
    );
  });
});
