/**
 * YAML (and with it JSON) as a tree in which every key and value has its place. Built on the `yaml` package; what a product
 * makes of the tree is decided elsewhere.
 */

import type { Document, Node, ParsedNode, Scalar } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { SourceFile, Span } from '../text/source.js';
import { LineMap } from '../text/source.js';

/** One `key: value` of a mapping. */
export interface YamlEntry {
  /** The key as text, as a string field would read it. */
  readonly key: string;
  /** Without quotes. */
  readonly keySpan: Span;
  readonly value: YamlNode;
  /** It came in through `<<`. */
  readonly merged: boolean;
}

interface NodeBase {
  readonly span: Span;
  /** The plain value: what `JSON.parse` would give for the same data. */
  readonly plain: unknown;
}

export interface YamlMapping extends NodeBase {
  readonly kind: 'mapping';
  readonly entries: readonly YamlEntry[];
}

export interface YamlSequence extends NodeBase {
  readonly kind: 'sequence';
  readonly items: readonly YamlNode[];
}

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  /** What a string field reads: the text of the scalar, also where it looks like a number or a boolean; empty for null. */
  readonly text: string;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** An explicit tag as written (`!!int`, `!unsafe`); absent without one. */
  readonly tag?: string;
}

export interface YamlOptions {
  /** A key given twice in a mapping is an error (default), or both are kept and the last one counts. */
  readonly uniqueKeys?: boolean;
}

export type YamlNode = YamlMapping | YamlSequence | YamlScalar;

export interface YamlProblem {
  readonly message: string;
  readonly span: Span;
  /** True for what also stops a strict reader (Go's yaml); false for advice. */
  readonly fatal: boolean;
}

export interface YamlDocument {
  readonly source: SourceFile;
  readonly lines: LineMap;
  /** One per `---` document; an empty document has none. */
  readonly roots: readonly YamlNode[];
  readonly problems: readonly YamlProblem[];
}

/** Aliases may make a small text into a huge tree; beyond this many nodes reading stops with a problem. */
const MAX_NODES = 200_000;
const MAX_DEPTH = 200;

/** Reads a text; never throws. What cannot be read is among `problems`, with what could be read in `roots`. */
export function parseYaml(source: SourceFile, options: YamlOptions = {}): YamlDocument {
  const lines = new LineMap(source.text);
  const problems: YamlProblem[] = [];
  const roots: YamlNode[] = [];
  let documents: readonly Document.Parsed[];
  try {
    const parsed = parseAllDocuments(source.text, {
      lineCounter: new LineCounter(),
      merge: true,
      uniqueKeys: options.uniqueKeys ?? true,
      prettyErrors: false,
      logLevel: 'silent',
    });
    documents = Array.isArray(parsed) ? (parsed as Document.Parsed[]) : [];
  } catch {
    return {
      source,
      lines,
      roots,
      problems: [{ message: 'nested too deeply to be read', span: { start: 0, end: 0 }, fatal: true }],
    };
  }
  for (const document of documents) {
    for (const error of document.errors)
      problems.push({
        message: error.message,
        // What is missing at the end is expected one character behind it.
        span: { start: Math.min(error.pos[0], source.text.length), end: Math.min(error.pos[1], source.text.length) },
        fatal: true,
      });
    if (document.contents === null) continue;
    const reader = new Reader(document, source.text);
    try {
      roots.push(reader.node(document.contents, 0));
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      problems.push({ message: error.message, span: { start: 0, end: 0 }, fatal: true });
    }
  }
  return { source, lines, roots, problems };
}

/** Wraps plain data (already parsed JSON) as a tree without places: all spans are empty. */
export function plainTree(value: unknown, depth = 0): YamlNode {
  const span = { start: 0, end: 0 };
  if (depth > MAX_DEPTH) return { kind: 'scalar', span, plain: null, text: '', style: 'plain' };
  if (Array.isArray(value))
    return { kind: 'sequence', span, plain: value, items: value.map((item) => plainTree(item, depth + 1)) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => ({
      key,
      keySpan: span,
      value: plainTree(item, depth + 1),
      merged: false,
    }));
    return { kind: 'mapping', span, plain: value, entries };
  }
  const text = value === null || value === undefined ? '' : String(value);
  return { kind: 'scalar', span, plain: value ?? null, text, style: 'plain' };
}

/** The value of a key of a mapping; the last one where a text has it several times. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  if (node?.kind !== 'mapping') return undefined;
  let found: YamlEntry | undefined;
  for (const entry of node.entries) if (entry.key === key) found = entry;
  return found;
}

/** Follows keys from a node. */
export function nodeAt(node: YamlNode | undefined, ...keys: readonly string[]): YamlNode | undefined {
  let at = node;
  for (const key of keys) at = entryOf(at, key)?.value;
  return at;
}

/**
 * The place in the source of `length` characters of a scalar's text from `at`, so that a text inside a text (a block scalar
 * holding another configuration) keeps its places; the whole scalar where they have none of their own.
 */
export function scalarSpan(node: YamlScalar, source: string, at: number, length: number): Span {
  const places = scalarPlaces(node, source);
  const start = places[at]?.start;
  const end = places[at + Math.max(length, 1) - 1]?.end;
  return start === undefined || end === undefined || end <= start ? node.span : { start, end };
}

