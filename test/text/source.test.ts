import { describe, expect, it } from 'vitest';
import { LineMap } from '../../src/text/source.js';

describe('LineMap', () => {
  it('counts lines at LF only and columns in UTF-16 code units', () => {
    const lines = new LineMap('ab\r\nc\u{1F600}d\n');
    expect(lines.lineCount).toBe(3);
    expect(lines.position(0)).toEqual({ line: 1, column: 1 });
    expect(lines.position(4)).toEqual({ line: 2, column: 1 });
    expect(lines.position(7)).toEqual({ line: 2, column: 4 });
    expect(lines.line(1)).toBe('ab');
    expect(lines.line(2)).toBe('c\u{1F600}d');
    expect(lines.line(3)).toBe('');
  });

  it('moves offsets outside the text to its ends', () => {
    const lines = new LineMap('x');
    expect(lines.position(-3)).toEqual({ line: 1, column: 1 });
    expect(lines.position(99)).toEqual({ line: 1, column: 2 });
  });

  it('does not count a byte order mark, as editors do not', () => {
    const lines = new LineMap('\ufeffab\nc');
    expect(lines.line(1)).toBe('ab');
    expect(lines.lineStart(1)).toBe(1);
    expect(lines.position(0)).toEqual({ line: 1, column: 1 });
    expect(lines.position(2)).toEqual({ line: 1, column: 2 });
    expect(lines.position(4)).toEqual({ line: 2, column: 1 });
  });
});
