/**
 * Findings in files of other forms, from real trouble: `fixtures/forms/<folder>/name.yaml` beside `name.out`. Comments on the
 * first lines may give facts: `# chart 8.5.2`, `# form helm-kps-values`. `UPDATE=1` rewrites the files.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateGrafana } from '../../src/products/grafana-validate.js';
import { ROOT } from '../helpers/fake-host.js';
import { compactLine } from '../helpers/golden.js';

const FOLDER = join(ROOT, 'fixtures/forms');
const FOLDERS = ['helm', 'kubernetes', 'operator'];
const cases = FOLDERS.flatMap((folder) =>
  readdirSync(join(FOLDER, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${folder}/${name.slice(0, -'.yaml'.length)}`),
);

async function findingsOf(name: string): Promise<string> {
  const text = readFileSync(join(FOLDER, `${name}.yaml`), 'utf8');
  const fact = (word: string) => new RegExp(`^# ${word} (\\S+)$`, 'm').exec(text)?.[1];
  const chartVersion = fact('chart');
  const file = { path: `${name}.yaml`, text, form: fact('form') };
  const { findings, notes } = await validateGrafana([file], {
    ...(chartVersion === undefined ? {} : { forms: { chartVersion } }),
  });
  const lines = findings.map((finding) =>
    [
      `${compactLine(finding)}${finding.fix ? ' fixable' : ''}`,
      ...(finding.related ?? []).map(
        (one) => `  ${one.range ? `${one.range.start.line}:${one.range.start.column}: ` : ''}${one.message}`,
      ),
    ].join('\n'),
  );
  return [...lines, ...notes.slice(1).map((note) => `# ${note}`)].map((line) => `${line}\n`).join('');
}

describe('findings of fixtures/forms', () => {
  it.each(cases)('%s', async (name) => {
    const output = join(FOLDER, `${name}.out`);
    const found = await findingsOf(name);
    if (process.env['UPDATE'] === '1') writeFileSync(output, found);
    expect(existsSync(output), output).toBe(true);
    expect(found, `run with UPDATE=1 and read the difference of ${output}`).toBe(readFileSync(output, 'utf8'));
  });

  it('points every finding into the file', async () => {
    for (const name of cases) {
      const lines = readFileSync(join(FOLDER, `${name}.yaml`), 'utf8').split('\n');
      for (const [, line, column] of (await findingsOf(name)).matchAll(/^(\d+):(\d+): /gm)) {
        expect(lines[Number(line) - 1], `${name} ${line}`).toBeDefined();
        expect(Number(column)).toBeLessThanOrEqual(lines[Number(line) - 1]!.length + 1);
      }
    }
  });
});
