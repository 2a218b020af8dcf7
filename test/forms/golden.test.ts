/** Cases made with the real tools of each form: what Grafana gets, and where a finding about it points. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isUnknownValue } from '../../src/document/variable.js';
import { parseYaml, type YamlNode } from '../../src/document/yaml.js';
import { loadForms } from '../../src/forms/load.js';
import { FORMS } from '../../src/forms/names.js';
import { noteRange } from '../../src/forms/notes.js';
import { formsWithReader } from '../../src/forms/read.js';
import type { FormFacts, FormId } from '../../src/forms/types.js';
import { validateGrafana } from '../../src/products/grafana-validate.js';
import type { EffectiveConfig } from '../../src/settings/types.js';
import { LineMap, type Range, type SourceFile } from '../../src/text/source.js';

type Table = Record<string, Record<string, string | null>>;

interface Case {
  readonly name: string;
  readonly form: FormId;
  readonly text: string;
  readonly expected: {
    readonly ini?: Table;
    readonly effective?: Table | { readonly error: string };
    readonly env?: Record<string, string | { readonly valueFrom: unknown }>;
    readonly unset?: readonly string[];
    readonly error?: { readonly stage: string };
  };
  readonly at?: readonly string[];
  readonly context?: {
    readonly chart?: string;
    readonly set?: readonly string[];
    readonly shell_env?: Record<string, string>;
    readonly files?: Record<string, string>;
  };
}

const { cases } = JSON.parse(readFileSync(new URL('../../fixtures/golden/forms.json', import.meta.url), 'utf8')) as {
  cases: readonly Case[];
};

const PATHS: Partial<Record<FormId, string>> = {
  compose: 'compose.yaml',
  terraform: 'main.tf',
  'sso-api-json': 'sso.json',
  nix: 'configuration.nix',
  'env-file': 'grafana.env',
  'docker-env-file': 'grafana.env',
  'docker-entrypoint': 'grafana.env',
  'systemd-env': 'grafana-server',
  'systemd-unit': 'grafana-server.service',
};

/** Cases of the start script say in a comment what is in the file they name. */
const CONTENT = /^(\S+?=(\S+))[ ]+# file content (".*")$/m;

function sourceOf({ form, text }: Case): SourceFile {
  return { path: PATHS[form] ?? 'values.yaml', text: text.replace(CONTENT, '$1'), form };
}

function factsOf({ text: written, context = {} }: Case): FormFacts {
  const versions = context.chart?.match(/\d+\.\d+\.\d+/g);
  const { set, shell_env } = context;
  const content = CONTENT.exec(written);
  const files = content ? { [content[2]!]: JSON.parse(content[3]!) as string } : context.files;
  return {
    release: 'rel',
    shell: shell_env ?? {},
    variables: {},
    ...(versions ? { chartVersion: versions[versions.length - 1]! } : {}),
    ...(set ? { set } : {}),
    readFile: (path) => {
      const text = files?.[path];
      if (text === undefined) throw new Error(`no file ${path}`);
      return text;
    },
  };
}

const load = async (one: Case) => loadForms([sourceOf(one)], { env: {}, defaults: false, forms: factsOf(one) });

