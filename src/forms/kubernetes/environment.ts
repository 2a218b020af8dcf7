/** The environment of a container, put together in the order Kubernetes does. */
import type { Piece } from '../../document/placed-ini.js';
import type { PlacedVariable } from '../../document/variable.js';
import { isUnknownValue, unknownValue } from '../../document/variable.js';
import { optionOfVariable } from '../../settings/env-option.js';
import type { Span } from '../../text/source.js';
import type { FormBuilder, NewVariable } from '../builder.js';
import { printed } from '../go-values.js';
import { type Field, textAt, type Value, valueAt } from '../values.js';
import { replaceReferences } from './references.js';

export class Environment {
  readonly #builder: FormBuilder;
  readonly #known = new Map<string, { readonly text: string; readonly unknown: boolean }>();

  constructor(builder: FormBuilder) {
    this.#builder = builder;
  }

  get variables(): readonly PlacedVariable[] {
    return this.#builder.variables;
  }

  /** From `envFrom`: verbatim. */
  add(variable: NewVariable): void {
    this.#builder.variable(variable);
    const unknown = variable.unknown === true || variable.piece?.unknown === true || isUnknownValue(variable.value);
    this.#known.set(variable.name, { text: variable.value, unknown });
  }

  /** From `env[].value`: references to earlier variables are filled in. */
  addExpanded(variable: NewVariable): void {
    const { value, piece } = variable;
    const replaced = replaceReferences(value, (name) => this.#known.get(name));
    if (!replaced.sources) {
      this.add(variable);
      return;
    }
    if (replaced.dollars) this.#noteDollars(variable);
    this.add({
      ...variable,
      value: replaced.text,
      unknown: variable.unknown === true || replaced.unknown,
      ...(piece ? { piece: shifted(piece, replaced.sources) } : {}),
    });
  }

  #noteDollars({ name, nameSpan, piece }: NewVariable): void {
    const option = optionOfVariable(name);
    this.#builder.note({
      kind: 'form-swallowed-variable',
      span: piece?.span ?? nameSpan,
      ...(option ? { section: option.section, option: option.key } : {}),
      severity: 'warning',
      message: `${name} holds $$ or an unclosed $(, which Kubernetes changes`,
      consequence: '$$ becomes one $, and an unclosed $( gains another; Grafana gets other signs than the ones written',
      help: 'write $$$$ for two dollars, and $$( for a $( that is no reference',
    });
  }
}

function shifted(piece: Piece, sources: readonly number[]): Piece {
  return {
    span: piece.span,
    ...(piece.unknown ? { unknown: true } : {}),
    get characters() {
      const { characters } = piece;
      return characters && sources.map((at) => (at < 0 ? undefined : characters[at]));
    },
  };
}

/** `secretKeyRef oauth/secret`: where a `valueFrom` takes its value. */
export function sourceOf(valueFrom: Value | undefined, rendered: (text: string) => string = (text) => text): string {
  if (valueFrom?.kind !== 'map') return 'valueFrom';
  const [field] = valueFrom.fields;
  if (!field) return 'valueFrom';
  const name = textAt(field.value, 'name');
  const key = textAt(field.value, 'key') ?? textAt(field.value, 'fieldPath') ?? textAt(field.value, 'resource');
  const parts = [name, key].filter((part) => part !== undefined).map(rendered);
  return parts.length === 0 ? field.key : `${field.key} ${parts.join('/')}`;
}

export interface ListedVariables {
  /** Value of `name` in another object of the same file. */
  readonly find?: (kind: 'configMapKeyRef' | 'secretKeyRef', name: string, key: string) => NewVariable | undefined;
  /** What a text becomes before Kubernetes sees it. */
  readonly render?: (text: string, piece: Piece, span: Span, what: string) => { text: string; piece: Piece };
}

