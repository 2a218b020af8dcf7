import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validate } from '../../src/library/validate.js';

/** Pieces of which files with mistakes are made. */
const piece = fc.constantFrom(
  '[auth.generic_oauth]',
  '[auth]',
  '[',
  ']',
  '[ x ]',
  '\n',
  '\r\n',
  ' = ',
  ':',
  '#',
  ';',
  '"',
  "'",
  '`',
  '"""',
  '\\',
  '\\\n',
  '%(x)s',
  '${X}',
  '$__file{/x}',
  'client_secret',
  'role_attribute_path',
  'allowed_groups',
  'enabled',
  'ture',
  '["a"',
  'https://x',
  '; auth-cli-ignore',
  '```',
  '\u00a0',
  '\u200b',
  '“',
  '\0',
  '__proto__',
  '\ud800',
  'é',
);

describe('any text', () => {
  it('is checked without an exception, and every place lies in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 60 }), async (pieces) => {
        const text = pieces.join('');
        const lines = text.split('\n');
        const report = await validate([{ path: 'a.ini', text }], {
          env: { X: '1', GF_AUTH_GENERIC_OAUTH_NAME: "'x'" },
        });
        for (const { range, related, fix } of report.files[0]!.findings)
          for (const one of [
            range,
            ...(related ?? []).map((note) => note.range),
            ...(fix?.edits ?? []).map((edit) => edit.range),
          ])
            if (one) {
              expect(one.start.line).toBeGreaterThanOrEqual(1);
              expect(one.end.line).toBeLessThanOrEqual(lines.length);
              expect(one.start.column).toBeLessThanOrEqual((lines[one.start.line - 1] ?? '').length + 1);
              const { start, end } = one;
              expect(end.line - start.line || end.column - start.column).toBeGreaterThanOrEqual(0);
            }
      }),
      { numRuns: 200 },
    );
  });
});

describe('large files with as many mistakes as lines', () => {
  const LINES = 15_000;
  // Work that grows with the square of the lines would run into the time limit of the test.
  it.each([
    ['unknown keys', 'unknown-key', (at: number) => `unknown_${at} = x`],
    ['cut values', 'truncated-value', (at: number) => `role_attribute_path = contains(groups, '#${at}')`],
    [
      'lines without a delimiter',
      'line-without-delimiter',
      (at: number) => (at % 2 === 0 ? 'no delimiter' : 'name = x'),
    ],
    ['ignore comments', 'missing', (at: number) => (at % 2 === 0 ? '; auth-cli-ignore' : `unknown_${at} = x`)],
  ])('are checked in time: %s', async (_name, rule, line) => {
    const text = `[auth.generic_oauth]\n${Array.from({ length: LINES }, (_, at) => line(at)).join('\n')}\n`;
    const { files } = await validate([{ path: 'a.ini', text }]);
    const found = files[0]!.findings.filter((finding) => finding.rule === rule).length;
    if (rule === 'missing') expect(found).toBe(0);
    else expect(found).toBeGreaterThanOrEqual(1000);
  });
});
