/**
 * Variables of the Ansible role grafana.grafana.grafana: `grafana_ini`, wherever in a file it stands.
 * Source: forms §9, golden cases of the role (collection 5.7 and later).
 */
import { type Piece, PlacedText } from '../document/placed-ini.js';
import { unknownValue } from '../document/variable.js';
import {
  entryOf,
  parseYaml,
  type YamlEntry,
  type YamlMapping,
  type YamlNode,
  type YamlScalar,
} from '../document/yaml.js';
import { LineMap, type SourceFile, type Span } from '../text/source.js';
import { type JinjaLookup, type JinjaOutcome, type JinjaValue, pythonText, renderJinja } from './jinja.js';
import { trimmedSpan } from './scalar-text.js';
import type { FormFacts, FormNote, FormReader } from './types.js';
import { isGateOption } from './value-notes.js';
import { scalarPiece } from './yaml-piece.js';
import { resolveScalar, writeValue } from './yaml-types.js';

/** `ansible`. */
export const readAnsible: FormReader = (file, facts) => {
  const lines = new LineMap(file.text);
  const parsed = parseYaml(file, { uniqueKeys: false });
  const notes: FormNote[] = [];
  const broken = parsed.problems.find((problem) => problem.fatal);
  if (broken)
    notes.push({
      kind: 'form-refused',
      span: broken.span,
      severity: 'error',
      message: `the file is no YAML that Ansible reads: ${broken.message.split('\n')[0]!.replace(/[.:]$/, '')}`,
      consequence: 'the play ends with an error',
      stops: 'ansible',
    });
  const text = new PlacedText();
  for (const root of parsed.roots)
    for (const { settings, scopes } of grafanaIni(root)) new Role(file, facts, scopes, text, notes).settings(settings);
  const documents = text.text === '' ? [] : [text.document(file, lines)];
  return { form: 'ansible', file, lines, documents, variables: [], notes };
};

interface Found {
  readonly settings: YamlMapping;
  /** Maps whose entries are variables there, nearest first. */
  readonly scopes: readonly YamlMapping[];
}

function* grafanaIni(node: YamlNode, scopes: readonly YamlMapping[] = [], depth = 0): Generator<Found> {
  if (depth > 50 || node.kind === 'scalar') return;
  if (node.kind === 'sequence') {
    for (const item of node.items) yield* grafanaIni(item, scopes, depth + 1);
    return;
  }
  const vars = entryOf(node, 'vars')?.value;
  const inner = [node, ...(vars?.kind === 'mapping' ? [vars] : []), ...scopes];
  for (const { key, value } of node.entries)
    if (key === 'grafana_ini' && value.kind === 'mapping') yield { settings: value, scopes: inner };
    else yield* grafanaIni(value, inner, depth + 1);
}

const MAX_DEPTH = 20;

class Role {
  #depth = 0;

  constructor(
    private readonly file: SourceFile,
    private readonly facts: FormFacts,
    private readonly scopes: readonly YamlMapping[],
    private readonly text: PlacedText,
    private readonly notes: FormNote[],
  ) {}

  /** Values of no section first, then the sections in their order. */
  settings(settings: YamlMapping): void {
    for (const entry of settings.entries) if (entry.value.kind !== 'mapping') this.#line('', entry);
    for (const { key, keySpan, value } of settings.entries)
      if (value.kind === 'mapping') this.#section(key, keySpan, value);
  }

