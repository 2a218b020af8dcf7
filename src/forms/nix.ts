/**
 * NixOS modules with `services.grafana.settings`: attribute sets of literals, as the module writes them into grafana.ini.
 * Source: forms §10, golden cases. Only what is written out is read; whatever Nix would have to evaluate is not known.
 */
import { PlacedText } from '../document/placed-ini.js';
import { unknownValue } from '../document/variable.js';
import { findOption } from '../settings/catalog.js';
import { LineMap, type Span } from '../text/source.js';
import { type EnvVariable, inFile, placeVariables } from './env-variable.js';
import { type NixBinding, type NixValue, nixBindings } from './nix-bindings.js';
import { type Traced, Tracing, tracedFrom } from './traced.js';
import type { FormNote, FormReader } from './types.js';

const SETTINGS = ['services', 'grafana', 'settings'];
const OLD_OPTIONS = ['services', 'grafana', 'extraOptions'];

/** `nix`. */
export const readNix: FormReader = (file) => {
  const lines = new LineMap(file.text);
  const notes: FormNote[] = [];
  const sections = new Map<string, { readonly span: Span; readonly entries: NixBinding[] }>();
  const variables: EnvVariable[] = [];
  for (const binding of nixBindings(file.text)) {
    const old = below(binding, OLD_OPTIONS);
    if (old?.length === 1) {
      const name = `GF_${old[0]!.name}`;
      const value = writtenBy(binding.value);
      variables.push({ name, value, nameSpan: old[0]!.span, valueSpan: binding.value.span, quote: 'none' });
    }
    const path = below(binding, SETTINGS);
    if (!path || path.length < 2) continue;
    const [section, ...rest] = path;
    if (rest.length > 1) {
      notes.push(nested(section!, rest));
      continue;
    }
    const known = sections.get(section!.name) ?? { span: section!.span, entries: [] };
    known.entries.push(binding);
    sections.set(section!.name, known);
  }
  const text = new PlacedText();
  for (const [section, { span, entries }] of sections) {
    text.add('[').add(section, { span }).add(']\n');
    for (const { path, value } of entries) {
      const key = path.at(-1)!;
      const made = writtenBy(value);
      notes.push(...remarks(section, key.name, value, made));
      text.add(key.name, { span: key.span }).add('=');
      const unknown = made.text.includes(unknownValue('').slice(0, -1));
      text.add(made.text, { span: value.span, characters: made.places, ...(unknown ? { unknown } : {}) }).add('\n');
    }
  }
  return {
    form: 'nix',
    file,
    lines,
    documents: text.text === '' ? [] : [text.document(file, lines)],
    variables: placeVariables(inFile(variables, file.path, lines)),
    notes,
  };
};

function below({ path }: NixBinding, prefix: readonly string[]): NixBinding['path'] | undefined {
  return prefix.every((name, at) => path[at]?.name === name) ? path.slice(prefix.length) : undefined;
}

/** As the module writes a value: booleans in words, nothing for null, lists with a blank between. */
function writtenBy(value: NixValue): Traced {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'word':
      if (value.word === 'null') return tracedFrom('', undefined);
      return tracedFrom(value.word, value.span);
    case 'list': {
      const made = new Tracing();
      value.items.forEach((item, at) => {
        if (at > 0) made.put(' ', undefined);
        made.add(writtenBy(item));
      });
      return made.value;
    }
    default:
      return tracedFrom(unknownValue('Nix'), value.span);
  }
}

function nested(section: { readonly name: string; readonly span: Span }, rest: NixBinding['path']): FormNote {
  const name = [section, ...rest.slice(0, -1)].map((part) => part.name).join('.');
  return {
    kind: 'form-nested-section',
    span: { start: section.span.start, end: Math.max(section.span.end, rest.at(-2)!.span.end) },
    section: name,
    option: rest.at(-1)!.name,
    severity: 'error',
    message: 'a set within a section is no value of an INI file',
    consequence: 'the evaluation ends with an error, and the system is not built',
    help: `write the name of the section in quotes: "${name}"`,
    stops: 'nix-eval',
  };
}

function* remarks(section: string, key: string, value: NixValue, made: Traced): Generator<FormNote> {
  const said = { span: value.span, section, option: key };
  if (value.kind === 'list' && value.items.some((item) => /\s/.test(writtenBy(item).text)))
    yield {
      kind: 'form-list',
      ...said,
      severity: 'error',
      message: `an item of ${key} has a blank, and the items are joined with blanks`,
      consequence: 'Grafana takes it for several items',
      help: 'write the list as one text of JSON: "[\\"a b\\",\\"c\\"]"',
    };
  if (made.text.replace(/\n+$/, '').includes('\n'))
    yield {
      kind: 'form-multi-line',
      ...said,
      severity: 'error',
      message: `${key} has several lines, which reach grafana.ini as they are`,
      consequence: 'its second line is read as a setting of its own, and Grafana may not start',
      help: 'write the value on one line',
    };
  if (findOption(section, key)?.secret && value.kind === 'text' && made.text !== '' && !made.text.includes('$__'))
    yield {
      kind: 'form-readable-secret',
      ...said,
      severity: 'warning',
      message: `${key} is written into the Nix store, which everybody on the machine can read`,
      consequence: 'whoever reads it can act as Grafana towards the provider',
      help: 'write "$__file{/path}" with a file outside the store',
    };
}
