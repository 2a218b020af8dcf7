import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkExpectations, expectationsOf } from '../../src/claims/expect.js';
import { readPayload } from '../../src/claims/payload.js';
import { prepareLogin } from '../../src/claims/prepare.js';

/**
 * One folder, one story: `config.ini` (its comments tell it; a line `; Grafana X.Y` chooses the version), `payload.json` with what
 * must come out under `expect`, perhaps `environment.json`, and `expected.json`, the whole result with its trace.
 * `UPDATE=1` rewrites the last one, never what is expected.
 */
const FOLDER = 'fixtures/claims';
/** Those of other products have a configuration of another kind and a test of their own. */
const stories = readdirSync(FOLDER)
  .filter((story) => existsSync(`${FOLDER}/${story}/config.ini`))
  .sort();

describe('what happens to people', () => {
  it('has its stories', () => expect(stories.length).toBeGreaterThanOrEqual(60));

  it.each(stories)('%s', async (story) => {
    const read = (name: string) => readFileSync(`${FOLDER}/${story}/${name}`, 'utf8');
    const text = read('config.ini');
    const version = /^; Grafana (\S+)$/m.exec(text)?.[1];
    const product = text.includes('[auth.generic_oauth]') ? 'grafana' : 'grafana-cloud';
    const resolver = await prepareLogin(product, {
      files: [{ path: 'config.ini', text }],
      ...(version !== undefined && { version }),
      ...(existsSync(`${FOLDER}/${story}/environment.json`) && { env: JSON.parse(read('environment.json')) }),
    });
    const envelope = readPayload(read('payload.json'));
    const result = resolver.resolve(envelope);

    const expectations = checkExpectations(result, expectationsOf(envelope.expect));
    expect(expectations.length).toBeGreaterThan(0);
    expect(expectations.filter((one) => !one.met)).toEqual([]);

    const file = `${FOLDER}/${story}/expected.json`;
    if (process.env['UPDATE'] === '1') writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
    expect(JSON.parse(JSON.stringify(result))).toEqual(JSON.parse(read('expected.json')));

    // without a trace: the same verdict
    const { trace: _, claims: __, ...verdict } = JSON.parse(JSON.stringify(result));
    const { trace, ...fast } = resolver.resolve(envelope, { trace: false });
    expect(trace).toEqual([]);
    expect(JSON.parse(JSON.stringify(fast))).toEqual(verdict);
  });
});
