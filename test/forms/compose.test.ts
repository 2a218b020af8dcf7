import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForm } from '../../src/forms/read.js';
import type { FormFacts, FormReading } from '../../src/forms/types.js';
import { validate } from '../../src/library/validate.js';

const GRAFANA = 'services:\n  grafana:\n    image: grafana/grafana:11.4.0\n';

function folder(files: Readonly<Record<string, string>>): NonNullable<FormFacts['readFile']> {
  return (path) => {
    if (Object.hasOwn(files, path)) return files[path]!;
    throw new Error(`no file ${path}`);
  };
}

const read = (text: string, facts: FormFacts = { shell: {} }): Promise<FormReading> =>
  readForm({ path: 'deploy/compose.yaml', text, form: 'compose' }, 'compose', facts);

const env = ({ variables }: FormReading) => Object.fromEntries(variables.map(({ name, value }) => [name, value]));

const kinds = ({ notes }: FormReading) => notes.map(({ kind }) => kind);

/** The text at a range of one line. */
function at(text: string, range: { start: { line: number; column: number }; end: { line: number; column: number } }) {
  return text.split('\n')[range.start.line - 1]!.slice(range.start.column - 1, range.end.column - 1);
}

describe('environment', () => {
  it('points at names and values, in a map and in a list', async () => {
    const map = `${GRAFANA}    environment:\n      GF_AUTH_GENERIC_OAUTH_NAME: "Corp SSO"\n`;
    const list = `${GRAFANA}    environment:\n      - "GF_AUTH_GENERIC_OAUTH_NAME=Corp SSO"\n`;
    for (const text of [map, list]) {
      const { variables } = await read(text);
      expect(variables).toMatchObject([{ name: 'GF_AUTH_GENERIC_OAUTH_NAME', value: 'Corp SSO' }]);
      expect(at(text, variables[0]!.nameRange)).toBe('GF_AUTH_GENERIC_OAUTH_NAME');
      expect(at(text, variables[0]!.valueRange)).toMatch(/^"?Corp SSO"?$/);
      expect(at(text, variables[0]!.within!(5, 3)!)).toBe('SSO');
    }
  });

  it('keeps places behind what is filled in', async () => {
    const text = `${GRAFANA}    environment:\n      A: "x$$y \${HOST:-h}/z"\n`;
    const [variable] = (await read(text)).variables;
    expect(variable!.value).toBe('x$y h/z');
    expect(at(text, variable!.within!(1, 1)!)).toBe('$$');
    expect(at(text, variable!.within!(4, 1)!)).toBe('h');
    expect(at(text, variable!.within!(5, 2)!)).toBe('/z');
  });

  it('takes anchors, merges and what a service extends, in that order', async () => {
    const text = `x-env: &env\n  A: "1"\n  B: "1"\nservices:\n  base:\n    image: busybox\n    environment: {C: "0", D: "0"}\n  grafana:\n    image: grafana/grafana\n    extends: base\n    environment:\n      <<: *env\n      B: "2"\n      C: "2"\n`;
    expect(env(await read(text))).toEqual({ A: '1', B: '2', C: '2', D: '0' });
  });

  it('extends a service of another file, and points into that file', async () => {
    const base = 'services:\n  g:\n    environment:\n      - GF_AUTH_GENERIC_OAUTH_NAME=x\n';
    const text = 'services:\n  grafana:\n    extends: {file: ../base.yaml, service: g}\n';
    const reading = await read(text, { shell: {}, readFile: folder({ 'deploy/../base.yaml': base }) });
    expect(reading.variables).toMatchObject([{ value: 'x', path: 'deploy/../base.yaml' }]);
    expect(at(base, reading.variables[0]!.valueRange)).toBe('x');
  });

  it('fills in from the shell, then from .env, and knows nothing else where the shell is not known', async () => {
    const text = `${GRAFANA}    environment:\n      A: $A\n      B: $B\n      C: $C\n      D:\n`;
    const readFile = folder({ 'deploy/.env': 'A=file\nB=file # c\n' });
    expect(env(await read(text, { readFile, shell: { A: 'shell' } }))).toEqual({ A: 'shell', B: 'file', C: '' });
    expect(env(await read(text, { readFile }))).toEqual({
      A: 'file',
      B: 'file',
      C: '$__from{C}',
      D: '$__from{the shell: D}',
    });
  });

  it.each([
    ['A: [x]', 'form-refused'],
    ['A: {x: y}', 'form-refused'],
    ['A: "${"', 'form-refused'],
    ['A: !!int x', 'form-refused'],
    ['A: 2024-01-02', 'form-number'],
    ['A: 0123', 'form-number'],
    ['A: "${UNSET}"', 'form-swallowed-variable'],
    ['- A: x', 'form-refused'],
    ['- 12', 'form-refused'],
    ['- A=1\n      - A=2', 'form-duplicate'],
    ['- A =1', 'form-unknown-name'],
  ])('says what it makes of %s', async (line, kind) => {
    expect(kinds(await read(`${GRAFANA}    environment:\n      ${line}\n`))).toEqual([kind]);
  });

  it('is refused as a whole for a text that is no YAML, or where another service has a broken variable', async () => {
    expect((await read('services:\n  grafana: [\n')).notes[0]).toMatchObject({ stops: 'compose' });
    const text = `${GRAFANA}  other:\n    image: "x:\${"\n`;
    expect((await read(text)).notes).toMatchObject([{ kind: 'form-refused', stops: 'compose' }]);
  });
});

