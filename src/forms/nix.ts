/** `services.grafana.settings` of NixOS. Source: forms overview §10. */
import { type NixBinding, type NixValue, parseNix } from '../document/nix.js';
import { type Piece, PlacedText } from '../document/placed-ini.js';
import { unknownValue } from '../document/variable.js';
import { isSecretKey } from '../settings/secret-keys.js';
import type { SourceFile, Span } from '../text/source.js';
import { FormBuilder } from './builder.js';
import type { FormReading } from './types.js';
import { isGateOption } from './value-notes.js';

interface Leaf {
  readonly section: string;
  readonly sectionSpan: Span;
  readonly key: string;
  readonly keySpan: Span;
  readonly value: NixValue;
}

/** Attributes by their whole path. */
interface Attribute {
  readonly path: NixBinding['path'];
  readonly value: NixValue;
}

/** Never throws. What Nix must evaluate is not known and not judged. */
export function readNix(file: SourceFile): FormReading {
  const builder = new FormBuilder(file, 'nix');
  const leaves: Leaf[] = [];
  for (const { path, value } of attributes(parseNix(file.text))) {
    const names = path.map(({ name }) => name);
    const at = indexOf(names, ['services', 'grafana']);
    if (at === -1) continue;
    const rest = path.slice(at + 2);
    if (rest[0]?.name === 'extraOptions' && rest[1]) readVariable(builder, rest[1], value);
    if (rest[0]?.name !== 'settings' || rest.length < 2) continue;
    const [, section, key, further] = rest;
    if (!key) continue;
    if (further || value.kind === 'set') {
      noteNested(builder, section!.name, key);
      continue;
    }
    leaves.push({ section: section!.name, sectionSpan: section!.span, key: key.name, keySpan: key.span, value });
  }
  const text = new PlacedText();
  for (const section of new Set(leaves.map((leaf) => leaf.section))) {
    const own = leaves.filter((leaf) => leaf.section === section);
    text.add('[').add(section, literal(section, own[0]!.sectionSpan)).add(']\n');
    for (const leaf of own) {
      const { text: value, piece } = settingText(builder, leaf);
      text.add(leaf.key, literal(leaf.key, leaf.keySpan)).add('=').add(value, piece).add('\n');
    }
  }
  builder.document(text);
  return builder.reading();
}

/** Every attribute that is no set, with its whole path; sets stay where they are empty or too deep. */
function* attributes(value: NixValue, before: NixBinding['path'] = []): Generator<Attribute> {
  if (value.kind === 'open') for (const inner of value.inner) yield* attributes(inner, before);
  if (value.kind !== 'set') return;
  for (const binding of value.bindings) {
    const path = [...before, ...binding.path];
    const names = path.map(({ name }) => name);
    const settings = indexOf(names, ['services', 'grafana', 'settings']);
    const isTooDeep = settings !== -1 && path.length - settings > 4;
    if (binding.value.kind === 'set' && !isTooDeep) yield* attributes(binding.value, path);
    else if (binding.value.kind === 'open' && (settings === -1 || path.length - settings < 5)) {
      // lib.mkIf and its like: the sets in it count, and where there is none the value is open.
      const inner = [...attributes(binding.value, path)];
      if (inner.length > 0) yield* inner;
      else yield { path, value: binding.value };
    } else yield { path, value: binding.value };
  }
}

function indexOf(names: readonly string[], wanted: readonly string[]): number {
  return names.findIndex((_, at) => wanted.every((name, offset) => names[at + offset] === name));
}

function noteNested(builder: FormBuilder, section: string, key: { readonly name: string; readonly span: Span }): void {
  if (builder.notes.some((note) => note.span.start === key.span.start)) return;
  builder.note({
    kind: 'form-nested-section',
    span: key.span,
    section,
    option: key.name,
    severity: 'error',
    stops: 'nix-eval',
    message: `${key.name} is a set of its own below ${section}, and a nested set is no value of an INI file`,
    consequence: 'the configuration cannot be evaluated',
    help: `quote the name of the section: settings."${section}.${key.name}"`,
  });
}

