import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { grafanaRules } from '../../src/rules/grafana/index.js';
import { GrafanaSubject } from '../../src/rules/grafana/subject.js';
import { loadFilesSync } from '../../src/settings/load.js';
import { goldenCases, optionsOf } from '../helpers/golden.js';

const fixtures = new URL('../../fixtures/', import.meta.url).pathname;
const texts = [
  ...['seeds', 'lint'].flatMap((folder) =>
    goldenCases(join(fixtures, folder)).map((test) => readFileSync(test.input, 'utf8')),
  ),
  ...grafanaRules.flatMap((rule) => [rule.docs.bad, rule.docs.good]),
];

it.each(grafanaRules.filter((rule) => rule.when && !rule.needs))(
  '$id finds nothing where none of its texts is mentioned',
  async (rule) => {
    for (const text of texts) {
      const { env } = optionsOf(text);
      if (env || rule.when!.some((word) => text.includes(word))) continue;
      for (const grafanaVersion of ['9.4', '10.2', '13.0']) {
        const config = loadFilesSync([{ path: 'a.ini', text }], { grafanaVersion });
        const found: string[] = [];
        await rule.check(new GrafanaSubject(config), ({ message }) => found.push(message));
        expect(found, text).toEqual([]);
      }
    }
  },
);