/** A list of `{ name, value }` and `{ name, valueFrom }`. */
export function readEnvList(
  builder: FormBuilder,
  environment: Environment,
  list: Field | undefined,
  options: ListedVariables = {},
): void {
  if (!list) return;
  const { value: items } = list;
  if (items.kind !== 'list') {
    if (items.kind === 'scalar' && items.value.type === 'null') return;
    builder.note({
      kind: 'form-type',
      span: list.keySpan,
      severity: 'error',
      stops: 'kubernetes-api',
      message: `${list.key} is no list of variables with name and value`,
      consequence: 'Kubernetes refuses the object',
      help: 'write each variable as an item: - name: GF_…, value: "…"',
    });
    return;
  }
  const last = new Map<string, Value>();
  for (const item of items.items) {
    const name = textAt(item, 'name');
    if (name !== undefined) last.set(name, item);
  }
  for (const item of items.items) readItem(builder, environment, item, last, options);
}

function readItem(
  builder: FormBuilder,
  environment: Environment,
  item: Value,
  last: ReadonlyMap<string, Value>,
  options: ListedVariables,
): void {
  const nameValue = valueAt(item, 'name');
  if (item.kind !== 'map' || nameValue?.kind !== 'scalar') return;
  const name = nameValue.text;
  const winner = last.get(name);
  if (winner && winner !== item)
    builder.note({
      kind: 'form-duplicate',
      span: nameValue.span,
      severity: 'warning',
      message: `${name} is given again in the same list, on line ${builder.lines.position(winner.span.start).line}`,
      consequence: 'the last one counts',
      help: 'delete one of them',
    });
  const nameSpan = nameValue.span;
  const valueFrom = item.get('valueFrom');
  if (valueFrom && valueFrom.kind === 'map') {
    const known = referenced(valueFrom, options);
    environment.add(
      known
        ? { ...known, name }
        : { name, value: unknownValue(sourceOf(valueFrom)), nameSpan, piece: { span: valueFrom.span } },
    );
    return;
  }
  const field = item.field('value');
  const value = field?.value;
  if (!field || !value || (value.kind === 'scalar' && value.value.type === 'null')) {
    environment.add({ name, value: '', nameSpan });
    return;
  }
  if (value.kind !== 'scalar' || value.value.type !== 'string') {
    const option = optionOfVariable(name);
    builder.note({
      kind: 'form-type',
      span: value.span,
      ...(option ? { section: option.section, option: option.key } : {}),
      severity: 'error',
      stops: 'kubernetes-api',
      message: `the value of ${name} is no text: it is ${kindOf(value)}`,
      consequence:
        'Kubernetes refuses the object: "cannot unmarshal … into Go struct field EnvVar…value of type string"',
      help: 'put it in quotes',
      ...quotedFix(value),
    });
    environment.add({
      name,
      value: value.kind === 'scalar' ? value.text : printed(value),
      nameSpan,
      piece: { span: value.span },
    });
    return;
  }
  const { text, piece } = options.render?.(value.text, value.piece, value.span, name) ?? value;
  environment.addExpanded({ name, value: text, nameSpan, piece });
}

function referenced(valueFrom: Value, { find }: ListedVariables): NewVariable | undefined {
  for (const kind of ['configMapKeyRef', 'secretKeyRef'] as const) {
    const name = textAt(valueFrom, kind, 'name');
    const key = textAt(valueFrom, kind, 'key');
    const found = name === undefined || key === undefined ? undefined : find?.(kind, name, key);
    if (found) return found;
  }
  return undefined;
}

/** `a number`, `a boolean`, `a list`: for messages about values that must be texts. */
export function kindOf(value: Value): string {
  if (value.kind !== 'scalar') return value.kind === 'list' ? 'a list' : 'a map';
  const { type } = value.value;
  if (type === 'boolean') return 'a boolean';
  if (type === 'null') return 'null';
  return type === 'integer' || type === 'float' ? 'a number' : 'no text';
}

/** A scalar in quotes. */
export function quotedFix(
  value: Value,
): { readonly fix: { readonly description: string; readonly edits: { span: Span; newText: string }[] } } | object {
  if (value.kind !== 'scalar' || value.text === '') return {};
  const edit = value.piece.rewrite?.(value.text);
  if (!edit) return {};
  return { fix: { description: 'put it in quotes', edits: [edit] } };
}