describe('env_file', () => {
  const text = `${GRAFANA}    env_file:\n      - a.env\n      - path: ./b.env\n        required: false\n      - path: c.env\n        format: raw\n    environment:\n      A: "4"\n`;
  const files = { 'deploy/a.env': 'A="1"\nB="1"\nC="1"\n', 'deploy/c.env': 'C="3"\n' };

  it('reads files in order below environment, and points into them', async () => {
    const reading = await read(text, { shell: {}, readFile: folder(files) });
    expect(env(reading)).toEqual({ A: '4', B: '1', C: '"3"' });
    expect(reading.variables.find(({ name }) => name === 'B')).toMatchObject({
      path: 'deploy/a.env',
      valueRange: { start: { line: 2, column: 3 } },
    });
    expect(reading.alongside?.map(({ path }) => path)).toEqual(['deploy/a.env', 'deploy/c.env']);
    expect(reading.notes).toEqual([]);
  });

  it('says which one is missing', async () => {
    const reading = await read(text, { shell: {}, readFile: folder({}) });
    expect(reading.notes.map(({ message }) => message)).toEqual(['there is no file a.env', 'there is no file c.env']);
  });

  it('is reported in the file it stands in', async () => {
    const readFile = folder({
      'deploy/a.env': 'GF_AUTH_GENERIC_OAUTH_CLIENT_ID=x\nGF_AUTH_GENERIC_OAUTH_CLENT_ID=x\n',
    });
    const report = await validate([{ path: 'deploy/compose.yaml', text: `${GRAFANA}    env_file: a.env\n` }], {
      readFile,
    });
    expect(report.files.map(({ path }) => path)).toEqual(['deploy/compose.yaml', 'deploy/a.env']);
    expect(report.files[1]!.findings).toMatchObject([
      { rule: 'env-no-target', range: { start: { line: 2, column: 1 } } },
    ]);
  });
});