function readVariable(
  builder: FormBuilder,
  key: { readonly name: string; readonly span: Span },
  value: NixValue,
): void {
  const { text, piece } = plainText(value);
  builder.variable({ name: `GF_${key.name}`, value: text, nameSpan: key.span, piece });
}

function settingText(builder: FormBuilder, leaf: Leaf): { readonly text: string; readonly piece: Piece } {
  const { section, key, value } = leaf;
  const setting = { section, option: key };
  if (value.kind === 'list') return listOf(builder, leaf, value);
  if (value.kind === 'text') {
    if (value.text.replace(/\n$/, '').includes('\n'))
      builder.note({
        kind: 'form-multi-line',
        span: value.span,
        ...setting,
        severity: 'error',
        message: `${key} has several lines, and the module writes them into grafana.ini as they are`,
        consequence: 'a line without "=" stops Grafana; one with it becomes a setting of its own',
        help: 'write the text on one line',
      });
    if (isSecretKey(key) && !value.open && value.text !== '' && !/\$(?:__\w+)?\{/.test(value.text))
      builder.note({
        kind: 'form-readable-secret',
        span: value.span,
        ...setting,
        severity: 'warning',
        message: `${key} of [${section}] is written into the Nix store`,
        consequence: 'every user of the machine can read it there, and in every copy of the store',
        help: 'keep it in a file of its own: "$__file{/run/secrets/…}"',
      });
  }
  return plainText(value);
}

function listOf(
  builder: FormBuilder,
  { section, key }: Leaf,
  value: Extract<NixValue, { kind: 'list' }>,
): { readonly text: string; readonly piece: Piece } {
  const apart = value.items.find((item) => item.kind === 'text' && /\s/.test(item.text));
  if (apart) {
    const gate = isGateOption({ section, key, name: key });
    builder.note({
      kind: 'form-list',
      span: apart.span,
      section,
      option: key,
      severity: 'error',
      message: `an item of ${key} holds a blank, and the module joins the items with blanks`,
      consequence: gate
        ? `the item falls apart: other names than the ones meant pass ${key}`
        : 'the item falls apart into several',
      help: `give the list as text: ${JSON.stringify(JSON.stringify(value.items.map((item) => plainText(item).text)))}`,
    });
  }
  const texts = value.items.map(plainText);
  return {
    text: texts.map(({ text }) => text).join(' '),
    piece: { span: value.span, ...(texts.some(({ piece }) => piece.unknown) ? { unknown: true } : {}) },
  };
}

function plainText(value: NixValue): { readonly text: string; readonly piece: Piece } {
  const { span } = value;
  if (value.kind === 'text') {
    // Grafana would take what Nix fills in for a variable of its own.
    if (value.open)
      return {
        text: value.text.replace(/\$\{([^{}]*)\}/g, (_all, written: string) => unknownValue(written)),
        piece: { span, unknown: true },
      };
    return { text: value.text, piece: { span, characters: value.places, rewrite: rewrite(value) } };
  }
  if (value.kind === 'word') {
    const text = value.value === null ? '' : value.text;
    return { text, piece: text === '' ? { span } : { ...literal(text, span), rewrite: rewrite(value) } };
  }
  return { text: unknownValue('an expression of Nix'), piece: { span, unknown: true } };
}

/** A text on one line between double quotes. */
function rewrite(value: NixValue): NonNullable<Piece['rewrite']> {
  return (text) => {
    if (text.includes('\n') || (value.kind === 'text' && value.quote === 'indented')) return undefined;
    const escaped = text.replace(/[\\"]/g, '\\$&').replace(/\$(?=\{)/g, '\\$');
    return { span: value.span, newText: `"${escaped}"` };
  };
}

function literal(text: string, span: Span): Piece {
  if (span.end - span.start !== text.length) return { span };
  return {
    span,
    characters: Array.from({ length: text.length }, (_, at) => ({ start: span.start + at, end: span.start + at + 1 })),
  };
}