describe.each(cases.filter(({ form }) => formsWithReader().includes(form)))('$name', (one) => {
  const { expected, at } = one;
  const wanted = expected.effective ?? expected.ini;

  it.runIf(wanted && !('error' in wanted) && !expected.error)('gives Grafana the settings', async () => {
    const { fileView } = await load(one);
    const found: Table = {};
    for (const [section, keys] of Object.entries(wanted as Table)) {
      found[section] = {};
      for (const key of Object.keys(keys)) found[section][key] = fileView[section]?.[key] ?? null;
    }
    expect(found).toEqual(wanted);
    const own = Object.keys(fileView).filter((section) => Object.keys(fileView[section]!).length > 0);
    expect(Object.keys(wanted as Table)).toEqual(expect.arrayContaining(own));
  });

  it.runIf(wanted && 'error' in wanted)('stops Grafana', async () => {
    const { problems } = await load(one);
    expect(problems[0]?.stage).toBe('parse');
  });

  it.runIf(expected.env)('gives Grafana the variables', async () => {
    const config = await load(one);
    const found = variablesOf(config);
    const plain = Object.entries(expected.env!).filter(([, value]) => typeof value === 'string');
    for (const [name, value] of Object.entries(expected.env!))
      if (typeof value !== 'string') expect(isUnknownValue(found[name] ?? ''), name).toBe(true);
    const known = Object.entries(found).filter(([name]) => typeof expected.env![name] !== 'object');
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(plain));
  });

  it.runIf(expected.unset)('leaves variables alone', async () => {
    const found = variablesOf(await load(one));
    for (const name of expected.unset!) expect(found[name]).toBeUndefined();
  });

  it.runIf(expected.error)('says that the tool gives up, and where', async () => {
    const config = await load(one);
    const stopping = config.readings.flatMap((reading) =>
      reading.notes
        .filter((note) => note.stops === expected.error!.stage)
        .map((note) => ({ path: note.path ?? reading.file.path, range: noteRange(reading, note) })),
    );
    expect(stopping.length).toBeGreaterThan(0);
    if (at) expect(stopping.some((place) => isAt(one, at, place))).toBe(true);
  });

  it.runIf(!expected.error)('is not refused', async () => {
    const { readings } = await load(one);
    expect(readings.flatMap(({ notes }) => notes.filter((note) => note.stops !== undefined))).toEqual([]);
  });

  it.runIf(at)('has a finding at the node, or its setting comes from there', async () => {
    const { findings } = await validateGrafana([sourceOf(one)], { env: {}, forms: factsOf(one) });
    const hit = findings.some((finding) => isAt(one, at!, finding));
    if (!hit) expect(originsOf(await load(one)).some((place) => isAt(one, at!, place))).toBe(true);
  });
});

it('every form is read', () => {
  expect(FORMS.filter((form) => !formsWithReader().includes(form))).toEqual([]);
});

function variablesOf({ readings }: EffectiveConfig): Record<string, string> {
  return Object.fromEntries(readings.flatMap(({ variables }) => variables.map(({ name, value }) => [name, value])));
}

interface Place {
  readonly path?: string;
  readonly range?: Range;
}

function originsOf(config: EffectiveConfig): Place[] {
  const variables = config.readings.flatMap((reading) => reading.variables);
  return [
    ...[...config.settings()].map(({ origin }) => origin),
    ...variables.map(({ path, valueRange: range }) => ({ path, range })),
  ];
}

/** Whether a place lies in the node of a path: its key or its value; or on a line of a file the case has beside it. */
function isAt(one: Case, path: readonly string[], { path: file, range }: Place): boolean {
  if (range === undefined) return false;
  const { line } = range.start;
  const [first, second] = path;
  if (one.context?.files?.[first!] !== undefined) return file === first && line === Number(second);
  return file === sourceOf(one).path && spansOf(one, path).some(([from, to]) => from <= line && line <= to);
}

/** Lines of the nodes with that path. */
function spansOf({ text, form }: Case, path: readonly string[]): [number, number][] {
  const lines = new LineMap(text);
  const found: [number, number][] = [];
  const visit = (node: YamlNode, rest: readonly string[], keyStart: number) => {
    const [key, ...more] = rest;
    if (key === undefined) {
      found.push([lines.position(keyStart).line, lines.position(Math.max(node.span.end - 1, keyStart)).line]);
      return;
    }
    if (node.kind === 'mapping')
      for (const entry of node.entries) if (entry.key === key) visit(entry.value, more, entry.keySpan.start);
    if (node.kind === 'sequence' && /^\d+$/.test(key)) {
      const item = node.items[Number(key)];
      if (item) visit(item, more, item.span.start);
    }
  };
  if (/yaml|json/.test(PATHS[form] ?? 'values.yaml'))
    for (const root of parseYaml({ path: 'x', text, form }, { uniqueKeys: false }).roots)
      visit(root, path, root.span.start);
  if (found.length === 0) {
    const last = path[path.length - 1]!;
    text.split('\n').forEach((line, index) => {
      if (line.includes(last)) found.push([index + 1, index + 1]);
    });
  }
  return found;
}