describe('files in the container', () => {
  it('reads the content of a config as grafana.ini, and points into it', async () => {
    const text = `${GRAFANA}    configs:\n      - source: ini\n        target: /etc/grafana/grafana.ini\nconfigs:\n  ini:\n    content: |\n      [auth.generic_oauth]\n      enabled = true\n      clent_id = x\n      client_secret = $__file{/x}\n`;
    const reading = await read(text);
    expect(kinds(reading)).toEqual([]);
    const report = await validate([{ path: 'compose.yaml', text }]);
    const found = report.files[0]!.findings.find(({ rule }) => rule === 'unknown-key' || rule === 'known-misspelling');
    expect(at(text, found!.range!)).toBe('clent_id');
  });

  it('reads a grafana.ini that is mounted', async () => {
    const readFile = folder({ 'deploy/conf/grafana.ini': '[auth]\ndisable_login_form = true\n' });
    for (const volume of [
      './conf/grafana.ini:/etc/grafana/grafana.ini:ro',
      './conf/:/etc/grafana',
      '{type: bind, source: ./conf, target: /etc/grafana/}',
    ]) {
      const reading = await read(`${GRAFANA}    volumes:\n      - ${volume}\n`, { shell: {}, readFile });
      expect(reading.documents.map(({ source }) => source.path)).toEqual(['deploy/conf/grafana.ini']);
    }
  });

  it('knows which secrets a service is given', async () => {
    const name = 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE';
    const text = `${GRAFANA}    secrets: [a, {source: b, target: c}]\n    environment:\n`;
    expect(kinds(await read(`${text}      ${name}: /run/secrets/a\n`))).toEqual([]);
    expect(kinds(await read(`${text}      ${name}: /run/secrets/c\n`))).toEqual([]);
    expect(kinds(await read(`${text}      ${name}: /run/secrets/b\n`))).toEqual(['form-unmounted-file']);
  });

  it('has the start script read __FILE, unless something else is started', async () => {
    const name = 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET';
    const text = `${GRAFANA}    environment:\n      ${name}__FILE: /etc/s\n`;
    expect(env(await read(text))).toEqual({ [name]: '$__from{file /etc/s}' });
    const both = await read(`${text}      ${name}: x\n`);
    expect(both.notes).toMatchObject([{ kind: 'form-file-suffix', stops: 'entrypoint' }]);
    const other = await read(text.replace('    environment', '    entrypoint: [sh]\n    environment'));
    expect(env(other)).toEqual({});
    expect(kinds(other)).toEqual(['form-file-suffix']);
  });
});

it('checks every Grafana of a file, and says once what holds for several', async () => {
  const service = (name: string, id: string) =>
    `  ${name}:\n    image: grafana/grafana\n    environment:\n      GF_AUTH_GENERIC_OAUTH_${id}: x\n`;
  const text = `services:\n${service('a', 'CLENT_ID')}${service('b', 'CLIENT_IDD')}`;
  const report = await validate([{ path: 'compose.yaml', text }]);
  const found = report.files[0]!.findings.filter(({ rule }) => rule === 'env-no-target');
  expect(found.map(({ range }) => at(text, range!))).toEqual([
    'GF_AUTH_GENERIC_OAUTH_CLENT_ID',
    'GF_AUTH_GENERIC_OAUTH_CLIENT_IDD',
  ]);
  expect(new Set(report.files[0]!.findings.map((one) => JSON.stringify(one))).size).toBe(
    report.files[0]!.findings.length,
  );
});

describe('any text', () => {
  it('is read without throwing', async () => {
    const part = fc.constantFrom(
      'services:',
      '\n',
      '\n  ',
      '\n      ',
      'grafana:',
      ' ',
      'environment:',
      '- ',
      'GF_A=',
      'GF_B: ',
      '"',
      "'",
      '$',
      '${',
      '}',
      '|',
      '&a',
      '*a',
      '<<: ',
      '[',
      '{',
      'env_file: ',
      'extends: grafana',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 30 }), async (parts) => {
        const text = `services:\n  grafana:\n    ${parts.join('')}`;
        const { notes, variables } = await read(text, {});
        for (const { span } of notes) expect(span.end).toBeLessThanOrEqual(text.length);
        for (const { value, within } of variables)
          for (let index = 0; index < value.length; index++) within?.(index, 1);
      }),
      { numRuns: 300 },
    );
  });

  it('of values reads back equal, in a map and in a list', async () => {
    const value = fc.string({ unit: fc.constantFrom(...'abc $"\'\\#;`%{}=\n\t|&:-0é') });
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 4 }), async (values) => {
        const quoted = values.map((one) => one.replaceAll('$', '$$$$'));
        const map = quoted.map((one, index) => `      V${index}: ${JSON.stringify(one)}\n`).join('');
        const list = quoted.map((one, index) => `      - ${JSON.stringify(`V${index}=${one}`)}\n`).join('');
        const expected = Object.fromEntries(values.map((one, index) => [`V${index}`, one]));
        for (const block of [map, list])
          expect(env(await read(`${GRAFANA}    environment:\n${block}`, {}))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
