import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIni } from '../../src/document/ini.js';
import { type IniEntry, sourceSpan } from '../../src/document/types.js';
import { goTrim } from '../../src/text/go-text.js';
import type { Span } from '../../src/text/source.js';

const read = (text: string) => parseIni({ path: 'grafana.ini', text });
const entriesOf = (text: string) => read(text).sections.flatMap((section) => section.entries);
const values = (text: string) => Object.fromEntries(entriesOf(text).map((entry) => [entry.key, entry.value]));

/** The texts behind the places of an entry, and where they begin, as `line:column`. */
function places(text: string, key: string) {
  const document = read(text);
  const entry = document.sections.flatMap((section) => section.entries).find((one) => one.key === key)!;
  const show = (span: Span | undefined) => {
    if (!span) return undefined;
    const { start, end } = document.range(span);
    return `${start.line}:${start.column}-${end.line}:${end.column} ${text.slice(span.start, span.end)}`;
  };
  return {
    key: show(entry.keySpan),
    delimiter: show(entry.delimiter),
    value: show(entry.valueSpan),
    comment: show(entry.comment?.span),
    dropped: show(entry.dropped?.span),
    quote: entry.quote,
    continued: entry.continued,
  };
}

describe('places', () => {
  it('of a plain line', () => {
    expect(places('[s]\nkey = value', 'key')).toEqual({
      key: '2:1-2:4 key',
      delimiter: '2:5-2:6 =',
      value: '2:7-2:12 value',
      comment: undefined,
      dropped: undefined,
      quote: 'none',
      continued: false,
    });
  });

  it('of an indented line with a comment, in a file with byte order mark and CRLF', () => {
    expect(places('\ufeff[s]\r\n\t key\t:\t"a b" \t# why \r\n', 'key')).toMatchObject({
      key: '2:3-2:6 key',
      delimiter: '2:7-2:8 :',
      value: '2:9-2:14 "a b"',
      comment: '2:16-2:21 # why',
      quote: 'double',
    });
  });

  it('count UTF-16 units, also behind wide characters', () => {
    expect(places("[s]\n😀é = '日本' ;😀", '😀é')).toMatchObject({
      key: '2:1-2:4 😀é',
      value: "2:7-2:11 '日本'",
      comment: '2:12-2:15 ;😀',
      quote: 'single',
    });
  });

  it('of an empty value', () => {
    expect(places('[s]\nkey =   \n', 'key')).toMatchObject({ value: '2:6-2:6 ' });
    expect(places('[s]\nkey = # none\n', 'key')).toMatchObject({ value: '2:7-2:7 ', comment: '2:7-2:13 # none' });
  });

  it('of a value in backticks over several lines', () => {
    expect(places('[s]\nkey = `a\n  b` ; note\n', 'key')).toMatchObject({
      value: '2:7-3:5 `a\n  b`',
      comment: '3:6-3:12 ; note',
      quote: 'backtick',
      continued: true,
    });
  });

  it('of what is lost behind a closing quote', () => {
    expect(places('[s]\nkey = """a""" tail  \n', 'key')).toMatchObject({
      value: '2:7-2:14 """a"""',
      comment: undefined,
      dropped: '2:15-2:19 tail',
      quote: 'triple',
    });
  });

  it('of a continued value', () => {
    expect(places('[s]\nkey = one \\\n   two\\\n three\nnext = 1\n', 'key')).toMatchObject({
      value: '2:7-4:7 one \\\n   two\\\n three',
      continued: true,
      quote: 'none',
    });
  });

  it('of a quoted key', () => {
    expect(places('[s]\n" a=b " junk = v\n', 'a=b')).toMatchObject({ key: '2:3-2:6 a=b', delimiter: '2:14-2:15 =' });
  });

  it('of headers, comments and problems', () => {
    const document = read('# one \n  [a] b] # two\n ;three\n\t nothing here \n');
    expect(document.sections.map(({ name, headerSpan, nameSpan }) => ({ name, headerSpan, nameSpan }))).toEqual([
      { name: 'DEFAULT', headerSpan: undefined, nameSpan: undefined },
      { name: 'a] b', headerSpan: { start: 9, end: 15 }, nameSpan: { start: 10, end: 14 } },
    ]);
    expect(document.comments).toEqual([
      { span: { start: 0, end: 5 }, text: '# one', section: 'DEFAULT' },
      { span: { start: 23, end: 29 }, text: ';three', section: 'a] b' },
    ]);
    expect(document.problems).toMatchObject([
      {
        kind: 'key-value-delimiter',
        productMessage: 'key-value delimiter not found: nothing here',
        section: 'a] b',
        span: { start: 32, end: 44 },
      },
    ]);
    expect(document.range(document.problems[0]!.span).start).toEqual({ line: 4, column: 3 });
  });

  it('inside a value lead back to the source', () => {
    const text = '[s]\nkey = ab\\\n  cd \\\n  \u00e9f\n';
    const [entry] = entriesOf(text);
    expect(entry!.value).toBe('abcd éf');
    for (const [at, character] of [...entry!.value].entries()) {
      const span = sourceSpan(entry!, at)!;
      expect(text.slice(span.start, span.end)).toBe(character);
    }
    expect(sourceSpan(entry!, 1, 3)).toEqual({ start: 11, end: 18 });
    expect(sourceSpan(entry!, 7)).toEqual({ start: 25, end: 25 });
  });
});

