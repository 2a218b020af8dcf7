import { describe, expect, it } from 'vitest';
import { codeFrame, type Mark } from '../../src/report/frame.js';
import { createStyle } from '../../src/report/style.js';
import { LineMap } from '../../src/text/source.js';

const style = await createStyle('never', { isTTY: false, columns: 60 }, {}, 'linux');
const paint = (text: string) => text;

/** A mark around the first occurrence of a piece of the text. */
function mark(text: string, piece: string, extra: Partial<Mark> = {}): Mark {
  const start = text.indexOf(piece);
  return { range: new LineMap(text).range({ start, end: start + piece.length }), primary: true, ...extra };
}

const frame = (text: string, ...marks: Mark[]) =>
  codeFrame(new LineMap(text), marks, { style, paint }).lines.join('\n');

describe('a frame', () => {
  it('marks a place', () => {
    const text = '[auth.generic_oauth]\nscopes = email profile\n';
    expect(frame(text, mark(text, 'email profile'))).toBe(
      ['  |', '2 | scopes = email profile', '  |          ^^^^^^^^^^^^^'].join('\n'),
    );
  });

  it.each([
    ['tabs', '\tscopes\t= email', 'email', '1 |     scopes    = email', '  |                 ^^^^^'],
    ['wide characters', 'name = 日本語 x', 'x', '1 | name = 日本語 x', '  |               ^'],
    ['a marked wide character', 'name = 日本', '日本', '1 | name = 日本', '  |        ^^^^'],
    ['combining marks', 'name = e\u0301 x', 'x', '1 | name = e\u0301 x', '  |          ^'],
    ['emoji', 'name = 🔑 x', 'x', '1 | name = 🔑 x', '  |           ^'],
    ['a byte order mark', '\ufeffname = x', 'x', '1 | name = x', '  |        ^'],
    ['control characters', 'name = \x1b[31mx', 'x', '1 | name = �[31mx', '  |             ^'],
    ['writing that turns around', 'name = \u202ex', 'x', '1 | name = �x', '  |         ^'],
    ['CRLF', 'name = x\r\n', 'x', '1 | name = x', '  |        ^'],
  ])('keeps marks under %s', (_what, text, piece, line, marks) => {
    expect(frame(text, mark(text, piece)).split('\n').slice(1)).toEqual([line, marks]);
  });

  it('cuts a long line around the place', () => {
    const text = `role = ${'a'.repeat(80)} && 'Editor' || ${'b'.repeat(80)}`;
    const [, line = '', marks = ''] = frame(text, mark(text, "'Editor'")).split('\n');
    expect(line.length).toBeLessThanOrEqual(60);
    expect(line).toMatch(/^1 \| …a+ && 'Editor' \|\| b+…$/);
    expect(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe("'Editor'");
  });

  it('keeps the beginning of a long line where the place fits', () => {
    const text = `scopes = openid ${'x'.repeat(100)}`;
    expect(frame(text, mark(text, 'openid')).split('\n')[1]).toMatch(/^1 \| scopes = openid x+…$/);
  });

  it('fills the line with what leads to a place at its end', () => {
    const text = `role = ${'a'.repeat(80)} || 'Viewer'`;
    const [, line = '', marks = ''] = frame(text, mark(text, "'Viewer'")).split('\n');
    expect(line).toMatch(/^1 \| …a+ \|\| 'Viewer'$/);
    expect(line.length).toBe(60);
    expect(marks.length).toBe(60);
  });

  it('shows a place of one column where a range is empty or at the end of a line', () => {
    expect(
      frame('name =', { range: { start: { line: 1, column: 7 }, end: { line: 1, column: 7 } }, primary: true }),
    ).toBe(['  |', '1 | name =', '  |       ^'].join('\n'));
  });

  it('shows related places in order of lines', () => {
    const text = 'enabled = true\na = 1\nb = 2\nenabled = false\n';
    const related = mark(text, 'enabled', { primary: false, label: 'first set here' });
    const place: Mark = { range: { start: { line: 4, column: 1 }, end: { line: 4, column: 8 } }, primary: true };
    expect(frame(text, place, related)).toBe(
      ['  |', '1 | enabled = true', '  | ------- first set here', '…', '4 | enabled = false', '  | ^^^^^^^'].join('\n'),
    );
  });

  it('cuts a place of many lines in its middle', () => {
    const text = Array.from({ length: 12 }, (_, at) => `line ${at + 1}`).join('\n');
    const lines = frame(text, mark(text, text)).split('\n');
    expect(lines.filter((line) => /^ *\d+ \|/.test(line)).map((line) => Number.parseInt(line, 10))).toEqual([
      1, 2, 3, 12,
    ]);
  });

  it('does not read a line of megabytes for every place in it', () => {
    const text = 'x = '.repeat(1_000_000);
    const started = performance.now();
    for (let at = 0; at < 50; at++)
      codeFrame(
        new LineMap(text),
        [
          {
            range: { start: { line: 1, column: at * 60_000 + 5 }, end: { line: 1, column: at * 60_000 + 500 } },
            primary: true,
          },
        ],
        { style, paint },
      );
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('survives places outside the text', () => {
    expect(() =>
      frame('a', { range: { start: { line: 9, column: 9 }, end: { line: 12, column: 1 } }, primary: true }),
    ).not.toThrow();
  });
});
