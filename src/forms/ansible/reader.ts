/**
 * Variables of the role grafana.grafana.grafana (collection 5.7 and later), in a file of variables or a play: `grafana_ini` as the
 * role's template writes it. Source: forms overview §9, golden cases of the role.
 */
import { type Piece, PlacedText } from '../../document/placed-ini.js';
import { parseYaml } from '../../document/yaml.js';
import type { SourceFile } from '../../text/source.js';
import { FormBuilder } from '../builder.js';
import type { FormFacts, FormReading } from '../types.js';
import { isGateOption, noteScalar, type Target } from '../value-notes.js';
import { type Field, keyPiece, type MapValue, type ScalarValue, toValue, type Value, wholeFile } from '../values.js';
import { writeValue } from '../yaml-types.js';
import { isTemplate, type JinjaValue, type Lookup, OPEN, pythonRepr, renderJinja } from './jinja.js';

const TOP = 'DEFAULT';

/** Names of the roles and collections before the one that is read. */
const OLD_NAME = /^grafana_(?:auth|security|server|users|auth_\w+)$/;

/** Never throws. */
export function readAnsible(file: SourceFile, facts: FormFacts): FormReading {
  const builder = new FormBuilder(file, 'ansible');
  const yaml = parseYaml(file, { uniqueKeys: false });
  const problem = yaml.problems.find(({ fatal }) => fatal);
  if (problem) {
    builder.note({
      kind: 'form-refused',
      span: problem.span,
      severity: 'error',
      stops: 'ansible',
      message: `this is no YAML: ${problem.message.charAt(0).toLowerCase()}${problem.message.slice(1)}`,
      consequence: 'Ansible cannot read the file',
      help: 'texts that begin with [ { & * ! | > % @ or a quote, or hold ": " or " #", need quotes around all of them',
    });
    return builder.reading();
  }
  const placing = wholeFile(file.text);
  for (const root of yaml.roots) visit(new Role(builder, facts), toValue(root, placing, 'pyyaml'), 0);
  return builder.reading();
}

const DEEPEST = 40;

/** `grafana_ini` may stand on top, below `vars:` of a play or a role, or in a task. */
function visit(role: Role, value: Value, depth: number): void {
  if (depth > DEEPEST) return;
  if (value.kind === 'list') for (const item of value.items) visit(role, item, depth + 1);
  if (value.kind !== 'map') return;
  const ini = value.field('grafana_ini');
  if (ini) role.read(ini, value);
  for (const field of value.fields) {
    if (field === ini) continue;
    if (OLD_NAME.test(field.key) && field.value.kind === 'map') role.noteOldName(field);
    else visit(role, field.value, depth + 1);
  }
}

class Role {
  readonly #builder: FormBuilder;
  readonly #facts: FormFacts;
  #text = new PlacedText();
  #around: MapValue | undefined;

  constructor(builder: FormBuilder, facts: FormFacts) {
    this.#builder = builder;
    this.#facts = facts;
  }

