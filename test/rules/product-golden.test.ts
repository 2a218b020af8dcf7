import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validate } from '../../src/library/validate.js';
import { productOfConfig } from '../../src/products/index.js';
import { compactLine } from '../helpers/golden.js';

/**
 * Golden findings of configurations of GEM and Dashboard: a file beside `<file>.out`, one finding a line, its consequences
 * indented. A first comment `# GEM X.Y` chooses the version. `UPDATE=1` rewrites the `.out` files.
 */
describe.each(['gem', 'dashboard'] as const)('findings of fixtures/%s', (product) => {
  const folder = `fixtures/${product}`;
  const files = readdirSync(folder).filter((name) => !name.endsWith('.out'));

  it.each(files)('%s', async (name) => {
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    const version = /^# (?:GEM|Dashboard) (\d[\d.]*)$/m.exec(text)?.[1];
    const report = await validate([{ path: name, text }], { product, productVersion: version });
    const found = report.files[0]!.findings.flatMap((finding) => [
      compactLine(finding),
      ...(finding.related ?? []).map(({ message }) => `  ${message}`),
    ])
      .map((line) => `${line}\n`)
      .join('');
    const output = `${folder}/${name}.out`;
    if (process.env['UPDATE'] === '1') writeFileSync(output, found);
    expect(found, `run with UPDATE=1 and read the difference of ${output}`).toBe(
      existsSync(output) ? readFileSync(output, 'utf8') : undefined,
    );
  });

  it('belong to the product by what they say', () => {
    const odd = new Set(['not-yaml.yaml']);
    for (const name of files.filter((one) => !odd.has(one)))
      expect([name, productOfConfig({ path: name, text: readFileSync(`${folder}/${name}`, 'utf8') })]).toEqual([
        name,
        product,
      ]);
  });
});