describe('what stops Grafana', () => {
  it.each([
    ['[s]\nk = v\nlost\nz = 1\n', 'key-value-delimiter', 3, 1, 'key-value delimiter not found: lost'],
    ['[s\nk = v\n', 'unclosed-section', 1, 1, 'unclosed section: [s'],
    ['[]\nk = v\n', 'empty-section-name', 1, 1, 'empty section name'],
    ['[s]\n  = v\n', 'empty-key', 2, 3, 'empty key name: = …'],
    ['[s]\n"" = v\n', 'empty-key', 2, 1, 'error creating new key: empty key name'],
    ['[s]\n"k = v\n', 'unclosed-key-quote', 2, 1, 'missing closing key quote: "k = …'],
    ['[s]\nk = `v\nz = 1\n', 'unclosed-value-quote', 2, 5, 'missing closing key quote from "`…" to "…"'],
    ['[s]\nk = """v\nz = 1\n', 'unclosed-value-quote', 2, 5, 'missing closing key quote from "\\"\\"\\"…" to "…"'],
  ])('%j: %s', (text, kind, line, column, productMessage) => {
    const document = read(text);
    expect(document.problems[0]).toMatchObject({ kind, productMessage });
    expect(document.range(document.problems[0]!.span).start).toEqual({ line, column });
  });

  it('is told with the lines after it read on', () => {
    const document = read('[s]\na = 1\nlost\nb = 2\n[t\nc = 3\n');
    expect(document.problems.map((one) => one.kind)).toEqual(['key-value-delimiter', 'unclosed-section']);
    expect(
      document.sections.map(({ name, unreached, entries }) => [
        name,
        unreached,
        entries.map((one) => [one.key, one.unreached]),
      ]),
    ).toEqual([
      ['DEFAULT', false, []],
      [
        's',
        false,
        [
          ['a', false],
          ['b', true],
        ],
      ],
      ['t', true, [['c', true]]],
    ]);
  });

  it('does not repeat what may be a secret', () => {
    const texts = [
      '[s]\nclient_secret = abc\ns3cr3t\n',
      '[s]\nk = `s3cr3t\n',
      '[s]\n"k = s3cr3t\n',
      '[s\nk = s3cr3t',
      '[s]\n= s3cr3t\n',
      '[k = s3cr3t\n',
    ];
    for (const text of texts) {
      const { problems } = read(text);
      expect(problems.length).toBeGreaterThan(0);
      expect(JSON.stringify(problems)).not.toContain('s3cr3t');
    }
  });

  it('is told a thousand times at most', () => {
    expect(read('x\n'.repeat(5000)).problems.length).toBe(1000);
  });
});

describe('keys', () => {
  it('with three quotes need more than six bytes in their line', () => {
    expect(values('[s]\n"""a"""=v\n')).toEqual({ a: 'v' });
    expect(read('[s]\n"""=vv\n').problems).toMatchObject([{ kind: 'unclosed-key-quote' }]);
    expect(read('[s]\n"""=v\n').problems).toMatchObject([{ kind: 'empty-key' }]);
    expect(read('[s]\n"""=é\n').problems).toMatchObject([{ kind: 'unclosed-key-quote' }]);
  });

  it('that a prototype knows are names like others', () => {
    expect(
      entriesOf('[__proto__]\n__proto__ = 1\nconstructor = 2\ntoString = 3\n').map((one) => [
        one.section,
        one.key,
        one.value,
      ]),
    ).toEqual([
      ['__proto__', '__proto__', '1'],
      ['__proto__', 'constructor', '2'],
      ['__proto__', 'toString', '3'],
    ]);
  });
});

/** Texts of the characters that mean something to the reader. */
const TEXT = fc.string({
  unit: fc.constantFrom(...'ab="\'`#;:[]\\-.\n\n\n \t\r\0\u0085\u00a0\ufeff\u2028é😀'),
  maxLength: 120,
});
const ANY = fc.oneof(TEXT, fc.string({ unit: 'binary', maxLength: 200 }));

