import { expect, it } from 'vitest';
import { FixView } from '../../src/report/findings/fixes.js';
import { LineMap } from '../../src/text/source.js';

const fixOf = (text: string, old: string, newText: string) => {
  const start = text.indexOf(old);
  const range = new LineMap(text).range({ start, end: start + old.length });
  return new FixView({ path: 'a.ini', text, findings: [] }).show({ description: 'do it', edits: [{ range, newText }] });
};

it('tells what is inserted instead of repeating what stays', () => {
  const { edits } = fixOf('client_secret = abc#def\n', 'abc#def', '"""abc#def"""');
  expect(edits).toEqual([
    { range: { start: { line: 1, column: 17 }, end: { line: 1, column: 17 } }, newText: '"""' },
    { range: { start: { line: 1, column: 24 }, end: { line: 1, column: 24 } }, newText: '"""' },
  ]);
});

it('leaves other edits as they are', () => {
  expect(fixOf('enable = true', 'enable', 'enabled').edits).toEqual([
    { range: { start: { line: 1, column: 7 }, end: { line: 1, column: 7 } }, newText: 'd' },
  ]);
  expect(fixOf('name = x', 'name', 'title').edits).toMatchObject([{ newText: 'title' }]);
  expect(fixOf('name = x', 'name = x', '').edits).toMatchObject([{ newText: '' }]);
});

it('withholds an edit that spells out a secret', () => {
  expect(fixOf("client_secret = 'abc#def'\n", "'abc#def'", '"""abc#def"""')).toEqual({
    description: 'do it',
    edits: [],
    withheld: true,
  });
});
