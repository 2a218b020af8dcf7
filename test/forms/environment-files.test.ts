import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormId } from '../../src/forms/names.js';
import { readForm } from '../../src/forms/read.js';
import type { FormFacts, FormReading } from '../../src/forms/types.js';

const read = (form: Exclude<FormId, 'ini'>, text: string, facts: FormFacts = { shell: {} }): Promise<FormReading> =>
  readForm({ path: 'conf/grafana.env', text, form }, form, facts);

const env = ({ variables }: FormReading) => Object.fromEntries(variables.map(({ name, value }) => [name, value]));

describe('Compose', () => {
  it('places every value, without its quotes and blanks', async () => {
    const text = "# comment\nexport A = \"x y\" # c\nB='it\\'s'\nC: plain # no\nD=a#b\n";
    const reading = await read('env-file', text);
    expect(env(reading)).toEqual({ A: 'x y', B: "it's", C: 'plain', D: 'a#b' });
    expect(reading.variables[0]!.valueRange).toEqual({ start: { line: 2, column: 12 }, end: { line: 2, column: 17 } });
    expect(reading.variables[0]!.within!(2, 1)).toEqual({
      start: { line: 2, column: 15 },
      end: { line: 2, column: 16 },
    });
    expect(reading.variables[1]!.within!(2, 1)).toEqual({ start: { line: 3, column: 6 }, end: { line: 3, column: 8 } });
  });

  it.each([
    ['"a\\nb"', 'a\nb'],
    ['"a\nb"', 'a\nb'],
    ["'a\nb'", 'a\nb'],
    ['"\\q"', '\\q'],
    ['"\\$X"', '$X'],
    ['"$$X"', '$X'],
    ['"$X"', ''],
    ['$1', '$1'],
    ['a$', 'a$'],
    ['${X:-a${Y:-b}c}', 'abc'],
    ['${X+a}', ''],
    ['$A', 'first'],
  ])('reads %s', async (written, value) => {
    expect(env(await read('env-file', `A=first\nV=${written}\n`)).V).toBe(value);
  });

  it.each([
    ["GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH='Admin' || 'Viewer'\n", 'form-quotes'],
    ['GF A=1\n', 'form-refused'],
    ['=1\n', 'form-refused'],
    ['A="x\n', 'form-refused'],
    ['A=${\n', 'form-refused'],
    ['A=${X:?no}\n', 'form-refused'],
  ])('refuses %j', async (text, kind) => {
    expect((await read('env-file', text)).notes.filter((note) => note.stops)).toMatchObject([
      { kind, stops: 'compose' },
    ]);
  });

  it('knows no variable of a shell it was not told of', async () => {
    const reading = await read('env-file', 'A=$X\nB=${X:-d}\nC\nD=$__file{/run/x}\n', {});
    expect(env(reading)).toEqual({ A: '$__from{X}', B: 'd', C: '$__from{the shell: C}', D: '{/run/x}' });
    expect(reading.notes).toMatchObject([{ kind: 'form-swallowed-variable', fix: { edits: [{ newText: '$' }] } }]);
  });

  it('tells a name with one underscore from the one of the start script', async () => {
    const { notes } = await read('env-file', 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET_FILE=/run/x\nGF_A__FILE=/x\n');
    expect(notes).toMatchObject([{ kind: 'form-file-suffix', option: 'client_secret', span: { start: 0, end: 40 } }]);
  });
});

describe('docker run', () => {
  it('takes lines as they stand', async () => {
    const reading = await read('docker-env-file', '\ufeffA="x" # y\r\n  B= c \n#no\nC\nD\n', { shell: { C: '1' } });
    expect(env(reading)).toEqual({ A: '"x" # y', B: ' c ', C: '1' });
    expect(reading.variables[0]!.nameRange.start).toEqual({ line: 1, column: 1 });
  });

  it.each(['export A=1\n', 'A =1\n', '=1\n'])('refuses %j', async (text) => {
    expect((await read('docker-env-file', text)).notes).toMatchObject([{ kind: 'form-refused', stops: 'docker' }]);
  });
});

describe('systemd', () => {
  it.each([
    ['"a \\"b\\" \\n"', 'a "b" \\n'],
    ['"a"  "b"', 'ab'],
    ["'a'b", 'ab'],
    ['a"b"', 'a"b"'],
    ['a\\\nb', 'ab'],
    ['  x y  ', 'x y'],
    ['"$X%h"', '$X%h'],
    ["'\\x'", '\\x'],
    ['', ''],
  ])('reads %j', async (written, value) => {
    expect(env(await read('systemd-env', `V=${written}\n; c\nW=1\n`))).toEqual({ V: value, W: '1' });
  });

  it('leaves out what is no assignment, and says so', async () => {
    const reading = await read('systemd-env', 'export GF_A=1\nword\nGF_SECURITY_ADMIN_PASSWORD__FILE=/x\n');
    expect(env(reading)).toEqual({});
    expect(reading.notes.map(({ kind }) => kind)).toEqual([
      'form-unknown-name',
      'form-unknown-name',
      'form-file-suffix',
    ]);
  });
});

describe('start script', () => {
  it('puts the content of the file in place of its path', async () => {
    const readFile = (path: string) => {
      if (path === '/run/s') return 'a\r\n\n';
      throw new Error('no');
    };
    const reading = await read('docker-entrypoint', 'GF_A__FILE=/run/s\nGF_B__FILE=/run/t\nGF_C__FILE=\n', {
      readFile,
    });
    expect(env(reading)).toEqual({ GF_A: 'a\r', GF_B: '', GF_C__FILE: '' });
    expect(reading.notes).toMatchObject([
      { kind: 'form-file-suffix', severity: 'warning', span: { start: 29, end: 35 } },
    ]);
  });
});

describe('any text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom('A', '=', '"', "'", '\\', '$', '{', '}', '\n', '\r', ' ', '#', 'export ', ':-', 'GF_A_FILE'),
        {
          maxLength: 40,
        },
      )
      .map((parts) => parts.join('')),
  );

  it.each(['env-file', 'docker-env-file', 'systemd-env', 'docker-entrypoint', 'systemd-unit'] as const)(
    '%s reads it without throwing, and every place lies in the text',
    async (form) => {
      await fc.assert(
        fc.asyncProperty(texts, async (text) => {
          const { variables, notes } = await read(form, text, {});
          for (const { span } of notes) {
            expect(span.start).toBeLessThanOrEqual(span.end);
            expect(span.end).toBeLessThanOrEqual(text.length);
          }
          for (const variable of variables) for (let at = 0; at < variable.value.length; at++) variable.within?.(at, 1);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('values written in quotes read back equal', async () => {
    const value = fc.string({ unit: fc.constantFrom(...'abc $"\'\\#;`%{}=\n\t|&') });
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        const compose = `A="${text.replace(/[\\"]/g, '\\$&').replaceAll('$', '$$$$').replaceAll('\n', '\\n')}"\n`;
        expect(env(await read('env-file', compose, {}))).toEqual({ A: text });
        const systemd = `A="${text.replace(/[\\"`$]/g, '\\$&')}"\n`;
        expect(env(await read('systemd-env', systemd, {}))).toEqual({ A: text });
        if (!text.includes('\n')) expect(env(await read('docker-env-file', `A=${text}\n`, {}))).toEqual({ A: text });
      }),
      { numRuns: 300 },
    );
  });
});
