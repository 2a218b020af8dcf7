/**
 * Settings of the database (SSO settings API, Terraform): options of one login provider, laid over files and environment. Nothing
 * reads them as INI, so no quotes or comments apply, and nothing in them is expanded.
 */
import { PlacedText } from '../document/placed-ini.js';
import type { IniDocument, IniEntry, IniSection } from '../document/types.js';
import { isUnknownValue } from '../document/variable.js';
import { findOption } from '../settings/catalog.js';
import type { LineMap, SourceFile, Span } from '../text/source.js';
import { LineMap as Lines } from '../text/source.js';
import { spanWithin, type Traced } from './traced.js';
import type { FormNote } from './types.js';

/** A section whose values stand as they are: no reader of INI takes quotes or comments from them. */
export class RawSection {
  readonly notes: FormNote[] = [];
  readonly #text = new PlacedText();
  readonly #entries: IniEntry[] = [];
  readonly #header: Span;

  /** @param nameSpan what findings about missing settings point at */
  constructor(
    readonly section: string,
    nameSpan: Span,
  ) {
    this.#text.add('[');
    this.#header = { start: 0, end: section.length + 2 };
    this.#text.add(section, { span: nameSpan });
    this.#text.add(']\n');
  }

  /**
   * An option as it is stored.
   * @param implied nobody wrote it: a tool sends it along
   */
  add(key: string, keySpan: Span, value: Traced, valueSpan: Span, implied = false): void {
    const start = this.#text.length;
    this.#text.add(key, { span: keySpan });
    this.#text.add(' = ');
    const offset = this.#text.length;
    this.#text.add(value.text, {
      span: valueSpan,
      characters: value.places,
      ...(isUnknownValue(value.text) ? { unknown: true } : {}),
    });
    const end = this.#text.length;
    this.#text.add('\n');
    this.#entries.push({
      section: this.section,
      key,
      value: value.text,
      keySpan: { start, end: start + key.length },
      delimiter: { start: start + key.length + 1, end: start + key.length + 2 },
      valueSpan: { start: offset, end },
      quote: 'none',
      continued: false,
      segments: value.text === '' ? [] : [{ at: 0, offset, length: value.text.length }],
      unreached: false,
      ...(implied ? { implied } : {}),
    });
  }

  document(file: SourceFile, lines: LineMap, options: { readonly stored?: boolean } = {}): IniDocument {
    const { section } = this;
    const made: IniSection = {
      name: section,
      headerSpan: this.#header,
      nameSpan: { start: 1, end: 1 + section.length },
      entries: this.#entries,
      unreached: false,
    };
    const first: IniSection = { name: 'DEFAULT', entries: [], unreached: false };
    const source = { path: file.path, text: this.#text.text, form: file.form ?? 'unknown' };
    const document: IniDocument = {
      source,
      lines: new Lines(source.text),
      sections: [first, made],
      comments: [],
      problems: [],
      range: (span) => lines.range(span),
    };
    return this.#text.documentOf(document, file, lines, options);
  }
}

/** A section in the database: nothing in it is expanded. */
export class StoredSection extends RawSection {
  override add(key: string, keySpan: Span, value: Traced, valueSpan: Span, implied = false): void {
    super.add(key, keySpan, value, valueSpan, implied);
    this.#expanders(key, value, valueSpan);
  }

  override document(file: SourceFile, lines: LineMap): IniDocument {
    return super.document(file, lines, { stored: true });
  }

  #expanders(key: string, value: Traced, valueSpan: Span): void {
    const found = /\$__(?!from\{)\w+\{[^}]*\}|\$\{[^}]*\}/.exec(value.text);
    if (!found) return;
    const isSecret = findOption(this.section, key)?.secret ?? false;
    this.notes.push({
      kind: 'form-stored-expander',
      span: spanWithin(value, found.index, found[0].length) ?? valueSpan,
      section: this.section,
      option: key,
      severity: 'error',
      message: `Grafana expands nothing in the database: ${key} is that text itself`,
      consequence: isSecret
        ? 'the provider is sent the text instead of the secret, and answers invalid_client'
        : `Grafana takes ${/^\$__\w+/.exec(found[0])?.[0] ?? '${…}'} for a part of the value`,
      help: isSecret
        ? 'give the secret itself, in Terraform as a sensitive variable'
        : 'give the value itself; expanders work in grafana.ini and in variables',
    });
  }
}

/** Nine asterisks: what the API shows in place of a secret. */
export function isMask(text: string): boolean {
  return text === '*********';
}
