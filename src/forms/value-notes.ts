/** What YAML and Go make of a value on its way to Grafana, where that is not what its author wrote. */
import { type CatalogOption, findOption, PROVIDER_SECTIONS } from '../settings/catalog.js';
import { isSecretKey } from '../settings/secret-keys.js';
import type { FormBuilder } from './builder.js';
import type { FormNote } from './types.js';
import type { ListValue, ScalarValue } from './values.js';

/** The setting a value is for. */
export interface Target {
  readonly section: string;
  readonly key: string;
  /** As it is written: the key, or the variable's name. */
  readonly name: string;
}

type Said = Pick<FormNote, 'section' | 'option'>;

function said({ section, key }: Target): Said {
  return section === '' ? {} : { section, option: key };
}

function optionOf({ section, key }: Target): CatalogOption | undefined {
  return section === '' ? undefined : findOption(section, key);
}

/** Lists that decide who may enter: an empty one keeps nobody out. */
const GATES = new Set(['allowed_domains', 'allowed_groups', 'allowed_organizations', 'team_ids', 'hosted_domain']);

export function isGateOption({ section, key }: Target): boolean {
  return GATES.has(key) && (PROVIDER_SECTIONS as readonly string[]).includes(section);
}

/** A fix that writes a scalar as text, in quotes. */
function quoted(value: ScalarValue, text: string): Pick<FormNote, 'fix'> {
  const edit = value.piece.rewrite?.(text);
  return edit ? { fix: { description: 'put it in quotes', edits: [edit] } } : {};
}

/**
 * A number, word or quoted word that reaches Grafana as something else.
 * @param text what Grafana gets
 */
export function noteScalar(builder: FormBuilder, target: Target, value: ScalarValue, text: string): void {
  const { type } = value.value;
  if (type === 'integer' || type === 'float') noteNumber(builder, target, value, text);
  else if (type === 'boolean') noteBoolean(builder, target, value, text);
  else if (type === 'string') noteLostQuotes(builder, target, value, text);
}

function noteNumber(builder: FormBuilder, target: Target, value: ScalarValue, text: string): void {
  const written = value.text;
  if (written === text) return;
  const option = optionOf(target);
  const hasExponent = /e/i.test(text);
  const isNumeric = option?.type === 'int' && !hasExponent;
  if (isNumeric) return;
  const hidden = option?.secret || isSecretKey(target.key);
  const isGrave = hasExponent || /^[-+]?0[0-9]/.test(written);
  builder.note({
    kind: 'form-number',
    span: value.span,
    ...said(target),
    severity: isGrave ? 'error' : 'warning',
    message: hidden
      ? `${target.name} is a number without quotes and reaches Grafana as other digits`
      : `${target.name}: ${written} reaches Grafana as "${text}"`,
    consequence: `${reason(written, text)}; Grafana never sees what is written`,
    help: `put it in quotes${hidden ? '' : `: "${written}"`}`,
    ...quoted(value, written),
  });
}

function reason(written: string, text: string): string {
  if (/e/i.test(text))
    return 'a values file holds floating-point numbers, which are printed with an exponent from a million on';
  if (/^[-+]?0[0-9]/.test(written))
    return 'YAML reads a number with a leading zero to the base 8 where its digits allow';
  if (/^[-+]?0[xob]/i.test(written)) return 'YAML reads a number with this prefix to another base';
  if (written.includes('_')) return 'YAML drops the underscores of a number';
  return 'YAML reads a number, and its text is made anew';
}

function noteBoolean(builder: FormBuilder, target: Target, value: ScalarValue, text: string): void {
  const option = optionOf(target);
  const written = value.text;
  if (option?.type === 'bool' || (option?.type === 'enum' && option.values.includes(text))) return;
  const isWord = written !== text;
  if (!option && !isWord) return;
  builder.note({
    kind: 'form-boolean',
    span: value.span,
    ...said(target),
    severity: option && !option.other ? 'error' : 'warning',
    message: `${target.name}: ${written} is a boolean in YAML and reaches Grafana as "${text}"`,
    consequence: 'Grafana never sees the word that is written',
    help: `put it in quotes: "${written}"`,
    ...quoted(value, written),
  });
}