function checkEntry(text: string, entry: IniEntry): void {
  const { keySpan, delimiter, valueSpan, value } = entry;
  expect(keySpan.start).toBeLessThanOrEqual(keySpan.end);
  expect(keySpan.end).toBeLessThanOrEqual(delimiter.start);
  expect(delimiter.end).toBeLessThanOrEqual(valueSpan.start);
  expect(valueSpan.start).toBeLessThanOrEqual(valueSpan.end);
  expect(valueSpan.end).toBeLessThanOrEqual(text.length);
  expect('=:').toContain(text.slice(delimiter.start, delimiter.end));
  const written = text.slice(keySpan.start, keySpan.end);
  expect(entry.key).toBe(written === '-' ? entry.key : written);
  if (written === '-') expect(entry.key).toMatch(/^#\d+$/);

  expect(entry.segments.map((one) => text.slice(one.offset, one.offset + one.length)).join('')).toBe(value);
  for (const { offset, length } of entry.segments) {
    expect(offset).toBeGreaterThanOrEqual(valueSpan.start);
    expect(offset + length).toBeLessThanOrEqual(valueSpan.end);
  }
  const source = text.slice(valueSpan.start, valueSpan.end);
  if (entry.quote === 'none' && !entry.continued) expect(source).toBe(value);
  if (entry.quote === 'none') expect(goTrim(value.slice(0, 1)) === '' && value !== '' && !entry.continued).toBe(false);
  if (entry.quote === 'single' || entry.quote === 'double') expect(source.slice(1, -1)).toBe(value);
  if (entry.quote === 'triple') expect(source).toBe(`"""${value}"""`);
  if (entry.quote === 'backtick') expect(source).toBe(`\`${value}\``);
  if (entry.quote === 'none' && !entry.continued) expect(value).not.toMatch(/[#;]/);
  for (const tail of [entry.comment, entry.dropped])
    if (tail) {
      expect(tail.span.start).toBeGreaterThanOrEqual(valueSpan.end);
      expect(text.slice(tail.span.start, tail.span.end)).toBe(tail.text);
      expect(tail.text).toBe(goTrim(tail.text));
    }
}

describe('any text', () => {
  it('is read, and every place holds what it says', () => {
    fc.assert(
      fc.property(ANY, (text) => {
        const document = read(text);
        let at = -1;
        for (const section of document.sections) {
          if (section.headerSpan) expect(text[section.headerSpan.start]).toBe('[');
          for (const entry of section.entries) {
            checkEntry(text, entry);
            expect(entry.keySpan.start).toBeGreaterThan(at);
            at = Math.max(at, entry.valueSpan.end - 1);
          }
        }
        for (const comment of document.comments) expect(comment.text).toMatch(/^[#;]/);
        for (const { span } of document.problems) expect(span.end).toBeGreaterThanOrEqual(span.start);
      }),
      { numRuns: 400 },
    );
  });

  it('is read up to its first problem as if the rest were not there', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const document = read(text);
        const first = document.problems[0];
        if (!first || first.kind === 'unclosed-value-quote') return;
        const before = text.slice(0, document.lines.lineStart(document.range(first.span).start.line));
        const reached = document.sections.flatMap((section) => section.entries).filter((entry) => !entry.unreached);
        const alone = read(before);
        expect(alone.problems).toEqual([]);
        expect(
          alone.sections.flatMap((section) => section.entries).map((one) => [one.section, one.key, one.value]),
        ).toEqual(reached.map((one) => [one.section, one.key, one.value]));
      }),
    );
  });

  it('with CRLF reads as with LF, but for line breaks inside quotes', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const plain = text.replaceAll('\r', '');
        const windows = plain.replaceAll('\n', '\r\n');
        const shape = (source: string) =>
          entriesOf(source).map((one) => [one.section, one.key, one.value.replaceAll('\r\n', '\n')]);
        // A line of exactly six bytes beginning with three quotes depends on the length of its line break.
        fc.pre(!/"""/.test(plain));
        expect(shape(windows)).toEqual(shape(plain));
      }),
    );
  });
});

/** Work that grew with the square of the length would run into the time limit of a test many times over. */
describe('large texts', () => {
  it.each([
    ['one long line', () => `[s]\nk = ${'x'.repeat(3_000_000)}`],
    ['unclosed headers', () => '[x\n'.repeat(300_000)],
    ['unclosed backticks', () => `${'k = `\n'.repeat(200_000).slice(0, -1)}x`],
    ['unclosed triple quotes', () => `k = """\n${'#\nk = """x\n'.repeat(1)}${'[`\n'.repeat(300_000)}`],
    ['quotes that open a key', () => '"\n'.repeat(500_000)],
    ['backslashes', () => 'a=\\\n'.repeat(300_000)],
    ['blanks', () => `${' '.repeat(2_000_000)}\nk =${' '.repeat(2_000_000)}`],
    ['NUL bytes', () => '\0'.repeat(2_000_000)],
    ['a deep section', () => `[${'a.'.repeat(1_000_000)}]\nk = 1`],
  ])('are read: %s', (_name, make) => {
    const text = make();
    const document = read(text);
    expect(document.sections.length).toBeGreaterThan(0);
  });
});
