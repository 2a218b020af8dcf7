import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JinjaLookup, pythonText, renderJinja } from '../../src/forms/jinja.js';
import { readForm } from '../../src/forms/read.js';
import type { FormFacts, FormReading } from '../../src/forms/types.js';
import { validate } from '../../src/library/validate.js';

const read = (text: string, facts: FormFacts = {}): Promise<FormReading> =>
  readForm({ path: 'group_vars/all.yml', text, form: 'ansible' }, 'ansible', facts);

const written = ({ documents }: FormReading) => documents.map(({ source }) => source.text).join('');

const kinds = ({ notes }: FormReading) => notes.map(({ kind, option }) => `${kind} ${option}`);

describe('Jinja', () => {
  const lookup: JinjaLookup = (name) =>
    (({ a: { kind: 'value', value: 'x' }, none: null, other: undefined }) as const)[name as 'a'];

  it.each([
    ['plain', 'plain'],
    ['{{ \'a\' ~ "b" ~ 1 }}', 'ab1'],
    ['{{ a }}-{{ a | upper }}', 'x-X'],
    ["{{ ['a b', 1, true, none] | to_json }}", '["a b", 1, true, null]'],
    ["{{ ['é'] | to_json }}", '["\\u00e9"]'],
    ["{{ ['a', \"it's\"] }}", "['a', \"it's\"]"],
    ["{{ ['a', 'b'] | join(' ') }}", 'a b'],
    ["{{ none_such | default('d') }}", undefined],
    ["{{ '' | default('d', true) }}", 'd'],
    ["{{ '' | default('d') }}", ''],
    ['{{ true }}', 'True'],
    ['a{# no #}b', 'ab'],
    ['{{ (a ~ a) | trim }}', 'xx'],
    ["{{ lookup('env', 'X') }}", undefined],
    ['{% if a %}b{% endif %}', undefined],
    ['{{ a', undefined],
    ['{{ a.b }}', undefined],
  ])('%s', (text, value) => {
    const outcome = renderJinja(text, lookup);
    expect(outcome.kind === 'value' ? pythonText(outcome.value) : undefined).toBe(value);
  });

  it('tells what is set nowhere from what is not known', () => {
    const nowhere: JinjaLookup = () => null;
    expect(renderJinja('{{ x }}', nowhere)).toEqual({ kind: 'undefined', name: 'x' });
    expect(renderJinja("{{ x | default('d') }}", nowhere)).toEqual({ kind: 'value', value: 'd' });
    expect(renderJinja('{{ x }}', () => undefined)).toEqual({ kind: 'unknown', what: 'x' });
  });

  it('reads any text without throwing', () => {
    const part = fc.constantFrom(
      '{{',
      '}}',
      '|',
      '~',
      "'",
      '"',
      '(',
      ')',
      '[',
      ']',
      ',',
      'a',
      ' ',
      'default',
      'to_json',
      '\\',
      '1',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        renderJinja(parts.join(''), lookup);
      }),
    );
  });
});

describe('the role', () => {
  it('takes variables of the same file, of plays and roles', async () => {
    const text = `- hosts: all
  vars:
    client: grafana
    url: "https://{{ host }}/a"
    host: id.acme.test
  roles:
    - role: grafana.grafana.grafana
      vars:
        grafana_ini:
          auth.generic_oauth:
            client_id: "{{ client }}"
            auth_url: "{{ url }}"
            client_secret: "{{ vault_secret }}"
            token_url: !vault |
              $ANSIBLE_VAULT;1.1;AES256
`;
    expect(written(await read(text))).toBe(
      '[auth.generic_oauth]\nclient_id = grafana\nauth_url = https://id.acme.test/a\nclient_secret = $__from{vault_secret}\ntoken_url = $__from{the vault}\n',
    );
    expect(kinds(await read(text))).toEqual([]);
    expect(kinds(await read(text, { variables: { vault_secret: 's' } }))).toEqual([]);
    expect(kinds(await read(text, { variables: {} }))).toEqual(['form-refused client_secret']);
  });

  it('says what falls into the section of another, and what Grafana takes for no list', async () => {
    const text =
      'grafana_ini:\n  auth:\n    generic_oauth:\n      allowed_groups: [a, "b c"]\n      name: |-\n        a\n        b\n    disable_login_form: true\n';
    const reading = await read(text);
    expect(kinds(reading)).toEqual([
      'form-list allowed_groups',
      'form-multi-line name',
      'form-nested-section disable_login_form',
    ]);
    expect(reading.notes[0]).toMatchObject({ failOpen: true });
  });

  it('points into the file', async () => {
    const text = `grafana_ini:\n  auth.generic_oauth:\n    clent_id: x\n    role_attribute_path: "'Admn' || 'Viewer'"\n`;
    const { files } = await validate([{ path: 'all.yml', text }]);
    const at = (rule: RegExp) => {
      const { start, end } = files[0]!.findings.find((one) => rule.test(one.rule))!.range!;
      return text.split('\n')[start.line - 1]!.slice(start.column - 1, end.column - 1);
    };
    expect(at(/unknown-key|misspelling/)).toBe('clent_id');
    expect(at(/role-never-valid/)).toContain('Admn');
  });

  it('writes a fix with the quotes of YAML', async () => {
    const text = 'grafana_ini:\n  auth.generic_oauth:\n    client_secret: "k3y;x9"\n';
    const { files } = await validate([{ path: 'all.yml', text }]);
    const finding = files[0]!.findings.find(({ rule }) => rule === 'truncated-secret')!;
    expect(finding.fix?.edits.map(({ newText }) => newText)).toEqual(['"\\"\\"\\"k3y;x9\\"\\"\\""']);
  });

  it('reads any text without throwing', async () => {
    const part = fc.constantFrom(
      'grafana_ini:',
      '\n',
      '\n  ',
      '\n    ',
      'auth:',
      'a: ',
      '{{ a }}',
      '"',
      '- ',
      '|',
      '[',
      ']',
      '!vault ',
      '&x ',
      '*x',
      '0123',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 25 }), async (parts) => {
        const text = parts.join('');
        for (const { span } of (await read(text)).notes) expect(span.end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 200 },
    );
  });
});
