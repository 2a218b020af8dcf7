/** Any settings, written as YAML in any style, come back as they are and from where they stand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, isMap, isScalar, type Pair, type Scalar } from 'yaml';
import { renderTemplate } from '../../src/forms/helm/template.js';
import { replaceReferences } from '../../src/forms/kubernetes/references.js';
import { loadForms } from '../../src/forms/load.js';
import { resolvePlain } from '../../src/forms/yaml-types.js';
import { LineMap } from '../../src/text/source.js';

const STYLES = ['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;

/** Texts the INI reader hands on as they are, so that what comes back is the work of the form alone. */
const value = fc
  .oneof(
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9 :,.@*&!%|>?{}[\]()'"-]{0,20}[A-Za-z0-9]$/),
    fc.constantFrom(
      'yes',
      'y',
      'null',
      '~',
      '0123',
      '1e3',
      '12345678',
      'true',
      '- a',
      '[a, b]',
      '{a: b}',
      '"a" b',
      "it's",
    ),
  )
  .filter((text) => !text.includes('{{') && !/^["']|^`/.test(text));
const key = fc
  .stringMatching(/^[a-z][a-z_]{0,12}$/)
  .filter((text) => !/^(?:y|n|yes|no|on|off|true|false|null)$/.test(text));
const section = fc.constantFrom('auth.generic_oauth', 'auth.okta', 'server', 'users');
const settings = fc.dictionary(section, fc.dictionary(key, value, { minKeys: 1, maxKeys: 5 }), { minKeys: 1 });

/** The settings below `above`, each scalar in a style of its own; some shared by an anchor. */
function write(table: unknown, above: readonly string[], styles: readonly number[]): string {
  const root = above.reduceRight<unknown>((inner, name) => ({ [name]: inner }), table);
  const document = new Document(root);
  let at = 0;
  const visit = (node: unknown): void => {
    if (!isMap(node)) return;
    for (const pair of node.items as Pair[]) {
      if (!isScalar(pair.value)) {
        visit(pair.value);
        continue;
      }
      const style = STYLES[styles[at++ % styles.length]!]!;
      // Without quotes such a word is no text to the readers of YAML 1.1.
      const isText = resolvePlain(String(pair.value.value), 'go-yaml-v2').type === 'string';
      (pair.value as Scalar).type = style === 'PLAIN' && !isText ? 'QUOTE_DOUBLE' : style;
    }
  };
  visit(document.contents);
  return document.toString({ lineWidth: 0 });
}

const styles = fc.array(fc.nat(STYLES.length - 1), { minLength: 3, maxLength: 9 });

describe('settings in YAML', () => {
  it.each([
    ['helm-values', ['grafana.ini']],
    ['helm-kps-values', ['grafana', 'grafana.ini']],
    ['helm-values', ['platform', 'monitoring', 'grafana.ini']],
  ] as const)('%s below %j', async (form, above) => {
    await fc.assert(
      fc.asyncProperty(settings, styles, async (table, chosen) => {
        const text = write(table, above, chosen);
        const config = await loadForms([{ path: 'values.yaml', text, form }], { defaults: false });
        const lines = new LineMap(text);
        for (const [name, keys] of Object.entries(table))
          for (const [option, wanted] of Object.entries(keys)) {
            expect(config.fileView[name]?.[option], text).toBe(wanted);
            const { range } = config.get(name, option)!.origin;
            const line = lines.line(range!.start.line);
            // The value's own line, or that of a block below its key.
            const before = lines.line(Math.max(range!.start.line - 1, 1));
            expect(`${before}\n${line}`, text).toContain(option);
          }
      }),
      { numRuns: 150 },
    );
  });

  it('the operator, where everything is a text', async () => {
    await fc.assert(
      fc.asyncProperty(settings, styles, async (table, chosen) => {
        const head = 'apiVersion: grafana.integreatly.org/v1beta1\nkind: Grafana\nmetadata:\n  name: g\n';
        const text = head + write(table, ['spec', 'config'], chosen);
        const config = await loadForms([{ path: 'g.yaml', text, form: 'grafana-operator-v1beta1' }], {
          defaults: false,
        });
        for (const [name, keys] of Object.entries(table))
          for (const [option, wanted] of Object.entries(keys))
            expect(config.fileView[name]?.[option], text).toBe(wanted);
      }),
      { numRuns: 100 },
    );
  });

  it('shares a section by an anchor, and points at where it is written', async () => {
    const text = 'shared: &sso\n  name: Acme\ngrafana.ini:\n  auth.okta:\n    <<: *sso\n    enabled: true\n';
    const config = await loadForms([{ path: 'v.yaml', text, form: 'helm-values' }], { defaults: false });
    expect(config.get('auth.okta', 'name')?.origin.range?.start).toEqual({ line: 2, column: 9 });
  });
});

const FORMS = [
  'helm-values',
  'helm-kps-values',
  'helm-bitnami-values',
  'k8s-configmap',
  'k8s-secret',
  'k8s-pod-env',
  'grafana-operator-v1beta1',
  'grafana-operator-v1alpha1',
];
const WORDS = [
  'grafana.ini',
  'auth.generic_oauth',
  'env',
  'envValueFrom',
  'envFrom',
  'kind',
  'apiVersion',
  'v1',
  'Grafana',
  'ConfigMap',
  'Secret',
  'Deployment',
  'Application',
  'HelmRelease',
  'argoproj.io/v1alpha1',
  'helm.toolkit.fluxcd.io/v2',
  'spec',
  'data',
  'stringData',
  'values',
  'helm',
  'source',
  'sources',
  'config',
  'containers',
  'items',
  'List',
  'name',
  'value',
  'valueFrom',
  'GF_A',
  '{{ .Values.x }}',
  '{{',
  '}}',
  '$(A)',
  '$$',
  '|',
  '>',
  '&a',
  '*a',
  '<<',
  '[',
  ']',
  '{',
  '}',
  '- ',
  ': ',
  '\n',
  '  ',
  '"',
  "'",
  '#',
  '~',
  '1',
  '!!int',
  '---',
  'assertNoLeakedSecrets',
  'extraSecretMounts',
  'grafana',
  'parameters',
];

describe('mixed-up text', () => {
  it('never throws', async () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 4 })), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(...FORMS), async (parts, form) => {
        const config = await loadForms([{ path: 'x.yaml', text: parts.join(''), form }], {});
        expect(config.readings).toHaveLength(1);
      }),
      { numRuns: 400 },
    );
  });

  it('nor does mixed-up structure', async () => {
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(
          'v1',
          'Grafana',
          'ConfigMap',
          'Deployment',
          'x',
          '',
          5,
          true,
          null,
          '{{ .Values.a.b }}',
          'a\nb',
        ),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...WORDS.filter((word) => /^[\w.]+$/.test(word))), tie('node'), { maxKeys: 5 }),
      ),
    })).node;
    await fc.assert(
      fc.asyncProperty(tree, fc.constantFrom(...FORMS), async (root, form) => {
        const text = new Document(root).toString();
        await loadForms([{ path: 'x.yaml', text, form }], {});
      }),
      { numRuns: 400 },
    );
  });

  it('of templates and references keeps a source for every character', () => {
    const parts = fc
      .array(
        fc.constantFrom(
          '{{',
          '}}',
          '{{-',
          '-}}',
          ' ',
          '.Values.a',
          '"',
          '`',
          '|',
          'quote',
          'if',
          'end',
          '$',
          '(',
          ')',
          'A',
          '/*',
          '*/',
        ),
      )
      .map((words) => words.join(''));
    fc.assert(
      fc.property(parts, (text) => {
        const context = { values: undefined, chartValues: new Set<string>(), release: 'rel' };
        const rendered = renderTemplate(text, context);
        if (rendered.sources) expect(rendered.sources).toHaveLength(rendered.text.length);
        const replaced = replaceReferences(text, (name) =>
          name === 'A' ? { text: 'xyz', unknown: false } : undefined,
        );
        if (replaced.sources) expect(replaced.sources).toHaveLength(replaced.text.length);
      }),
    );
  });
});
