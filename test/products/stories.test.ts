import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkExpectations, expectationsOf } from '../../src/claims/expect.js';
import { readPayload } from '../../src/claims/payload.js';
import { productEntry, productOfConfig } from '../../src/products/index.js';

/**
 * One folder, one story: a configuration whose first comment tells it (a line `# GEM X.Y` or `# Dashboard N` chooses the version),
 * `payload.json` with what must come out under `expect`, and `expected.json`, the whole result with its trace.
 * `UPDATE=1` rewrites the last one, never what is expected.
 */
const FOLDER = 'fixtures/claims';
const stories = readdirSync(FOLDER)
  .filter((story) => /^(gem|dashboard)-/.test(story))
  .sort();

describe('what GEM and Dashboard make of a token', () => {
  it('has its stories', () => {
    for (const product of ['gem', 'dashboard'])
      expect(stories.filter((story) => story.startsWith(`${product}-`)).length).toBeGreaterThanOrEqual(30);
  });

  it.each(stories)('%s', async (story) => {
    const read = (name: string) => readFileSync(`${FOLDER}/${story}/${name}`, 'utf8');
    const path = readdirSync(`${FOLDER}/${story}`).find((name) => name.startsWith('config.'))!;
    const file = { path, text: read(path) };
    const id = productOfConfig(file);
    expect(id).toBe(story.slice(0, story.indexOf('-')));
    const version = /^# (?:GEM|Dashboard) (\d[\d.]*)$/m.exec(file.text)?.[1];
    const product = await productEntry(id!)!.load();
    const resolver = await product.prepare({
      files: [file],
      ...(version === undefined ? {} : { productVersion: version }),
    });
    const envelope = readPayload(read('payload.json'));
    const result = await resolver.resolve(envelope);

    const expectations = checkExpectations(result, expectationsOf(envelope.expect));
    expect(expectations.length).toBeGreaterThan(0);
    expect(expectations.filter((one) => !one.met)).toEqual([]);

    const output = `${FOLDER}/${story}/expected.json`;
    if (process.env['UPDATE'] === '1') writeFileSync(output, `${JSON.stringify(result, null, 2)}\n`);
    expect(JSON.parse(JSON.stringify(result))).toEqual(JSON.parse(read('expected.json')));

    // without a trace: the same verdict
    const { trace: _, ...verdict } = JSON.parse(JSON.stringify(result));
    const { trace, ...fast } = await resolver.resolve(envelope, { trace: false });
    expect(trace).toEqual([]);
    expect(JSON.parse(JSON.stringify(fast))).toEqual(verdict);
  });
});
