/** The examples of the manuals in every form: what is wrong with them does not depend on the form, and is shown where it stands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadForms } from '../../src/forms/load.js';
import { formsWithReader } from '../../src/forms/read.js';
import { collectSettings } from '../../src/forms/write/collect.js';
import { writeForm } from '../../src/forms/write/index.js';
import { WRITE_TARGETS, type WriteTarget } from '../../src/forms/write/types.js';
import { validateGrafana } from '../../src/products/grafana-validate.js';
import type { Finding } from '../../src/rules/rule.js';
import { envName } from '../../src/settings/env-names.js';
import type { SourceFile } from '../../src/text/source.js';
import { ROOT } from '../helpers/fake-host.js';

const TARGETS = (Object.keys(WRITE_TARGETS) as WriteTarget[]).filter((target) =>
  formsWithReader().includes(WRITE_TARGETS[target]),
);

const SEEDS = join(ROOT, 'fixtures', 'seeds');
const seeds = readdirSync(SEEDS).filter((name) => name.endsWith('.ini'));

/** Rules about what a file looks like, which another form does not take over. */
const LAYOUT = new Set(['duplicate-key', 'markdown-leftover']);
/** Where a secret stands tells who can read it. */
const BY_FORM = (rule: string) => rule.startsWith('form-') || rule === 'file-readable-secret';

async function findings(file: SourceFile): Promise<readonly Finding[]> {
  return (await validateGrafana([file], {})).findings;
}

const subjects = (found: readonly Finding[]) =>
  found
    .filter(({ rule }) => !BY_FORM(rule))
    .map(({ rule, section, option }) => `${rule} [${section ?? ''}] ${option ?? ''}`)
    .sort();

/** How the forms call an option. */
function names({ section, option }: Finding): readonly string[] {
  const camel = option!.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  return [option!, camel, envName(section!, option!)];
}

describe.each(seeds)('%s', (name) => {
  const file = { path: name, text: readFileSync(join(SEEDS, name), 'utf8') };

  it('as INI again', async () => {
    const { settings } = collectSettings(await loadForms([file]), { showSecrets: true });
    const { text } = await writeForm('ini', settings);
    const before = (await findings(file)).filter(({ rule }) => !LAYOUT.has(rule));
    expect(subjects(await findings({ path: name, text }))).toEqual(subjects(before));
  });

  it.each(TARGETS)('as %s', async (target) => {
    const { settings } = collectSettings(await loadForms([file]), { showSecrets: true });
    const written = await writeForm(target, settings);
    const kept = settings.filter(
      (one) => !written.left.some(({ section, key }) => one.section === section && (key ?? one.key) === one.key),
    );
    const converted = { path: `converted.${target}`, text: written.text, form: WRITE_TARGETS[target] };
    const inDatabase = target === 'terraform' || target === 'sso-api';
    // A resource says more than the file it was made of; of the rest of the server the database tells nothing.
    const said =
      target === 'terraform' ? collectSettings(await loadForms([converted]), { showSecrets: true }).settings : kept;
    const same = await writeForm(
      'ini',
      said.map((one) => ({ ...one, stored: false })),
    );
    const before = (await findings({ path: name, text: same.text })).filter(
      ({ section }) => !inDatabase || section !== 'server',
    );
    const after = await findings(converted);
    expect(subjects(after)).toEqual(subjects(before));

    const lines = written.text.split('\n');
    const set = new Set(kept.filter(({ value }) => value !== '').map(({ section, key }) => `${section}\n${key}`));
    for (const finding of after) {
      if (!set.has(`${finding.section}\n${finding.option}`)) continue;
      expect(finding.path).toBe(converted.path);
      const { line } = finding.range!.start;
      // A list of variables has name and value on a line each.
      const shown = lines.slice(target === 'pod-env' ? line - 2 : line - 1, line).join('\n');
      expect(names(finding).filter((one) => shown.includes(one))).not.toEqual([]);
    }
  });
});
