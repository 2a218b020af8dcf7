/** ConfigMaps and Secrets: INI texts and variables in their data. Source: forms, "ConfigMap / Secret". */
import { type Piece, PlacedDocument, PlacedText } from '../../document/placed-ini.js';
import { findOption } from '../../settings/catalog.js';
import { optionOfVariable } from '../../settings/env-option.js';
import { isSecretKey } from '../../settings/secret-keys.js';
import type { FormBuilder, NewVariable } from '../builder.js';
import { type Field, type ScalarValue, type Value, valueAt } from '../values.js';
import { decodeBase64 } from '../yaml-types.js';
import { kindOf, quotedFix } from './environment.js';
import type { KubernetesObject } from './objects.js';

/** One entry of the data, decoded. */
export interface DataEntry {
  readonly key: string;
  readonly text: string;
  readonly field: Field;
  readonly value: ScalarValue;
  readonly piece: Piece;
  readonly isEncoded: boolean;
}

export class ConfigObject {
  readonly #entries = new Map<string, DataEntry>();

  constructor(
    readonly builder: FormBuilder,
    readonly object: KubernetesObject,
  ) {
    const isSecret = object.kind === 'Secret';
    this.#read('data', isSecret);
    this.#read(isSecret ? 'stringData' : 'binaryData', !isSecret);
  }

  get name(): string {
    return this.object.name;
  }

  get isSecret(): boolean {
    return this.object.kind === 'Secret';
  }

  get entries(): readonly DataEntry[] {
    return [...this.#entries.values()];
  }

  entry(key: string): DataEntry | undefined {
    return this.#entries.get(key);
  }

  get inis(): readonly DataEntry[] {
    return this.entries.filter(isIni);
  }

  get variables(): readonly DataEntry[] {
    return this.entries.filter(({ key }) => key.startsWith('GF_'));
  }

  #read(part: string, isEncoded: boolean): void {
    const data = valueAt(this.object.value, part);
    if (data?.kind !== 'map') return;
    for (const field of data.fields) {
      for (const lost of field.shadowed)
        this.builder.note({
          kind: 'form-duplicate',
          span: lost.keySpan,
          severity: 'warning',
          message: `${field.key} is given again in ${part}, on line ${this.builder.lines.position(field.keySpan.start).line}`,
          consequence: 'the last one counts',
          help: 'delete one of them',
        });
      const entry = this.#entry(field, part, isEncoded);
      if (entry) this.#entries.set(field.key, entry);
    }
  }

  #entry(field: Field, part: string, isEncoded: boolean): DataEntry | undefined {
    const { key, value } = field;
    if (value.kind !== 'scalar' || value.value.type !== 'string') {
      if (value.kind === 'scalar' && value.value.type === 'null') return undefined;
      this.#refuse(field, value, `the entry ${key} is no text: it is ${kindOf(value)}`, 'put it in quotes');
      return value.kind === 'scalar' && !isEncoded
        ? { key, text: value.text, field, value, piece: { span: value.span }, isEncoded }
        : undefined;
    }
    if (!isEncoded) return { key, text: value.value.text, field, value, piece: value.piece, isEncoded };
    const text = decodeBase64(value.value.text);
    if (text === undefined) {
      this.#refuse(
        field,
        value,
        `the entry ${key} of ${part} is no base64`,
        part === 'data'
          ? 'put plain text below stringData, or encode it: echo -n … | base64'
          : 'put plain text below data',
      );
      return undefined;
    }
    return { key, text, field, value, piece: { span: value.span }, isEncoded };
  }

  #refuse({ key }: Field, value: Value, message: string, help: string): void {
    const option = optionOfVariable(key);
    this.builder.note({
      kind: 'form-type',
      span: value.span,
      ...(option ? { section: option.section, option: option.key } : {}),
      severity: 'error',
      stops: 'kubernetes-api',
      message,
      consequence: 'Kubernetes refuses the object',
      help,
      ...(value.kind === 'scalar' && value.value.type !== 'string' ? quotedFix(value) : {}),
    });
  }
}

