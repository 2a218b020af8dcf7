import { describe, expect, it } from 'vitest';
import {
  ImpactCounter,
  type ImpactRow,
  type ShownDifference,
  shownDifference,
} from '../../src/report/impact/impact.js';
import { makeImpactPrinter } from '../../src/report/impact/printer.js';
import { createStyle } from '../../src/report/style.js';

const style = (isTTY: boolean, columns?: number) =>
  createStyle('never', { isTTY, columns }, { LANG: 'C.UTF-8' }, 'linux');

const DIFFERENCES: readonly ShownDifference[] = [
  shownDifference({
    kind: 'setting',
    section: 'auth.generic_oauth',
    option: 'role_attribute_path',
    before: 'a || <b>',
    after: 'c | d',
    secret: false,
    decides: true,
    asks: false,
  }),
];

const row = (at: number, who = `user${at}`): ImpactRow => ({
  place: `users.jsonl:${at}`,
  who,
  changes: [
    {
      field: 'role',
      before: 'Viewer',
      after: 'Editor',
      direction: 'gain',
      cause: { kind: 'alone', differences: [0] },
      permitted: false,
    },
  ],
  before: { outcome: 'allowed', denial: null },
  after: { outcome: 'allowed', denial: null },
});

async function print(format: string, rows: readonly ImpactRow[], isTTY = false, columns?: number): Promise<string> {
  let out = '';
  const counter = new ImpactCounter(DIFFERENCES.length);
  const printer = await makeImpactPrinter({
    format,
    style: await style(isTTY, columns),
    quiet: false,
    target: { product: 'grafana', old: { files: [], version: '13.0' }, new: { files: [], version: '13.0' } },
    differences: DIFFERENCES,
    counter,
    print: async (text) => {
      out += text;
    },
  });
  await printer.begin();
  for (const one of rows) {
    counter.total++;
    counter.add(one);
    printer.row(one);
  }
  await printer.flush();
  await printer.end('changes');
  return out;
}

describe('the table', () => {
  it('has one head and the same columns however many people there are', async () => {
    const lines = (
      await print(
        'pretty',
        Array.from({ length: 450 }, (_, at) => row(at)),
      )
    ).split('\n');
    expect(lines.filter((line) => line.startsWith('who '))).toHaveLength(1);
    const people = lines.filter((line) => /^user\d/.test(line));
    expect(people).toHaveLength(450);
    expect(new Set(people.map((line) => line.indexOf('role')))).toEqual(new Set([9]));
    expect(lines.some((line) => line.includes('450 of 450 payloads change: 450 gain; 0 unchanged'))).toBe(true);
  });

  it('cuts nothing on a narrow terminal', async () => {
    const out = await print('pretty', [row(1, 'a-rather-long-name@of-a-person.example.com')], true, 60);
    expect(out).toContain('a-rather-long-name@of-a-person.example.com');
    expect(out).toContain('role_attribute_path');
  });

  it('lets no name repaint the terminal', async () => {
    expect(await print('pretty', [row(1, 'eve\x1b[2J')])).not.toContain('\x1b');
  });
});

it('a page is a page whatever names and values hold', async () => {
  const out = await print('html', [row(1, '<script>alert(1)</script>')]);
  expect(out).not.toContain('<script');
  expect(out).toContain('&lt;b&gt;');
  for (const tag of ['html', 'body', 'main', 'table', 'tbody'])
    expect(out.split(`<${tag}`).length).toBe(out.split(`</${tag}>`).length);
});

it('a table in Markdown has five cells a row whatever names and values hold', async () => {
  const out = await print('markdown', [row(1, 'a|b\n| c |')]);
  const cells = (line: string) => line.replace(/\\./g, '').split('|').length - 2;
  expect(
    out
      .split('\n')
      .filter((line) => line.startsWith('| a\\|b'))
      .map(cells),
  ).toEqual([5]);
  expect(out).toContain('c \\| d');
});

it('JSON is JSON with nobody in it too', async () => {
  expect(JSON.parse(await print('json', []))).toMatchObject({ formatVersion: 1, results: [], summary: { total: 0 } });
  const lines = (await print('jsonl', [row(1), row(2)])).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).who)).toEqual(['user1', 'user2']);
});

it('secrets of differences never get as far as a report', () => {
  const shown = shownDifference({
    kind: 'setting',
    option: 'client_secret',
    before: 'Splxl0BeZQQY',
    after: 'Splxl0BeZQQX',
    secret: true,
    decides: false,
    asks: false,
  });
  expect(JSON.stringify(shown)).not.toContain('Splxl');
});