  /** A map within a section opens a section of its own on the spot, and what stands behind it falls into that one. */
  #section(name: string, nameSpan: Span, node: YamlMapping): void {
    this.#header(name, nameSpan);
    let current = name;
    for (const entry of node.entries) {
      if (entry.value.kind === 'mapping') {
        current = `${name}.${entry.key}`;
        this.#header(current, entry.keySpan);
        for (const inner of entry.value.entries) this.#line(current, inner);
        continue;
      }
      if (current !== name) this.#displaced(name, current, entry);
      this.#line(current, entry);
    }
  }

  #header(name: string, span: Span): void {
    this.text.add('[').add(name, { span }).add(']\n');
  }

  #line(section: string, { key, keySpan, value }: YamlEntry): void {
    const made = this.#value(section, key, value);
    if (made.text.includes('\n')) this.#multiLine(section, key, value.span);
    this.text.add(key, { span: keySpan }).add(' = ').add(made.text, made.piece).add('\n');
  }

  #value(section: string, key: string, node: YamlNode): { readonly text: string; readonly piece: Piece } {
    const piece: Piece = { span: node.span };
    if (node.kind !== 'scalar') {
      const plain = this.#plain(node);
      this.#composite(section, key, node);
      return plain.kind === 'value'
        ? { text: pythonText(plain.value), piece }
        : { text: unknownValue('Jinja'), piece: { ...piece, unknown: true } };
    }
    const template = isTemplate(node);
    const outcome = this.#scalar(node);
    if (outcome.kind === 'value') {
      const text = outcome.value === null && !template ? '' : pythonText(outcome.value);
      if (template && Array.isArray(outcome.value)) this.#composite(section, key, node);
      if (template || text !== node.text) return { text, piece };
      return { text, piece: withoutTemplates(scalarPiece(node, this.file.text)) };
    }
    if (outcome.kind === 'undefined')
      this.#note('form-refused', node.span, section, key, {
        message: `${outcome.name} is set nowhere`,
        consequence: 'the task ends with an error, and grafana.ini is not written',
        help: `set ${outcome.name}, or write | default(…)`,
        stops: 'ansible',
      });
    const what = outcome.kind === 'unknown' ? outcome.what : outcome.name;
    return { text: unknownValue(what.replaceAll('}', '')), piece: { ...piece, unknown: true } };
  }

  #scalar(node: YamlScalar): JinjaOutcome {
    if (node.tag === '!vault' || node.tag === '!vault-encrypted') return { kind: 'unknown', what: 'the vault' };
    if (node.tag === '!unsafe') return { kind: 'value', value: node.text };
    const value = resolveScalar(node, 'pyyaml');
    if (value.type === 'string')
      return /\{[{%#]/.test(node.text) ? this.#template(node.text) : { kind: 'value', value: node.text };
    if (value.type === 'null') return { kind: 'value', value: null };
    if (value.type === 'boolean') return { kind: 'value', value: value.value };
    const text = writeValue(value, 'pyyaml');
    return text === undefined ? { kind: 'unknown', what: 'YAML' } : { kind: 'value', value: text };
  }

  #template(text: string): JinjaOutcome {
    if (++this.#depth > MAX_DEPTH) return { kind: 'unknown', what: 'Jinja' };
    const outcome = renderJinja(text, this.#lookup);
    this.#depth--;
    return outcome;
  }

  readonly #lookup: JinjaLookup = (name) => {
    for (const scope of this.scopes) {
      const entry = entryOf(scope, name);
      if (entry) return this.#plain(entry.value);
    }
    const { variables } = this.facts;
    if (!variables) return undefined;
    const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return given === undefined ? null : { kind: 'value', value: given };
  };

  #plain(node: YamlNode): JinjaOutcome {
    if (node.kind === 'scalar') return this.#scalar(node);
    if (node.kind === 'mapping') {
      const inner: string[] = [];
      for (const { key, value } of node.entries) {
        const outcome = this.#plain(value);
        if (outcome.kind !== 'value') return outcome;
        // Within a map Python writes texts in quotes, as within a list.
        const written = pythonText([this.#typed(value, outcome.value)]).slice(1, -1);
        inner.push(`${pythonText([key]).slice(1, -1)}: ${written}`);
      }
      return { kind: 'value', value: `{${inner.join(', ')}}` };
    }
    const items: JinjaValue[] = [];
    for (const item of node.items) {
      const outcome = this.#plain(item);
      if (outcome.kind !== 'value') return outcome;
      items.push(this.#typed(item, outcome.value));
    }
    return { kind: 'value', value: items };
  }

  /** Numbers are kept as they are written; within a list or map they stand without quotes. */
  #typed(node: YamlNode, value: JinjaValue): JinjaValue {
    if (node.kind !== 'scalar' || typeof value !== 'string') return value;
    const { type } = resolveScalar(node, 'pyyaml');
    return (type === 'integer' || type === 'float') && String(Number(value)) === value ? Number(value) : value;
  }

  #composite(section: string, key: string, node: YamlNode): void {
    const span = trimmedSpan(node.span, this.file.text);
    if (node.kind === 'mapping') {
      this.#note('form-nested-section', span, section, key, {
        message: `${key} is a map in a section of a section, and is written as Python prints it`,
        consequence: 'Grafana has the whole text as one value',
        help: 'write the section with its dots: auth.generic_oauth:',
      });
      return;
    }
    const gate = isGateOption({ section, key, name: key });
    this.#note('form-list', span, section, key, {
      message: `the list of ${key} is written as Python prints it: ['a', 'b']`,
      consequence: `Grafana takes that for a broken JSON list from 9.4 on, so ${key} is empty${gate ? ' and restricts nobody' : ''}`,
      help: `write "a b", or "{{ ['a', 'b'] | to_json }}"`,
      ...(gate ? { failOpen: true } : {}),
    });
  }

  #displaced(name: string, current: string, { key, keySpan }: YamlEntry): void {
    this.#note('form-nested-section', keySpan, name, key, {
      message: `${key} stands behind the section [${current}] and falls into it`,
      consequence: `[${name}] does not have it, and [${current}] does`,
      help: `write it above, or the section with its dots: ${current}:`,
    });
  }

  #multiLine(section: string, key: string, span: Span): void {
    this.#note('form-multi-line', span, section, key, {
      message: `${key} has several lines, which reach grafana.ini as they are`,
      consequence: 'its second line is read as a setting of its own: Grafana does not start, or has another setting',
      help: 'write it on one line, or with > in place of |',
    });
  }

  #note(
    kind: FormNote['kind'],
    span: Span,
    section: string,
    option: string,
    said: Pick<FormNote, 'message' | 'consequence' | 'help' | 'failOpen' | 'stops'>,
  ): void {
    this.notes.push({ kind, span, ...(section === '' ? {} : { section }), option, severity: 'error', ...said });
  }
}

function isTemplate(node: YamlScalar): boolean {
  return node.tag !== '!unsafe' && /\{[{%#]/.test(node.text);
}

/** No text is written in place of another that Jinja would read. */
function withoutTemplates(piece: Piece): Piece {
  return {
    span: piece.span,
    ...(piece.characters ? { characters: piece.characters } : {}),
    rewrite: (text) => (/\{[{%#]/.test(text) ? undefined : piece.rewrite?.(text)),
  };
}