  /** @param around the map the variable stands in, whose other variables it may use */
  read(field: Field, around: MapValue): void {
    const { value } = field;
    this.#around = around;
    this.#text = new PlacedText();
    if (value.kind !== 'map') {
      const isText = value.kind === 'scalar' && value.value.type === 'string' && isTemplate(value.text);
      this.#builder.note({
        kind: isText ? 'form-template' : 'form-type',
        span: value.span,
        severity: isText ? 'info' : 'error',
        message: isText ? 'grafana_ini is put together elsewhere' : 'grafana_ini is no map of sections',
        consequence: isText ? 'what it holds is not known here and not checked' : 'the template of the role fails',
        help: isText ? 'check the file that holds the settings' : 'write the sections below it',
      });
      return;
    }
    this.#noteDuplicates(value);
    for (const one of value.fields) if (one.value.kind !== 'map') this.#line(TOP, one);
    for (const one of value.fields) if (one.value.kind === 'map') this.#section(one.key, one, one.value, 1);
    this.#builder.document(this.#text);
  }

  noteOldName({ key, keySpan }: Field): void {
    this.#builder.note({
      kind: 'form-wrong-place',
      span: keySpan,
      severity: 'warning',
      message: `${key} is a variable of older roles`,
      consequence: 'the role of collection 5.7 and later reads grafana_ini alone, so nothing below it arrives',
      help: 'move it below grafana_ini, with the name of the section as key: auth.generic_oauth',
    });
  }

  #section(name: string, field: Field, map: MapValue, depth: number): void {
    this.#text
      .add('[')
      .add(name, depth === 1 ? keyPiece(field) : { span: field.keySpan })
      .add(']\n');
    this.#noteDuplicates(map);
    let inside = name;
    for (const one of map.fields) {
      if (one.value.kind === 'map' && depth === 1) {
        inside = `${name}.${one.key}`;
        this.#section(inside, one, one.value, 2);
        continue;
      }
      if (inside !== name)
        this.#builder.note({
          kind: 'form-wrong-place',
          span: one.keySpan,
          section: inside,
          option: one.key,
          severity: 'error',
          message: `${one.key} stands behind ${inside.slice(name.length + 1)}, so it lands in [${inside}]`,
          consequence: `[${name}] never gets it: the template opens a section on the spot and does not go back`,
          help: `write it above, or give the section as one key: ${inside}`,
        });
      this.#line(inside, one);
    }
  }

  #line(section: string, field: Field): void {
    const { value, key } = field;
    const target: Target = { section: section === TOP ? '' : section, key, name: key };
    const { text, piece } = this.#value(target, value);
    this.#text.add(key, keyPiece(field)).add(' = ').add(text, piece).add('\n');
  }

  #value(target: Target, value: Value): { readonly text: string; readonly piece?: Piece } {
    if (value.kind === 'scalar') return this.#scalar(target, value);
    const piece = { span: value.span };
    const text = pythonRepr(plain(value));
    if (value.kind === 'map') {
      this.#builder.note({
        kind: 'form-nested-section',
        span: value.span,
        ...this.#setting(target),
        severity: 'error',
        message: `${target.key} is a map, which the role prints as Python shows it`,
        consequence: 'Grafana gets that text as the value',
        help: 'sections have two levels at most: give a section with a dot in one key (auth.generic_oauth)',
      });
      return { text: pythonMap(value), piece };
    }
    const gate = isGateOption(target);
    this.#builder.note({
      kind: 'form-list',
      span: value.span,
      ...this.#setting(target),
      severity: 'error',
      ...(gate ? { failOpen: true } : {}),
      message: `the list of ${target.key} is written as Python prints it: ${text.length <= 60 ? text : "['a', 'b']"}`,
      consequence: `Grafana takes that for a broken JSON list from 9.4 on, so ${target.key} is empty${gate ? ' and restricts nobody' : ''}`,
      help: `give it as text: "a b", or "{{ ['a b', 'c'] | to_json }}"`,
    });
    return { text, piece };
  }

  #scalar(target: Target, value: ScalarValue): { readonly text: string; readonly piece: Piece } {
    const { value: read, piece } = value;
    if (read.type === 'string') {
      const tag = value.node?.tag;
      if (tag === '!vault') return { text: '', piece: { ...bare(piece), unknown: true } };
      if (tag !== '!unsafe' && isTemplate(read.text)) return this.#template(target, value, read.text);
      if (read.text.replace(/\n$/, '').includes('\n')) this.#noteLines(target, value);
      return { text: read.text, piece };
    }
    const text = writeValue(read, 'pyyaml') ?? '';
    noteScalar(this.#builder, target, value, text);
    return { text, piece: text === value.text ? piece : bare(piece) };
  }

  #template(target: Target, value: ScalarValue, written: string): { readonly text: string; readonly piece: Piece } {
    const result = renderJinja(written, this.#lookup());
    if (result.known) return { text: result.text, piece: bare(value.piece) };
    const { inventory } = this.#facts;
    const stops = result.reason === 'syntax' || (result.reason === 'undefined' && inventory !== undefined);
    if (stops)
      this.#builder.note({
        kind: 'form-template',
        span: value.span,
        ...this.#setting(target),
        severity: 'error',
        stops: 'ansible',
        message:
          result.reason === 'syntax'
            ? `the braces in ${target.key} are no expression of Jinja`
            : `${target.key} uses ${result.name}, which is not defined`,
        consequence: 'the task fails, and the old configuration stays',
        help:
          result.reason === 'syntax'
            ? 'braces of JMESPath need !unsafe in front of the text'
            : `define ${result.name}, or give it a default: {{ ${result.name} | default('') }}`,
      });
    // The text as it is written keeps its place; nothing is judged that depends on it.
    return { text: written, piece: { ...bare(value.piece), unknown: true } };
  }

  #lookup(): Lookup {
    const seen = new Set<string>();
    const lookup: Lookup = (name) => {
      const given = this.#facts.inventory;
      if (given && Object.hasOwn(given, name)) return given[name];
      const own = this.#around?.get(name);
      if (own === undefined) return given === undefined ? OPEN : undefined;
      if (own.kind !== 'scalar' || own.value.type !== 'string') return own.kind === 'map' ? OPEN : plain(own);
      if (own.node?.tag === '!vault' || seen.has(name)) return OPEN;
      if (own.node?.tag === '!unsafe' || !isTemplate(own.text)) return own.text;
      seen.add(name);
      const inner = renderJinja(own.text, lookup);
      seen.delete(name);
      return inner.known ? inner.text : OPEN;
    };
    return lookup;
  }

  #noteLines(target: Target, value: ScalarValue): void {
    this.#builder.note({
      kind: 'form-multi-line',
      span: value.span,
      ...this.#setting(target),
      severity: 'error',
      message: `${target.key} has several lines, and the role writes them into grafana.ini as they are`,
      consequence: 'a line without "=" stops Grafana; one with it becomes a setting of its own',
      help: 'fold the text into one line: ">-" instead of "|"',
    });
  }

  #noteDuplicates(map: MapValue): void {
    for (const field of map.fields)
      for (const before of field.shadowed)
        this.#builder.note({
          kind: 'form-duplicate',
          span: before.keySpan,
          severity: 'warning',
          message: `${field.key} is given again below`,
          consequence: 'only the last one counts; Ansible says no more than a warning',
          help: 'keep one of them',
        });
  }

  #setting({ section, key }: Target): { readonly section?: string; readonly option?: string } {
    return section === '' ? {} : { section, option: key };
  }
}

/** A piece without places inside it, and without a way to write it anew. */
function bare(piece: Piece): Piece {
  return { span: piece.span };
}

function plain(value: Value): JinjaValue {
  if (value.kind === 'list') return value.items.map(plain);
  if (value.kind === 'map') return pythonMap(value);
  const { value: read } = value;
  switch (read.type) {
    case 'null':
      return null;
    case 'boolean':
      return read.value;
    case 'integer':
    case 'float':
      return Number(read.value);
    default:
      return value.text;
  }
}

function pythonMap(map: MapValue): string {
  return `{${map.fields.map(({ key, value }) => `${pythonRepr(key)}: ${value.kind === 'map' ? pythonMap(value) : pythonRepr(plain(value))}`).join(', ')}}`;
}
