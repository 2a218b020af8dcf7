import { expect, it } from 'vitest';
import { applyEdits } from '../../src/text/edits.js';

const edit = (line: number, from: number, to: number, newText: string, endLine = line) => ({
  range: { start: { line, column: from }, end: { line: endLine, column: to } },
  newText,
});

it('applies edits of several lines at their places in the text before', () => {
  const text = 'one\ntwo\nthree\n';
  expect(applyEdits(text, [[edit(3, 1, 6, '3')], [edit(1, 1, 4, '1'), edit(2, 4, 4, '!')]])).toMatchObject({
    text: '1\ntwo!\n3\n',
    applied: 2,
    skipped: 0,
  });
});

it('deletes lines with their line break', () => {
  expect(applyEdits('a\r\nb\r\nc', [[edit(2, 1, 1, '', 3)]]).text).toBe('a\r\nc');
});

it('leaves out a group that touches an earlier one, as a whole', () => {
  expect(
    applyEdits('abcdef', [[edit(1, 1, 3, 'X')], [edit(1, 2, 4, 'Y'), edit(1, 6, 7, 'Z')], [edit(1, 3, 4, 'C')]]),
  ).toMatchObject({ text: 'XCdef', applied: 2, skipped: 1 });
});

it('does not insert twice at one place', () => {
  expect(applyEdits('ab', [[edit(1, 2, 2, 'x')], [edit(1, 2, 2, 'x')]])).toMatchObject({
    text: 'axb',
    applied: 1,
    skipped: 1,
  });
});

it('takes places beyond the text for its end', () => {
  expect(applyEdits('ab', [[edit(9, 1, 1, '!')]]).text).toBe('ab!');
});

it('leaves out a group whose own edits touch each other', () => {
  expect(applyEdits('abcdef', [[edit(1, 1, 3, 'X'), edit(1, 2, 4, 'Y')]])).toMatchObject({
    text: 'abcdef',
    skipped: 1,
  });
});

it('gives the same for groups in any order, as long as none touch', () => {
  const groups = Array.from({ length: 40 }, (_, at) => [edit(at + 1, 1, 2, `${at}`), edit(at + 1, 3, 3, '!')]);
  const text = 'abc\n'.repeat(40);
  const expected = Array.from({ length: 40 }, (_, at) => `${at}b!c\n`).join('');
  expect(applyEdits(text, groups)).toMatchObject({ text: expected, applied: 40 });
  expect(applyEdits(text, groups.toReversed()).text).toBe(expected);
});

it('leaves out a group that changes nothing', () => {
  expect(applyEdits('abc', [[edit(1, 1, 2, 'a')], [edit(1, 2, 2, '')], [edit(1, 3, 4, 'C')]])).toMatchObject({
    text: 'abC',
    taken: [false, false, true],
  });
});