/** For each character of a scalar's text where it is written in `source`; nothing for one that folding made. */
export function scalarPlaces(node: YamlScalar, source: string): (Span | undefined)[] {
  const places: (Span | undefined)[] = [];
  let offset = node.span.start;
  if (node.style === 'literal' || node.style === 'folded') {
    const header = source.indexOf('\n', offset);
    offset = header === -1 ? node.span.end : header + 1;
  } else if (node.style !== 'plain') offset++;
  for (let at = 0; at < node.text.length; at++) {
    const char = node.text[at]!;
    let probe = offset;
    if (node.style === 'double' && source[probe] === '\\' && !isLineEnd(source[probe + 1])) {
      offset = probe + (ESCAPE_LENGTHS[source[probe + 1] ?? ''] ?? 2);
      const place = { start: probe, end: offset };
      places.push(place);
      if (source[probe + 1] === 'U' && node.text.codePointAt(at)! > 0xffff) {
        places.push(place);
        at++;
      }
      continue;
    }
    // Indentation and folding may stand between a line break or blank of the value and where it is written.
    while (probe < node.span.end && source[probe] !== char && skippable(source[probe]!, node.style)) probe++;
    if (probe >= node.span.end || source[probe] !== char) {
      places.push(undefined);
      continue;
    }
    offset = probe + 1;
    places.push({ start: probe, end: offset });
  }
  return places;
}

class TooLarge extends Error {}

class Reader {
  readonly #document: Document.Parsed;
  readonly #text: string;
  #count = 0;

  constructor(document: Document.Parsed, text: string) {
    this.#document = document;
    this.#text = text;
  }

  node(node: Node | null, depth: number): YamlNode {
    if (++this.#count > MAX_NODES) throw new TooLarge('aliases make this text too large to be read');
    if (depth > MAX_DEPTH) throw new TooLarge('nested too deeply to be read');
    const span = spanOf(node);
    if (node === null) return { kind: 'scalar', span, plain: null, text: '', style: 'plain' };
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (target === undefined) return { kind: 'scalar', span, plain: null, text: '', style: 'plain' };
      return { ...this.node(target as Node, depth + 1), span };
    }
    if (isMap(node)) {
      const entries = this.#entries(node.items, depth);
      const plain: Record<string, unknown> = {};
      for (const entry of entries) define(plain, entry.key, entry.value.plain);
      return { kind: 'mapping', span, entries, plain };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.node(item as ParsedNode, depth + 1));
      return { kind: 'sequence', span, items, plain: items.map((item) => item.plain) };
    }
    if (isScalar(node)) return this.#scalar(node, span);
    return { kind: 'scalar', span, plain: null, text: '', style: 'plain' };
  }

  #entries(items: readonly unknown[], depth: number): YamlEntry[] {
    const own: YamlEntry[] = [];
    const merged: YamlEntry[] = [];
    for (const item of items) {
      if (!isPair(item)) continue;
      const keyNode = item.key as Node | null;
      const value = this.node(item.value as Node | null, depth + 1);
      const key = isScalar(keyNode) ? this.#scalar(keyNode, spanOf(keyNode)).text : '';
      if (key === '<<' && isScalar(keyNode) && keyNode.type === 'PLAIN') {
        const sources = value.kind === 'sequence' ? value.items : [value];
        for (const from of sources)
          if (from.kind === 'mapping') for (const entry of from.entries) merged.push({ ...entry, merged: true });
        continue;
      }
      const keySpan = withoutQuotes(keyNode, spanOf(keyNode));
      own.push({
        key,
        keySpan,
        value:
          value.span.end === 0 && value.span.start === 0
            ? { ...value, span: { start: keySpan.end, end: keySpan.end } }
            : value,
        merged: false,
      });
    }
    const names = new Set(own.map((entry) => entry.key));
    const kept: YamlEntry[] = [];
    for (const entry of merged)
      if (!names.has(entry.key)) {
        names.add(entry.key);
        kept.push(entry);
      }
    return [...kept, ...own];
  }

  #scalar(node: Scalar, span: Span): YamlScalar {
    const style = STYLES[node.type ?? 'PLAIN'] ?? 'plain';
    // A plain scalar's own text, not its value: `1e3` or `010` given to a string field stays as written.
    const written = style === 'plain' && node.source !== undefined ? node.source : undefined;
    const plain = typeof node.value === 'bigint' ? Number(node.value) : node.value;
    const text = plain === null || plain === undefined ? '' : (written ?? String(plain));
    const tag = node.tag === undefined ? {} : { tag: shortTag(node.tag) };
    return { kind: 'scalar', span: trimmed(span, this.#text, style), plain: plain ?? null, text, style, ...tag };
  }
}

/** `tag:yaml.org,2002:int` → `!!int`. */
function shortTag(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, '!!');
}

const STYLES: Readonly<Record<string, YamlScalar['style']>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function spanOf(node: Node | null): Span {
  const range = node?.range;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

/** The place of a quoted key is what stands between its quotes. */
function withoutQuotes(node: Node | null, span: Span): Span {
  const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
  return quoted && span.end - span.start >= 2 ? { start: span.start + 1, end: span.end - 1 } : span;
}

/** A block scalar's range reaches over its last line break; a caret should not. */
function trimmed(span: Span, text: string, style: YamlScalar['style']): Span {
  if (style !== 'literal' && style !== 'folded') return span;
  let end = span.end;
  while (end > span.start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return { start: span.start, end };
}

/** Characters of the escapes of double-quoted texts that are longer than two. */
const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

function isLineEnd(char: string | undefined): boolean {
  return char === '\n' || char === '\r';
}

function skippable(char: string, style: YamlScalar['style']): boolean {
  if (char === ' ' || char === '\t' || isLineEnd(char)) return true;
  return (style === 'double' && char === '\\') || (style === 'single' && char === "'");
}

/** Own property whatever the name, also `__proto__`. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}