/** Keys that are INI by their name, or by what they hold. */
function isIni({ key, text }: DataEntry): boolean {
  if (key === 'grafana.ini' || key === 'custom.ini') return true;
  return /\.ini$/i.test(key) && /^\s*\[(?:auth|server|security|users|database|paths)[\w.-]*\]/m.test(text);
}

/** Adds the INI texts of an object. */
export function addInis(builder: FormBuilder, config: ConfigObject): void {
  for (const { text, piece, value, field } of config.inis) {
    if (
      value.style === 'folded' &&
      /\n\s*\S[^\n]*\n\s*\S/.test(builder.file.text.slice(value.span.start, value.span.end))
    )
      builder.note({
        kind: 'form-multi-line',
        span: field.keySpan,
        severity: 'error',
        message: `${field.key} is a folded block (>), which joins its lines`,
        consequence: 'section headers and keys end up on one line, and Grafana cannot read them',
        help: 'write | in place of >',
      });
    const made = new PlacedText().add(text, piece);
    builder.document(made);
    if (!config.isSecret) noteReadable(builder);
  }
}

/** Secrets in the INI text that was added last, which stands in a ConfigMap. */
function noteReadable(builder: FormBuilder): void {
  const document = builder.documents[builder.documents.length - 1];
  if (!(document instanceof PlacedDocument)) return;
  for (const { name: section, entries } of document.sections)
    for (const { key, value, valueSpan } of entries) {
      if (value === '' || /\$(?:__\w+)?\{/.test(value)) continue;
      if (!findOption(section, key)?.secret || !isSecretKey(key)) continue;
      builder.note({
        kind: 'form-readable-secret',
        span: document.place(valueSpan),
        section,
        option: key,
        severity: 'warning',
        message: `${key} of [${section}] stands in a ConfigMap as plain text`,
        consequence: 'whoever may read ConfigMaps of the namespace can read it',
        help: 'keep it in a Secret: $__file{/path} with a mounted Secret, or a variable with secretKeyRef',
      });
    }
}

const LEGAL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The variables `envFrom` makes of an object. */
export function variablesOf(config: ConfigObject, prefix = ''): NewVariable[] {
  return config.entries
    .filter(({ key }) => LEGAL_NAME.test(prefix + key))
    .map((entry) => {
      noteLineBreak(config.builder, entry, prefix + entry.key);
      if (!config.isSecret) noteReadableVariable(config.builder, entry, prefix + entry.key);
      return { name: prefix + entry.key, value: entry.text, nameSpan: entry.field.keySpan, piece: entry.piece };
    });
}

/** `echo secret | base64`: the line break is part of the value. */
function noteLineBreak(builder: FormBuilder, { text, value, isEncoded }: DataEntry, name: string): void {
  if (!name.startsWith('GF_') || !text.endsWith('\n')) return;
  const option = optionOfVariable(name);
  const isSecret = option?.secret ?? isSecretKey(name);
  builder.note({
    kind: 'form-multi-line',
    span: value.span,
    ...(option ? { section: option.section, option: option.key } : {}),
    severity: isSecret ? 'error' : 'warning',
    message: `the value of ${name} ends in a line break`,
    consequence: isSecret
      ? 'it is part of the secret Grafana sends, and the token endpoint answers invalid_client'
      : 'it is part of the value Grafana gets',
    help: isEncoded ? 'encode it without: echo -n … | base64, or printf' : 'write it on one line, or with |-',
  });
}

function noteReadableVariable(builder: FormBuilder, { text, value }: DataEntry, name: string): void {
  const option = optionOfVariable(name);
  if (!option?.secret || text === '' || /\$(?:__\w+)?\{/.test(text)) return;
  builder.note({
    kind: 'form-readable-secret',
    span: value.span,
    section: option.section,
    option: option.key,
    severity: 'warning',
    message: `${name} stands in a ConfigMap as plain text`,
    consequence: 'whoever may read ConfigMaps of the namespace can read it',
    help: 'put it into a Secret',
  });
}