/** A role that is meant as a literal of JMESPath, whose only quotes YAML takes for its own. */
function noteLostQuotes(builder: FormBuilder, target: Target, value: ScalarValue, text: string): void {
  if (value.style !== 'single' && value.style !== 'double') return;
  if (!/^(?:GrafanaAdmin|Admin|Editor|Viewer|None)$/.test(text) || optionOf(target)?.type !== 'jmespath') return;
  const isIni = target.name === target.key;
  const wanted = isIni ? `"'${text}'"` : `'${text}'`;
  const edit = value.piece.rewrite?.(wanted);
  builder.note({
    kind: 'form-quotes',
    span: value.span,
    ...said(target),
    severity: 'error',
    message: `the quotes around ${text} are those of YAML: the expression Grafana gets is the bare word ${text}`,
    consequence: `JMESPath looks for a field named ${text}, which no identity provider sends`,
    help: isIni
      ? `write "\\"'${text}'\\"": YAML removes the outer pair, the INI reader the next one`
      : `write "'${text}'": YAML removes the outer pair`,
    ...(edit ? { fix: { description: 'quote the literal for every reader on the way', edits: [edit] } } : {}),
  });
}

/** A list, and the text it becomes. */
export function noteList(builder: FormBuilder, target: Target, value: ListValue, style: 'go' | 'json'): void {
  const option = optionOf(target);
  const gate = isGateOption(target);
  const opens = gate ? { failOpen: true } : {};
  const common = { kind: 'form-list' as const, ...said(target), severity: 'error' as const, ...opens };
  const empty = gate ? `${target.key} is empty and restricts nobody` : `${target.key} is empty`;
  if (style === 'go') {
    builder.note({
      ...common,
      span: value.span,
      message: `the list of ${target.name} is written as Go prints it: [a b]`,
      consequence: `Grafana takes that for a broken JSON list from 9.4 on, so ${empty}; before, the brackets stick to the first and last item`,
      help: `give it as text: ${textOf(value)}`,
    });
    return;
  }
  const odd = value.items.find((item) => item.kind !== 'scalar' || item.value.type !== 'string');
  if (odd) {
    builder.note({
      ...common,
      span: odd.span,
      message: `the list of ${target.name} has an item that is no text`,
      consequence: `Grafana reads a list of texts only and drops the whole list: ${empty}`,
      help: 'put every item in quotes',
    });
    return;
  }
  const cut = value.items.find((item) => item.kind === 'scalar' && /[#;]/.test(item.text));
  if (cut) {
    builder.note({
      ...common,
      span: cut.span,
      message: `an item of ${target.name} holds # or ;, at which the INI reader cuts the line`,
      consequence: `what is left is no list, so ${empty}`,
      help: `give the list as text in three double quotes: ${textOf(value, '"""')}`,
    });
    return;
  }
  const inner = value.items.find((item) => item.kind === 'scalar' && /^(["']).+\1$/s.test(item.text));
  if (inner) {
    builder.note({
      ...common,
      ...(gate ? { failOpen: false } : {}),
      span: value.span,
      message: `the items of ${target.name} have quotes of their own, which become part of the names`,
      consequence: 'no name of the identity provider matches',
      help: 'write each item with the quotes of YAML alone',
    });
    return;
  }
  // Whether team_ids may be JSON depends on Grafana's version, which its own rules know.
  if (target.key !== 'team_ids' && option !== undefined && option.type !== 'list' && !option.other)
    builder.note({
      ...common,
      ...(gate ? { failOpen: false } : {}),
      severity: 'warning',
      span: value.span,
      message: `${target.name} is given as a list and reaches Grafana as the text of one`,
      consequence: `${target.key} is one text, not a list`,
      help: 'give it as text',
    });
}

function textOf(value: ListValue, around = ''): string {
  const items = value.items.map((item) => (item.kind === 'scalar' ? item.text : '…'));
  const text = `${around}${JSON.stringify(items)}${around}`;
  return text.length > 80 ? `'["a","b"]'` : `'${text.replaceAll("'", "''")}'`;
}
